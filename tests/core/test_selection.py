"""What a selection's options mean."""

from __future__ import annotations

import pytest

from clockeye_cli.core.selection import Filter, NamedUser, TypedWhose, typed_whose
from clockeye_cli.core.whose import EVERYBODY, MINE


@pytest.mark.parametrize(
    ("text", "whose"),
    [("", MINE), ("all", EVERYBODY), ("ada", NamedUser("ada")), ("ALL", NamedUser("ALL"))],
)
def test_user_says_whose_entries_are_meant(text: str, whose: TypedWhose) -> None:
    assert typed_whose(text) == whose


def test_only_a_filter_without_a_user_is_the_one_that_selects_all_of_yours() -> None:
    assert Filter() == Filter(whose=MINE)
    assert Filter() != Filter(whose=EVERYBODY)
    assert Filter() != Filter(whose=NamedUser("ada"))
