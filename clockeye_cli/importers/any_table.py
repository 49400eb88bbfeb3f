"""Any other table: CSV with a header, whose columns the user names under `[columns]` of a map file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.errors import UsageError
from clockeye_cli.importers.columns import columns_named, read_table
from clockeye_cli.importers.shape import FIELDS, SourceColumns

if TYPE_CHECKING:
    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

SHAPE = SourceColumns({})


def sniff(head: Head) -> Certainty:
    """Any table may be read in this way, once its columns are named."""
    return "maybe" if any(columns_named(head)) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The rows of the table: a start with an end or a length, or a date with a length.

    Raises:
        UsageError: The columns are not named, or not enough of them; or the file cannot be read.
    """
    columns = choices.columns
    unknown = [field for field in columns if field not in FIELDS]
    if unknown:
        raise UsageError(
            f"[columns] has an unknown field: {unknown[0]}",
            hint=f"Fields: {', '.join(FIELDS)}",
            code="missing_column",
        )
    has_length = not {"end", "end_time", "duration", "hours"}.isdisjoint(columns)
    if not has_length or {"start", "start_date", "date"}.isdisjoint(columns):
        raise UsageError(
            "A table needs a column for the start and one for the end or the length.",
            hint='Name them in a map file (--map FILE): [columns] start = "Begin", end = "End",'
            ' project = "Project"; or date and hours.',
            code="missing_column",
        )
    return read_table(file, choices, SHAPE, ())
