"""Run by `test_new_field` in a copy of the program whose entries have an additional field."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Any

import clockeye_cli
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.whose import MINE
from clockeye_cli.store import entries
from clockeye_cli.store.state import Store
from clockeye_cli.sync.pull import pull
from clockeye_cli.sync.push import push
from clockeye_cli.tracking.entries import edit
from tests.app import App
from tests.sync.service import Clock, Service, account_of

ROOT, HOME, FIELD, VALUE = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
OLDER_FILE = Path(__file__).parents[1] / "store/lists_under_keys.sql"
KEYED = ("add", "Standup", "--for", "15m", "--key", "duration")


def main() -> None:
    """Go through all that an entry goes through."""
    assert Path(clockeye_cli.__file__).is_relative_to(ROOT)
    assert TimeEntry._fields[-1] == FIELD
    app = App(HOME, now="2026-11-20 15:00:00")
    HOME.mkdir()
    with closing(sqlite3.connect(HOME / "local.db")) as connection:
        connection.executescript(OLDER_FILE.read_text(encoding="utf-8"))
    keyed_calls(app)
    undo_and_reports(app)
    repair(app)
    account()


def keyed_calls(app: App) -> None:
    """Of an older version, and of this one."""
    assert "Already stored" in app.ok(*KEYED).out
    call = ("add", "New", "--from", "13:00", "--to", "14:00", "--key", "new")
    assert app.ok(*call).out.startswith("Added")
    assert "Already stored" in app.ok(*call).out
    assert app.run(*call[:-1], "duration").code == 3


def undo_and_reports(app: App) -> None:
    """A value in the field is in the history, and does not hinder what knows nothing of it."""
    store = Store(str(HOME / "local.db"), lambda: app.now)
    with store.write(["set"], UTC) as write:
        for entry in entries.every(write.connection):
            edit(write, entry, with_value(entry))
    assert values(store) == [VALUE] * 5
    app.ok("edit", "last", "--from", "13:30")
    app.ok("split", "last", "--at", "13:45")
    app.ok("undo")
    app.ok("start", "Timer")
    app.ok("stop")
    app.ok("undo", "-y")
    app.ok("cancel", "-y")
    assert values(store) == [VALUE] * 5
    log, report = app.ok("log", "--all", "--json").data, app.ok("report", "--all", "--json").json
    assert [row["description"] for row in log] == ["", "Fix login #bug", "Review", "Standup", "New"]
    assert report["meta"]["duration"] == sum(row["duration"] for row in log) > 0
    store.close()


def repair(app: App) -> None:
    """A file of which only the pages can be read; one row is older than the field."""
    path = HOME / "local.db"
    store = Store(str(path), lambda: app.now)
    with closing(sqlite3.connect(path)) as connection:
        (column,) = [row for row in connection.execute("PRAGMA table_info(entries)") if row[1] == FIELD]
        connection.execute(f"UPDATE entries SET {FIELD} = {column[4]} WHERE description = 'Review'")
        connection.commit()
    before = values(store)
    store.close()
    content = path.read_bytes()
    path.write_bytes(content[:110] + b"\xff" * 3_000 + content[3_110:])
    assert app.run("doctor").code == 7
    app.ok("doctor", "--repair")
    app.ok("doctor")
    assert values(store) == before
    assert sorted(before, key=str) == sorted([VALUE] * 4 + [TimeEntry._field_defaults[FIELD]], key=str)
    store.close()
    assert "Already stored" in app.ok(*KEYED).out


def account() -> None:
    """The account knows nothing of the field: what is in it here stays."""
    service, clock = Service(), Clock(1_795_180_000)
    here = account_of(service, HOME, clock)
    mine = TimeEntry("te_here", "Mine", None, clock.now - 600, clock.now, True)
    with here.store.write(["add"], UTC) as write:
        write.change(None, with_value(mine))
    remote_id = service.add("There", clock.now - 6_000, clock.now - 5_000)
    assert push(here).delivered == 1
    clock.now += 60
    pull(here, None, None, whose=MINE)
    assert values(here.store) == [TimeEntry._field_defaults[FIELD], VALUE]
    service.entries[remote_id]["description"] = "Changed there"
    next(row for row in service.entries.values() if row["description"] == "Mine")["description"] = "Ours"
    pull(here, None, None, whose=MINE)
    assert [entry.description for entry in stored(here.store)] == ["Changed there", "Ours"]
    assert values(here.store) == [TimeEntry._field_defaults[FIELD], VALUE]


def with_value(entry: TimeEntry) -> TimeEntry:
    given: dict[str, Any] = {FIELD: VALUE}
    return entry._replace(**given)


def stored(store: Store) -> list[TimeEntry]:
    with store.read() as connection:
        return entries.every(connection)


def values(store: Store) -> list[object]:
    """What is in the field, entry by entry; of exactly the type that the field says."""
    values = [getattr(entry, FIELD) for entry in stored(store)]
    assert {type(value) for value in values} == {type(VALUE)}
    return values


if __name__ == "__main__":
    main()
