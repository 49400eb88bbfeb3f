"""`clockeye stop`, `cancel` and `status`; forgotten timers, and a clock that went back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from tests.app import App

NO_TIMER = "clockeye: No timer is running.\n  `clockeye start` starts one.\n"


def test_stop_makes_the_timer_an_entry(app: App) -> None:
    app.ok("start", "Fix", "-p", "web")
    result = app.at("2026-11-20 13:15:30").ok("stop")
    assert (result.out, result.err) == ("Stopped web: Fix, 12:00–13:15 (1:15:30).\n", "")
    assert app.entries() == [("2026-11-20 12:00:00", "2026-11-20 13:15:30", "web", "Fix")]


def test_the_entry_keeps_the_id_of_the_timer(app: App) -> None:
    timer = app.ok("start", "Fix", "--json").data["id"]
    assert app.ok("stop", "--json").data["id"] == timer


def test_stop_with_no_timer_is_exit_3_and_if_running_is_content(app: App) -> None:
    assert refused(app, "stop") == (3, NO_TIMER)
    assert said(app.ok("stop", "--if-running")) == (0, "No timer is running.\n", "")
    assert said(app.ok("stop", "--if-running", "--json")) == (0, '{"version": 1, "data": null}\n', "")
    assert said(app.ok("stop", "--if-running", "-q")) == (0, "", "")


def test_stop_may_say_what_it_turned_out_to_be(app: App) -> None:
    app.ok("start", "Something", "-t", "old")
    result = app.at("2026-11-20 13:00:00").ok("stop", "-d", "Fix the login bug", "-p", "web", "-t", "bug")
    assert result.out == "Stopped web: Fix the login bug #old #bug, 12:00–13:00 (1:00:00).\n"
    assert result.err == "Created the project web. (`clockeye undo` reverts this.)\n"


def test_a_tag_alone_is_put_behind_what_was_started(app: App) -> None:
    app.ok("start", "Fix", "#a", "-p", "web", "--no-billable")
    data = app.ok("stop", "-t", "b", "--json").data
    assert (data["description"], data["project"], data["billable"]) == ("Fix #a #b", "web", False)


def test_another_project_brings_its_own_billable(app: App) -> None:
    app.ok("projects", "add", "free", "--no-billable")
    app.ok("start", "Fix", "-p", "web")
    assert app.ok("stop", "-p", "free", "--json").data["billable"] is False


@pytest.mark.parametrize(
    ("at", "end"), [("12:30", "12:30"), ("noon", "12:00"), ("now", "13:00"), ("10m ago", "12:50")]
)
def test_stop_at_a_time_between_the_start_and_now(app: App, at: str, end: str) -> None:
    app.ok("start", "Fix")
    app.at("2026-11-20 13:00:00").ok("stop", "--at", at)
    assert app.entries() == [("2026-11-20 12:00:00", f"2026-11-20 {end}:00", None, "Fix")]


def test_stop_outside_of_the_timer_is_refused_and_says_both_times(app: App) -> None:
    app.ok("start", "Fix")
    app.at("2026-11-20 13:00:00")
    assert refused(app, "stop", "--at", "11:59") == (
        2,
        "clockeye: The time to stop at, 2026-11-20 11:59, is before the timer's start, 2026-11-20 12:00.\n"
        "  Give a time between the start and now.\n",
    )
    assert refused(app, "stop", "--at", "2026-11-20 13:01", "-p", "new") == (
        2,
        "clockeye: The time to stop at, 2026-11-20 13:01, is in the future; it is 2026-11-20 13:00 now.\n"
        "  Give a time between the start and now.\n",
    )


def test_stop_always_stores_and_names_what_it_overlaps(app: App) -> None:
    app.ok("start", "Timer")
    app.at("2026-11-20 13:00:00").ok("add", "Meeting", "--from", "12:15", "--to", "12:30", "--overlap")
    assert said(app.ok("stop")) == (
        0,
        "Stopped Timer, 12:00–13:00 (1:00:00).\n",
        "Overlaps existing entries:\n  te_1: Meeting, 12:15–12:30 (0:15:00)\n",
    )


def test_a_forgotten_timer_is_pointed_out_by_status_start_and_stop(app: App) -> None:
    app.ok("start", "Night")
    app.at("2026-11-21 00:00:00")
    assert app.ok("status").err == ""
    app.at("2026-11-21 00:00:01")
    notice = (
        "That is 12:00:01, longer than max_timer (12h). Did you forget to stop it?"
        " `clockeye stop --at WHEN` stops it at an earlier time.\n"
    )
    assert said(app.ok("status")) == (0, "Night, since 2026-11-20 12:00 (12:00:01)\n", notice)
    mend = (
        "That is 12:00:01, longer than max_timer (12h). Did you forget to stop it?"
        " `clockeye edit it --to WHEN` fixes it.\n"
    )
    assert said(app.ok("start", "Next"))[2] == mend.replace(" it --to", " last --to")
    app.ok("undo", "-y")
    assert said(app.ok("stop")) == (
        0,
        "Stopped Night, 2026-11-20 12:00–2026-11-21 00:00 (12:00:01).\n",
        mend,
    )


def test_the_hint_of_a_forgotten_timer_works_as_typed(app: App) -> None:
    app.ok("start", "Night")
    app.at("2026-11-21 08:00:00").ok("stop")
    assert app.ok("edit", ids(app)["Night"], "--to", "17:30").out.endswith("12:00–17:30 (5:30:00).\n")


def test_max_timer_can_be_set(app: App) -> None:
    app.ok("config", "set", "max_timer", "30m")
    app.ok("start", "x")
    result = app.at("2026-11-20 12:31:00").ok("stop")
    assert "longer than max_timer (30m)" in result.err


@pytest.mark.parametrize("back", [1, 5])
def test_a_clock_that_went_back_a_little_is_smoothed_over(app: App, back: int) -> None:
    app.ok("start", "One")
    app.now -= back
    app.ok("start", "Two")
    app.now += back
    app.ok("stop")
    assert sorted(app.entries()) == [
        ("2026-11-20 12:00:00", "2026-11-20 12:00:00", None, "One"),
        ("2026-11-20 12:00:00", "2026-11-20 12:00:00", None, "Two"),
    ]


def test_a_clock_that_went_back_more_takes_a_person(app: App) -> None:
    app.ok("start", "One")
    app.now -= 6
    expected = (
        3,
        "clockeye: The clock went back: it is 2026-11-20 11:59 now, but the running timer started at"
        " 2026-11-20 12:00.\n"
        "  Correct the clock, give the time with --at, or move the timer's start with"
        " `clockeye edit current --from WHEN`.\n",
    )
    assert refused(app, "stop") == expected
    assert refused(app, "start", "Two") == expected
    app.ok("edit", "current", "--from", "11:30")
    assert app.ok("stop").out == "Stopped One, 11:30–11:59 (0:29:54).\n"


def test_a_timer_in_the_future_can_be_stopped_at_its_start(app: App) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 11:00:00").ok("stop", "--at", "2026-11-20 12:00")
    assert app.entries() == [("2026-11-20 12:00:00", "2026-11-20 12:00:00", None, "One")]


def test_a_timer_in_the_future_is_pointed_out_and_counts_nothing(app: App) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 11:00:00")
    assert said(app.ok("status")) == (
        0,
        "One, since 12:00 (0:00:00)\n",
        "The timer starts in the future, at 2026-11-20 12:00. Was the clock set back?"
        " `clockeye edit current --from WHEN` changes its start.\n",
    )
    assert app.ok("log", "--json").json["meta"]["duration"] == 0
    assert app.ok("report", "--json").json["meta"]["duration"] == 0


def test_status_when_idle_is_no_failure(app: App) -> None:
    assert said(app.ok("status")) == (0, "No timer is running.\n", "")
    assert app.ok("status", "--json").out == '{"version": 1, "data": null}\n'
    assert said(app.ok("status", "-o", "tsv")) == (0, "", "")
    assert list(app.home.parent.iterdir()) == []  # and reading makes no file


def test_status_says_what_runs_in_one_line(app: App) -> None:
    app.ok("start", "Fix", "-p", "web", "--at", "yesterday 14:00")
    app.ok("config", "set", "max_timer", "2d")
    assert said(app.ok("status")) == (0, "web: Fix, since 2026-11-19 14:00 (22:00:00)\n", "")
    assert said(app.ok("status", terminal=True)) == (0, "web: Fix, since 2026-11-19 14:00 (22:00:00)\n", "")


def test_status_as_json_and_as_tsv(app: App) -> None:
    app.ok("start", "Fix #a #b", "-p", "web")
    app.at("2026-11-20 12:00:42")
    data = app.ok("status", "--json").data
    assert data == {
        "id": data["local_id"],
        "started_at": "2026-11-20T11:00:00Z",
        "ended_at": None,
        "duration": 42,
        "project": "web",
        "description": "Fix #a #b",
        "billable": True,
        "tags": ["a", "b"],
        "project_id": data["project_id"],
        "local_id": data["id"],
        "running": True,
    }
    assert said(app.ok("-o", "tsv", "status"))[1] == (
        "id\tstarted_at\tended_at\tduration\tproject\tdescription\tbillable\n"
        "te_1\t2026-11-20T12:00:00+01:00\t\t42\tweb\tFix #a #b\ttrue\n"
    )


def test_status_fills_a_template(app: App) -> None:
    app.ok("add", "Before", "--from", "9", "--to", "10:30")
    assert app.ok("status", "--format", "{project} {elapsed}").out == "\n"
    assert app.ok("status", "--format", "{today}").out == "1:30\n"
    app.ok("start", "Fix", "-p", "web", "--at", "11:50")
    assert app.ok("status", "--format", "{project}|{description}|{work}|{elapsed}|{today}").out == (
        "web|Fix|web: Fix|0:10|1:40\n"
    )
    assert app.ok("status", "--format", "{work}", "--json").data["description"] == "Fix"


def test_a_field_is_not_looked_for_in_what_another_one_gave(app: App) -> None:
    app.ok("start", "{project}", "-p", "web")
    assert app.ok("status", "--format", "{description}").out == "{project}\n"


def test_an_unknown_field_is_refused(app: App) -> None:
    assert refused(app, "status", "--format", "{client}") == (
        2,
        "clockeye: Unknown field '{client}'.\n"
        "  Known: {project}, {description}, {work}, {elapsed}, {today}, {attention}.\n",
    )


def test_the_bare_command_is_status_with_a_hint(app: App) -> None:
    assert said(app.ok()) == (
        0,
        "No timer is running.\n",
        "`clockeye start` starts a timer, `clockeye log` shows the day, and"
        " `clockeye --help` lists all commands.\n",
    )
    app.ok("start", "Fix")
    assert said(app.ok()) == (0, "Fix, since 12:00 (0:00:00)\n", "`clockeye stop` stops it.\n")
    assert said(app.ok("-q")) == (0, "Fix, since 12:00 (0:00:00)\n", "")
    assert app.ok("--json").data["description"] == "Fix"


def test_cancel_asks_at_a_terminal_and_takes_the_timer_away(app: App) -> None:
    app.ok("start", "Fix", "-p", "web")
    app.at("2026-11-20 12:20:00")
    assert said(app.ok("cancel", terminal=True, stdin="n\n"))[1] == ""
    assert app.entries() == [("2026-11-20 12:00:00", "running", "web", "Fix")]
    assert said(app.ok("cancel", terminal=True, stdin="y\n")) == (
        0,
        "Cancelled web: Fix, 12:00–12:20 (0:20:00).\n`clockeye undo` reverts this.\n",
        "Cancel web: Fix, 12:00–12:20 (0:20:00)? [y/N] ",
    )
    assert app.entries() == []


@pytest.mark.parametrize("answer", ["", "\n", "no\n", "yes please\n"])
def test_only_yes_is_yes(app: App, answer: str) -> None:
    app.ok("start", "Fix")
    result = app.ok("cancel", terminal=True, stdin=answer)
    assert result.err.endswith("Nothing was changed.\n")
    assert app.entries() == [("2026-11-20 12:00:00", "running", None, "Fix")]


@pytest.mark.parametrize(("options", "terminal"), [([], False), (["--no-input"], True)])
def test_cancel_where_nobody_can_be_asked_is_exit_2(app: App, options: list[str], terminal: bool) -> None:
    app.ok("start", "Fix")
    assert refused(app, "cancel", *options, terminal=terminal, stdin="y\n") == (
        2,
        "clockeye: Cancel Fix, 12:00–12:00 (0:00:00)? Cannot ask: not running interactively.\n"
        "  Answer with -y.\n",
    )


def test_cancel_with_yes_gives_the_timer_as_json(app: App) -> None:
    app.ok("start", "Fix")
    data = app.at("2026-11-20 12:20:00").ok("cancel", "-y", "--json").data
    assert (data["description"], data["duration"], data["running"]) == ("Fix", 1200, True)


def test_cancel_with_no_timer_is_exit_3(app: App) -> None:
    assert refused(app, "cancel", "-y") == (
        3,
        "clockeye: No timer is running.\n  `clockeye log` shows the entries of today.\n",
    )
