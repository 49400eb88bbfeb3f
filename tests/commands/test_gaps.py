"""`clockeye gaps`: untracked time within working hours."""

from __future__ import annotations

import shlex
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.workday import untracked
from tests.plain import said

if TYPE_CHECKING:
    from tests.app import App


def gaps(app: App, *args: str) -> list[str]:
    """The gaps as `16 09:00–10:00`, the first number being the day of the month."""
    rows = [line.split("\t") for line in app.ok("gaps", *args, "-o", "tsv").out.splitlines()[1:]]
    assert all(int(row[2]) > 0 for row in rows)
    return [f"{start[8:10]} {start[11:16]}–{end[11:16]}" for start, end, _ in rows]


def utc(instant: int) -> str:
    """An instant as in JSON."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


TWO_NIGHTS = ["20 04:00–06:00", "20 22:00–02:00"]


@pytest.fixture
def friday(app: App) -> App:
    """A morning with a break of a quarter of an hour and one that is shorter."""
    app.environ |= {"NO_COLOR": "1", "COLUMNS": "80"}
    for start, end in (("8:30", "10:00"), ("10:15", "11:00"), ("11:14", "11:30")):
        app.ok("add", "Plan", "-p", "web", "--from", start, "--to", end)
    return app


def test_each_gap_comes_with_the_command_that_fills_it(friday: App) -> None:
    assert [
        " ".join(line.split()) for line in friday.ok("gaps", "--today", terminal=True).out.splitlines()
    ] == [
        "Time Duration Command",
        "Fri 20 Nov · today 0:45",
        "10:00–10:15 0:15 clockeye add --from '2026-11-20 10:00' --to 10:15",
        "11:30–12:00 0:30 clockeye add --from '2026-11-20 11:30' --to 12:00",
    ]
    friday.at("2026-11-20 12:30:07")
    lines = friday.ok("gaps", "--today", terminal=True).out.splitlines()
    for line in lines[2:]:
        friday.ok(*shlex.split(line.partition("clockeye ")[2]))
    assert said(friday.ok("gaps", "--today", terminal=True)) == (
        0,
        "No gaps of 15m or more: Friday 2026-11-20.\n",
        "",
    )


def test_json_has_instants_and_the_sum(friday: App) -> None:
    answer = friday.ok("gaps", "2026-11-20", "--json").json
    assert answer["data"] == [
        {"started_at": "2026-11-20T09:00:00Z", "ended_at": "2026-11-20T09:15:00Z", "duration": 900},
        {"started_at": "2026-11-20T10:30:00Z", "ended_at": "2026-11-20T11:00:00Z", "duration": 1800},
    ]
    assert answer["meta"] == {
        "from": "2026-11-20",
        "to": "2026-11-20",
        "zone": "Europe/Berlin",
        "day_start": "00:00",
        "duration": 2700,
        "as_of": "2026-11-20T11:00:00Z",
        "gaps": 2,
    }
    assert friday.ok("gaps", "2026-11-21", "--json").json["data"] == []


def test_this_week_up_to_now_without_holidays(friday: App) -> None:
    friday.environ["CLOCKEYE_HOLIDAYS"] = "2026-11-16..2026-11-17 leave, 2026-11-18 half"
    assert gaps(friday) == [
        *("18 09:00–13:00", "19 09:00–17:00"),
        *("20 10:00–10:15", "20 11:30–12:00"),
    ]
    friday.environ |= {"CLOCKEYE_GAPS_MIN": "20m", "CLOCKEYE_WORK_DAYS": "fri-sun"}
    assert gaps(friday) == ["20 11:30–12:00"]
    assert gaps(friday, "--all") == ["20 11:30–12:00"]


@pytest.mark.parametrize("break_after", [0, 1_999, 2_000, 2_001, 4_000])
def test_many_entries_are_read_in_pieces_that_leave_no_gap_between_them(app: App, break_after: int) -> None:
    app.ok("projects", "add", "web")
    nine, seconds = 1_795_161_600, 5
    with closing(sqlite3.connect(app.home / "local.db")) as connection, connection:
        for number in range(4_001):
            start = nine + number * seconds + (1_200 if number >= break_after else 0)
            row = (f"te_{number:012}", "Plan", start, start + seconds, 1)
            connection.execute(
                "INSERT INTO entries (local_id, description, started_at, ended_at, billable)"
                " VALUES (?, ?, ?, ?, ?)",
                row,
            )
    app.at("2026-11-20 14:53:25")
    until = nine + break_after * seconds
    assert app.ok("gaps", "today", "--json").data == [
        {"started_at": utc(until), "ended_at": utc(until + 1_200), "duration": 1_200}
    ]


def test_a_running_timer_leaves_no_gap(friday: App) -> None:
    friday.ok("start", "Fix", "--at", "11:40")
    friday.at("2026-11-20 15:00:00")
    assert gaps(friday, "today") == ["20 10:00–10:15"]
    friday.ok("gaps", "today", "--save", f"{friday.home}/gaps.csv")
    assert (friday.home / "gaps.csv").read_text().count("\n") == 2


@pytest.mark.parametrize(
    ("now", "zone", "hours", "day_start", "period", "listed"),
    [
        # Over midnight: the hours that begin on Friday end on Saturday.
        ("2026-11-21 12:00:00", "Europe/Berlin", "22:00-06:00", "00:00", "2026-11-21", ["21 00:00–06:00"]),
        ("2026-11-21 02:00:00", "Europe/Berlin", "22 - 6", "4", "2026-11-20", TWO_NIGHTS),
        ("2026-11-22 12:00:00", "Europe/Berlin", "22:00-6:00", "12:00", "2026-11-20", ["20 22:00–06:00"]),
        # Clocks go forward and back on Sundays.
        ("2026-03-30 00:00:00", "Europe/Berlin", "01:00-04:00", "00:00", "2026-03-29", ["29 01:00–04:00"]),
        ("2026-10-26 00:00:00", "Europe/Berlin", "01:00-04:00", "00:00", "2026-10-25", ["25 01:00–04:00"]),
    ],
)
def test_hours_over_midnight_and_over_clock_changes(
    app: App, now: str, zone: str, hours: str, day_start: str, period: str, listed: list[str]
) -> None:
    app.environ |= {"CLOCKEYE_WORK_HOURS": hours, "CLOCKEYE_DAY_START": day_start, "CLOCKEYE_ZONE": zone}
    app.environ |= {"CLOCKEYE_WORK_DAYS": "mon-fri" if hours[0] == "2" else "sun", "NO_COLOR": "1"}
    app.at(now)
    assert gaps(app, period) == listed
    for line in app.ok("gaps", period, terminal=True).out.splitlines()[2:]:
        app.ok(*shlex.split(line.partition("clockeye ")[2]))
    assert gaps(app, period) == []


SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)).map(lambda pair: (pair[0], sum(pair))))


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 30)), max_size=6), SPANS, st.integers(1, 9))
def test_gaps_are_the_seconds_of_work_that_nothing_covers(
    steps: list[tuple[int, int]], tracked: list[tuple[int, int]], least: int
) -> None:
    hours: list[tuple[int, int]] = []
    for pause, length in steps:
        began = (hours[-1][1] if hours else 0) + pause
        hours.append((began, began + length))
    covered = {second for start, end in tracked for second in range(start, end)}
    of_hours = [[second for second in range(*span) if second not in covered] for span in hours]
    runs: list[tuple[int, int]] = []
    for seconds in of_hours:
        first = len(runs)
        for second in seconds:
            if len(runs) > first and runs[-1][1] == second:
                runs[-1] = (runs[-1][0], second + 1)
            else:
                runs.append((second, second + 1))
    assert untracked(hours, sorted(tracked), least) == [run for run in runs if run[1] - run[0] >= least]


@pytest.mark.parametrize(
    ("key", "value"), [("gaps.min", "soon"), ("holidays", "Easter"), ("work_hours", "9 to 17")]
)
def test_a_bad_setting_is_named(app: App, key: str, value: str) -> None:
    app.environ["CLOCKEYE_" + key.upper().replace(".", "_")] = value
    result = app.run("gaps")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"clockeye: Invalid value '{value}' for {key} (environment (")
