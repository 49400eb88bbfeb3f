"""`clockeye complete`: words that no shell can take for more than words; silence where anything is wrong."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.entry import Project, TimeEntry
from clockeye_cli.core.safe_text import is_dangerous
from clockeye_cli.store import entries, projects
from clockeye_cli.store.database import connect, transaction
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from tests.hostile_text import HOSTILE

if TYPE_CHECKING:
    from tests.app import App

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@/+-]*")


def offered(app: App, *args: str, profile: str = "") -> list[str]:
    result = app.ok("complete", f"--profile={profile}", *args)
    assert result.err == ""
    return result.out.splitlines()


def test_projects_are_offered_by_name_and_others_by_id(app: App) -> None:
    app.ok("projects", "add", "website", "Client Work", "old", "Büro", "a;b")
    app.ok("projects", "archive", "old")
    ids = {row["project"]: row["project_id"] for row in app.ok("projects", "--json").data}
    assert offered(app, "projects") == [f"{ids['a;b']}:a;b", f"{ids['Büro']}:Büro", "Client Work", "website"]


def test_descriptions_are_the_latest_ones_each_once_without_their_tags(app: App) -> None:
    for hour, words in enumerate(["Fix the login bug", "Review", "Fix it (again)", "Review", "+1 Fix", ""]):
        app.ok("add", words, "-t", "bug", "--from", f"{hour}:00", "--to", f"{hour}:30")
    app.ok("start", "Not over yet")
    assert offered(app, "descriptions") == ["Review", "Fix the login bug"]


def test_descriptions_go_on_after_the_words_that_are_there(app: App) -> None:
    app.ok("add", "Fix the login bug", "--from", "1", "--to", "2")
    app.ok("add", "Fix the door", "--from", "2", "--to", "3")
    app.ok("add", "Fix", "--from", "3", "--to", "4")
    assert offered(app, "descriptions", "Fix", "the") == ["door", "login bug"]
    assert offered(app, "descriptions", "Fix the") == ["door", "login bug"]
    assert offered(app, "descriptions", "fix") == []


def test_tags_are_the_latest_ones_each_once_as_last_written(app: App) -> None:
    for hour, words in enumerate(["+old +C++", "+Bug +ui", "+bug", "#a$b #x;y #it's #größe #C#", "Mail"], 1):
        app.ok("add", words, "--from", f"{hour}:00", "--to", f"{hour}:30")
    assert offered(app, "tags") == ["größe", "bug", "ui", "old", "C++"]


def test_entries_are_offered_by_the_id_that_log_shows(app: App) -> None:
    app.ok("add", "Fix the login bug", "-p", "web", "--from", "1", "--to", "2")
    app.ok("add", "Review", "--from", "2", "--to", "3")
    (second, first) = (line.partition(":") for line in offered(app, "entries"))
    assert (first[2], second[2]) == ("web: Fix the login bug", "Review")
    assert app.ok("log", "--json").data[0]["id"].startswith(f"te_{first[0]}")


def test_only_a_bounded_number_of_entries_is_looked_at(app: App) -> None:
    app.ok("projects", "add", "web")
    connection = connect(str(app.home / "local.db"), MIGRATIONS, APPLICATION_ID)
    plan = connection.execute(
        f"EXPLAIN QUERY PLAN SELECT * FROM (SELECT * FROM entries {entries.LATEST_FIRST} LIMIT 500)"
    ).fetchall()
    connection.close()
    assert "entries_by_end" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_the_entries_of_others_are_not_offered(app: App) -> None:
    app.ok("add", "Mine", "--from", "1", "--to", "2")
    connection = connect(str(app.home / "local.db"), MIGRATIONS, APPLICATION_ID)
    with transaction(connection):
        entries.put(connection, None, TimeEntry("te_other", "Theirs", None, 1, 2, True, "usr_2"))
    connection.close()
    assert offered(app, "descriptions") == ["Mine"]


def test_a_profile_has_its_own(app: App) -> None:
    app.ok("projects", "add", "website")
    config = app.home / "config.toml"
    config.write_text("[profiles.work]\n[profiles.'x;y']\n")
    config.chmod(0o600)
    app.ok("-P", "work", "projects", "add", "acme")
    assert offered(app, "profiles") == ["local", "work"]
    assert offered(app, "projects", profile="work") == ["acme"]
    app.environ["CLOCKEYE_PROFILE"] = "work"
    assert offered(app, "projects") == ["acme"]
    assert offered(app, "projects", profile="local") == ["website"]


def test_nothing_that_a_shell_could_read_is_ever_offered(app: App) -> None:
    app.ok("projects", "add", "website")
    connection = connect(str(app.home / "local.db"), MIGRATIONS, APPLICATION_ID)
    storable = [text for text in HOSTILE if text.encode(errors="ignore").decode() == text]
    with transaction(connection):
        for number, text in enumerate(storable):
            projects.put(connection, None, Project(f"prj_{number}", f"{number % 7}{text}"))
            projects.put(connection, None, Project(f"{text}{number}", f"{number}: {text}"))
            entries.put(connection, None, TimeEntry(f"te_{number:012}", text, None, number, number, True))
    connection.close()
    for kind in ("projects", "descriptions", "entries"):
        lines = offered(app, kind)
        assert lines
        for line in lines:
            word, _, about = line.partition(":")
            assert PLAIN.fullmatch(word)
            assert not any(is_dangerous(ord(letter)) for letter in about)
            assert len(line) < 5_000


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--help",),
        ("--profile=",),
        ("--profile=", "nonsense"),
        ("--profile=nope", "projects"),
        ("--profile=../x", "projects"),
        ("--profile=\udcff", "projects"),
        ("--profile=", "descriptions", "\udcff", ""),
    ],
)
def test_what_is_not_understood_is_answered_with_nothing(app: App, args: tuple[str, ...]) -> None:
    app.ok("projects", "add", "website")
    assert app.run("complete", *args) == (0, "", "")


def test_without_a_store_nothing_is_offered_and_none_is_made(app: App) -> None:
    assert offered(app, "projects") == offered(app, "descriptions") == offered(app, "entries") == []
    assert not app.home.exists()


@pytest.mark.parametrize("state", ["damaged", "newer", "locked", "unsafe config"])
def test_a_store_that_cannot_be_read_is_answered_with_nothing(app: App, state: str) -> None:
    app.ok("projects", "add", "website")
    store = app.home / "local.db"
    holder = sqlite3.connect(store, isolation_level=None)
    if state == "damaged":
        store.write_bytes(b"\0" * 4096)
    elif state == "newer":
        holder.execute("PRAGMA user_version=999")
    elif state == "locked":
        holder.execute("BEGIN EXCLUSIVE")
    else:
        (app.home / "config.toml").write_text("x = 1")
        (app.home / "config.toml").chmod(0o666)
    assert app.run("complete", "--profile=", "projects") == (0, "", "")
    holder.close()
