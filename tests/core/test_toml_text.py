"""toml_values reads what tomllib reads, and refuses what it refuses; usual files need no tomllib."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clockeye_cli.core.toml_text import toml_values

USUAL = """\
# clockeye's settings. `clockeye config list` shows them all.
profile = "work"  # the office
week_start="sunday"
billable = false
work_hours = "08:30-17:15"\t
sender = [ "Kim Roe", "Größe 2; # 7" ]
holidays = []
[sync]
fresh = "1m"
[profiles.work]
url = "https://api.example.com/v1"
[profiles . work . gaps]  # behind its parent
min = "20m"
[projects."Web site".rates]
kim = 80
[projects.other-1]
level = -5
"""

KEYS = (
    *("a", "b", "a-b", "1_2", '"a"', '"a b"', '"a.b"', '"a=b"', '"a]b"', "é", "'a'", '""', "", '"', "a b"),
    *('"a"b"', "a.b", "a . b", 'a."b"', "a.b.c", ".a", "a."),
)
VALUES = (
    *(
        '"text"',
        '"it\'s # not"',
        '"a\\tb"',
        '"a\tb"',
        '"\x7f"',
        '""',
        '"""a"""',
        '"""',
        "'a'",
        '"a',
        "text",
        "",
    ),
    *("5", "-0", "+5", "007", "1_000", "0x1f", "5.5", "1e5", "nan", "NaN", "-inf", "9" * 5000),
    *("true", "false", "True", "null", "2026-12-25", "12:30:00", "{}", "{a = 1}", '{"a": 1}'),
    *("[]", '["a", 5, true]', '["a",]', '["a" "b"]', "[[1]]", "[1.5]", "[null]", "[NaN]", "[", '[ "a" ,"b"]'),
)
BLANKS = ("", " ", "\t ", "\u00a0", "\x0b")
ENDS = ("", " # why", "#", "# \x00", "# \\", " 5", '"', "\r")
HEADS = [
    f"{opening}{key}{closing}" for key in KEYS for opening, closing in ("[]", ("[[", "]]"), ("[ ", " ]"))
]
LINES = [
    *(f"{blank}{key}={blank}{value}" for key in KEYS for value in VALUES for blank in ("", " ")),
    *(f"{blank}{line}{blank}" for line in (*HEADS, "a = 1", "") for blank in BLANKS),
    *(f"{line}{end}" for line in (*HEADS, "", *(f"a = {value}" for value in VALUES)) for end in ENDS),
]


def same(text: str) -> None:
    """Hold `toml_values` to what tomllib makes of a text."""
    try:
        expected: object = tomllib.loads(text)
    except ValueError as error:
        expected = str(error)
    try:
        values: object = toml_values(text)
    except ValueError as error:
        values = str(error)
    assert repr(values) == repr(expected), text  # tells True from 1


def test_it_reads_each_line_as_tomllib_does() -> None:
    for line in LINES:
        same(line)


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=8), max_size=6).map("\n".join))
@example("[a.b]\n[a]\n")
@example("a = 1\n[a.b]\n")
@example("[a]\nb = 1\n[a.b]\n")
@example("[a]\nb = 1\nb = 1\n")
@example("[a]\n[a]\n")
@example("a.b = 1\n[a]\n")
@example(USUAL)
@example(USUAL.replace("\n", "\r\n"))
def test_it_reads_lines_together_as_tomllib_does(text: str) -> None:
    same(text)


@pytest.mark.parametrize(
    "text",
    [USUAL, "", "# nothing\n", 'week_start = "monday"\nzone = "Europe/Berlin"\n', '[alias]\nw = "log"'],
)
def test_a_usual_file_needs_no_parser(text: str) -> None:
    code = (
        "import sys; from clockeye_cli.core.toml_text import toml_values;"
        " toml_values(sys.argv[1]); print('tomllib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n", done


@pytest.mark.parametrize("value", ["[" * 20_000, "{a = " * 20_000, '["a", ' * 20_000], ids=len)
def test_what_is_nested_too_deeply_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"^it is nested too deeply$"):
        toml_values(f"x = {value}")
