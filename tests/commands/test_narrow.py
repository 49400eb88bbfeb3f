"""Narrow terminals: messages break between words, and names stand above the values that one must copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app import App

MESSAGES = (
    ["start", "Lunch", "--at", "tomorrow"],
    ["cancel"],
    ["continue"],
    ["add", "x", "--from", "11:00", "--to", "11:30"],
    ["log", "soon"],
    ["-P", "nope", "log"],
    ["undo", "-n", "-y"],
)


@pytest.mark.parametrize("columns", [25, 40, 60])
@pytest.mark.parametrize("args", MESSAGES, ids=" ".join)
def test_messages_break_between_words(app: App, args: list[str], columns: int) -> None:
    app.ok("add", "Meeting", "--from", "11:00", "--to", "12:00")
    wide = app.run(*args, terminal=True)
    app.environ["COLUMNS"] = str(columns)
    narrow = app.run(*args, terminal=True)
    assert narrow.err.split() == wide.err.split()
    for line in narrow.err.splitlines():
        is_one_piece = line.strip().count(" ") == 0 or line.strip()[:1] == "`"
        assert len(line) <= columns or is_one_piece, line


QUESTIONS = (
    ["delete", "last"],
    ["undo"],
    ["cancel"],
    ["stop"],
    ["add", "x", "-p", "websiet", "--from", "9:00", "--to", "9:30"],
)


@pytest.mark.parametrize("columns", [25, 40, 60])
@pytest.mark.parametrize("args", QUESTIONS, ids=" ".join)
def test_questions_break_between_words(app: App, args: list[str], columns: int) -> None:
    app.ok("projects", "add", "website")
    app.ok("add", "Meeting with the people of the house #bug", "--from", "10:00", "--to", "11:00")
    app.at("2026-11-19 11:00:00").ok("start", "Read the news of the day before")
    app.at("2026-11-20 12:00:00")
    wide = app.run(*args, terminal=True)
    app.environ["COLUMNS"] = str(columns)
    narrow = app.run(*args, terminal=True)
    assert narrow.err.split() == wide.err.split()
    assert "[y/N] \n" in narrow.err or ": \n" in narrow.err, (
        "no question was asked, or it has no space after it"
    )
    for line in narrow.err.splitlines():
        is_one_piece = line.strip().count(" ") == 0 or line.strip()[:1] == "`"
        assert len(line.rstrip()) <= columns or is_one_piece, line


def test_doctor_and_config_list_cut_nothing(app: App) -> None:
    app.environ |= {"COLUMNS": "40", "NO_COLOR": "1"}
    app.ok("config", "set", "max_timer", "10h")
    path = f"{app.home}/config.toml"
    lines = app.ok("config", "list", terminal=True).out.splitlines()
    place, after = lines.index("max_timer"), lines.index("precision")
    assert " ".join(" ".join(lines[place:after]).split()) == (
        f"max_timer 10h From: {path} Description: the length beyond which a timer or entry is flagged as"
        " forgotten"
    )
    assert f"  {path}" in app.ok("doctor", terminal=True).out.splitlines()
    assert "…" not in app.ok("doctor", terminal=True).out


def test_a_list_of_invoices_keeps_the_names_of_the_clients(app: App) -> None:
    app.environ |= {"COLUMNS": "40", "NO_COLOR": "1"}
    app.ok("projects", "add", "web", "--client", "Nordlicht", "--rate", "80 EUR")
    app.ok("add", "Call", "--from", "11:00", "--to", "12:00", "-p", "web")
    app.ok("invoices", "add", "2026-07", "today", "-y")
    assert app.ok("invoices", terminal=True).out == (
        "Invoice Client    Rounded    Amount\n2026-07 Nordlicht    1:00 80.00 EUR\n"
    )
