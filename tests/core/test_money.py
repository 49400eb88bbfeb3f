"""Rates and amounts: decimal, to the currency's smallest unit, never added over currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clockeye_cli.core.money import Money, Rate, added, parse_rate
from clockeye_cli.errors import UsageError


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("80 EUR", Rate("EUR", Decimal(80))),
        (" 85.50  eur ", Rate("EUR", Decimal("85.5"))),
        ("0 EUR", Rate("EUR", Decimal(0))),
        ("8550 JPY", Rate("JPY", Decimal(8550))),
        ("12.3456 KWD", Rate("KWD", Decimal("12.3456"))),
    ],
)
def test_rates_that_are_understood(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    "text",
    [
        *("", "80", "EUR", "80EUR", "EUR 80", "-80 EUR", "8O EUR", "80,50 EUR", "80. EUR", ".5 EUR"),
        *("1e3 EUR", "80 EURO", "80 E1R", "80 €", "80 EUR/h", "80 EUR EUR", "nan EUR", "٨٠ EUR"),
        "1234567890123 EUR",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_rate(text)
    assert raised.value.code == "bad_setting"


@pytest.mark.parametrize(
    ("rate", "seconds", "shown"),
    [
        ("85.50 EUR", 9_900, "235.13 EUR"),
        ("8550 JPY", 9_900, "23,513 JPY"),
        ("10 KWD", 1_000, "2.778 KWD"),
        ("0.01 EUR", 1_800, "0.01 EUR"),  # half a cent goes up
        ("0.01 EUR", 1_799, "0.00 EUR"),
        ("90 EUR", 189_900, "4,747.50 EUR"),
    ],
)
def test_prices_are_rounded_half_up_to_the_smallest_unit(rate: str, seconds: int, shown: str) -> None:
    assert str(parse_rate(rate).price(seconds)) == shown


def test_currencies_are_never_added() -> None:
    euro, yen = Money("EUR", 150), Money("JPY", 150)
    assert added([[yen, euro], [euro], []]) == (Money("EUR", 300), yen)
    assert euro.fields == {"currency": "EUR", "amount": "1.50"}
    assert yen.fields == {"currency": "JPY", "amount": "150"}
