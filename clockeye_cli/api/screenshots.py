"""Screenshots, as ClockEye lists them. Pure."""

from __future__ import annotations

from clockeye_cli.api import wire
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any


class RemoteScreenshot(NamedTuple):
    """A screenshot; `captured_at` is an instant or None, `activity_level` 0 to 100 or None."""

    id: str
    user_id: str | None
    time_entry_id: str | None
    url: str
    activity_level: float | None
    captured_at: int | None


def screenshot(fields: dict[str, Any]) -> RemoteScreenshot:
    """A screenshot."""
    level = fields.get("activity_level")
    return RemoteScreenshot(
        wire.id_of(fields),
        wire.id_text(fields.get("user_id")),
        wire.id_text(fields.get("time_entry_id")),
        wire.text(fields.get("url")) or "",
        float(min(100, max(0, level)))  # integers in JSON may be too large for a float
        if isinstance(level, int | float) and not isinstance(level, bool)
        else None,
        wire.instant(fields.get("captured_at")),
    )
