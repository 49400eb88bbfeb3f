"""The one rule for days: an entry counts in each with its part, and every sum is the same to the second."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.plain import said

if TYPE_CHECKING:
    from tests.app import App


def sums(app: App, *period: str) -> dict[str, int]:
    """The whole by every way there is to ask for it."""
    log = app.ok("log", "--json", "-q", *period).json
    found = {
        "log": sum(row["counted"] for row in log["data"]),
        "log meta": log["meta"]["duration"],
    }
    for by in ("project", "day", "week", "month", "description", "billable", "user", "day,project"):
        report = app.ok("report", "--json", "-q", "--by", by, *period).json
        found[by] = sum(row["duration"] for row in report["data"])
        found[f"{by} meta"] = report["meta"]["duration"]
    return found


def by_day(app: App, *period: str) -> dict[str, int]:
    rows = app.ok("report", "--json", "--by", "day", *period).data
    return {row["day"]: row["duration"] for row in rows}


def test_an_entry_over_midnight_counts_in_each_day(app: App) -> None:
    app.ok("add", "Night", "--from", "2026-11-18 22:30", "--to", "2026-11-19 01:15")
    assert by_day(app) == {"2026-11-18": 5400, "2026-11-19": 4500}
    assert set(sums(app, "--week").values()) == {9900}
    assert set(sums(app, "2026-11-19").values()) == {4500}


def test_an_entry_over_two_days_of_a_week_is_one_entry_of_the_week(app: App) -> None:
    app.ok("add", "Night", "--from", "2026-11-18 22:30", "--to", "2026-11-19 01:15")
    for by in ("week", "month", "project", "week,project"):
        assert [row["entries"] for row in app.ok("report", "--json", "--by", by).data] == [1]
    assert [row["entries"] for row in app.ok("report", "--json", "--by", "day").data] == [1, 1]
    assert app.ok("report", "--json").json["meta"]["entries"] == 1


def test_an_entry_over_the_end_of_a_week_and_a_month_counts_in_both(app: App) -> None:
    app.at("2026-12-10 12:00:00")
    app.ok("add", "Night", "--from", "2026-11-30 23:00", "--to", "2026-12-01 02:00")
    app.ok("add", "Sunday", "--from", "2026-11-29 23:00", "--to", "2026-11-30 01:00")
    rows = app.ok("report", "--all", "--json", "--by", "month").data
    assert [(row["month"], row["duration"], row["entries"]) for row in rows] == [
        ("2026-11", 3 * 3600, 2),
        ("2026-12", 2 * 3600, 1),
    ]
    rows = app.ok("report", "--all", "--json", "--by", "week").data
    assert [(row["week"], row["duration"], row["entries"]) for row in rows] == [
        ("2026-W48", 3600, 1),
        ("2026-W49", 4 * 3600, 2),
    ]


@pytest.mark.parametrize(
    ("first", "day", "hours"),
    [
        ("2026-03-28", "2026-03-29", 23),  # the clocks go forward
        ("2026-10-24", "2026-10-25", 25),  # and back
    ],
)
def test_a_day_in_which_the_clocks_change_has_the_hours_that_it_had(
    app: App, first: str, day: str, hours: int
) -> None:
    app.ok("add", "Long", "--from", f"{first} 23:00", "--to", f"{day} 23:59:59", "-q")
    whole = 3600 + hours * 3600 - 1
    assert by_day(app, "--all") == {first: 3600, day: hours * 3600 - 1}
    assert set(sums(app, "--all").values()) == {whole}
    assert app.ok("log", "--all", "--json").data[0]["duration"] == whole


def test_a_timer_over_midnight_and_a_clock_change_is_right(app: App) -> None:
    app.at("2026-10-24 22:00:00").ok("start", "Night")
    app.at("2026-10-25T02:30:00+01:00")
    assert app.ok("status").out == "Night, since 2026-10-24 22:00 (5:30:00)\n"
    assert by_day(app, "--from", "yesterday") == {"2026-10-24": 7200, "2026-10-25": 3 * 3600 + 1800}
    app.at("2026-10-25 04:00:00")
    assert app.ok("stop").out == "Stopped Night, 2026-10-24 22:00–2026-10-25 04:00 (7:00:00).\n"
    assert set(sums(app, "--all").values()) == {7 * 3600}


def test_day_start_moves_the_night_to_the_day_before(app: App) -> None:
    app.ok("config", "set", "day_start", "04:00")
    app.ok("add", "Night", "--from", "2026-11-19 02:00", "--to", "2026-11-19 05:30")
    assert by_day(app) == {"2026-11-18": 7200, "2026-11-19": 5400}
    assert app.ok("log", "--json").json["meta"]["day_start"] == "04:00"
    app.at("2026-11-20 03:59:59")
    assert [row["counted"] for row in app.ok("log", "today", "--json").data] == [5400]
    app.at("2026-11-20 04:00:00")
    assert app.ok("log", "today", "--json").data == []
    assert app.ok("log", "yesterday", "--json").json["meta"]["duration"] == 5400


def test_in_times_day_words_are_calendar_days_whatever_day_start_is(app: App) -> None:
    app.ok("config", "set", "day_start", "04:00")
    app.at("2026-11-20 03:00:00")
    assert app.ok("add", "x", "--from", "today 1:00", "--to", "2").out == "Added x, 01:00–02:00 (1:00:00).\n"


def test_week_start_rules_the_week_but_iso_weeks_stay(app: App) -> None:
    for day in ("15", "16", "21", "22"):
        app.at(f"2026-11-{day} 12:00:00").ok("add", day, "--for", "1h")
    app.at("2026-11-20 12:00:00")

    def found(*args: str) -> list[str]:
        return [row["description"] for row in app.ok("log", "--json", *args).data]

    assert found("--week") == ["16", "21", "22"]
    app.ok("config", "set", "week_start", "sunday")
    assert found("--week") == ["15", "16", "21"]
    assert found("2026-W47") == ["16", "21", "22"]
    rows = app.ok("report", "--all", "--by", "week", "--json").data
    assert [(row["week"], row["duration"]) for row in rows] == [
        ("week of 2026-11-15", 10800),
        ("week of 2026-11-22", 3600),
    ]
    assert (
        app.ok("report", "--week", terminal=True, stdin="")
        .out.splitlines()[0]
        .endswith("Week · 15–21 Nov\x1b[0m")
    )


def test_entries_of_no_length_are_listed_once_and_sum_to_nothing(app: App) -> None:
    app.ok("add", "Point", "--from", "2026-11-19 0:00", "--to", "2026-11-19 0:00")
    assert [row["duration"] for row in app.ok("log", "2026-11-19", "--json").data] == [0]
    assert app.ok("log", "2026-11-18", "--json").data == []
    rows = app.ok("report", "--by", "day", "--json").data
    assert rows == [{"day": "2026-11-19", "duration": 0, "billable_duration": 0, "entries": 1}]


def test_a_change_of_the_computers_zone_is_said_once(app: App) -> None:
    app.ok("add", "Berlin", "--from", "9", "--to", "10")
    app.zone = ZoneInfo("America/New_York")
    app.environ["TZ"] = app.zone.key
    notice = (
        "The computer's time zone changed from Europe/Berlin to America/New_York; days and times follow it."
        " `clockeye config set zone Europe/Berlin` keeps the old one.\n"
    )
    assert said(app.ok("log", "--columns", "started_at")) == (
        0,
        "started_at\n2026-11-20T03:00:00-05:00\n",
        notice,
    )
    assert app.ok("log").err == ""
    app.environ["TZ"] = "Europe/Berlin"
    assert "changed from America/New_York to Europe/Berlin" in app.ok("start", "x").err


def test_what_is_looked_at_all_day_long_does_not_say_it(app: App) -> None:
    app.ok("start", "Berlin")
    app.environ["TZ"] = "Asia/Kathmandu"
    for args in (["status"], ["status", "--no-input"], ["prompt"], ["prompt", "-q"], ["--version"]):
        assert app.ok(*args).err == ""
    assert "to Asia/Kathmandu" in app.ok("log").err


def test_a_zone_that_is_set_is_used_whatever_the_computers_is(app: App) -> None:
    app.ok("config", "set", "zone", "Asia/Kathmandu")
    app.ok("add", "x", "--from", "2026-11-20 9:00", "--for", "1h")
    app.environ["TZ"] = "America/New_York"
    result = app.ok("log", "--columns", "started_at")
    assert (result.out, result.err) == ("started_at\n2026-11-20T09:00:00+05:45\n", "")
    assert app.ok("log", "--json").json["meta"]["zone"] == "Asia/Kathmandu"


def test_a_day_without_a_midnight_begins_when_it_begins(app: App) -> None:
    app.environ["TZ"] = "America/Santiago"  # 2026-09-06 began at 01:00
    app.ok("add", "x", "--from", "2026-09-05 23:00", "--to", "2026-09-06 02:00")
    assert by_day(app, "--all") == {"2026-09-05": 3600, "2026-09-06": 3600}
    assert set(sums(app, "--all").values()) == {7200}


def test_a_span_in_the_hour_that_occurs_twice_shows_its_offsets(app: App) -> None:
    ends = ("--from", "2026-10-25T02:30+02:00", "--to", "2026-10-25T02:10+01:00")
    assert app.ok("add", "Night", *ends).out == (
        "Added Night, 2026-10-25 02:30+02:00–02:10+01:00 (0:40:00).\n"
    )
