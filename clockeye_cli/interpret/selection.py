"""Which entries a command is about: a period and filters, for `log`, `report` and whatever lists entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clockeye_cli.core.period import choose_period
from clockeye_cli.core.selection import PICK, Filter, Selection
from clockeye_cli.core.totals import Span
from clockeye_cli.core.whose import EVERYBODY, MINE, Mine, OneUser
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.work import known_project, pick_project
from clockeye_cli.store import entries, projects, users
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking.projects import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Reading, TypedPeriod
    from clockeye_cli.interpret.reading import Known
    from clockeye_cli.store.database import Connection


def select(
    ctx: Context,
    typed_period: TypedPeriod,
    filters: Filter,
    default: str,
    how: Reading = "usual",
    *,
    with_texts: bool = True,
) -> Selection:
    """Read what is asked for.

    Args:
        ctx: For the clock, the store and the settings.
        typed_period: The period.
        filters: What entries must be like.
        default: The period where none was asked for.
        how: Whether the account is asked.
        with_texts: False leaves ids and descriptions empty where nothing else asks for them.

    Raises:
        UsageError: The period is not understood.
        ClashError: A project is not known, or several fit.
        UnreachableError: The days were never read from the account and cannot be.
    """
    period = period_of(ctx, typed_period, default)
    wanted = by_ids(ctx, filters)
    return stored(ctx, period, wanted, refresh(ctx, period, filters.whose, how), with_texts=with_texts)


def stored(
    ctx: Context, period: Period, wanted: Filter, known: Known, *, with_texts: bool = True
) -> Selection:
    """What is here of a period; the account is not asked.

    Args:
        ctx: For the clock, the store and the settings.
        period: The days.
        wanted: What entries must be like, with projects' ids.
        known: As of when it is known, and whose.
        with_texts: As in `select`.
    """
    # What runs elsewhere on an account is told of by its description.
    with_texts = with_texts or bool(wanted.tags or wanted.search) or ctx.account is not None
    bounds = period.bounds(ctx.rule)
    with ctx.store.read() as connection:
        me = users.own(connection)
        is_unclear = ctx.account is not None and me is None and isinstance(known.whose, Mine)
        whose = EVERYBODY if is_unclear else known.whose
        found = entries.between(
            connection, *bounds, projects=wanted.projects or None, whose=whose, with_texts=with_texts
        )
        runs = None if isinstance(known.whose, OneUser) else timers.running(connection)
        names = projects.names(connection)
        people = {user.id: user.email for user in users.every(connection)}
    span = Span.of(bounds)
    running_id = None
    if runs and not ctx.listing.save:
        running = runs.until(max(runs.started_at, ctx.now))
        if running.started_at < span.end and (
            running.ended_at > span.start or running.started_at >= span.start
        ):
            found.append(running)
            running_id = running.local_id
    if wanted._replace(whose=MINE) != Filter():
        found = [entry for entry in found if wanted.fits(entry, names)]
    left_out = 0
    if is_unclear:
        own = [entry for entry in found if entry.is_own]
        found, left_out = own, len(found) - len(own)
    if running_id not in {entry.local_id for entry in found[-1:]}:
        running_id = None
    return Selection(period, span, found, running_id, names, known.as_of, people, me, left_out)


def by_ids(ctx: Context, filters: Filter) -> Filter:
    """A filter with the projects' ids in the place of what was typed.

    Raises:
        ClashError: A project is not known, or several fit.
        UsageError: A name is empty, or one is to be picked where nothing can be asked.
    """
    named, not_named = (named_projects(ctx, names) for names in (filters.projects, filters.not_projects))
    with ctx.store.read() as connection:
        wanted, unwanted = (
            tuple(_project(connection, name).id for name in names) for names in (named, not_named)
        )
    return filters._replace(projects=wanted, not_projects=unwanted)


def named_projects(ctx: Context, names: Sequence[str]) -> list[str]:
    """What names the projects of a filter here; a wish to pick one is asked for."""
    return [known_project(ctx, pick_project(ctx) if name == PICK else name) for name in names]


def period_of(ctx: Context, typed_period: TypedPeriod, default: str) -> Period:
    """The period that is asked for.

    Raises:
        UsageError: It is not understood.
    """
    return choose_period(
        words=" ".join(typed_period.words),
        flag=typed_period.flag,
        option=typed_period.option,
        first=typed_period.first,
        last=typed_period.last,
        default=default,
        today=ctx.rule.day_of(ctx.now),
        week_start=ctx.rule.week_start,
    )


def _project(connection: Connection, name: str) -> Any:
    if not name.strip():
        raise UsageError("The name of the project is empty.", hint="`clockeye projects` lists them.")
    return find(connection, name)
