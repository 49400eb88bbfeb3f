"""The budgets of the settings, and how much of each is used."""

from __future__ import annotations

from clockeye_cli.core import period as periods
from clockeye_cli.core.budget import BudgetUse, parse_budget
from clockeye_cli.core.charges import charges, labelled
from clockeye_cli.core.rounding import CONFIGURED
from clockeye_cli.core.totals import Span, cut, total
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import EVERYBODY
from clockeye_cli.interpret.account_days import stored_days
from clockeye_cli.interpret.terms import Agreed, parties_of
from clockeye_cli.store import entries
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from clockeye_cli.config.terms import Agreement
    from clockeye_cli.context import Context
    from clockeye_cli.core.budget import Budget
    from clockeye_cli.core.period import Period
    from clockeye_cli.interpret.terms import Parties
    from clockeye_cli.store.database import Connection


def budgets(
    ctx: Context,
    connection: Connection,
    project_ids: Collection[str] | None = None,
    day: date | None = None,
) -> Iterator[BudgetUse]:
    """How much of each budget is used.

    Args:
        ctx: For the clock and the settings.
        connection: The store.
        project_ids: Only the budgets of these projects and of their clients; None for all.
        day: A day of the month whose monthly budgets count; today by default.

    Raises:
        UsageError: A budget, or a rate or rule that one needs, is not understood.
    """
    parties = parties_of(connection)
    agreed = Agreed(ctx, parties, CONFIGURED)
    today = ctx.rule.day_of(ctx.now)
    month = periods.months("month", (day or today).year, (day or today).month)
    for kind, name, owned, listed in _owners(parties, agreed, project_ids):
        section = next((each for each in listed if "budget" in each.values), None)
        budget = section.read("budget", parse_budget) if section else None
        if budget is None:
            continue
        within = month if budget.is_monthly else periods.ALL_TIME
        used: int | None = None
        if ctx.account is None or not stored_days(ctx, connection, within, EVERYBODY).unread:
            used = _used(ctx, connection, agreed, budget, owned, within)
        yield BudgetUse(kind, name, budget, used, within.name if budget.is_monthly else "")


def _owners(
    parties: Parties, agreed: Agreed, project_ids: Collection[str] | None
) -> Iterator[tuple[str, str, list[str], list[Agreement]]]:
    """Each project and client: its kind, its name, its projects, and the sections about it."""
    wanted = [each for each in parties.names if project_ids is None or each in project_ids]
    for project_id in sorted(wanted, key=lambda each: parties.names[each].lower()):
        yield "project", parties.names[project_id], [project_id], agreed.of_project(project_id)
    clients = dict.fromkeys(parties.clients[each] for each in wanted if each in parties.clients)
    for client_id, name in sorted(clients, key=lambda client: client[1].lower()):
        owned = [each for each, client in parties.clients.items() if client[0] == client_id]
        yield "client", name, owned, agreed.of_client(owned[0])


def _used(
    ctx: Context, connection: Connection, agreed: Agreed, budget: Budget, owned: list[str], within: Period
) -> int:
    """Seconds, or the smallest unit of the budget's currency."""
    bounds = within.bounds(ctx.rule)
    span = Span.of(bounds)
    tracked = entries.between(connection, *bounds, owned, EVERYBODY)
    runs = timers.running(connection)
    if runs and runs.project_id in owned:
        tracked.append(runs.until(max(runs.started_at, ctx.now)))
    if isinstance(budget.amount, int):
        return total(tracked, span).duration
    tracked = [each for each in tracked if span.meets(Span(each.started_at, each.ended_at))]
    if not tracked:
        return 0
    extent = Span(min(each.started_at for each in tracked), max(each.ended_at for each in tracked))
    cuts = cut(("day",), ctx.rule, span, extent)
    charged = charges(tracked, cuts, agreed.terms(with_rates=True), labelled(("project",)))
    prices = [charge.price for charge in charged if charge.price]
    return sum(price.minor for price in prices if price.currency == budget.amount.currency)
