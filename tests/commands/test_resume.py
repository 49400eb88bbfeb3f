"""`clockeye resume ENTRY` and `resume TEXT`: a word for an entry or the latest entry that contains a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def day(app: App) -> App:
    app.ok("add", "Fix the login bug", "-p", "web", "--from", "7", "--to", "8")
    app.ok("add", "Fix the Login page", "--from", "8", "--to", "9")
    app.ok("add", "Last of all", "--from", "9", "--to", "9:30")
    app.ok("add", "Planning", "-p", "Café", "--from", "9:30", "--to", "10")
    app.ok("add", "Old planning", "--from", "yesterday 9", "--to", "yesterday 10")
    return app


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], "Planning"),
        (["last"], "Planning"),
        (["LAST-1"], "Last of all"),
        (["it"], "Old planning"),
        (["login"], "Fix the Login page"),
        (["login", "bug"], "Fix the login bug"),
        (["LOGIN BUG"], "Fix the login bug"),
        (["last", "of"], "Last of all"),
        (["--", "last"], "Last of all"),
        (["web"], "Fix the login bug"),
        (["café"], "Planning"),
        (["planning"], "Planning"),
        (["old"], "Old planning"),
        (["the", "log"], "Fix the Login page"),
    ],
)
def test_words_mean_an_entry_or_a_text(day: App, words: list[str], text: str) -> None:
    assert day.ok("--json", "resume", *words).data["description"] == text


def test_the_beginning_of_an_id_is_an_entry(day: App) -> None:
    local_id = ids(day)["Old planning"]
    for word in (local_id, local_id[3:9]):
        assert day.ok("resume", word, "--json").data["description"] == "Old planning"
        day.ok("cancel", "-y")


def test_an_id_that_does_not_exist_is_a_text(day: App) -> None:
    assert refused(day, "resume", "zzzzzz") == (
        3,
        "clockeye: No finished entry of yours contains 'zzzzzz'.\n"
        "  `clockeye log --all` lists all entries; `clockeye start DESCRIPTION` starts new work.\n",
    )
    for words in (["last-9"], ["current"], [""], ["--", "it"]):
        assert refused(day, "resume", *words)[0] == 3


def test_an_entry_in_the_future_is_not_looked_for(day: App) -> None:
    day.at("2026-11-25 12:00:00").ok("add", "Login in the future", "--for", "1h")
    data = day.at("2026-11-20 12:00:00").ok("resume", "login", "--json").data
    assert data["description"] == "Fix the Login page"


def test_the_running_timer_switches_to_what_was_found(day: App) -> None:
    day.ok("start", "Login timer", "--at", "11:00")
    assert day.ok("resume", "login").out == (
        "Stopped Login timer, 11:00–12:00 (1:00:00).\nStarted Fix the Login page, at 12:00.\n"
    )
