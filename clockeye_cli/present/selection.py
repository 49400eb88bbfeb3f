"""What `log` and `report` say beside their rows: the period, its sum, and what is running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clockeye_cli.config.zone import name_of
from clockeye_cli.core.phrases import counted, describe, rfc3339, work
from clockeye_cli.core.selection import Filter
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.measures import Sum
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Selection

MOST_NAMED = 5


def meta(ctx: Context, period: Period, whole: Sum, *, as_of: int, source: str = "entries") -> dict[str, Any]:
    """What JSON says beside entries or sums.

    Args:
        ctx: For the zone and the rule of days.
        period: The days.
        whole: The sum of all.
        as_of: Instant: how things stood then.
        source: Who has added up.
    """
    seconds = ctx.rule.day_start
    return {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "zone": name_of(ctx.zone),
        "day_start": f"{seconds // 3600:02}:{seconds % 3600 // 60:02}",
        **whole._asdict(),
        "as_of": rfc3339(as_of),
        "source": source,
    }


def nothing(selection: Selection, filters: Filter) -> str:
    """What people read where a selection holds no entry."""
    what = "Nothing was tracked" if filters == Filter() else "Nothing that was tracked fits"
    return f"{what}: {selection.period.name}."


def say_elsewhere(ctx: Context, selection: Selection) -> None:
    """Say which entries run on the account and count nothing yet."""
    running = [entry for entry in selection.entries if entry.is_open]
    if running:
        what = "; ".join(
            describe(entry, selection.names, ctx.zone, ctx.now) for entry in running[:MOST_NAMED]
        )
        more = f"; and {len(running) - MOST_NAMED} more" if len(running) > MOST_NAMED else ""
        number = counted(len(running), "entry runs", "entries run")
        ctx.out.notice(f"{number} elsewhere on the account and counts nothing yet: {what}{more}.")


def say_left_out(ctx: Context, selection: Selection) -> None:
    """Say how many entries are left out since it is unknown who you are, and what shows them."""
    if selection.left_out:
        count = counted(selection.left_out, "entry is", "entries are")
        ctx.out.notice(
            f"{count} left out: which user of the account you are is unknown, so these may be yours or not."
            " `--user all` shows them; the first entry that you add tells who you are."
        )


def say_running(ctx: Context, selection: Selection) -> None:
    """Say that the running timer counts, or that a saved file leaves it out."""
    if selection.running_id is not None:
        runs = selection.entries[-1]
        what = work(selection.names.get(runs.project_id or ""), runs.description)
        ctx.out.notice(f"The running timer ({what}) counts up to now.")
    elif ctx.listing.save:
        with ctx.store.read() as connection:
            if timers.running(connection):
                ctx.out.notice("The running timer is left out of what is saved.")
