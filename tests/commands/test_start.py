"""`clockeye start` and `resume`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from tests.app import App


def test_the_very_first_start_says_how_to_go_on_and_no_other_does(app: App) -> None:
    first = app.ok("start", "Fix", "the", "login", "bug", "-p", "website")
    assert first.out == "Started website: Fix the login bug, at 12:00.\n"
    assert first.err == (
        "Created the project website. (`clockeye undo` reverts this.)\n"
        f"`clockeye stop` stops it. Your data is stored in {app.home}/local.db, on this computer only;"
        " `clockeye auth login` connects an account.\n"
    )
    app.at("2026-11-20 12:30:00")
    second = app.ok("start", "Review")
    assert second.out == (
        "Stopped website: Fix the login bug, 12:00–12:30 (0:30:00).\nStarted Review, at 12:30.\n"
    )
    assert second.err == ""


def test_the_first_start_stays_the_first_when_it_is_undone(app: App) -> None:
    app.ok("start", "One")
    app.ok("undo", "-y")
    assert app.ok("start", "Two").err == ""


def test_starting_with_a_timer_running_leaves_no_gap_and_no_overlap(app: App) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 12:10:07").ok("start", "Two")
    assert app.entries() == [
        ("2026-11-20 12:00:00", "2026-11-20 12:10:07", None, "One"),
        ("2026-11-20 12:10:07", "running", None, "Two"),
    ]


def test_two_starts_in_one_second_are_an_entry_of_no_length_and_the_timer(app: App) -> None:
    app.ok("start", "One")
    app.ok("start", "Two")
    app.at("2026-11-20 12:00:01").ok("stop")
    assert sorted(app.entries()) == [
        ("2026-11-20 12:00:00", "2026-11-20 12:00:00", None, "One"),
        ("2026-11-20 12:00:00", "2026-11-20 12:00:01", None, "Two"),
    ]


def test_if_idle_leaves_a_running_timer_alone_and_says_what_runs(app: App) -> None:
    app.ok("start", "One")
    result = app.at("2026-11-20 12:10:00").ok("start", "Two", "--if-idle")
    assert result.out == "Already running: One, since 12:00.\n"
    assert app.entries() == [("2026-11-20 12:00:00", "running", None, "One")]


def test_if_idle_starts_where_nothing_runs(app: App) -> None:
    assert app.ok("start", "One", "--if-idle").out == "Started One, at 12:00.\n"


@pytest.mark.parametrize(
    ("args", "description"),
    [
        ([], ""),
        (["#bug", "in", "login"], "#bug in login"),
        (["Fix", "+bug", "login"], "Fix login #bug"),
        (["Fix", "-t", "bug", "-t", "#ui"], "Fix #bug #ui"),
        (["Fix #bug", "-t", "bug"], "Fix #bug"),
        (["Fix +bug now"], "Fix now #bug"),
        (["Fix", "+bug,", "then", "deploy"], "Fix, then deploy #bug"),
        (["Fix (+bug)"], "Fix (#bug)"),
        (["Fix #Bug", "-t", "bug", "+BUG", "-t", "ui", "-t", "UI"], "Fix #Bug #ui"),
        (["+1", "for", "+", "+über"], "+1 for + #über"),
        (["-t", "only"], "#only"),
        (["2", "+", "2"], "2 + 2"),
        (["Fix  it ", " now"], "Fix  it   now"),
        (["--", "-p", "is", "no", "option"], "-p is no option"),
        (["-"], "-"),
    ],
)
def test_words_become_the_description_and_its_tags(app: App, args: list[str], description: str) -> None:
    if args == ["-"]:
        assert refused(app, "start", "-") == (
            3,
            "clockeye: You have no entries yet.\n  `clockeye add DESCRIPTION --for DURATION` stores one.\n",
        )
        return
    app.ok("start", *args)
    assert app.ok("status", "--json").data["description"] == description


@pytest.mark.parametrize("tag", ["", " ", "#", "# ", "##"])
def test_an_empty_tag_is_refused(app: App, tag: str) -> None:
    assert refused(app, "start", "Fix", "-t", tag) == (
        2,
        "clockeye: A tag is empty.\n  A tag is one word: -t bug\n",
    )


@pytest.mark.parametrize("tag", ["two words", "bug,", "+bug"])
def test_a_tag_that_would_be_read_as_another_is_refused(app: App, tag: str) -> None:
    expected = (
        2,
        f"clockeye: {tag!r} is not a tag.\n  A tag is one word. It begins with a letter, a digit or `_`, and"
        " does not end with punctuation: -t bug\n",
    )
    assert refused(app, "start", "Fix", "-t", tag) == expected
    assert refused(app, "log", "-t", tag) == expected
    assert refused(app, "edit", "last", "--untag", tag) == expected


def test_a_description_has_an_upper_limit_that_is_told(app: App) -> None:
    assert refused(app, "start", "x" * 1_048_577) == (
        2,
        "clockeye: The description is longer than 1048576 characters.\n  Shorten it.\n",
    )


def test_start_at_an_earlier_time_moves_the_switch_there(app: App) -> None:
    app.ok("start", "One")
    result = app.at("2026-11-20 13:00:00").ok("start", "Two", "--at", "20m ago")
    assert result.out == "Stopped One, 12:00–12:40 (0:40:00).\nStarted Two, at 12:40.\n"


def test_a_refused_time_is_named_with_the_day_that_it_was_taken_for(app: App) -> None:
    app.at("2026-11-20 06:10:00").ok(
        "add", "Yesterday", "--from", "yesterday 8:30", "--to", "yesterday 17:00"
    )
    code, err = refused(app, "start", "--at=9:00")
    assert code == 3
    assert err.splitlines()[:3] == [
        "clockeye: Overlaps existing entries:",
        "  te_1: Yesterday, 2026-11-19 08:30–17:00 (8:30:00)",
        "  9:00 was read as yesterday, 2026-11-19 09:00.",
    ]
    code, err = refused(app, "add", "x", "--from", "16", "--to", "18")
    assert err.splitlines()[2] == "  16 was read as yesterday, 2026-11-19 16:00."


def test_start_at_of_yesterday_says_so(app: App) -> None:
    result = app.ok("start", "Late", "--at", "23:50", "-q")
    assert (result.out, result.err) == ("", "")
    app.ok("cancel", "-y")
    result = app.ok("start", "Late", "--at", "23:50")
    assert result.out == "Started Late, at 2026-11-19 23:50.\n"
    assert result.err == (
        "23:50 was read as yesterday, 2026-11-19 23:50.\n"
        "That is 12:10:00, longer than max_timer (12h). Did you forget to stop it?"
        " `clockeye stop --at WHEN` stops it at an earlier time.\n"
    )


@pytest.mark.parametrize(
    ("at", "code", "err"),
    [
        (
            "2026-11-20 12:01",
            2,
            "clockeye: A timer cannot start in the future, at 2026-11-20 12:01; it is 2026-11-20 12:00 now.\n"
            "  Give a time in the past.\n",
        ),
        (
            "2026-11-20 11:29",
            2,
            "clockeye: 2026-11-20 11:29 is before the start of the running timer, 2026-11-20 11:30.\n"
            "  `clockeye edit current --from WHEN` moves its start;"
            " `clockeye add DESCRIPTION --from WHEN --to WHEN` stores finished work.\n",
        ),
        (
            "25:99",
            2,
            "clockeye: Invalid time '25:99': there is no hour 25.\n"
            "  Examples: now, 9:15, 9am, noon, 10m ago, yesterday 14:00, monday 9am, last friday 17:30,"
            " 2026-11-20 9:00, 2026-11-20T09:00+01:00.\n",
        ),
        (
            "2026-03-29 02:30",
            2,
            "clockeye: Invalid time '2026-03-29 02:30': 2026-03-29 02:30 does not exist"
            " because the clocks go from 2026-03-29 02:00 to 2026-03-29 03:00.\n"
            "  Give another time; the next one that exists is 2026-03-29 03:00.\n",
        ),
    ],
)
def test_a_start_outside_of_its_bounds_is_refused(app: App, at: str, code: int, err: str) -> None:
    app.ok("start", "Runs", "--at", "11:30")
    assert refused(app, "start", "Two", "--at", at, "-p", "new") == (code, err)


def test_start_at_refuses_to_overlap_an_entry_unless_told(app: App) -> None:
    app.ok("add", "There", "--from", "11", "--to", "11:30")
    assert refused(app, "start", "Two", "--at", "11:15") == (
        3,
        "clockeye: Overlaps existing entries:\n"
        "  te_1: There, 11:00–11:30 (0:30:00)\n"
        "  Nothing was stored. --overlap would store it anyway, and 0:15:00 would count twice.\n",
    )
    assert app.ok("start", "Two", "--at", "11:15", "--overlap").out == "Started Two, at 11:15.\n"


def test_start_at_the_end_of_an_entry_is_no_overlap(app: App) -> None:
    app.ok("add", "There", "--from", "11", "--to", "11:30")
    app.ok("start", "Two", "--at", "11:30")


def test_start_gives_json_with_the_stopped_entry_beside_it(app: App) -> None:
    first = app.ok("start", "One", "-p", "web", "--no-billable", "--json").data
    assert first["stopped"] is None
    data = app.at("2026-11-20 12:30:00").ok("--json", "start", "Two", "#bug").data
    project_id = first["project_id"]
    assert data == {
        "id": data["local_id"],
        "started_at": "2026-11-20T11:30:00Z",
        "ended_at": None,
        "duration": 0,
        "project": None,
        "description": "Two #bug",
        "billable": True,
        "tags": ["bug"],
        "project_id": None,
        "local_id": data["id"],
        "running": True,
        "stopped": {
            "id": first["id"],
            "started_at": "2026-11-20T11:00:00Z",
            "ended_at": "2026-11-20T11:30:00Z",
            "duration": 1800,
            "project": "web",
            "description": "One",
            "billable": False,
            "tags": [],
            "project_id": project_id,
            "local_id": first["id"],
            "running": False,
        },
    }


def test_billable_comes_from_the_option_the_project_or_the_setting(app: App) -> None:
    app.ok("projects", "add", "free", "--no-billable")

    def billable(*args: str) -> bool:
        app.ok("start", *args)
        return bool(app.ok("status", "--json").data["billable"])

    assert billable("x") is True
    assert billable("x", "-p", "free") is False
    assert billable("x", "-p", "free", "--billable") is True
    app.ok("config", "set", "billable", "false")
    assert billable("x") is False
    assert billable("x", "-p", "other") is False


def test_the_project_setting_is_for_those_that_name_none(app: App) -> None:
    app.ok("config", "set", "project", "web")
    assert app.ok("start", "x").out == "Started web: x, at 12:00.\n"
    app.environ["CLOCKEYE_PROJECT"] = ""
    assert app.ok("start", "y").out.endswith("Started y, at 12:00.\n")


@pytest.mark.parametrize("again", [["start", "-"], ["resume"], ["resume", "last"]])
def test_again_takes_over_description_project_and_billable_of_last(app: App, again: list[str]) -> None:
    app.ok("add", "First", "--from", "8", "--to", "9")
    app.ok("add", "Fix #bug", "-p", "web", "--no-billable", "--from", "9", "--to", "10")
    assert app.ok(*again).out == "Started web: Fix #bug, at 12:00.\n"
    data = app.ok("status", "--json").data
    assert (data["description"], data["project"], data["billable"]) == ("Fix #bug", "web", False)


def test_start_again_may_change_the_project_and_add_a_tag(app: App) -> None:
    app.ok("add", "Fix", "-p", "web", "--from", "9", "--to", "10")
    assert app.ok("start", "-", "-p", "acme", "-t", "late").out == "Started acme: Fix #late, at 12:00.\n"


def test_resume_of_an_entry_by_its_id_switches_like_start(app: App) -> None:
    app.ok("add", "First", "--from", "8", "--to", "9")
    app.ok("add", "Second", "--from", "9", "--to", "10")
    app.ok("start", "Third", "--at", "11:30")
    beginning = ids(app)["First"].removeprefix("te_")[:4]
    assert app.ok("resume", beginning, "--at", "11:45").out == (
        "Stopped Third, 11:30–11:45 (0:15:00).\nStarted First, at 11:45.\n"
    )
    assert app.ok("resume", "last-1").out == (
        "Stopped First, 11:45–12:00 (0:15:00).\nStarted Second, at 12:00.\n"
    )


def test_resume_with_nothing_to_resume_or_in_the_way_is_refused(app: App) -> None:
    assert refused(app, "resume") == (
        3,
        "clockeye: You have no entries yet.\n  `clockeye add DESCRIPTION --for DURATION` stores one.\n",
    )
    app.ok("add", "There", "--from", "11", "--to", "11:30")
    code, err = refused(app, "resume", "--at", "11:15")
    assert (code, err.splitlines()[0]) == (3, "clockeye: Overlaps existing entries:")
    app.ok("resume", "--at", "11:15", "--overlap")


def test_quiet_says_nothing_and_stores_all(app: App) -> None:
    assert said(app.ok("start", "x", "-p", "web", "-q")) == (0, "", "")
    assert app.entries() == [("2026-11-20 12:00:00", "running", "web", "x")]


@pytest.mark.parametrize("now", [-1, 253_402_300_800, 10**12, 2**70])
def test_a_clock_that_no_entry_can_have_is_an_error_in_words(app: App, now: int) -> None:
    app.now = now
    for args in (["start", "x"], ["log"], ["report"], ["add", "x", "--for", "1h"]):
        result = app.run(*args)
        assert (result.code, result.out, result.err) == (
            1,
            "",
            f"clockeye: This computer's clock is wrong: it shows {now} seconds since 1970.\n"
            "  Nothing was changed. Set the clock, and try again.\n",
        ), args


@pytest.mark.parametrize(
    ("words", "description", "notice"),
    [
        (
            "9am Standup +team",
            "9am Standup #team",
            "'9am' was stored as text; --at 9am gives the time."
            " `clockeye edit current --from 9am -d Standup` corrects this one.\n",
        ),
        (
            "Standup at 9:15",
            "Standup at 9:15",
            "'9:15' was stored as text; --at 9:15 gives the time."
            " `clockeye edit current --from 9:15 -d Standup` corrects this one.\n",
        ),
        (
            "10m ago Call",
            "10m ago Call",
            "'10m ago' was stored as text; --at '10m ago' gives the time."
            " `clockeye edit current --from '10m ago' -d Call` corrects this one.\n",
        ),
        (
            "Call half an hour ago",
            "Call half an hour ago",
            "'half an hour ago' was stored as text; --at '30m ago' gives the time."
            " `clockeye edit current --from '30m ago' -d Call` corrects this one.\n",
        ),
        (
            "Call since 9",
            "Call since 9",
            "'9' was stored as text; --at 9 gives the time."
            " `clockeye edit current --from 9 -d Call` corrects this one.\n",
        ),
        ("A long time ago", "A long time ago", ""),
        ("5pm Call", "5pm Call", "'5pm' was stored as text; --at 5pm gives the time.\n"),
        (
            "9am - 10am Call",
            "9am - 10am Call",
            "The times were stored as text. `clockeye add --from 9am --to 10am Call` stores a finished"
            " entry.\n",
        ),
        ("Fix issue 42", "Fix issue 42", ""),
        ("Release 2.10", "Release 2.10", ""),
        ("now or never", "now or never", ""),
    ],
)
def test_a_time_among_the_words_is_text_and_is_pointed_out(
    app: App, words: str, description: str, notice: str
) -> None:
    app.ok("start", "first")
    app.ok("cancel", "-y")
    result = app.ok("start", *words.split())
    assert result.out == f"Started {description}, at 12:00.\n"
    assert result.err == notice
    if "edit current" in notice:
        app.ok(*shlex.split(notice.split("`")[1])[1:])
        assert app.ok("status").out.startswith(("Standup", "Call"))
