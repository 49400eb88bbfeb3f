"""One set of rules for all text that people write, from whichever side it comes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.plain import refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.app import App

RULES = {
    "windows": ("two\r\nlines\r\n", "two\nlines"),
    "old mac": ("two\rlines", "two\nlines"),
    "white space at the ends": (" \t words  within\u00a0\n\n", "words  within"),
    "byte order mark": ("\ufeffFix\ufeff", "Fix"),
    "zero width space": ("\u200bFix it\u200b ", "Fix it"),
    "nothing": (" \r\n\ufeff ", ""),
    "all else": ("a\ufeffb\u200bc\x1b[31m \u202e", "a\ufeffb\u200bc\x1b[31m \u202e"),
}


def words(app: App, text: str, _folder: Path) -> None:
    app.ok("start", "--", text)


def option(app: App, text: str, _folder: Path) -> None:
    app.ok("start")
    app.ok("edit", "current", "-d", text)


def editor(app: App, text: str, folder: Path) -> None:
    app.ok("start", "Old")
    (folder / "text").write_bytes(text.encode())
    script = folder / "editor"
    script.write_text(
        '#!/bin/sh\nsed -i "/^description/d" "$1"\nprintf "description: " >> "$1"\n'
        f'cat {folder}/text >> "$1"\n'
    )
    script.chmod(0o755)
    app.environ |= {"EDITOR": str(script), "PATH": os.environ["PATH"]}
    app.ok("edit", "current", terminal=True)


def folder_file(app: App, text: str, folder: Path) -> None:
    escaped = "".join(f"\\U{ord(letter):08x}" for letter in text)
    (folder / ".clockeye.toml").write_text(f'description = "{escaped}"\n')
    (folder / ".clockeye.toml").chmod(0o600)
    app.ok("start")


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("side", [words, option, editor, folder_file])
def test_a_description_is_stored_by_one_set_of_rules(
    app: App,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    side: Callable[[App, str, Path], None],
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    monkeypatch.chdir(folder)
    text, stored = RULES[name]
    side(app, text, folder)
    assert app.ok("status", "--json").data["description"] == stored


def by_option(app: App, text: str) -> None:
    app.ok("start", "-p", text)


def by_variable(app: App, text: str) -> None:
    app.environ["CLOCKEYE_PROJECT"] = text
    app.ok("start")


def by_name(app: App, text: str) -> None:
    app.ok("projects", "add", text)


def by_answer(app: App, text: str) -> None:
    app.ok("start", "Fix", "-p", "Big web")
    app.ok("start", "x", "-p", terminal=True, stdin=f"{text.replace('  ', ' ')}\n")


@pytest.mark.parametrize("side", [by_option, by_variable, by_name, by_answer])
@pytest.mark.parametrize("text", ["Big web\r", "\ufeffBig  web ", " Big web\u200b"])
def test_the_name_of_a_project_is_one_tidy_line(
    app: App, side: Callable[[App, str], None], text: str
) -> None:
    side(app, text)
    assert [row["project"] for row in app.ok("projects", "--json").data] == ["Big web"]


def test_a_filter_and_a_tag_are_tidy_too(app: App) -> None:
    app.ok("add", "Fix it", "-t", "\ufeffbug\r", "-p", "web", "--for", "1h")
    for args in (("-t", " bug\r"), ("--search", "FIX IT #bug\r\n"), ("-p", "web\r")):
        assert [row["description"] for row in app.ok("log", "--json", *args).data] == ["Fix it #bug"]


def test_a_variable_that_is_not_utf_8_is_refused(app: App) -> None:
    app.environ["CLOCKEYE_PROJECT"] = "caf\udce9"
    assert refused(app, "start", "x") == (
        2,
        "clockeye: The environment variable CLOCKEYE_PROJECT is not UTF-8.\n"
        "  Set it again, with the locale set to UTF-8.\n",
    )


def test_several_lines_are_one_line_with_blanks_in_views_of_one_line(app: App) -> None:
    app.ok("start", "One \n\n  two\r\nthree", "-p", "web")
    assert app.ok("status").out == "web: One two three, since 12:00 (0:00:00)\n"
    assert app.ok("status", "--format", "{description}|{work}").out == "One two three|web: One two three\n"
    assert app.ok("prompt").out == "web: One two three 0:00\n"
    assert "One two three" in app.ok("log", terminal=True).out
    assert app.ok("log", "--columns", "description").out == "description\nOne \\n\\n  two\\nthree\n"
    assert app.ok("stop").out == "Stopped web: One two three, 12:00–12:00 (0:00:00).\n"
    assert len(app.ok("log", "--search", "two three", "--json").data) == 1
    assert "One two three " in app.ok("report", "--by", "description", "-o", "table").out
