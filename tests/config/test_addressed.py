"""The address of a client on what is handed in to it."""

from __future__ import annotations

import pytest

from clockeye_cli.config.terms import Agreement, addressed
from clockeye_cli.errors import UsageError


def section(**values: object) -> Agreement:
    return Agreement("clients", "nord & co", values, "config.toml")


@pytest.mark.parametrize(
    ("sections", "lines"),
    [
        ([], ("Nord & Co",)),
        ([section(rate="80 EUR")], ("Nord & Co",)),
        ([section(address=["Kai 1", "Hamburg"])], ("Nord & Co", "Kai 1", "Hamburg")),
        ([section(address=["NORD & CO", "Kai 1"]), section(address=["x"])], ("NORD & CO", "Kai 1")),
        ([section(address=[])], ("Nord & Co",)),
    ],
)
def test_the_name_comes_first_unless_the_address_has_it(
    sections: list[Agreement], lines: tuple[str, ...]
) -> None:
    assert addressed(sections, "Nord & Co") == lines


@pytest.mark.parametrize("address", ["Kai 1", ["Kai", 1], 1])
def test_an_address_that_is_no_list_of_texts_is_refused(address: object) -> None:
    with pytest.raises(
        UsageError, match=r"for address in \[clients.\"nord & co\"\] of config.toml"
    ) as caught:
        addressed([section(address=address)], "Nord & Co")
    assert caught.value.code == "bad_setting"
