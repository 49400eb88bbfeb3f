"""`clockeye check`: silence if all is well, else one line and exit code 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.store.state import Store
from tests.plain import refused, said

if TYPE_CHECKING:
    from tests.app import App

TOO_LONG = (
    "The timer has been running for 10:00:01, longer than 10:00:00 (web: Fix, since 02:00)."
    " `clockeye stop --at WHEN` stops it at an earlier time.\n"
)


def idle_line(length: str, since: str) -> str:
    return (
        f"Nothing has been tracked for {length}, since {since}."
        " `clockeye start --at WHEN` starts a timer, and"
        " `clockeye add DESCRIPTION --from WHEN --to WHEN` stores finished work.\n"
    )


def test_a_timer_over_max_is_one_line_and_exit_1(app: App) -> None:
    app.ok("start", "Fix", "-p", "web", "--at", "2:00")
    assert said(app.run("check", "--max", "10h")) == (0, "", "")  # exactly as long as it may
    app.now += 1
    assert said(app.run("check", "--max", "10h")) == (1, TOO_LONG, "")
    assert said(app.run("check", "--max", "10h", "--idle", "1m", "-q")) == (1, TOO_LONG, "")
    assert said(app.run("check", "--idle", "1m")) == (0, "", "")


def test_without_an_option_it_is_max_timer(app: App) -> None:
    assert said(app.run("check")) == (0, "", "")
    app.ok("start", "Fix", "-p", "web", "--at", "2:00")
    assert app.run("check").code == 0
    app.environ["CLOCKEYE_MAX_TIMER"] = "9h"
    assert app.run("check").code == 1


def test_json_says_what_was_found(app: App) -> None:
    assert app.ok("check", "--json").out == '{"version": 1, "data": null}\n'
    app.ok("start", "Fix", "-p", "web", "--at", "9:00")
    local_id = app.ok("status", "--json").data["local_id"]
    result = app.run("check", "--max", "1h", "--json")
    assert (result.code, result.data) == (
        1,
        {
            "found": "max",
            "since": "2026-11-20T08:00:00Z",
            "duration": 10_800,
            "limit": 3_600,
            "local_id": local_id,
        },
    )
    app.ok("stop", "--at", "11:00")
    result = app.run("check", "--idle", "30m", "--json")
    assert (result.code, result.data["found"], result.data["local_id"]) == (1, "idle", None)
    assert (result.data["duration"], result.data["limit"]) == (3_600, 1_800)


def test_idle_counts_from_the_last_entry_or_from_the_beginning_of_work(app: App) -> None:
    assert said(app.run("check", "--idle", "3h")) == (1, idle_line("3:00:00", "09:00"), "")
    assert said(app.run("check", "--idle", "3h1s")) == (0, "", "")
    app.ok("add", "x", "--from", "8", "--to", "8:30")
    assert said(app.run("check", "--idle", "3h")) == (1, idle_line("3:00:00", "09:00"), "")
    app.ok("add", "x", "--from", "11", "--to", "11:40")
    assert said(app.run("check", "--idle", "20m")) == (1, idle_line("0:20:00", "11:40"), "")
    assert said(app.run("check", "--idle", "21m")) == (0, "", "")


@pytest.mark.parametrize(
    ("now", "hours", "days", "code"),
    [
        ("2026-11-20 08:59:59", "09:00-17:00", "monday-friday", 0),
        ("2026-11-20 09:29:59", "09:00-17:00", "monday-friday", 0),
        ("2026-11-20 09:30:00", "09:00-17:00", "monday-friday", 1),
        ("2026-11-20 16:59:59", "09:00-17:00", "monday-friday", 1),
        ("2026-11-20 17:00:00", "09:00-17:00", "monday-friday", 0),
        ("2026-11-21 12:00:00", "09:00-17:00", "monday-friday", 0),  # a Saturday
        ("2026-11-21 12:00:00", "09:00-17:00", "Fri - Mon", 1),
        ("2026-11-21 12:00:00", "09:00-17:00", "friday-monday", 1),
        ("2026-11-21 12:00:00", "09:00-17:00", "monday, saturday", 1),
        ("2026-11-21 01:00:00", "22:00-06:00", "friday", 1),  # the night belongs to Friday
        ("2026-11-20 01:00:00", "22:00-06:00", "friday", 0),
        ("2026-11-20 23:00:00", "22:00-06:00", "friday", 1),
        ("2026-11-20 12:00:00", "22:00-06:00", "friday", 0),
        ("2026-11-20 00:30:00", "00:00-00:00", "friday", 1),  # the whole day
        ("2026-03-29 03:30:00", "02:00-06:00", "sunday", 1),  # 2:00 is skipped: work begins at 3:00
        ("2026-03-29 03:29:59", "02:00-06:00", "sunday", 0),
    ],
)
def test_idle_is_only_looked_for_in_hours_of_work(
    app: App, now: str, hours: str, days: str, code: int
) -> None:
    app.environ |= {"CLOCKEYE_WORK_HOURS": hours, "CLOCKEYE_WORK_DAYS": days}
    result = app.at(now).run("check", "--idle", "30m")
    assert result.code == code
    assert bool(result.out) == (code == 1)


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("WORK_HOURS", "9 to 17", "expected hours such as 09:00-17:00"),
        ("WORK_HOURS", "09:00", "expected hours such as 09:00-17:00"),
        ("WORK_HOURS", "09:00-24:00", "the day ends at 23:59"),
        ("WORK_DAYS", "1-5", "expected a weekday such as sunday"),
        ("WORK_DAYS", "", None),
    ],
)
def test_settings_that_are_not_understood_are_refused(
    app: App, variable: str, value: str, why: str | None
) -> None:
    app.environ[f"CLOCKEYE_{variable}"] = value
    result = app.run("check", "--idle", "30m")
    if why is None:  # an empty variable is none
        assert result.code == 1
    else:
        assert result.code == 2
        assert (
            f" {value!r} for {variable.lower()} (environment (CLOCKEYE_{variable})): {why}.\n" in result.err
        )


def test_what_is_no_duration_is_refused(app: App) -> None:
    code, err = refused(app, "check", "--max", "10")
    assert (code, err.partition("\n")[0]) == (2, "clockeye: '10' has no unit.")


def test_an_entry_that_runs_on_the_account_is_not_idle(app: App) -> None:
    app.ok("add", "x", "--from", "8", "--to", "8:30")
    assert app.run("check", "--idle", "30m").code == 1
    with Store(str(app.home / "local.db"), lambda: app.now, busy=1).exchange() as connection:
        connection.execute("UPDATE entries SET is_open = 1, ended_at = started_at")
    assert said(app.run("check", "--idle", "30m")) == (0, "", "")


def test_on_an_account_it_looks_at_what_is_here_and_asks_nobody(app: App) -> None:
    app.environ |= {"CLOCKEYE_API_KEY": "key_x", "CLOCKEYE_API_URL": "http://127.0.0.1:9/v1"}
    assert said(app.run("check", "--max", "1h")) == (0, "", "")
    assert said(app.run("check", "--idle", "1h")) == (1, idle_line("3:00:00", "09:00"), "")
