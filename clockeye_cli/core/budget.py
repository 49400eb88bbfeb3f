"""Budgets of projects and clients: hours or money, in all or for each month."""

from __future__ import annotations

from clockeye_cli.core.duration import parse_duration, quoted, short
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.core.money import Money

A_MONTH = "a month"


class Budget(NamedTuple):
    """What may be used.

    Attributes:
        amount: Seconds, or money.
        is_monthly: Whether it begins anew with each month.
    """

    amount: int | Money
    is_monthly: bool = False

    def __str__(self) -> str:
        """The budget as it is typed: `40h a month`, `5000 EUR`."""
        if isinstance(self.amount, int):
            text = short(self.amount).replace(" ", "")
        else:
            text = f"{self.amount.amount} {self.amount.currency}"
        return f"{text} {A_MONTH}" if self.is_monthly else text


class BudgetUse(NamedTuple):
    """How much of a budget is used.

    Attributes:
        kind: Whose budget it is.
        name: The name of the project or client.
        budget: The budget.
        used: Seconds, or the smallest unit of the budget's currency; None if it is unknown, as a day of the
            period was never read from the account.
        period: The period in words; empty for a budget in all.
    """

    kind: str
    name: str
    budget: Budget
    used: int | None
    period: str

    @property
    def limit(self) -> int:
        """The budget, in the unit of `used`."""
        amount = self.budget.amount
        return amount if isinstance(amount, int) else amount.minor

    @property
    def is_used_up(self) -> bool:
        """Whether nothing of it is left."""
        return self.used is not None and self.used >= self.limit


def parse_budget(text: str) -> Budget:
    """The budget of a text such as `40h a month`, `120h` or `5000 EUR`.

    Raises:
        UsageError: It is none.
    """
    words = text.split()
    is_monthly = [word.lower() for word in words[-2:]] == A_MONTH.split()
    rest = " ".join(words[:-2] if is_monthly else words)
    try:
        if rest[-3:].isalpha() and rest[:1].isdigit() and " " in rest and not _is_duration(rest):
            from clockeye_cli.core.money import parse_rate  # late: few budgets are money

            rate = parse_rate(rest)
            amount: int | Money = rate.price(3_600)
        else:
            amount = parse_duration(rest)
    except UsageError as error:
        raise _refused(text) from error
    if not (amount if isinstance(amount, int) else amount.minor):
        raise _refused(text)
    return Budget(amount, is_monthly)


def _is_duration(text: str) -> bool:
    try:
        return parse_duration(text) > 0
    except UsageError:
        return False


def _refused(text: str) -> UsageError:
    return UsageError(
        f"Invalid budget {quoted(text)}.",
        hint="Examples: 120h, 40h a month, 5000 EUR, 5000 EUR a month.",
        code="bad_setting",
    )
