"""Harvest: the CSV of a detailed time report: days and hours, without clock times unless timers show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.importers.columns import read_table
from clockeye_cli.importers.shape import SourceColumns

if TYPE_CHECKING:
    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

SHAPE = SourceColumns(
    {
        "date": ("date",),
        "start": ("started at",),
        "end": ("ended at",),
        "hours": ("hours",),
        "description": ("notes",),
        "project": ("project",),
        "client": ("client",),
        "task": ("task",),
        "billable": ("billable?",),
        "first_name": ("first name",),
        "last_name": ("last name",),
        "invoice": ("invoiced?",),
    },
    more=(
        "billable rate",
        "billable amount",
        "currency",
        "approved?",
        "project code",
        "external reference url",
    ),
)
NEEDED = (("date",), ("hours",), ("billable?",), ("notes", "task", "project"))


def sniff(head: Head) -> Certainty:
    """Whether a header has Harvest's columns."""
    return "sure" if head.header(NEEDED) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The rows of the report.

    Raises:
        UsageError: The file cannot be read, or not in one way only.
    """
    return read_table(file, choices, SHAPE, NEEDED)
