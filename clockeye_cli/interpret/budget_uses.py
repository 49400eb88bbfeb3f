"""How much of the budgets is used; costs nothing where the settings have none."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.budget import BudgetUse


def budget_uses(
    ctx: Context, project_ids: Collection[str] | None = None, day: date | None = None
) -> list[BudgetUse]:
    """How much of each budget is used, as `interpret.budgets.budgets` says.

    Args:
        ctx: The run.
        project_ids: Only the budgets of these projects and of their clients; None for all.
        day: A day of the month whose monthly budgets count; today by default.

    Raises:
        UsageError: A budget, or a rate or rule that one needs, is not understood.
    """
    config, profile = ctx.session.config, ctx.session.profile.name
    parts = (config, config.get("profiles", {}).get(profile, {}))
    if not any(kind in part for part in parts for kind in ("projects", "clients")):
        return []
    from clockeye_cli.config.terms import has_budgets  # late: few settings have such sections

    if not has_budgets(config, profile):
        return []
    from clockeye_cli.interpret.budgets import budgets

    with ctx.store.read() as connection:
        return [*budgets(ctx, connection, project_ids, day)]


def all_budget_uses(ctx: Context) -> list[BudgetUse]:
    """How much of each budget is used; days that were never read are read from the account first.

    Raises:
        UnreachableError: The account cannot be read, and a day was never read.
    """
    uses = budget_uses(ctx)
    unread = [use for use in uses if use.used is None]
    if not unread:
        return uses
    from clockeye_cli.core.period import ALL_TIME, months
    from clockeye_cli.core.whose import EVERYBODY
    from clockeye_cli.interpret.reading import refresh

    today = ctx.rule.day_of(ctx.now)
    is_monthly = all(use.budget.is_monthly for use in unread)
    days = months("month", today.year, today.month) if is_monthly else ALL_TIME
    refresh(ctx, days, EVERYBODY, needs_all=True)
    return budget_uses(ctx)
