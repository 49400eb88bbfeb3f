"""Many processes at once: nothing is lost, and none fails."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.system.real_parts import begin, clockeye, end, environment, shell, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.system.real_parts import Ended


def at_once(home: Path, *commands: tuple[str, ...]) -> list[Ended]:
    """Start all commands before the first is waited for."""
    return [end(process) for process in [begin(home, *args) for args in commands]]


def entries(home: Path) -> list[dict[str, Any]]:
    ended = clockeye(home, "log", "--all", "--json")
    assert ended.code == 0, ended
    rows: list[dict[str, Any]] = json.loads(ended.out)["data"]
    return rows


def test_20_adds_at_once_are_20_entries_also_where_all_are_the_first_run(tmp_path: Path) -> None:
    commands = [("add", f"Work {n}", "--for", "10m", "--overlap", "-p", "web") for n in range(20)]
    ended = at_once(tmp_path, *commands)
    assert [(each.code, each.err) for each in ended if each.code] == []
    rows = entries(tmp_path)
    assert sorted(row["description"] for row in rows) == sorted(f"Work {n}" for n in range(20))
    # Any of the 20 may have added the project, but only one did.
    assert len({row["project_id"] for row in rows}) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"local.db"}


def test_16_processes_with_25_adds_each_are_400_entries(tmp_path: Path) -> None:
    # 25 commands in turn in each of 16 concurrent processes.
    script = """
import os, sys, time
from clockeye_cli.__main__ import run
from clockeye_cli.session import World
for n in range(25):
    world = World(os.environ, sys.stdin, sys.stdout, sys.stderr, lambda: int(time.time()))
    code = run(["add", f"{sys.argv[1]}-{n}", "--for", "10m", "--overlap"], world)
    assert code == 0, code
"""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(number)],
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(16)
    ]
    ended = [end(process) for process in running]
    assert [each for each in ended if each.code] == []
    assert sum(each.out.count("Added ") for each in ended) == 400
    descriptions = {row["description"] for row in entries(tmp_path)}
    assert descriptions == {f"{p}-{n}" for p in range(16) for n in range(25)}


def test_50_starts_at_once_leave_one_timer_and_49_entries_that_touch(tmp_path: Path) -> None:
    ended = at_once(tmp_path, *[("start", f"Work {n}") for n in range(50)])
    assert [each for each in ended if each.code] == []
    rows = entries(tmp_path)
    assert {row["description"] for row in rows} == {f"Work {n}" for n in range(50)}
    done = [row for row in rows if row["ended_at"] is not None]
    (runs,) = [row for row in rows if row["ended_at"] is None]
    assert len(done) == 49
    # In the order in which they were written, each ends where the next begins.
    history = json.loads(clockeye(tmp_path, "history", "--json").out)["data"]
    assert len(history) == 50
    ends = sorted(row["ended_at"] for row in done)
    starts = sorted(row["started_at"] for row in rows)
    assert ends == starts[1:]
    assert runs["started_at"] == starts[-1]

    # And 50 stops at once stop it once.
    stopped = at_once(tmp_path, *[("stop",)] * 50)
    assert sorted(each.code for each in stopped) == [0] + [3] * 49
    assert all("No timer is running." in each.err for each in stopped if each.code)
    assert len(entries(tmp_path)) == 50


def test_50_starts_with_if_idle_at_once_are_one_timer_and_49_say_what_runs(tmp_path: Path) -> None:
    ended = at_once(tmp_path, *[("start", f"Work {n}", "--if-idle") for n in range(50)])
    assert [each for each in ended if each.code] == []
    (row,) = entries(tmp_path)
    assert row["ended_at"] is None
    assert sum(each.out.startswith(f"Started {row['description']}, ") for each in ended) == 1
    assert sum(each.out.startswith(f"Already running: {row['description']}, ") for each in ended) == 49


def test_settings_set_at_once_are_never_half_a_file(tmp_path: Path) -> None:
    ended = at_once(tmp_path, *[("config", "set", "day_start", f"0{n}:00") for n in range(10)])
    assert [each for each in ended if each.code] == []
    assert clockeye(tmp_path, "config", "get", "day_start").out in {f"0{n}:00\n" for n in range(10)}
    assert {path.name for path in tmp_path.iterdir()} == {"config.toml", "config.toml.lock"}


def test_what_is_added_while_a_backup_is_restored_is_in_the_new_state_or_kept_aside(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup.db"
    assert clockeye(home, "add", "Before", "--for", "10m").code == 0
    assert clockeye(home, "backup", str(backup)).code == 0
    adds = [("add", f"Work {n}", "--for", "1m", "--overlap") for n in range(12)]
    ended = at_once(home, *adds[:6], ("restore", str(backup)), *adds[6:])
    assert [each for each in ended if each.code] == []
    (aside,) = home.glob("local.db.before-restore-*")
    kept = state_of(aside) + state_of(home / "local.db")
    assert [n for n in range(12) if f'"Work {n}"' not in kept] == []


def test_what_is_acknowledged_while_the_store_is_repaired_is_not_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shell(home, "for n in 1 2 3; do $clockeye add Old $n --for 1m --overlap; done")
    path = home / "local.db"
    # Damage that stands in nobody's way: entries can be added.
    connection = sqlite3.connect(path)
    connection.execute("UPDATE entries SET project_id = 'prj_nowhere'")
    connection.commit()
    connection.close()
    assert clockeye(home, "doctor").code == 7
    assert clockeye(home, "add", "Still", "--for", "1m", "--overlap").code == 0
    adds = [("add", f"Work {n}", "--for", "1m", "--overlap") for n in range(12)]
    ended = at_once(home, *adds[:6], ("doctor", "--repair"), *adds[6:])
    kept = state_of(path)
    for args, each in zip([*adds[:6], None, *adds[6:]], ended, strict=True):
        if args and each.code == 0:
            assert f'"{args[1]}"' in kept
        elif args:
            assert each.code == 7


def test_a_reader_gets_an_answer_while_a_command_holds_the_store(tmp_path: Path) -> None:
    assert clockeye(tmp_path, "start", "Work").code == 0
    holder = sqlite3.connect(tmp_path / "local.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert clockeye(tmp_path, "status").out.startswith("Work, since ")
        assert clockeye(tmp_path, "log", "--all").code == 0
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def test_a_prompt_does_not_wait_for_a_store_that_is_locked_for_long(tmp_path: Path) -> None:
    assert clockeye(tmp_path, "start", "Work").code == 0
    holder = sqlite3.connect(tmp_path / "local.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        ended = clockeye(tmp_path, "status", "--json")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert ended.code == 7
    assert json.loads(ended.err)["error"]["code"] == "storage_busy"


def test_16_invoices_at_once_bill_each_entry_once(tmp_path: Path) -> None:
    for args in (
        ("config", "set", "rate", "80 EUR"),
        *(("add", f"Work {n}", "--for", "10m", "--overlap", "-p", "web") for n in range(3)),
    ):
        assert clockeye(tmp_path, *args).code == 0
    ended = at_once(tmp_path, *(("invoices", "add", f"2026-{n}", "--all", "-y") for n in range(16)))
    assert sorted(each.code for each in ended) == [0, *[3] * 15]
    assert {each.err.partition(":")[2].partition(":")[0] for each in ended if each.code} == {
        " Nothing is left to bill"
    }
    rows = json.loads(clockeye(tmp_path, "invoices", "--json").out)["data"]
    assert [row["entries"] for row in rows] == [3]
