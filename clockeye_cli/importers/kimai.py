"""Kimai: the CSV of its export, with English or German headers; others by `[columns]` of a map file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.importers.columns import read_table
from clockeye_cli.importers.shape import SourceColumns

if TYPE_CHECKING:
    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

SHAPE = SourceColumns(
    {
        "date": ("date", "datum"),
        "start": ("begin", "start", "from", "in", "beginn", "von", "start-time"),
        "end": ("end", "to", "out", "ende", "bis", "end-time"),
        "duration": ("duration", "dauer"),
        "description": ("description", "beschreibung"),
        "project": ("project", "projekt"),
        "client": ("customer", "kunde"),
        "task": ("activity", "tätigkeit"),
        "tags": ("tags", "schlagworte", "tag"),
        "billable": ("billable", "abrechenbar"),
        "person": ("email", "e-mail"),
        "user": ("username", "user", "benutzername", "benutzer", "name", "alias"),
        "external_id": ("id",),
    },
    more=("price", "preis", "rate", "hourly rate", "fixed rate", "stundenlohn", "exported", "exportiert"),
)
NEEDED = (
    SHAPE.columns["start"],
    SHAPE.columns["end"],
    SHAPE.columns["duration"],
    SHAPE.columns["client"],
    SHAPE.columns["task"],
)


def sniff(head: Head) -> Certainty:
    """Whether a header has Kimai's columns, in a language that is known."""
    return "sure" if head.header(NEEDED) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The rows of the export; an end before its start is on the next day.

    Raises:
        UsageError: The file cannot be read, or not in one way only.
    """
    return read_table(file, choices, SHAPE, NEEDED)
