"""Text that breaks other programs, in every field, through every command that shows it and every format."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.safe_text import is_dangerous, safe, tidy
from tests.app import App, Result
from tests.hostile_text import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

TYPEABLE = [text for text in HOSTILE if "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)]
"""What a process can be given as an argument at all."""

TEXTS = [text for text in TYPEABLE if len(text) < 1000]
LONG = [text for text in TYPEABLE if len(text) >= 1000]
SHARP = [text for text in TEXTS if not text.isprintable() or not text or text[0] in " -+[{"]
"""What could do something where it is refused."""

CODES = {0, 1, 2, 3, 4, 5, 6, 7, 130}


def look(result: Result, *, tabs: bool = False) -> None:
    """Nothing on a terminal controls it, and nothing failed but in an orderly way."""
    assert result.code in CODES
    for text in (result.out, result.err):
        bad = {c for c in set(text) if is_dangerous(ord(c)) and c != "\n" and not (tabs and c == "\t")}
        assert not bad, (bad, text[:200])
        assert "Traceback" not in text
        assert "Internal error" not in text


def shown(app: App, *args: str) -> None:
    """Run what must end well, where a person reads it."""
    result = app.ok("--color", "never", *args, terminal=True)
    look(result)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_a_hostile_description_through_every_command(app: App, text: str) -> None:
    shown(app, "start", "--", text)
    assert app.ok("status", "--json").data["description"] == tidy(text)
    shown(app, "edit", "current", "-d", text)
    assert app.ok("status", "--json").data["description"] == tidy(text)
    for args in (["status"], ["status", "--format", "{work}"], ["prompt"], ["log"], ["stop"], ["resume"]):
        shown(app, *args)
    shown(app, "undo", "-y")
    if text:
        shown(app, "log", "--search", text)
    shown(app, "report", "--by", "description,tag")
    shown(app, "history")
    assert app.ok("log", "--json", *(["--search", text] if text else [])).data[-1]["description"] == tidy(
        text
    )
    for args in (["split", "last", "--at", "12:00"], ["delete", "last", "-y"], ["undo"]):
        shown(app, *args)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_a_hostile_project_and_tag(app: App, text: str) -> None:
    added = app.run("projects", "add", "--", text)
    name = " ".join(tidy(text).split())
    if added.code:
        look(added)
        assert added.code == 2
        assert not name or name.startswith("-") or len(name) > 200
        return
    assert app.ok("projects", "--json").data[0]["project"] == name
    app.ok("add", "x", f"--project={text}", "--for", "1m")
    tag = app.run("edit", "last", "-t", text, terminal=True)
    look(tag)
    for args in (["log"], ["report"], ["report", "--by", "tag,project"], ["history"], ["projects"]):
        shown(app, *args)
    assert app.ok("log", "--json", f"--project={text}").data[0]["project"] == name
    look(app.run("projects", "rename", "nope\x1b", "x", terminal=True))
    look(app.run("start", "x", "-p", terminal=True, stdin=f"{text}\n1\n"))


@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{text[:5]!a}x{len(text)}")
def test_very_long_text(app: App, text: str) -> None:
    app.ok("start", text, "-q")
    for args in (["status"], ["prompt"], ["log"], ["report", "--by", "description"], ["history"], ["stop"]):
        look(app.run("--color", "never", *args, terminal=True))
    assert app.ok("log", "--json").data[0]["description"] == tidy(text)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> App:
    """A home in which every text is the description of an entry, as the account says it."""
    app = App(tmp_path_factory.mktemp("hostile") / "home")
    for number in range(len(TEXTS)):
        app.ok("add", "--for", "1s", "--to", f"1:{number // 60:02}:{number % 60:02}", "-q", "--", str(number))
    with closing(sqlite3.connect(app.home / "local.db")) as connection, connection:
        connection.executemany(
            "UPDATE entries SET description = ? WHERE description = ?",
            [(text, str(number)) for number, text in enumerate(TEXTS)],
        )
    return app


def test_json_gives_every_text_back_exactly(everything: App) -> None:
    for terminal in (True, False):
        result = everything.ok("log", "--json", terminal=terminal)
        assert [row["description"] for row in result.data] == TEXTS
        lines = everything.ok("log", "-o", "ndjson", terminal=terminal).out.split("\n")[:-1]
        assert [json.loads(line)["description"] for line in lines] == TEXTS


def test_tsv_gives_every_text_back_and_csv_what_can_be_read(everything: App, tmp_path: Path) -> None:
    lines = everything.ok("log", "--columns", "description").out.split("\n")[1:-1]
    escapes = r"\\(\\|[tnr]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})"
    texts = [re.sub(escapes, lambda match: str(ast.literal_eval(f'"{match[0]}"')), line) for line in lines]
    assert texts == TEXTS
    path = tmp_path / "all.csv"
    everything.ok("log", "--columns", "description", "--save", str(path))
    content = path.read_bytes().decode()
    cells = [row[0] if row else "" for row in csv.reader(io.StringIO(content, newline=""))][1:]
    assert [cell.removeprefix("'") for cell in cells] == [safe(text, keep_newlines=True) for text in TEXTS]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("format_", ["table", "tsv", "csv", "json", "ndjson", "markdown"])
@pytest.mark.parametrize("columns", ["40", "200"])
def test_no_format_controls_a_terminal(everything: App, format_: str, columns: str) -> None:
    everything.environ["COLUMNS"] = columns
    for args in (["log"], ["report", "--by", "description"], ["history"]):
        result = everything.ok("--color", "never", "-o", format_, *args, terminal=True)
        look(result, tabs=format_ in ("tsv", "csv", "markdown"))


@pytest.mark.parametrize(
    "args",
    [
        ["start", "x", "--at"],
        ["edit"],
        ["log", "-p"],
        ["log", "--period"],
        ["log", "--columns"],
        ["log", "--save"],
        ["report", "--by"],
        ["add", "x", "--for"],
        ["status", "--format"],
        ["prompt", "--shell"],
        ["config", "set", "zone"],
        ["config", "get"],
        ["profiles", "use"],
        ["restore"],
        ["-P"],
        ["-o"],
        [],
    ],
    ids=" ".join,
)
def test_hostile_arguments_are_refused_in_words(
    app: App, args: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in SHARP:
        look(app.run("--color", "never", *args, text, terminal=True))
        as_json = app.run(*args, text, "--json")
        if as_json.code:
            error = json.loads(as_json.err.removesuffix("\n").split("\n")[-1])["error"]
            assert sorted(error) == ["code", "hint", "message"]


@pytest.mark.parametrize("arg", ["\udcff", "a\ud800b"])
def test_an_argument_that_is_no_utf8_is_exit_2(app: App, arg: str) -> None:
    for args in (["start", arg], ["-P", arg, "status"], ["start", "-p", arg], ["status", "--format", arg]):
        result = app.run(*args, terminal=True)
        look(result)
        assert result.code == 2
        assert result.err.startswith("clockeye: An argument is not UTF-8: ")
