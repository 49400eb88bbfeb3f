"""The JSON texts in the state file: what each of them must look like to be read."""

from __future__ import annotations

import json

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Shape = type | tuple[type, ...] | list["Shape"] | Mapping[str, "Shape"]
    """Types of a value; a list with the shape of its items; or an object with the shapes of its fields."""

TEXT, OPTIONAL, NUMBER, FLAG = str, (str, type(None)), int, bool

LINE: Mapping[str, Shape] = {
    "project_id": OPTIONAL,
    "project": TEXT,
    "seconds": NUMBER,
    "rounded": NUMBER,
    "rate": OPTIONAL,
    "currency": OPTIONAL,
    "minor": NUMBER,
}
"""A line of an invoice. All of its fields are required, and it has no others."""

FILE: Mapping[str, Shape] = {"name": TEXT, "sha256": TEXT}
"""A file that was imported; all fields are required."""

WHOLE = (LINE, FILE)

SHAPES: dict[str, Shape] = {
    "history.command": [TEXT],
    "runs.about": {"files": [FILE]},
    "origins.was": {"start": TEXT, "end": TEXT, "person": TEXT, "client": OPTIONAL, "project": OPTIONAL},
    "facts.more": {},
    "bills.about": {"client": OPTIONAL, "from": TEXT, "to": TEXT, "rules": [TEXT], "lines": [LINE]},
    "remote.fields": {},
    "outbox.body": {},
    "outbox.theirs": {},
}
"""The columns that hold JSON, each with its shape; fields that are not named may have any value."""


def is_readable(column: str, text: object) -> bool:
    """Whether a text in a column of SHAPES can be read."""
    try:
        return _fits(json.loads(str(text)), SHAPES[column])
    except (ValueError, RecursionError):
        return False


def _fits(value: object, shape: Shape) -> bool:
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(each, shape[0]) for each in value)
    if isinstance(shape, type | tuple):
        return isinstance(value, shape)
    if not isinstance(value, dict) or (shape in WHOLE and value.keys() != shape.keys()):
        return False
    return all(_fits(value[field], shape[field]) for field in shape.keys() & value.keys())
