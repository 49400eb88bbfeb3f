"""The texts of `log` and `report` around their rows: the period, its sum, and notices."""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli.config.zone import name_of
from clockeye_cli.core.duration import clock
from clockeye_cli.core.measures import USUAL
from clockeye_cli.core.overlapping import counted_twice
from clockeye_cli.core.phrases import counted, describe, rfc3339, work
from clockeye_cli.core.selection import Filter
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import Mine
from clockeye_cli.errors import StorageError
from clockeye_cli.store import entries, projects, remembered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.measures import Sum
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import DaysRead, Selection

MOST_NAMED = 5


def meta(
    ctx: Context,
    period: Period,
    whole: Sum,
    reading: DaysRead,
    *,
    source: str = "entries",
    measures: Sequence[str] = USUAL,
) -> dict[str, Any]:
    """The fields of JSON next to the entries or sums.

    Args:
        ctx: For the zone and the rule of days.
        period: The days.
        whole: The sum of all.
        reading: As of when the days are known, and which were never read from the account.
        source: Where the sums come from.
        measures: Which of the sum's measures are shown.
    """
    seconds = ctx.rule.day_start
    fields: dict[str, Any] = {
        **_days(period.first, period.last),
        "zone": name_of(ctx.zone),
        "day_start": f"{seconds // 3600:02}:{seconds % 3600 // 60:02}",
        **{name: _field(getattr(whole, name)) for name in measures},
        "as_of": None if reading.as_of is None else rfc3339(reading.as_of),
        "source": source,
    }
    if ctx.account is not None:
        fields["unread_days"] = [_days(*days) for days in reading.unread]
        if ctx.settings.closed_until:
            fields["closed_changes"] = [*reading.closed_changes]
    return fields


def _field(value: Any) -> Any:
    """A measure's value as JSON has it: amounts are texts with their currencies."""
    return [money.fields for money in value] if isinstance(value, tuple) else value


def _days(first: date | None, last: date | None) -> dict[str, str | None]:
    return {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}


def nothing(period: Period, filters: Filter) -> str:
    """The text for people when a selection has no entries."""
    what = "No entries" if filters == Filter() else "No matching entries"
    return f"{what}: {period.name}."


def offer_minutes(ctx: Context) -> None:
    """Say once how times become whole minutes, after the first report that shows seconds."""
    if ctx.settings.to_the_minute or ctx.options.quiet:
        return
    with ctx.store.read() as connection:
        if remembered.get(connection, remembered.MINUTES_OFFERED):
            return
    ctx.out.notice(
        "`clockeye config set precision minute` makes timers start and stop on whole minutes;"
        ' `--round "1m clock"` rounds the billable time of a report to them.'
    )
    with suppress(StorageError), ctx.store.exchange() as connection:  # a read-only store stays as it is
        remembered.put(connection, remembered.MINUTES_OFFERED, "yes")


def say_notes(ctx: Context, selection: Selection, *, shows_running: bool = False) -> None:
    """Print the notices about a list or a report: what it counts, what it lacks, and what it counts twice.

    Args:
        ctx: The run.
        selection: What it is about.
        shows_running: Whether it marks the running timer itself.
    """
    if not shows_running:
        say_running(ctx, selection)
    say_elsewhere(ctx, selection)
    say_left_out(ctx, selection)
    _say_overlaps(ctx, selection)


def say_elsewhere(ctx: Context, selection: Selection) -> None:
    """Name the entries that are running on the account and are not counted yet."""
    running = [entry for entry in selection.entries if entry.is_open]
    if running:
        what = "; ".join(
            describe(entry, selection.names, ctx.zone, ctx.now) for entry in running[:MOST_NAMED]
        )
        more = f"; and {len(running) - MOST_NAMED} more" if len(running) > MOST_NAMED else ""
        number = counted(len(running), "entry is", "entries are")
        ctx.out.notice(f"{number} running elsewhere on the account and not counted yet: {what}{more}.")


def future_entries(ctx: Context) -> str:
    """A sentence that names your entries that end in the future; empty if there are none.

    The clock was wrong when they were stored, or they were planned on the account.
    """
    with ctx.store.read() as connection:
        later = entries.in_future(connection, ctx.now, MOST_NAMED + 1)
        names = projects.names(connection) if later else {}
    if not later:
        return ""
    named = [f"{entry.local_id}: {describe(entry, names, ctx.zone, ctx.now)}" for entry in later[:MOST_NAMED]]
    more = ["and more"] if len(later) > MOST_NAMED else []
    number = (
        f"More than {MOST_NAMED} entries end" if more else counted(len(later), "entry ends", "entries end")
    )
    return f"{number} in the future: {'; '.join([*named, *more])}."


def say_future(ctx: Context, filters: Filter) -> None:
    """Name your entries that end in the future, unless the list is about somebody else's."""
    if isinstance(filters.whose, Mine) and (sentence := future_entries(ctx)):
        ctx.out.notice(f"{sentence} `clockeye edit ENTRY` corrects a wrong time.")


def say_left_out(ctx: Context, selection: Selection) -> None:
    """Say how many entries are left out because it is unknown who you are, and how to show them."""
    if selection.left_out:
        count = counted(selection.left_out, "entry is", "entries are")
        ctx.out.notice(
            f"{count} left out, since your user on the account is unknown and they may not be yours."
            " `--user all` shows them. Your user becomes known when you add your first entry."
        )


def _say_overlaps(ctx: Context, selection: Selection) -> None:
    """Say how much time overlapping entries count twice."""
    seconds = counted_twice(selection.overlapping, selection.span)
    if seconds:
        ctx.out.notice(
            f"{clock(seconds)} is counted twice, because entries overlap."
            " `clockeye check --overlaps` lists them."
        )


def say_running(ctx: Context, selection: Selection) -> None:
    """Say that the running timer is counted, or that a saved file does not include it."""
    if selection.running_id is not None:
        runs = selection.entries[-1]
        what = work(selection.names.get(runs.project_id or ""), runs.description)
        ctx.out.notice(f"The running timer ({what}) is counted up to now.")
    elif selection.lacks_running:
        place = "export" if ctx.listing.is_export else "saved file"
        ctx.out.notice(f"The running timer is not included in the {place}.")
