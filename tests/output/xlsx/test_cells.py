"""Cells of sheets: what they hold, as text that is never more than text, and numbers that are exact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from clockeye_cli.errors import StorageError
from clockeye_cli.output.xlsx.cells import MOST_CHARACTERS, QUOTED, number, spelled, text_cell

BERLIN = ZoneInfo("Europe/Berlin")
STYLES = {QUOTED: 9, "duration": 3}


def text(content: str) -> str:
    return f'" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'


@pytest.mark.parametrize(
    ("given", "content"),
    [
        ("Größe 😀", "Größe 😀"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[31m\x00\r", "\\x1b[31m\\x00\\r"),
        ("\u202ereversed", "\\u202ereversed"),
        ("\ud800", "\\ud800"),
        ("_x000A_ and _x1_", "_x005F_x000A_ and _x1_"),
        ("https://example.org", "https://example.org"),
        ("1e5", "1e5"),
    ],
)
def test_a_text_is_shown_as_it_is_or_as_visible_escapes(given: str, content: str) -> None:
    assert text_cell(given, STYLES) == text(content)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_what_looks_like_a_formula_is_marked_as_text(formula: str) -> None:
    assert text_cell(formula, STYLES) == f'" s="9{text(formula)}'


def test_a_text_fits_into_a_cell_or_is_refused_and_never_cut() -> None:
    assert text_cell("x" * MOST_CHARACTERS, STYLES) == text("x" * MOST_CHARACTERS)
    for long in ("x" * (MOST_CHARACTERS + 1), "😀" * (MOST_CHARACTERS // 2 + 1)):
        with pytest.raises(StorageError, match=r"holds 32,767 characters; this text has"):
            text_cell(long, STYLES)


def test_durations_are_days_and_times_are_local() -> None:
    assert spelled("duration", STYLES, UTC)(5_400) == '" s="3"><v>0.0625</v></c>'
    summer = int(datetime(2026, 7, 1, 10, 30, tzinfo=UTC).timestamp())
    assert float(str(number("instant", BERLIN)(summer))) == pytest.approx(46_204 + 12.5 / 24, abs=1e-9)
    assert number("instant", UTC)(0) == "25569.0"
    assert number("day", UTC)(date(2026, 7, 1)) == 46_204
    assert spelled("count", STYLES, UTC)(12) == '"><v>12</v></c>'
    assert spelled("flag", STYLES, UTC)(False) == '" t="b"><v>0</v></c>'
    assert spelled("words", STYLES, UTC)(["a", "b"]) == text("a b")


@pytest.mark.parametrize("kind", ["text", "words", "duration", "flag", "instant", "share", "count"])
def test_nothing_is_no_cell(kind: str) -> None:
    assert spelled(kind, STYLES, UTC)(None) == ""
