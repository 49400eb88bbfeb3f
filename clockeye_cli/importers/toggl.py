"""Toggl Track: the CSV of a detailed report, of all its years."""

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
        "end_date": ("end date", "stop date"),
        "end_time": ("end time", "stop time"),
        "duration": ("duration",),
        "description": ("description",),
        "project": ("project",),
        "client": ("client",),
        "task": ("task",),
        "tags": ("tags",),
        "billable": ("billable",),
        "person": ("email",),
        "user": ("user",),
    },
    more=("amount",),
)
NEEDED = (("start date",), ("start time",), ("duration", "end date", "stop date"))
CLOCKIFY = ("duration (h)", "duration (decimal)")


def sniff(head: Head) -> Certainty:
    """Whether a header has Toggl's columns: those of Clockify are called almost the same."""
    header = head.header(NEEDED)
    return "no" if header is None or set(header.folded) & set(CLOCKIFY) else "sure"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The rows of the report.

    Raises:
        UsageError: The file cannot be read, or not in one way only.
    """
    return read_table(file, choices, SHAPE, NEEDED)
