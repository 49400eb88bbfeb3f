"""What is remembered of an imported row: its content at the source, and the entry that it became."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from clockeye_cli.core.entry import folded
from clockeye_cli.core.identity import content_of
from clockeye_cli.core.json_text import json_text, quote

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.tracking.importing.spool import PlainRow


STRING = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*')
"""What is between the quotes of a JSON string."""

CONTENT, CLIENT, PROJECT = ', "content": "', ', "client": "', ', "project": "'
MORE = ', "more": {'
"""The other fields of the source, under its own names; the client and the project come before them."""


def was_text(row: PlainRow, entry: TimeEntry) -> str:
    """A row as JSON: the fields of the source, its content, and the entry that it became here."""
    was: list[tuple[str, object]] = [("start", row.start), ("end", row.end), ("person", folded(row.person))]
    if row.description:
        was.append(("description", row.description))
    if row.project:
        was.append(("project", row.project))
    if row.client:
        was.append(("client", row.client))
    if row.task:
        was.append(("task", row.task))
    if row.billable is not None:
        was.append(("billable", row.billable))
    if row.invoice:
        was.append(("invoice", row.invoice))
    if row.duration is not None:
        was.append(("duration", row.duration))
    if row.tags:
        was.append(("tags", row.tags))
    if row.more:
        was.append(("more", dict(row.more)))
    was += ("content", row.content.hex()), ("here", stored_as(entry))
    return (
        "{"
        + ", ".join(
            [
                f'"{name}": {quote(value) if type(value) is str else json_text(value, quote)}'
                for name, value in was
            ]
        )
        + "}"
    )


def cut_out(was: str) -> tuple[str, str, str]:
    """The content, the client and the project of a row from its JSON, each as it is written there.

    They are cut out: to read the whole JSON of each stored row takes several times as long.
    """
    end = was.find(MORE)
    if end < 0:
        end = len(was)
    return (
        _cut(was, was.rfind(CONTENT), CONTENT),
        _cut(was, was.find(CLIENT, 0, end), CLIENT),
        _cut(was, was.find(PROJECT, 0, end), PROJECT),
    )


def _cut(was: str, start: int, mark: str) -> str:
    """The string after a mark; empty without the mark."""
    string = None if start < 0 else STRING.match(was, start + len(mark))
    return string[0] if string else ""


def stored_as(entry: TimeEntry) -> str:
    """An entry in a few letters, to see whether it was edited since."""
    parts = (entry.description, str(entry.started_at), str(entry.ended_at), str(entry.billable))
    return f"{entry.project_id} {content_of(parts).hex()}"


def made_entry(was: str) -> str:
    """What `stored_as` gave of the entry that a row became."""
    here = json.loads(was).get("here")
    return here if isinstance(here, str) else ""
