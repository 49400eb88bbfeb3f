"""Budgets in words, and as JSON has them."""

from __future__ import annotations

from clockeye_cli.core.duration import duration_form
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.budget import BudgetUse


def say_budgets(ctx: Context, uses: Sequence[BudgetUse]) -> None:
    """Say what is used and left of budgets."""
    for use in uses:
        ctx.out.notice(sentence(use))


def budgets_meta(uses: Sequence[BudgetUse]) -> dict[str, Any]:
    """The field `budgets` for `meta` in JSON; nothing without any."""
    return {"budgets": [*map(budget_fields, uses)]} if uses else {}


def sentence(use: BudgetUse) -> str:
    """What is used and left: `Budget of website: 32:10 of 40:00 in November 2026, 7:50 left`."""
    if use.used is None:
        return f"The budget of {use.name} is left out: some of its days were never read from the account."
    rest = use.limit - use.used
    form = _form(use)
    within = f" in {use.period}" if use.period else ""
    side = "left" if rest >= 0 else "over"
    return f"Budget of {use.name}: {form(use.used)} of {form(use.limit)}{within}, {form(abs(rest))} {side}."


def budget_fields(use: BudgetUse) -> dict[str, Any]:
    """A budget as JSON has it: durations in seconds, money as text with its currency."""
    amount = use.budget.amount

    def value(units: int) -> Any:
        return units if isinstance(amount, int) else amount._replace(minor=units).fields

    return {
        use.kind: use.name,
        "budget": str(use.budget),
        "used": None if use.used is None else value(use.used),
        "left": None if use.used is None else value(use.limit - use.used),
    }


def _form(use: BudgetUse) -> Callable[[int], str]:
    amount = use.budget.amount
    if isinstance(amount, int):
        return duration_form([use.used or 0, use.limit], decimal_hours=False)
    return lambda minor: str(amount._replace(minor=minor))
