"""Which entries a command is about: a period and filters, for `log`, `report` and whatever lists entries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clockeye_cli.commands.work import PICK, known_project, pick_project
from clockeye_cli.config.zone import name_of
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.period import choose_period
from clockeye_cli.core.phrases import rfc3339, stamp, work
from clockeye_cli.core.selection import Filter
from clockeye_cli.core.totals import Span
from clockeye_cli.errors import KeyMissingError, UnreachableError, UsageError
from clockeye_cli.store import entries, history, projects, remote
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking.projects import find

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Asked
    from clockeye_cli.core.totals import Sum
    from clockeye_cli.store.database import Connection


class Selection(NamedTuple):
    """Entries of a period.

    Attributes:
        period: The days.
        span: Their instants.
        entries: With a part in them, in the order of time; the running timer is one that ends now.
        running_id: Which one that is.
        names: Projects' names by id.
        account_ids: Ids on the account by the ids here, of those that it has.
        as_of: Instant: how things stood then.
    """

    period: Period
    span: Span
    entries: list[TimeEntry]
    running_id: str | None
    names: dict[str, str]
    account_ids: dict[str, str]
    as_of: int


def select(ctx: Context, asked: Asked, filters: Filter, default: str) -> Selection:
    """Read what is asked for.

    Args:
        ctx: For the clock, the store and the settings.
        asked: The period.
        filters: What entries must be like.
        default: The period where none was asked for.

    Raises:
        UsageError: The period is not understood.
        ClashError: A project is not known, or several fit.
    """
    period = period_of(ctx, asked, default)
    bounds = period.bounds(ctx.rule)
    named, not_named = (
        [pick_project(ctx) if name == PICK else name for name in names]
        for names in (filters.projects, filters.not_projects)
    )
    as_of = refresh(ctx, period)
    named, not_named = ([known_project(ctx, name) for name in names] for names in (named, not_named))
    with ctx.store.read() as connection:
        wanted, unwanted = ([_project(connection, name).id for name in names] for names in (named, not_named))
        found = entries.between(connection, *bounds, projects=wanted or None)
        runs = timers.running(connection)
        names = projects.names(connection)
        account_ids = remote.account_ids(connection) if ctx.account else {}
    span = Span.of(bounds)
    running_id = None
    if runs and not ctx.listing.save:
        running = TimeEntry(*runs[:4], max(runs.started_at, ctx.now), runs.billable)
        if running.started_at < span.end and (
            running.ended_at > span.start or running.started_at >= span.start
        ):
            found.append(running)
            running_id = running.local_id
    if filters != Filter():
        by_id = filters._replace(projects=wanted, not_projects=unwanted)
        found = [entry for entry in found if by_id.fits(entry, names)]
    if running_id not in {entry.local_id for entry in found[-1:]}:
        running_id = None
    return Selection(period, span, found, running_id, names, account_ids, as_of)


def refresh(ctx: Context, period: Period) -> int:
    """Read the days of a period from the account, if the profile has one and they are not fresh.

    Returns:
        The instant as of which they are known here.

    Raises:
        UnreachableError: The account cannot be read, and these days never were.
    """
    if ctx.account is None:
        return ctx.now
    from clockeye_cli.sync.account import connect
    from clockeye_cli.sync.pull import pull

    days = days_of(ctx, period)
    with ctx.store.read() as connection:
        user_id = history.remembered(connection, "account user") or ""
        read_at = remote.pulled_at(connection, days, user_id)
    if read_at is not None and 0 <= ctx.now - read_at < ctx.settings.read("sync.fresh"):
        return read_at
    try:
        with connect(**ctx.connection()) as account:
            pull(account, period.first, period.last, user_id=account.user_id)
    except (UnreachableError, KeyMissingError) as error:
        if read_at is None:
            raise
        ctx.out.notice(f"{error.message} This is as of {stamp(read_at, ctx.zone, ctx.now)}.")
        return read_at
    return ctx.now


def days_of(ctx: Context, period: Period) -> list[str]:
    """The days of a period as they are remembered; of an open one those of a year, up to today."""
    last = period.last or ctx.rule.day_of(ctx.now)
    first = period.first or last - timedelta(days=365)
    return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]


def period_of(ctx: Context, asked: Asked, default: str) -> Period:
    """The period that is asked for.

    Raises:
        UsageError: It is not understood.
    """
    return choose_period(
        words=" ".join(asked.words),
        flag=asked.flag,
        option=asked.option,
        first=asked.first,
        last=asked.last,
        default=default,
        today=ctx.rule.day_of(ctx.now),
        week_start=ctx.rule.week_start,
    )


def meta(ctx: Context, selection: Selection, whole: Sum) -> dict[str, Any]:
    """What JSON says beside the entries or sums of a selection."""
    period = selection.period
    seconds = ctx.rule.day_start
    return {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "zone": name_of(ctx.zone),
        "day_start": f"{seconds // 3600:02}:{seconds % 3600 // 60:02}",
        "duration": whole.duration,
        "billable_duration": whole.billable_duration,
        "entries": whole.entries,
        "as_of": rfc3339(selection.as_of),
        "source": "entries",
    }


def nothing(selection: Selection, filters: Filter) -> str:
    """What people read where a selection holds no entry."""
    what = "Nothing was tracked" if filters == Filter() else "Nothing that was tracked fits"
    return f"{what}: {selection.period.name}."


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


def _project(connection: Connection, name: str) -> Any:
    if not name.strip():
        raise UsageError("The name of the project is empty.", hint="`clockeye projects` lists them.")
    return find(connection, name)
