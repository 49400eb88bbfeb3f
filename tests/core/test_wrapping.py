"""Lines that break between words, and never inside a word or a command."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.wrapping import columns, wrapped

words = st.lists(st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=12), max_size=20)


@given(words, st.integers(1, 120), st.sampled_from(["", "  "]))
def test_every_word_is_whole_and_every_line_fits_unless_it_is_one_word(
    texts: list[str], width: int, indent: str
) -> None:
    lines = wrapped(indent + " ".join(texts), width)
    assert " ".join(" ".join(lines).split()) == " ".join(texts)
    assert all(columns(line) <= width or " " not in line.strip() for line in lines)


@pytest.mark.parametrize("width", range(5, 60, 5))
def test_a_command_in_backticks_is_never_broken(width: int) -> None:
    text = "The project x is archived. `clockeye projects unarchive 'old site'` restores it, and more."
    lines = wrapped(text, width)
    assert sum("`clockeye projects unarchive 'old site'`" in line for line in lines) == 1
    assert all(len(line) <= width or len(re.sub("`.*?`", "`", line).split()) == 1 for line in lines)


def test_a_lone_backtick_opens_nothing() -> None:
    assert wrapped("a ` b c", 3) == ["a `", "b c"]


def test_wide_characters_take_two_columns() -> None:
    assert wrapped("日本 日本 x", 9) == ["日本 日本", "x"]
