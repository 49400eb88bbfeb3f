"""Clockify: the CSV of a detailed report."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.importers.columns import read_table
from clockeye_cli.importers.shape import SourceColumns

if TYPE_CHECKING:
    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

SHAPE = SourceColumns(
    {
        "start_date": ("start date",),
        "start_time": ("start time",),
        "end_date": ("end date",),
        "end_time": ("end time",),
        "duration": ("duration (h)",),
        "hours": ("duration (decimal)",),
        "description": ("description",),
        "project": ("project",),
        "client": ("client",),
        "task": ("task", "activity"),
        "tags": ("tags", "tag"),
        "billable": ("billable",),
        "person": ("email",),
        "user": ("user",),
        "invoice": ("invoice id",),
    },
    more=("billable rate", "billable amount", "amount", "approval", "approved by", "invoiced"),
)
NEEDED = (("start date",), ("start time",), ("duration (h)", "duration (decimal)"))


def sniff(head: Head) -> Certainty:
    """Whether a header has Clockify's columns."""
    return "sure" if head.header(NEEDED) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The rows of the report; a row `Total` is its own sum.

    Raises:
        UsageError: The file cannot be read, or not in one way only.
    """
    return read_table(file, choices, SHAPE, NEEDED)
