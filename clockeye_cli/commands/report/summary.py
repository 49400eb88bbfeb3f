"""`clockeye report --source summary`: a period as summed up by ClockEye itself, in one request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clockeye_cli.api import endpoints
from clockeye_cli.config.zone import name_of
from clockeye_cli.core.day import DAY_SECONDS, ONE_DAY
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.selection import DaysRead, Filter
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import Everybody, Mine
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.interpret.filters import named_projects
from clockeye_cli.interpret.selection import period_of
from clockeye_cli.interpret.whose import whose_of
from clockeye_cli.present.meta_columns import COUNTED
from clockeye_cli.present.selection import meta
from clockeye_cli.present.sums import sum_row, sums_table
from clockeye_cli.store import projects, remote, users
from clockeye_cli.store import timer as timers
from clockeye_cli.sync.account import connect
from clockeye_cli.tracking.names import means_none
from clockeye_cli.tracking.projects import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.api.summary import RemoteSum
    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Reading, TypedPeriod
    from clockeye_cli.output.cells import Row

GROUPS = ("project", "user", "day")
COMPUTED = "Without `--source summary`, the report is computed from the entries."


def summary(
    ctx: Context, typed_period: TypedPeriod, filters: Filter, keys: Sequence[str], how: Reading
) -> None:
    """Show a summary.

    Args:
        ctx: The run.
        typed_period: The period; empty for this week.
        filters: At most one user and one project.
        keys: One of project, user and day.
        how: Anything but `offline`.

    Raises:
        UsageError: ClockEye cannot sum up this way; the message says why.
        UnreachableError: ClockEye does not answer, or not with a summary.
    """
    _check(filters, keys, how)
    period = period_of(ctx, typed_period, "week")
    first, last = _utc_days(ctx, period, by_day=keys[0] == "day")
    project_id = _project_id(ctx, filters)
    with connect(ctx.store, ctx.access()) as account:
        whose = whose_of(ctx, account, filters.whose)
        if isinstance(whose, Mine) and account.user_id is None:
            raise UsageError(
                "ClockEye cannot sum up your time, since your user on the account is unknown.",
                hint=f"Add --user all or --user ID. {COMPUTED}",
            )
        remote_sums = endpoints.summary(
            account.client,
            start_date=first,
            end_date=last,
            group_by=keys[0],
            user_id=account.filter_of(whose),
            project_id=project_id,
        )
    with ctx.store.read() as connection:
        people = {user.id: user.email for user in users.every(connection)}
        local_ids, names = remote.project_ids(connection), projects.names(connection)
        runs = timers.running(connection)
    labels = {"project": names, "user": people}.get(keys[0], {})
    rows = [_row(keys[0], row, local_ids, labels) for row in remote_sums.rows]
    if keys[0] == "user" and isinstance(whose, Everybody):
        listed = {row.key for row in remote_sums.rows}
        rows += [sum_row((key, email), Sum()) for key, email in people.items() if key not in listed]
    whole = _sum(remote_sums.whole)
    about = meta(ctx, period, whole, DaysRead(ctx.now), source=COUNTED)
    heading = f"{period.name}, {COUNTED}"
    empty = f"No entries: {heading}."
    ctx.out.table(sums_table(keys, rows, whole, about, empty)._replace(heading=heading))
    if runs:
        ctx.out.notice("The running timer is not included.")


def _check(filters: Filter, keys: Sequence[str], how: Reading) -> None:
    if how == "offline":
        raise UsageError(
            "--source summary reads from the account, so it cannot be used with --offline.", hint=COMPUTED
        )
    if len(keys) != 1 or keys[0] not in GROUPS:
        raise UsageError(f"ClockEye sums up by a single key: one of {', '.join(GROUPS)}.", hint=COMPUTED)
    if len(filters.projects) > 1 or filters._replace(projects=()).has_conditions:
        raise UsageError("ClockEye can filter by at most one project and one user.", hint=COMPUTED)


def _utc_days(ctx: Context, period: Period, *, by_day: bool) -> tuple[str, str]:
    """The first and the last UTC day of a period, which must consist of whole UTC days."""
    if period.first is None or period.last is None:
        raise UsageError(
            "ClockEye cannot sum up all time.", hint="Give a period, such as last month or 2026."
        )
    cuts = [ctx.rule.start(period.first), ctx.rule.start(period.last + ONE_DAY)]
    if by_day:
        days = range((period.last - period.first).days)
        cuts += [ctx.rule.start(period.first + timedelta(days=number)) for number in days]
    if any(cut % DAY_SECONDS for cut in cuts):
        raise UsageError(
            f"ClockEye counts in UTC days, which do not match {period.name} in {name_of(ctx.zone)}.",
            hint=f"{COMPUTED} Or set CLOCKEYE_ZONE=UTC to use UTC days here, too.",
        )
    first, end = (datetime.fromtimestamp(cut, UTC).date() for cut in cuts[:2])
    return first.isoformat(), (end - ONE_DAY).isoformat()


def _project_id(ctx: Context, filters: Filter) -> str | None:
    for name in named_projects(ctx, filters.projects):
        if means_none(name):
            raise UsageError("ClockEye cannot sum up entries without a project.", hint=COMPUTED)
        with ctx.store.read() as connection:
            project = find(connection, name)
            account_id = remote.project_id(connection, project.id)
        if account_id is None:
            raise ClashError(f"The account does not have the project {project.name} yet.", hint=COMPUTED)
        return account_id
    return None


def _row(key: str, row: RemoteSum, local_ids: dict[str, str], labels: dict[str, str]) -> Row:
    if key == "day":
        return sum_row((row.key,), _sum(row))
    label = local_ids.get(row.key or "", row.key) if key == "project" else row.key
    return sum_row((label, labels.get(label or "") or row.name), _sum(row))


def _sum(row: RemoteSum) -> Sum:
    return Sum(duration=row.duration, billable_duration=row.billable_duration, entries=row.entries)
