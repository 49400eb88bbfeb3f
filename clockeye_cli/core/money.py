"""Rates and amounts of money: decimal numbers, never floats, and never currencies added to one another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from clockeye_cli.core.duration import quoted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

WITHOUT_CENTS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
WITH_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
MINOR_DIGITS = {**dict.fromkeys(WITHOUT_CENTS.split(), 0), **dict.fromkeys(WITH_THOUSANDTHS.split(), 3)}
"""The decimals of each currency's smallest unit, where they are not 2 (ISO 4217)."""

MOST_DIGITS = 12
"""Digits before the point: more are a typing error."""

CURRENCY_LETTERS = 3
HOUR = 3_600


class Money(NamedTuple):
    """An amount in one currency.

    Attributes:
        currency: Its code, such as `EUR`.
        minor: The amount in the currency's smallest unit, such as cents.
    """

    currency: str
    minor: int

    @property
    def fields(self) -> dict[str, str]:
        """The amount for JSON, as texts: a number would be read as a float."""
        return {"currency": self.currency, "amount": str(self.amount)}

    @property
    def amount(self) -> Decimal:
        """The amount in the currency itself."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def __str__(self) -> str:
        """The amount for people: `4,747.50 EUR`."""
        return f"{self.amount:,} {self.currency}"


class Rate(NamedTuple):
    """What an hour costs, before tax.

    Attributes:
        currency: The currency's code.
        amount: An amount in that currency.
    """

    currency: str
    amount: Decimal

    def __str__(self) -> str:
        """The rate as it is typed: `85.50 EUR`."""
        return f"{self.amount} {self.currency}"

    def price(self, seconds: int) -> Money:
        """What some seconds cost: to the currency's smallest unit, half up."""
        exact = Fraction(self.amount) * 10 ** minor_digits(self.currency) * seconds / HOUR
        return Money(self.currency, (2 * exact.numerator + exact.denominator) // (2 * exact.denominator))


def minor_digits(currency: str) -> int:
    """The decimals of the smallest unit of a currency."""
    return MINOR_DIGITS.get(currency, 2)


def added(amounts: Iterable[Iterable[Money]]) -> tuple[Money, ...]:
    """Amounts added up: one for each currency, in the order of their codes."""
    sums: dict[str, int] = {}
    for each in amounts:
        for money in each:
            sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return tuple(Money(currency, sums[currency]) for currency in sorted(sums))


def parse_rate(text: str) -> Rate:
    """The rate of a text such as `80 EUR` or `85.50 EUR`.

    Raises:
        UsageError: It is none.
    """
    number, _, currency = " ".join(text.split()).partition(" ")
    whole, point, fraction = number.partition(".")
    digits = whole + fraction
    is_number = digits.isascii() and digits.isdigit() and whole and len(whole) <= MOST_DIGITS
    is_currency = len(currency) == CURRENCY_LETTERS and currency.isascii() and currency.isalpha()
    if not is_number or not is_currency or (point and not fraction) or len(fraction) > MOST_DIGITS:
        raise UsageError(
            f"Invalid amount {quoted(text)}.",
            hint="Write a number and a currency, such as 80 EUR or 85.50 EUR.",
            code="bad_setting",
        )
    return Rate(currency.upper(), Decimal(number))
