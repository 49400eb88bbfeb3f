"""Files that an older clockeye has made: they are brought up to date, and nothing in them is lost."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.store.database import connect, transaction
from clockeye_cli.store.repair import repair
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from typing import Any

    from tests.app import App


def test_a_file_of_the_first_version_keeps_its_entries_and_its_timer(app: App) -> None:
    path = app.home / "local.db"
    app.home.mkdir(mode=0o700)
    with closing(connect(str(path), MIGRATIONS[:1], APPLICATION_ID)) as connection, transaction(connection):
        connection.execute("INSERT INTO projects VALUES ('prj_1', 'web', 'web', NULL, 0)")
        connection.execute(
            "INSERT INTO entries VALUES ('te_000000000001', 'Old work', 'prj_1', ?, ?, 1)",
            (app.now - 7200, app.now - 3600),
        )
        connection.execute(
            "INSERT INTO timer VALUES (1, 'te_000000000002', 'Runs', 'prj_1', ?, 1)", (app.now - 60,)
        )
    assert app.entries() == [
        ("2026-11-20 10:00:00", "2026-11-20 11:00:00", "web", "Old work"),
        ("2026-11-20 11:59:00", "running", "web", "Runs"),
    ]
    app.ok("stop")
    assert app.ok("undo").code == 0
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


LISTS_UNDER_KEYS = Path(__file__).parent / "lists_under_keys.sql"
"""The dump of a file from when `add --key` stored a list, in the order of the fields of an entry."""

ADOPTED_LISTS = Path(__file__).parent / "adopted_lists.sql"
"""An account's file that has adopted all of the other one, dumped by the same version."""

CALLS: tuple[tuple[str, ...], ...] = (
    ("add", "Fix", "login", "--from", "9:00", "--to", "10:00", "-p", "web", "--tag", "bug", "--key", "times"),
    ("add", "Standup", "--for", "15m", "--key", "duration"),
    (
        *("add", "Review", "--from", "10:30", "--for", "30m"),
        *("--no-billable", "-p", "web", "--key", "from and for"),
    ),
    ("add", "--from", "8:00", "--to", "8:30", "--key", "no text"),
)
OTHER_CONTENTS: tuple[tuple[str, ...], ...] = (
    ("add", "Fix", "login", "--from", "9:00", "--to", "10:01", "-p", "web", "--tag", "bug", "--key", "times"),
    ("add", "Standup", "--for", "16m", "--key", "duration"),
    ("add", "Standup", "--from", "11:45", "--to", "12:00", "--key", "duration"),
    ("add", "Review", "--from", "10:30", "--for", "30m", "-p", "web", "--key", "from and for"),
    ("add", "--from", "8:00", "--to", "8:30", "-p", "web", "--key", "no text"),
)


def written(app: App, dump: Path) -> Path:
    """The file that a dump is of, in the app's home."""
    path = app.home / "local.db"
    app.home.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    return path


def rows(path: Path, table: str) -> list[tuple[Any, ...]]:
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_keyed_call_of_an_older_version_can_be_repeated(app: App) -> None:
    path = written(app, LISTS_UNDER_KEYS)
    before = [rows(path, table) for table in ("entries", "add_keys", "history", "changes")]
    for call in CALLS:
        app.at("2026-11-20 12:30:00")
        assert app.ok(*call).out.startswith("Already stored under this key: ")
    for call in OTHER_CONTENTS:
        result = app.run(*call)
        assert (result.code, "was used for a different entry" in result.err) == (3, True), call
    assert [rows(path, table) for table in ("entries", "add_keys", "history", "changes")] == before


def test_a_keyed_call_of_an_older_version_can_be_undone_and_then_the_key_is_free(app: App) -> None:
    path = written(app, LISTS_UNDER_KEYS)
    for _ in CALLS:
        app.ok("undo")
    assert (app.entries(), rows(path, "add_keys")) == ([], [])
    for call in CALLS:
        assert app.ok(*call).out.startswith("Added ")
    assert {type(json.loads(content)) for _, _, content in rows(path, "add_keys")} == {dict}
    for _ in CALLS:
        app.ok("undo")
    assert (app.entries(), rows(path, "add_keys")) == ([], [])


def test_a_keyed_call_that_an_older_version_adopted_can_be_repeated(app: App) -> None:
    path = written(app, ADOPTED_LISTS)
    before = [rows(path, table) for table in ("entries", "add_keys", "history")]
    for call in CALLS:
        project = () if "-p" in call else ("-p", "misc")
        assert app.ok(*call, *project).out.startswith("Already stored under this key: ")
    for call in OTHER_CONTENTS:
        assert app.run(*call).code == 3, call
    assert [rows(path, table) for table in ("entries", "add_keys", "history")] == before


def test_what_was_asked_for_is_compared_by_value_and_a_missing_field_has_its_default(app: App) -> None:
    path = written(app, LISTS_UNDER_KEYS)
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        connection.execute(
            "UPDATE add_keys SET content = ? WHERE key = 'duration'",
            ('{"ended_at":900,"started_at":0,"billable":true,"project_id":null,"description":"Standup"}',),
        )
    assert app.ok(*CALLS[1]).out.startswith("Already stored under this key: ")
    assert app.ok("undo").code == 0


def test_a_key_that_makes_no_sense_is_damage(app: App) -> None:
    path = written(app, LISTS_UNDER_KEYS)
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        connection.execute("UPDATE add_keys SET content = '[1, 2' WHERE key = 'times'")
    assert app.run(*CALLS[0]).code == 7
    assert app.run("doctor").code == 7
    app.ok("doctor", "--repair")
    assert sorted(key for key, _, _ in rows(path, "add_keys")) == ["duration", "from and for", "no text"]
    assert app.ok(*CALLS[1]).out.startswith("Already stored under this key: ")


BEFORE_WHOSE = MIGRATIONS[:4]
"""The version that stored everything that it read while the profile's user was unknown as the user's own."""

READ, HERS, SENT, UNSENT, BACK, DAMAGED = (f"te_00000000000{number}" for number in range(6))


def file_before_whose(path: Path, *, own: str | None, entries: dict[str, str | None]) -> None:
    """Make a file of that version.

    Args:
        path: Where.
        own: The profile's own user; None without an account.
        entries: The user of each entry, as the account last gave it; None for an entry it does not have.
    """
    with closing(connect(str(path), BEFORE_WHOSE, APPLICATION_ID)) as old, transaction(old):
        if own is not None:
            old.execute(
                "INSERT INTO remembered VALUES ('account origin', 'https://x'), ('account user', ?)", (own,)
            )
        old.execute("INSERT INTO history VALUES (1, 0, '[]', NULL, NULL), (2, 0, '[]', 1, NULL)")
        for place, (local_id, user) in enumerate(entries.items()):
            old.execute("INSERT INTO entries VALUES (?, '', NULL, 0, 60, 1, NULL, 0)", (local_id,))
            step = {SENT: 1, UNSENT: 1, BACK: 2}.get(local_id)
            if step:
                after = json.dumps(TimeEntry(local_id, "", None, 0, 60, billable=True)._asdict())
                old.execute("INSERT INTO changes VALUES (?, ?, 'entry', NULL, ?)", (step, place, after))
            if user is not None:
                fields = "no JSON" if local_id == DAMAGED else json.dumps({"user_id": user})
                old.execute("INSERT INTO remote VALUES (?, ?, ?, 0)", (local_id, local_id, fields))


def users(path: Path) -> dict[str, str | None]:
    """The profile's own user, and the user of each entry, after this version has opened the file."""
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as new:
        own = new.execute("SELECT value FROM remembered WHERE what = 'account user'").fetchone()
        rows = dict(new.execute("SELECT local_id, user_id FROM entries ORDER BY local_id").fetchall())
    return {"own": own and own[0], **rows}


USERS = pytest.mark.parametrize(
    ("own", "stored", "after"),
    [
        # Nothing of one's own was ever answered: what was read is its users', what was made here stays.
        (
            "",
            {READ: "usr_1", HERS: "usr_2", UNSENT: None, BACK: "usr_2", DAMAGED: "usr_1"},
            {"own": "", READ: "usr_1", HERS: "usr_2", UNSENT: None, BACK: "usr_2", DAMAGED: None},
        ),
        # The answer to what a command has made here tells who the user is.
        (
            "",
            {READ: "usr_1", HERS: "usr_2", SENT: "usr_1", UNSENT: None},
            {"own": "usr_1", READ: None, HERS: "usr_2", SENT: None, UNSENT: None},
        ),
        # Known by now, but not when the colleague's entry was read.
        ("usr_1", {READ: "usr_1", HERS: "usr_2"}, {"own": "usr_1", READ: None, HERS: "usr_2"}),
        (None, {UNSENT: None}, {"own": None, UNSENT: None}),
    ],
    ids=["unknown", "told", "known", "no-account"],
)


@USERS
def test_what_was_read_while_the_user_was_unknown_becomes_its_users(
    tmp_path: Path, own: str | None, stored: dict[str, str | None], after: dict[str, str | None]
) -> None:
    path = tmp_path / "work.db"
    file_before_whose(path, own=own, entries=stored)
    assert users(path) == after


@pytest.mark.parametrize(("at", "by"), [(60, b"\xff" * 12), (110, b"\xff" * 3_000)], ids=["header", "schema"])
@USERS
def test_a_repair_of_an_older_file_gives_what_was_read_to_its_users_too(
    tmp_path: Path,
    own: str | None,
    stored: dict[str, str | None],
    after: dict[str, str | None],
    at: int,
    by: bytes,
) -> None:
    path = tmp_path / "work.db"
    file_before_whose(path, own=own, entries=stored)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(by)
    repair(str(path), "now")
    assert users(path) == after


def test_an_older_file_gets_the_index_that_sums_by_project_need(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    connect(str(path), BEFORE_WHOSE, APPLICATION_ID).close()
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        columns = connection.execute("SELECT name FROM pragma_index_info('entries_by_project')").fetchall()
        plan = connection.execute("EXPLAIN QUERY PLAN DELETE FROM projects").fetchall()
        latest = connection.execute(
            "EXPLAIN QUERY PLAN SELECT max(ended_at) FROM entries WHERE project_id = 'prj_1'"
        ).fetchall()
    assert columns == [("project_id",), ("ended_at",), ("billable",), ("user_id",)]
    uses = "SEARCH entries USING COVERING INDEX entries_by_project (project_id=?)"
    # A project is deleted and the latest use of each is found by the same index.
    assert [uses in {row[3] for row in steps} for steps in (plan, latest)] == [True, True]
