"""Screenshots as typed cells, as a list by day, and on a contact sheet."""

from __future__ import annotations

from clockeye_cli.config.zone import name_of
from clockeye_cli.core.day import local
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.output.cells import Row
    from clockeye_cli.sync.screenshots import Screenshot

COLUMNS = (
    Column("id", "Id", "id"),
    Column("captured_at", "Time", "instant", is_nullable=True),
    Column("user", "User"),
    Column("project", "Project", is_nullable=True),
    Column("entry", "Entry", is_nullable=True),
    Column("activity", "Activity", "share", is_nullable=True),
    Column("file", "File", is_detail=True, is_nullable=True),
    Column("time_entry_id", "Entry's id", "id", is_detail=True, is_nullable=True),
    Column("user_id", "User's id", "id", is_detail=True, is_nullable=True),
    Column("url", "Address", is_detail=True),
)

TIME = Column("time", "Time", "id")
WORK = (
    Column("work", "Entry"),
    Column("activity", "Activity", "share"),
    Column("activity_bar", "", "bar", drop=1),
)
META = (
    Column("from", "", "day", is_nullable=True),
    Column("to", "", "day", is_nullable=True),
    Column("zone", ""),
)
NARROW_WIDTH = 60
"""Terminals with fewer columns leave out the user if all screenshots have the same one."""


def screenshot_table(
    ctx: Context, period: Period, shots: Sequence[Screenshot], files: Mapping[str, str]
) -> Table:
    """One row per screenshot; `files` has the paths of the stored pictures by screenshot id."""

    def row(shot: Screenshot) -> Row:
        remote = shot.remote
        entry = shot.entry.description if shot.entry else None
        own = (remote.id, remote.captured_at, shot.user, shot.project, entry, shot.activity)
        return (*own, files.get(remote.id), remote.time_entry_id, remote.user_id, remote.url)

    meta = {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "zone": name_of(ctx.zone),
    }
    rows = [row(shot) for shot in shots]
    return Table(COLUMNS, [Section("", rows)], meta=meta, empty=f"No screenshots: {period.name}.")


def screenshot_list(ctx: Context, shots: Sequence[Screenshot], width: int) -> Table:
    """Screenshots by day, for a terminal with `width` columns.

    A narrow terminal leaves out the user if all have the same one, otherwise the bars.
    """
    has_users = width >= NARROW_WIDTH or len({shot.user for shot in shots}) > 1
    user = [Column("user", "User")] if has_users else []

    def row(shot: Screenshot) -> Row:
        own = [shot.user] if has_users else []
        return (_time(ctx, shot), *own, shot.work, shot.activity, shot.activity)

    days = _by_day(ctx, shots).items()
    sections = [Section(day, [row(shot) for shot in some]) for day, some in days]
    return Table((TIME, *user, *WORK), sections)


def screenshot_sheet(
    ctx: Context,
    period: Period,
    shots: Sequence[Screenshot],
    pictures: Mapping[str, str],
    failures: Mapping[str, str],
) -> str:
    """A page with all screenshots.

    Args:
        ctx: For the zone.
        period: Named in the heading.
        shots: In chronological order.
        pictures: Data URLs by screenshot id.
        failures: Reasons for missing pictures by screenshot id.
    """
    from clockeye_cli.output.html import contact_sheet  # late: it costs more than a list

    def on_sheet(shot: Screenshot) -> contact_sheet.Shot:
        key = shot.remote.id
        picture, why = pictures.get(key, ""), failures.get(key, "")
        return contact_sheet.Shot(picture, why, _time(ctx, shot), shot.user, shot.work, shot.activity)

    users = sorted({shot.user for shot in shots})
    about = [
        counted(len(shots), "screenshot", "screenshots"),
        *([", ".join(users)] if users else []),
        f"times in {name_of(ctx.zone)}",
    ]
    days = {day: [on_sheet(shot) for shot in some] for day, some in _by_day(ctx, shots).items()}
    return contact_sheet.render(f"Screenshots: {period.name}", " · ".join(about), days)


def _by_day(ctx: Context, shots: Sequence[Screenshot]) -> dict[str, list[Screenshot]]:
    days: dict[str, list[Screenshot]] = {}
    for shot in shots:
        at = shot.remote.captured_at
        day = None if at is None else ctx.rule.day_of(at)
        days.setdefault("Time unknown" if day is None else f"{day:%a} {day}", []).append(shot)
    return days


def _time(ctx: Context, shot: Screenshot) -> str:
    at = shot.remote.captured_at
    return "" if at is None else f"{local(at, ctx.zone):%H:%M}"
