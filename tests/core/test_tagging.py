"""Tags that are added to a description, kept, removed and renamed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.entry import folded
from clockeye_cli.core.tagging import (
    renamed,
    tags_to_remove,
    with_kept_tags,
    with_plus_words,
    with_tags,
    without_tags,
)
from clockeye_cli.core.tags import tags


@pytest.mark.parametrize(
    ("text", "rest", "moved"),
    [
        ("Fix +bug now", "Fix now", ["bug"]),
        ("+bug", "", ["bug"]),
        ("+bug Fix +ui", "Fix", ["bug", "ui"]),
        ("Fix +bug, then deploy", "Fix, then deploy", ["bug"]),
        ("+bug: fix it", "fix it", ["bug"]),
        ("+c++ +it's +日本", "", ["c++", "it's", "日本"]),
        ("Fix (+bug)", "Fix (#bug)", []),
        ('say "+bug"', 'say "#bug"', []),
        ("+a,+b", "#a,#b", []),
        ("one +a\ntwo", "one\ntwo", ["a"]),
        ("+1 and 2 + 2 is c++ and a+b + +", "+1 and 2 + 2 is c++ and a+b + +", []),
        ("+über #bug", "#bug", ["über"]),
        ("+bug 'quoted'", "'quoted'", ["bug"]),
        ("++x", "++x", []),
    ],
)
def test_a_plus_word_is_the_same_as_a_tag(text: str, rest: str, moved: list[str]) -> None:
    assert with_plus_words(text) == (rest, moved)


@given(st.text(alphabet="+ab ,.(1\n", max_size=12))
def test_plus_words_are_the_tags_that_they_would_be_with_a_number_sign(text: str) -> None:
    rest, moved = with_plus_words(text)
    marked = "".join(
        "#" if c == "+" and text[i + 1 : i + 2].isalpha() and text[i - 1 : i] in ("", *" ,(\n") else c
        for i, c in enumerate(text)
    )
    assert {*map(folded, [*tags(rest), *moved])} == {*map(folded, tags(marked))}


def test_tags_are_added_unless_they_are_there_in_any_spelling() -> None:
    assert with_tags("Fix #Bug", ["bug", "ui", "UI"]) == "Fix #Bug #ui"
    assert with_tags("", ["bug"]) == "#bug"
    assert with_tags("Fix", []) == "Fix"


@pytest.mark.parametrize(
    ("description", "unwanted", "rest"),
    [
        ("Fix #a #b", ["a"], "Fix #b"),
        ("Fix #a #b", ["B"], "Fix #a"),
        ("#a #b", ["a"], "#b"),
        ("#a #b", ["all"], ""),
        ("Fix #a now #a", ["a"], "Fix a now"),
        ("PR #12/#13", ["12"], "PR 12/#13"),
        ("PR #12/#13", ["13"], "PR #12 /13"),
        ("#a,#b,#c #d", ["b", "c"], "#a, b, c #d"),
        ("PR #12/#13", ["all"], "PR 12/13"),
        ("#日本、#東京", ["東京"], "#日本、東京"),
        ("(#a)", ["#a"], "(a)"),
        ("Fix\n#a #b", ["a"], "Fix\n#b"),
        ("Fix #all #b", ["#all"], "Fix #b"),
        ("Fix #b", ["a"], "Fix #b"),
        ("Fix #b ", ["b"], "Fix "),
    ],
)
def test_a_tag_is_removed_at_the_end_with_its_word_and_elsewhere_without(
    description: str, unwanted: list[str], rest: str
) -> None:
    assert without_tags(description, tags_to_remove(unwanted)) == rest


@pytest.mark.parametrize(
    ("text", "former", "description"),
    [
        ("New", "Old #sales #acme", "New #sales #acme"),
        ("", "Old #sales", "#sales"),
        ("New #bug", "Old #sales", "New #bug"),
        ("New", "Old #x y #sales", "New #sales"),
        ("New", "Old #x, #sales", "New #sales"),
        ("New", "Old (#x)", "New"),
        ("New", "#a #b \n", "New #a #b"),
        ("New", "#sales call", "New"),
        ("New", "Old #a,#b", "New"),
    ],
)
def test_a_new_text_keeps_the_tags_at_the_end_of_the_old_one(
    text: str, former: str, description: str
) -> None:
    assert with_kept_tags(text, former) == description


@pytest.mark.parametrize(
    ("description", "old", "new", "result"),
    [
        ("Fix #a #b", "a", "c", "Fix #c #b"),
        ("Fix #a #b", "a", "B", "Fix #b"),
        ("Fix #a now #b", "a", "b", "Fix #b now #b"),
        ("Fix #a now #A", "a", "A", "Fix #A now"),
        ("Fix #BUG", "bug", "Bug", "Fix #Bug"),
        ("(#a), PR #a/#b", "A", "c", "(#c), PR #c/#b"),
        ("Fix #ab", "a", "c", "Fix #ab"),
        ("#a #a", "a", "c", "#c"),
    ],
)
def test_a_tag_is_renamed_everywhere(description: str, old: str, new: str, result: str) -> None:
    assert renamed(description, old, new) == result


texts = st.lists(
    st.sampled_from(
        ["Fix", "#a", "#A", "#b", "(#a)", "#a,#b", "#c++,", "x/#b", "\n", "it's", "#é", "#e\u0301"]
    ),
    max_size=6,
).map(" ".join)
some_name = st.sampled_from(["a", "B", "c++", "é", "new"])


@given(texts, some_name)
def test_removing_takes_that_tag_and_no_other(text: str, name: str) -> None:
    rest = without_tags(text, tags_to_remove([f"#{name}"]))
    assert {*map(folded, tags(rest))} == {*map(folded, tags(text))} - {folded(name)}


@given(texts, some_name, some_name)
def test_renaming_leaves_every_other_tag_and_every_word(text: str, old: str, new: str) -> None:
    before, after = ({*map(folded, tags(each))} for each in (text, renamed(text, old, new)))
    assert after == ((before - {folded(old)}) | {folded(new)} if folded(old) in before else before)


@given(texts, texts)
def test_kept_tags_are_the_old_ones_or_the_new_ones(text: str, former: str) -> None:
    result = with_kept_tags(text, former)
    assert result.startswith(text)
    assert {*tags(result)} <= {*tags(text)} or not tags(text)


@pytest.mark.parametrize("piece", ["#a ", "#a)b (", "#a”b ", "+a ", "#", "#a,", "#a,#b ", "#b #a:"])
def test_a_description_of_nothing_but_tags_is_read_in_a_moment(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begun = time.process_time()
    tags(text)
    with_kept_tags("x", text)
    without_tags(text, tags_to_remove(["a"]))
    renamed(text, "a", "b")
    with_plus_words(text)
    assert time.process_time() - begun < 10
