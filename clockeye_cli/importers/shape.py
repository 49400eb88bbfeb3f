"""The columns of a table: what each can hold, how a source names them, and the cells of a row by field."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clockeye_cli.importers.incoming import Choices
    from clockeye_cli.importers.table import TableFile

FIELDS = (
    "start",
    "start_date",
    "start_time",
    "end",
    "end_date",
    "end_time",
    "date",
    "duration",
    "hours",
    "description",
    "project",
    "client",
    "task",
    "tags",
    "billable",
    "person",
    "user",
    "first_name",
    "last_name",
    "invoice",
    "external_id",
)
"""What a column can hold. `start` and `end` are a date with a clock time; `hours` is a length in hours."""


class SourceColumns(NamedTuple):
    """How a source names its columns.

    Attributes:
        columns: For each field the names that its column may have, folded, the best first.
        more: The beginnings of the names of columns whose values are kept.
        separator: What stands between tags.
    """

    columns: Mapping[str, tuple[str, ...]]
    more: tuple[str, ...] = ()
    separator: str = ","


class Cells:
    """The cells of a row by their fields: one object for a file, given one row after the other."""

    def __init__(self, table: TableFile, shape: SourceColumns, choices: Choices) -> None:
        names = table.header.folded
        wanted = {field: (folded(name),) for field, name in choices.columns.items()}
        self.places: dict[str, int] = {}
        for field, titles in {**shape.columns, **wanted}.items():
            place = next((names.index(title) for title in titles if title in names), None)
            if place is not None:
                self.places[field] = place
            elif field in wanted:
                raise UsageError(
                    f"There is no column {choices.columns[field]!r} for {field}.",
                    hint=f"The file has: {', '.join(filter(None, table.header.names))}",
                    code="missing_column",
                )
        rest = [place for place, name in enumerate(names) if name and place not in self.places.values()]
        self.more = [place for place in rest if names[place].startswith(shape.more)] if shape.more else []
        self.ignored = [table.header.names[place] for place in rest if place not in self.more]
        self.names = table.header.names
        self.line, self.cells = 0, [""]
        self.values: dict[str, str] = {}
        self._fields = tuple(self.places)
        self._pick = itemgetter(*self.places.values(), 0)  # one more: of a single place, it gives no tuple

    def load(self, line: int, cells: list[str]) -> None:
        """Take the next row: where it begins, and its cells."""
        self.line, self.cells = line, cells
        self.values = dict(zip(self._fields, map(str.strip, self._pick(cells)), strict=False))

    def get(self, field: str) -> str:
        """The cell of a field, without white space around it; empty if there is no such column."""
        return self.values.get(field, "")

    def raw(self, field: str) -> str:
        """The cell of a field, as it is."""
        place = self.places.get(field)
        return "" if place is None else self.cells[place]

    def column(self, field: str) -> str:
        """The name of a field's column; empty if there is none."""
        place = self.places.get(field)
        return "" if place is None else self.names[place]
