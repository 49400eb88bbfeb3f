"""Text in every format: exact in a pipe, harmless on a terminal."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clockeye_cli.core.safe_text import is_dangerous, safe
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.output.formats import FORMATS, UTF8
from tests.hostile_text import HOSTILE
from tests.output.captured import Screen
from tests.output.sample_tables import described

TEXTUAL = [name for name, each in FORMATS.items() if not each.extra]
"""The formats that are text; the others need an optional library."""
ANY_TEXT = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4)
WITHOUT_SURROGATES = [text for text in HOSTILE if not re.search("[\ud800-\udfff]", text)]
ids = [ascii(text)[:24] for text in HOSTILE]


def rendered(name: str, texts: list[str], *, terminal: bool = False, encoding: str = "utf-8") -> str:
    screen = Screen(format=name, terminal=terminal, encoding=encoding)
    screen.out.table(described(texts))
    if name in UTF8 and (not terminal or FORMATS[name].is_page):
        return screen.stdout.bytes.getvalue().decode()
    return screen.printed


def from_json(document: str) -> list[str]:
    return [row["text"] for row in json.loads(document)["data"]]


def from_tsv(document: str) -> list[str]:
    rows = [line.split("\t") for line in document.split("\n")[1:-1]]
    escapes = r"\\(\\|[tnr]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})"
    return [re.sub(escapes, lambda match: str(ast.literal_eval(f'"{match[0]}"')), row[1]) for row in rows]


def from_csv(document: str) -> list[str]:
    csv.field_size_limit(sys.maxsize)  # importers set their own in the same process
    return [row[1].removeprefix("'") for row in list(csv.reader(io.StringIO(document, newline="")))[1:]]


@settings(deadline=None)
@given(ANY_TEXT)
def test_programs_get_the_exact_text_back(texts: list[str]) -> None:
    assert from_json(rendered("json", texts)) == texts
    assert from_tsv(rendered("tsv", texts)) == texts
    assert from_csv(rendered("csv", texts)) == [safe(text, keep_newlines=True) for text in texts]
    assert [json.loads(line)["text"] for line in rendered("ndjson", texts).split("\n")[:-1]] == texts


def test_programs_get_hostile_text_exactly() -> None:
    assert from_tsv(rendered("tsv", WITHOUT_SURROGATES)) == WITHOUT_SURROGATES
    shown = [safe(text, keep_newlines=True) for text in WITHOUT_SURROGATES]
    assert from_csv(rendered("csv", WITHOUT_SURROGATES)) == shown


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
@pytest.mark.parametrize("terminal", [True, False])
def test_json_is_exact_everywhere(encoding: str, terminal: bool) -> None:
    assert from_json(rendered("json", HOSTILE, terminal=terminal, encoding=encoding)) == HOSTILE


@settings(deadline=None)
@given(st.text(st.characters(categories=["Cs", "Lu"], max_codepoint=0xDFFF)))
def test_json_escapes_lone_surrogates(text: str) -> None:
    # A high one right before a low one is, in JSON, the one character that both make.
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    assert from_json(rendered("json", [text])) == [joined]


@pytest.mark.parametrize("name", ["tsv", "csv", "markdown"])
def test_a_lone_surrogate_is_shown_where_it_cannot_be_written(name: str) -> None:
    assert "lone \\ud800 high" in rendered(name, ["lone \ud800 high"]).replace("\\\\", "\\")


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("text", HOSTILE, ids=ids)
@pytest.mark.parametrize("name", TEXTUAL)
def test_nothing_that_controls_a_terminal_reaches_it_even_through_a_pipe(
    name: str, text: str, *, terminal: bool
) -> None:
    if not terminal and "json" in name:
        return  # its text is exact, and has no control characters but as escapes
    shown = rendered(name, [text], terminal=terminal).replace("\r\n", "\n")
    assert not {hex(ord(each)) for each in set(shown) - {"\n", "\t"} if is_dangerous(ord(each))}
    if name == "table":
        assert shown.count("\n") == 2


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252", "shift_jis"])
@pytest.mark.parametrize("name", TEXTUAL)
def test_no_encoding_makes_hostile_text_fail(name: str, encoding: str) -> None:
    for terminal in (True, False):
        assert rendered(name, HOSTILE, terminal=terminal, encoding=encoding)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("name", UTF8)
def test_data_is_utf_8_in_every_pipe(name: str, encoding: str) -> None:
    assert "☕" in rendered(name, ["☕"], encoding=encoding)
    assert rendered(name, ["☕"], encoding=encoding) == rendered(name, ["☕"])


@pytest.mark.parametrize("text", HOSTILE, ids=ids)
def test_lines_notices_and_errors_are_safe(text: str) -> None:
    for encoding in ("utf-8", "ascii"):
        screen = Screen(terminal=True, encoding=encoding)
        screen.out.done(f"Started {text}", None)
        screen.out.result(text, None)
        screen.out.notice(text)
        assert (screen.printed.count("\n"), screen.noticed.count("\n")) == (2, 1)
        screen.out.error(ClockeyeError(text, hint=text))
        screen.out.error(ClockeyeError(text, hint=text), json=True)
        seen = set(screen.printed + screen.noticed) - {"\n"}
        assert not {hex(ord(each)) for each in seen if is_dangerous(ord(each))}
        assert json.loads(screen.noticed.splitlines()[-1])["error"]["message"] == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\\ra"),
        ("'a", "''a"),
        ("''a", "'''a"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_no_cell_of_a_csv(text: str, cell: str) -> None:
    assert rendered("csv", [text]).split("\r\n")[1].split(",")[1] == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a | b", "a \\| b"),
        ("*x* `y` <b> &amp; ~z~", "\\*x\\* \\`y\\` \\<b\\> \\&amp; \\~z\\~"),
        ("[a](b)", "\\[a\\](b)"),
        ("snake_case _it_", "snake_case \\_it\\_"),
        (":smile: at 9:30", "\\:smile: at 9:30"),
        ("one\ntwo\r\nthree\rfour", "one<br>two<br>three<br>four"),
        ("back\\slash\\", "back\\\\slash\\\\"),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, cell: str) -> None:
    # `words` repeats the text behind it, so the cell is looked for with the id before it.
    assert rendered("markdown", [text]).splitlines()[2].startswith(f"| te_0000 | {cell} | ")
