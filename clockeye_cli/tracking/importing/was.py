"""What is remembered of an imported row: what its source said, and the entry that it became."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from clockeye_cli.core.entry import folded
from clockeye_cli.core.identity import content_of
from clockeye_cli.tracking.importing.rows import end_text, start_text

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.tracking.importing.rows import Read

KEPT = ("description", "project", "client", "task", "billable", "invoice", "duration")

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def was_text(item: Read, entry: TimeEntry) -> str:
    """A row as JSON: what the source said, its content, and the entry that it became here."""
    row = item.row
    was: dict[str, Any] = {"start": start_text(row), "end": end_text(row), "person": folded(row.person)}
    was |= {field: value for field in KEPT if (value := getattr(row, field)) not in ("", None)}
    if row.tags:
        was["tags"] = list(row.tags)
    if row.more:
        was["more"] = dict(row.more)
    was["content"] = item.content.hex()
    was["here"] = stored_as(entry)
    return _encoded(was)


def stored_as(entry: TimeEntry) -> str:
    """An entry in a few letters, to see whether it was edited since."""
    parts = (entry.description, str(entry.started_at), str(entry.ended_at), str(entry.billable))
    return f"{entry.project_id} {content_of(parts).hex()}"


def made_entry(was: str) -> str:
    """What `stored_as` gave of the entry that a row became."""
    here = json.loads(was).get("here")
    return here if isinstance(here, str) else ""
