"""Minutes that people type, among the seconds that timers leave: boundaries, `last`, and whole minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def morning(app: App) -> App:
    """An entry of a timer, 09:02:17 to 12:00:31, and one from 12:30:20 to 12:45:50; it is 13:30:15."""
    app.at("2026-11-20 09:02:17").ok("start", "Morning")
    app.at("2026-11-20 12:00:31").ok("stop")
    app.at("2026-11-20 12:30:20").ok("start", "Noon")
    app.at("2026-11-20 12:45:50").ok("stop")
    return app.at("2026-11-20 13:30:15")


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["--from", "12:00", "--to", "12:10"], "12:00:31–12:10 (0:09:29)"),
        (["--from", "noon", "--to", "12:10"], "12:00:31–12:10 (0:09:29)"),
        (["--from", "12.00", "--to", "1210"], "12:00:31–12:10 (0:09:29)"),
        (["--from", "today 12:00", "--for", "10m"], "12:00:31–12:10:31 (0:10:00)"),
        (["--from", "2026-11-20 12:00", "--to", "12:10"], "12:00:31–12:10 (0:09:29)"),
        (["--from", "2026-11-20T12:00", "--to", "12:10"], "12:00:31–12:10 (0:09:29)"),
        (["--from", "12:00", "--to", "12:30"], "12:00:31–12:30:20 (0:29:49)"),
        (["--from", "12:10", "--to", "12:30"], "12:10–12:30:20 (0:20:20)"),
        (["--to", "12:30", "--for", "10m"], "12:20:20–12:30:20 (0:10:00)"),
        (["--from", "12:45", "--to", "13"], "12:45:50–13:00 (0:14:10)"),
        (["--from", "8", "--to", "9:02"], "08:00–09:02:17 (1:02:17)"),
        (["--from", "12:00", "--to", "12:10", "--overlap"], "12:00:31–12:10 (0:09:29)"),
        (["--from", "12:00", "--to", "12:10", "--adjust"], "12:00:31–12:10 (0:09:29)"),
        (["--from", "12:01", "--to", "12:10"], "12:01–12:10 (0:09:00)"),
    ],
)
def test_a_time_without_seconds_means_the_boundary_in_its_minute(
    morning: App, args: list[str], line: str
) -> None:
    assert said(morning.ok("add", "New", *args)) == (0, f"Added New, {line}.\n", "")


@pytest.mark.parametrize(
    "start", ["12:00:00", "2026-11-20T12:00+01:00", "2026-11-20T11:00Z", "90m ago", "-1h30m", "-5400s"]
)
def test_seconds_offsets_and_spans_mean_themselves(morning: App, start: str) -> None:
    morning.at("2026-11-20 13:30:00")
    assert refused(morning, "add", "New", "--from", start, "--to", "12:10") == (
        3,
        "clockeye: Overlaps existing entries:\n"
        "  te_1: Morning, 09:02:17–12:00:31 (2:58:14)\n"
        "  Nothing was stored. --adjust would let te_1 end at 12:00.\n"
        "  --overlap would store it anyway, and 0:00:31 would count twice.\n",
    )


def test_what_the_plain_minute_allows_is_never_refused(app: App) -> None:
    app.at("2026-11-20 09:00:40").ok("start", "A")
    app.at("2026-11-20 09:30:00").ok("stop")
    app.at("2026-11-20 13:00:20")
    # The end of A is in the minute, but from there it would end in the future.
    app.ok("add", "B", "--from", "9:31", "--to", "12:00:50")
    app.ok("undo")
    app.ok("add", "Zero", "--from", "2026-11-20T12:00:50", "--to", "2026-11-20T12:00:50")
    assert app.ok("add", "Hour", "--from", "12", "--for", "1h").out == "Added Hour, 12:00–13:00 (1:00:00).\n"
    app.ok("undo")
    # Up to the start of the entry of no length it would be longer than max_timer; the minute itself is not.
    app.ok("add", "Night", "--from", "2026-11-20 0:00", "--to", "2026-11-20 0:00:30")
    result = app.ok("add", "Twelve", "--from", "0:00", "--to", "9:00")
    assert result.out == "Added Twelve, 00:00:30–09:00:40 (9:00:10).\n"


def test_the_running_timer_is_a_boundary(app: App) -> None:
    app.at("2026-11-20 11:00:20").ok("start", "Runs")
    app.at("2026-11-20 12:00:00")
    assert app.ok("add", "Before", "--from", "10", "--to", "11").out == (
        "Added Before, 10:00–11:00:20 (1:00:20).\n"
    )


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["--to", "12:45"], "Unchanged te_1: Noon, 12:30:20–12:45:50 (0:15:30)."),
        (["--to", "12:45:00"], "Changed te_1: Noon, 12:30:20–12:45 (0:14:40)."),
        (["--from", "12:00"], "Changed te_1: Noon, 12:00:31–12:45:50 (0:45:19)."),
        (["--from", "12:30"], "Changed te_1: Noon, 12:30–12:45:50 (0:15:50)."),
        (["--from", "12:00", "--to", "12:45"], "Changed te_1: Noon, 12:00:31–12:45:50 (0:45:19)."),
        (["--from", "8:30", "--to", "9:02"], "Changed te_1: Noon, 08:30–09:02:17 (0:32:17)."),
        (["--from", "last"], "Changed te_1: Noon, 12:00:31–12:45:50 (0:45:19)."),
        (["--from", "last", "--to", "12:10"], "Changed te_1: Noon, 12:00:31–12:10 (0:09:29)."),
    ],
)
def test_edit_keeps_its_own_end_and_meets_its_neighbours(morning: App, args: list[str], line: str) -> None:
    assert said(morning.ok("edit", ids(morning)["Noon"], *args))[1] == f"{line}\n"


def test_the_start_of_the_timer_is_moved_to_the_entry_before(morning: App) -> None:
    morning.ok("start", "Now")
    assert morning.ok("edit", "current", "--from", "12:45").out == "Changed timer: Now, since 12:45:50.\n"


def test_an_end_in_the_minute_of_the_start_is_no_day_later(app: App) -> None:
    app.at("2026-11-18 12:00:10").ok("start", "Short")
    app.at("2026-11-18 12:00:50").ok("stop")
    assert said(app.at("2026-11-20 12:00:00").ok("edit", "last", "--to", "12:00"))[1] == (
        "Unchanged te_1: Short, 2026-11-18 12:00:10–12:00:50 (0:00:40).\n"
    )


def test_an_overlap_that_is_stored_does_not_keep_an_edit_from_ending_it(morning: App) -> None:
    args = ["--from", "12:00:10", "--to", "12:10", "--overlap"]
    morning.ok("add", "Over", *args)
    # Its own end would overlap, as it does now; the start of the other does not.
    assert said(morning.ok("edit", ids(morning)["Morning"], "--to", "12:00"))[1] == (
        "Changed te_1: Morning, 09:02:17–12:00:10 (2:57:53).\n"
    )


@pytest.mark.parametrize("command", [["start", "Next"], ["resume"]])
def test_a_timer_starts_where_the_last_entry_ended(morning: App, command: list[str]) -> None:
    assert morning.ok(*command, "--at", "12:45").out.endswith(", at 12:45:50.\n")


def test_a_switch_and_a_stop_in_the_minute_of_the_timers_start(app: App) -> None:
    app.at("2026-11-20 13:10:25").ok("start", "One")
    app.at("2026-11-20 13:12:40")
    assert app.ok("start", "Two", "--at", "13:10").out == (
        "Stopped One, 13:10:25–13:10:25 (0:00:00).\nStarted Two, at 13:10:25.\n"
    )
    assert app.ok("stop", "--at", "13:10").out == "Stopped Two, 13:10:25–13:10:25 (0:00:00).\n"


def test_a_stop_before_the_start_shows_the_seconds(app: App) -> None:
    app.at("2026-11-20 13:10:25").ok("start", "One")
    app.at("2026-11-20 13:12:00")
    assert refused(app, "stop", "--at", "13:10:24") == (
        2,
        "clockeye: The time to stop at, 2026-11-20 13:10:24, is before the timer's start,"
        " 2026-11-20 13:10:25.\n  Give a time between the start and now.\n",
    )
    assert refused(app, "stop", "--at", "2026-11-20 13:12:01")[1].startswith(
        "clockeye: The time to stop at, 2026-11-20 13:12:01, is in the future; it is 2026-11-20 13:12 now.\n"
    )


def test_a_stop_meets_the_entry_after_it(app: App) -> None:
    app.at("2026-11-20 09:00:00").ok("start", "One")
    app.at("2026-11-20 12:00:00").ok("add", "Two", "--from", "11:00:20", "--to", "11:30", "--overlap")
    assert app.ok("stop", "--at", "11:00").out == "Stopped One, 09:00–11:00:20 (2:00:20).\n"


def test_a_split_in_the_minute_of_the_start_is_at_the_start(morning: App) -> None:
    assert said(morning.ok("split", ids(morning)["Noon"], "--at", "12:30"))[1] == (
        "Split in two:\n"
        "  te_1: Noon, 12:30:20–12:30:20 (0:00:00)\n"
        "  te_2: Noon, 12:30:20–12:45:50 (0:15:30)\n"
    )
    assert said(morning.ok("split", ids(morning)["Morning"], "--at", "12:00"))[1] == (
        "Split in two:\n"
        "  te_1: Morning, 09:02:17–12:00 (2:57:43)\n"
        "  te_2: Morning, 12:00–12:00:31 (0:00:31)\n"
    )
    morning.ok("start", "Runs")
    assert (
        morning.at("2026-11-20 13:31:00")
        .ok("split", "current", "--at", "13:30")
        .out.endswith("  timer: Runs, since 13:30:15\n")
    )


def test_times_that_would_look_equal_have_seconds(app: App) -> None:
    app.at("2026-11-20 12:00:05").ok("start", "Short")
    assert app.at("2026-11-20 12:00:36").ok("stop").out == "Stopped Short, 12:00:05–12:00:36 (0:00:31).\n"
    app.ok("edit", "last", "--to", "12:00:20")
    assert said(app.ok("undo"))[1] == (
        "Undone: clockeye edit last --to 12:00:20\n"
        "  ~ te_1: Short, 12:00:05–12:00:36 (0:00:31); was 12:00:05–12:00:20\n"
    )


# --- last -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "out"),
    [
        (["start", "New", "--at", "last"], "Started New, at 12:45:50."),
        (["start", "New", "--at", " LAST "], "Started New, at 12:45:50."),
        (["resume", "--at", "last"], "Started Noon, at 12:45:50."),
        (["add", "New", "--from", "last", "--to", "13"], "Added New, 12:45:50–13:00 (0:14:10)."),
        (["add", "New", "--from", "last", "--to", "now"], "Added New, 12:45:50–13:30:15 (0:44:25)."),
        (["add", "New", "--from", "last", "--for", "10m"], "Added New, 12:45:50–12:55:50 (0:10:00)."),
        # The latest that ended by the end of the new one.
        (["add", "New", "--from", "last", "--to", "12:20"], "Added New, 12:00:31–12:20 (0:19:29)."),
        (["add", "New", "--from", "last", "--to", "12:30"], "Added New, 12:00:31–12:30:20 (0:29:49)."),
        (
            ["add", "New", "--from", "12:40", "--to", "last", "--adjust"],
            "Added New, 12:40–12:45:50 (0:05:50).",
        ),
    ],
)
def test_last_is_the_end_of_the_latest_entry(morning: App, args: list[str], out: str) -> None:
    assert morning.ok(*args).out.splitlines()[0] == out


def test_last_of_a_bare_end_that_was_yesterdays_is_said(app: App) -> None:
    app.ok("add", "Late", "--from", "2026-11-19 20:00", "--to", "2026-11-19 22:00")
    assert said(app.ok("add", "New", "--from", "last", "--to", "23")) == (
        0,
        "Added New, 2026-11-19 22:00–23:00 (1:00:00).\n",
        "23 was read as yesterday, 2026-11-19 23:00.\n",
    )


def test_last_needs_an_entry_and_no_timer(app: App) -> None:
    assert refused(app, "start", "--at", "last") == (
        3,
        "clockeye: You have no entries yet.\n  Give a time.\n",
    )
    app.ok("add", "One", "--from", "9", "--to", "10")
    assert refused(app, "add", "Early", "--from", "last", "--to", "8")[0] == 3
    app.ok("start", "Runs", "--at", "11")
    assert refused(app, "start", "Next", "--at", "last") == (
        2,
        "clockeye: --at last: a timer is running, and your latest entry ended before it.\n"
        "  Stop it first, or give the time of the switch.\n",
    )
    assert app.ok("start", "Next", "--at", "last", "--if-idle").out == "Already running: Runs, since 11:00.\n"


@pytest.mark.parametrize(
    ("args", "option"),
    [
        (["start", "New", "--at", "last"], "--at"),
        (["add", "New", "--from", "last", "--to", "12"], "--from"),
        (["add", "New", "--from", "2026-11-17 17:00", "--to", "last"], "--to"),
    ],
)
def test_what_last_makes_longer_than_max_timer_is_refused_and_named(
    app: App, args: list[str], option: str
) -> None:
    app.ok("add", "One", "--from", "2026-11-18 9:00", "--to", "2026-11-18 17:00:31")
    code, err = refused(app, *args)
    assert code == 2
    assert err.startswith("clockeye: Your latest entry ended at 2026-11-18 17:00:31: ")
    assert err.endswith(f'  If that is correct, give the time itself: {option} "2026-11-18 17:00:31"\n')


# --- keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ["--from", "12:00", "--to", "12:20"],
        ["--from", "12:00", "--for", "20m"],
        ["--from", "last", "--to", "13:00"],
        ["--from", "last", "--for", "40m"],
        ["--from", "12:10", "--to", "12:40", "--adjust"],
    ],
)
def test_a_key_is_that_of_what_was_asked(morning: App, args: list[str]) -> None:
    command = ["add", "New", *args, "--key", "k"]
    line = morning.ok(*command).out.splitlines()[0].removeprefix("Added New, ")
    assert morning.ok(*command).out == f"Already stored under this key: New, {line}\n"
    morning.ok("add", "More", "--from", "13:26", "--to", "13:29")  # `last` is another one now
    assert morning.ok(*command).out == f"Already stored under this key: New, {line}\n"
    assert refused(morning, "add", "New", "--from", "12:00:31", "--to", "12:20", "--key", "k")[0] == 3


# --- precision --------------------------------------------------------------------------------------------


def test_to_the_minute_start_stop_and_switch_are_whole_minutes_that_touch(app: App) -> None:
    app.ok("config", "set", "precision", "minute")
    app.at("2026-11-20 09:00:31").ok("start", "One")
    app.at("2026-11-20 09:30:59").ok("start", "Two")
    app.at("2026-11-20 10:00:20").ok("stop")
    app.at("2026-11-20 10:00:40").ok("resume")
    app.at("2026-11-20 10:00:50").ok("stop")
    app.at("2026-11-20 11:00:50").ok("add", "Hour", "--for", "1h")
    app.at("2026-11-20 11:30:50").ok("start", "Three", "--at", "10m ago")
    app.at("2026-11-20 11:40:50").ok("split", "current", "--at", "now")
    assert sorted(app.entries()) == [
        ("2026-11-20 09:00:00", "2026-11-20 09:30:00", None, "One"),
        ("2026-11-20 09:30:00", "2026-11-20 10:00:00", None, "Two"),
        ("2026-11-20 10:00:00", "2026-11-20 10:00:00", None, "Two"),
        ("2026-11-20 10:00:00", "2026-11-20 11:00:00", None, "Hour"),
        ("2026-11-20 11:20:00", "2026-11-20 11:40:00", None, "Three"),
        ("2026-11-20 11:40:00", "running", None, "Three"),
    ]


def test_to_the_minute_nothing_overlaps_what_has_seconds_or_ends_before_it_begins(app: App) -> None:
    app.at("2026-11-20 09:00:10").ok("start", "Seconds")
    app.at("2026-11-20 10:00:31").ok("stop")
    app.environ["CLOCKEYE_PRECISION"] = "minute"
    app.at("2026-11-20 10:00:45").ok("start", "After")  # not before the end of the other
    assert app.ok("status", "--json").data["started_at"] == "2026-11-20T09:00:31Z"
    app.at("2026-11-20 10:00:59").ok("stop")  # nor before its own start
    app.at("2026-11-20 11:00:59").ok("add", "Typed", "--from", "10:30:15", "--to", "10:45:30")
    assert app.entries() == [
        ("2026-11-20 09:00:10", "2026-11-20 10:00:31", None, "Seconds"),
        ("2026-11-20 10:00:31", "2026-11-20 10:00:31", None, "After"),
        ("2026-11-20 10:30:15", "2026-11-20 10:45:30", None, "Typed"),
    ]


def test_precision_is_second_or_minute(app: App) -> None:
    app.environ["CLOCKEYE_PRECISION"] = "hour"
    result = app.run("start", "One")
    assert (result.code, result.err) == (
        2,
        "clockeye: Invalid value 'hour' for precision (environment (CLOCKEYE_PRECISION)):"
        " expected second or minute.\n"
        "  `clockeye config set precision VALUE` sets it: second, or minute to start and stop timers at whole"
        " minutes.\n",
    )
