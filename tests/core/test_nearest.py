"""Which known word is suggested for one that is not known, and in which words."""

from __future__ import annotations

import pytest

from clockeye_cli.core.nearest import nearest, unknown
from clockeye_cli.errors import ClashError

WORDS = ("start", "status", "stop", "delete", "cancel", "undo", "log", "--purge", "--project", "duration")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("strat", "start"),
        ("STRAT", "start"),
        ("stat", "status"),  # a beginning goes before a slip
        ("stpo", "stop"),
        ("lgo", "log"),
        ("duratoin", "duration"),
        ("dutaroin", ""),
        ("--projct", "--project"),
        ("x", ""),
        ("", ""),
        ("-", ""),
        ("xyzzy", ""),
        pytest.param("delet", "", id="never what deletes, by a beginning"),
        pytest.param("dleete", "", id="never what deletes, by a slip"),
        pytest.param("--purg", "", id="never --purge"),
        ("cancl", ""),
        ("und", ""),
    ],
)
def test_a_word_is_suggested_that_is_near_and_deletes_nothing(word: str, expected: str) -> None:
    assert nearest(word, WORDS) == expected


def test_a_digit_is_no_slip() -> None:
    assert nearest("week-46", ["week-47"]) == ""


def test_an_unknown_word_is_named_with_the_nearest_and_all_that_are_known() -> None:
    error = unknown("format", "jsn", ("json", "csv"))
    assert (error.message, error.hint) == ("Unknown format 'jsn'. Did you mean json?", "Known: json, csv.")
    assert (error.exit_code, error.code) == (2, "usage")


def test_without_a_near_word_nothing_is_suggested_and_the_caller_says_what_to_do() -> None:
    error = unknown("command", "x" * 99, ("start",), hint="Help.", code="odd", error=ClashError)
    assert error.message == f"Unknown command '{'x' * 50}…'."
    assert (error.hint, error.exit_code, error.code) == ("Help.", 3, "odd")
