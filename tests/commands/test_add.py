"""`clockeye add`: the forms of its times, overlaps, projects and keys."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from tests.app import App


@pytest.mark.parametrize(
    ("args", "span"),
    [
        (["--from", "9", "--to", "10:30"], "2026-11-20 09:00–10:30"),
        (["--from", "9", "--for", "1h30"], "2026-11-20 09:00–10:30"),
        (["--to", "10:30", "--for", "1.5h"], "2026-11-20 09:00–10:30"),
        (["--for", "90m"], "2026-11-20 10:30–12:00"),
        (["--for=90m"], "2026-11-20 10:30–12:00"),
        (["--from", "0915", "--to", "9.30"], "2026-11-20 09:15–09:30"),
        (["--from", "9am", "--to", "noon"], "2026-11-20 09:00–12:00"),
        (["--from", "9 am", "--to", "now"], "2026-11-20 09:00–12:00"),
        (["--from", "-25min", "--to", "now"], "2026-11-20 11:35–12:00"),
        (["--from", "1h30 ago", "--for", "PT1H"], "2026-11-20 10:30–11:30"),
        (["--from", "yesterday 14:00", "--to", "15"], "2026-11-19 14:00–15:00"),
        (["--from", "monday 9am", "--for", "2h"], "2026-11-16 09:00–11:00"),
        (["--from", "last friday 17:30", "--to", "18"], "2026-11-13 17:30–18:00"),
        (["--from", "2026-11-20T08:00Z", "--for", "0:45"], "2026-11-20 09:00–09:45"),
        (["--from", "2026-11-20T09:00+01:00", "--for", "1:30:00"], "2026-11-20 09:00–10:30"),
        (["--from", "midnight", "--to", "2026-11-20 1:00"], "2026-11-20 00:00–01:00"),
        (["--from", "yesterday 23:00", "--to", "1"], "2026-11-19 23:00–2026-11-20 01:00"),
        (["--from", "23", "--to", "2026-11-20 1:00"], "2026-11-19 23:00–2026-11-20 01:00"),
    ],
)
def test_two_of_from_to_and_for_give_the_entry(app: App, args: list[str], span: str) -> None:
    app.ok("add", "Work", *args)
    started_at, ended_at, _, _ = app.entries()[0]
    day, _, start = started_at.partition(" ")
    end_day, _, end = ended_at.partition(" ")
    shown_end = end[:5] if end_day == day else f"{end_day} {end[:5]}"
    assert f"{day} {start[:5]}–{shown_end}" == span


def test_the_line_of_success_tells_the_instants_as_understood(app: App) -> None:
    assert said(app.ok("add", "Planning", "-p", "team", "--from", "9", "--to", "10:30")) == (
        0,
        "Added team: Planning, 09:00–10:30 (1:30:00).\n",
        "Created the project team. (`clockeye undo` reverts this.)\n",
    )


def test_bare_times_whose_end_would_be_in_the_future_are_yesterdays_and_said(app: App) -> None:
    assert said(app.ok("add", "Work", "--from", "9", "--to", "17")) == (
        0,
        "Added Work, 2026-11-19 09:00–17:00 (8:00:00).\n",
        "9 was read as yesterday, 2026-11-19 09:00.\n",
    )


def test_a_repeated_time_is_the_first_and_an_offset_picks(app: App) -> None:
    assert said(app.ok("add", "Early", "--from", "2026-10-25 2:30", "--for", "10m")) == (
        0,
        "Added Early, 2026-10-25 02:30–02:40 (0:10:00).\n",
        "2026-10-25 02:30 occurs twice; using the first, 2026-10-25T02:30+02:00."
        " The other is 2026-10-25T02:30+01:00.\n",
    )
    data = app.ok("add", "Late", "--from", "2026-10-25T02:30+01:00", "--for", "10m", "--json").data
    assert data["started_at"] == "2026-10-25T01:30:00Z"


@pytest.mark.parametrize(
    ("args", "err"),
    [
        ([], "No start or end time given.\n  Give two of --from, --to and --for;"),
        (["--from", "9"], "No end time given, only --from.\n  Add --to or --for. `clockeye start --at"),
        (["--to", "9"], "No start time given, only --to.\n  Add --from or --for.\n"),
        (["--from", "9", "--to", "10", "--for", "1h"], "--from, --to and --for cannot be used together.\n"),
        (["--from", "25:99", "--to", "9"], "Invalid time '25:99': there is no hour 25.\n"),
        (
            ["--from", "2026-02-30 9:00", "--for", "1h"],
            "Invalid time '2026-02-30 9:00': 2026-02-30 does not exist.\n",
        ),
        (
            ["--from", "2026-03-29 2:30", "--for", "1h"],
            "Invalid time '2026-03-29 2:30': 2026-03-29 02:30 does not exist because the clocks go from",
        ),
        (
            ["--from", "11", "--to", "2026-11-20 13:00"],
            "The end, 2026-11-20 13:00, is in the future; it is 2026-11-20 12:00 now.\n",
        ),
        (
            ["--from", "yesterday 9", "--to", "8"],
            "From 2026-11-19 09:00 to the next 8 is 23h, which is longer than max_timer (12h).\n"
            '  If that is correct, give the end with its date: --to "2026-11-20 8"\n',
        ),
        (
            ["--from", "2026-11-20 10:00", "--to", "2026-11-20 9:00"],
            "The end, 2026-11-20 09:00, is before the start, 2026-11-20 10:00.\n",
        ),
        (["--for", "90"], "'90' has no unit.\n  Write 90m for minutes, 90h for hours or 90s for seconds.\n"),
        (["--for", "0m"], "Invalid duration '0m': it must be greater than zero.\n"),
        (["--for", "-5m"], "Invalid duration '-5m': it must be greater than zero.\n"),
        (["--for", "soon"], "Invalid duration 'soon'.\n"),
        (["--from", "tomorrow 9", "--for", "1h"], "Invalid time 'tomorrow 9'.\n"),
        (["--from", "yesterday", "--for", "1h"], "Invalid time 'yesterday': the time of day"),
        (
            ["--from", "9", "pm", "--for", "1h"],
            "--from 9 pm needs quotes: the shell splits it at the spaces.",
        ),
        (["--for", "1h", "--at", "9"], "Unknown option '--at'.\n"),
    ],
)
def test_what_is_not_understood_is_exit_2_and_stores_nothing(app: App, args: list[str], err: str) -> None:
    code, said_err = refused(app, "add", "Work", "-p", "new", *args)
    assert code == 2
    assert said_err.startswith(f"clockeye: {err}")
    assert said_err.count("\n") == 2


def test_the_hint_about_an_end_with_its_day_works_as_typed(app: App) -> None:
    app.ok("add", "Long", "--from", "yesterday 9", "--to", "2026-11-20 8")
    assert app.entries() == [("2026-11-19 09:00:00", "2026-11-20 08:00:00", None, "Long")]


def test_an_entry_over_max_timer_is_pointed_out(app: App) -> None:
    result = app.ok("add", "Long", "--from", "2026-11-18 9", "--to", "2026-11-18 23:00")
    assert said(result) == (
        0,
        "Added Long, 2026-11-18 09:00–23:00 (14:00:00).\n",
        "That is 14:00:00, longer than max_timer (12h). Did you forget to stop it?"
        " `clockeye edit te_1 --to WHEN` fixes it.\n",
    )


def test_an_overlap_lists_the_clashes_and_stores_nothing(app: App) -> None:
    app.ok("add", "One", "-p", "web", "--from", "9", "--to", "10")
    app.ok("add", "Two", "--from", "10", "--to", "11")
    app.ok("start", "Timer", "--at", "11:30")
    assert refused(app, "add", "Over", "--from", "9:30", "--to", "11:45") == (
        3,
        "clockeye: Overlaps existing entries:\n"
        "  te_1: web: One, 09:00–10:00 (1:00:00)\n"
        "  te_2: Two, 10:00–11:00 (1:00:00)\n"
        "  timer: Timer, since 11:30\n"
        "  Nothing was stored. --adjust cannot make room: nothing would be left of te_2.\n"
        "  --overlap would store it anyway, and 1:45:00 would count twice.\n",
    )
    result = app.ok("add", "Over", "--from", "9:30", "--to", "11:45", "--overlap")
    assert result.out == "Added Over, 09:30–11:45 (2:15:00).\n"


def test_many_clashes_are_counted(app: App) -> None:
    for minute in range(7):
        app.ok("add", f"n{minute}", "--from", f"9:0{minute}", "--for", "1m")
    code, err = refused(app, "add", "Over", "--from", "9", "--to", "10")
    assert code == 3
    assert err.splitlines()[-3:] == [
        "  and 2 more",
        "  Nothing was stored. --adjust cannot make room: nothing would be left of"
        " te_1, te_2, te_3, te_4, te_5 and 2 more.",
        "  --overlap would store it anyway, and 0:07:00 would count twice.",
    ]


def test_entries_that_touch_or_have_no_length_overlap_nothing(app: App) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10")
    app.ok("add", "Before", "--from", "8", "--to", "9")
    app.ok("add", "After", "--from", "10", "--to", "11")
    app.ok("add", "None", "--from", "2026-11-20 9:30", "--to", "2026-11-20 9:30")
    app.ok("add", "Around", "--from", "2026-11-20 7:00", "--to", "2026-11-20 7:00")
    assert [row[3] for row in app.entries()] == ["Around", "Before", "One", "None", "After"]


def test_json_is_the_entry_with_both_ids(app: App) -> None:
    data = app.ok("add", "Fix #bug", "-p", "web", "--from", "9", "--for", "90s", "--json").data
    assert data == {
        "id": data["local_id"],
        "started_at": "2026-11-20T08:00:00Z",
        "ended_at": "2026-11-20T08:01:30Z",
        "duration": 90,
        "project": "web",
        "description": "Fix #bug",
        "billable": True,
        "tags": ["bug"],
        "project_id": data["project_id"],
        "local_id": data["id"],
        "running": False,
    }


def test_a_key_makes_add_safe_to_repeat(app: App) -> None:
    args = ["add", "Import", "-p", "web", "--from", "9", "--to", "10", "--key", "k1"]
    first = app.ok(*args, "--json").data
    assert said(app.ok(*args)) == (
        0,
        "Already stored under this key: web: Import, 09:00–10:00 (1:00:00).\n",
        "",
    )
    assert app.ok(*args, "--json").data == first
    assert len(app.entries()) == 1
    assert len(app.ok("history", "--json").data) == 1


def test_a_key_with_other_content_is_exit_3(app: App) -> None:
    app.ok("add", "Import", "--from", "9", "--to", "10", "--key", "k1")
    assert refused(app, "add", "Import", "--from", "10", "--to", "11", "--key", "k1") == (
        3,
        "clockeye: The key 'k1' was used for a different entry (te_1).\n"
        "  Use another key, or the same content as before.\n",
    )
    app.ok("add", "Import", "--from", "10", "--to", "11", "--key", "k2")


def test_a_key_makes_a_duration_that_ends_now_safe_to_repeat(app: App) -> None:
    args = ["add", "Import", "-p", "web", "--for", "30m", "--key", "k1"]
    app.ok(*args)
    app.now += 60
    assert app.ok(*args).out == "Already stored under this key: web: Import, 11:30–12:00 (0:30:00).\n"
    assert len(app.entries()) == 1
    for other in (
        ["add", "Import", "-p", "web", "--for", "31m", "--key", "k1"],
        ["add", "Export", "-p", "web", "--for", "30m", "--key", "k1"],
        ["add", "Import", "-p", "web", "--from", "11:30", "--to", "12", "--key", "k1"],
    ):
        assert refused(app, *other)[0] == 3


def test_a_key_outlives_the_editing_of_its_entry_but_not_its_deletion(app: App) -> None:
    args = ["add", "Import", "--from", "9", "--to", "10", "--key", "k1"]
    app.ok(*args)
    app.ok("edit", "last", "-d", "Better")
    assert app.ok(*args).out == "Already stored under this key: Better, 09:00–10:00 (1:00:00).\n"
    app.ok("delete", "last", "-y")
    assert refused(app, *args) == (
        3,
        "clockeye: The entry stored under the key 'k1' was deleted (te_1).\n"
        "  Nothing was stored. Use another key.\n",
    )


def test_after_undo_a_key_is_free(app: App) -> None:
    app.ok("add", "Import", "--from", "9", "--to", "10", "--key", "k1")
    app.ok("undo")
    result = app.ok("add", "Other", "--from", "9", "--to", "11", "--key", "k1")
    assert result.out == "Added Other, 09:00–11:00 (2:00:00).\n"


def test_a_project_is_meant_by_its_id_its_name_in_any_case_or_a_unique_beginning(app: App) -> None:
    project_id = app.ok("projects", "add", "Website", "--json").data[0]["project_id"]
    app.ok("projects", "add", "Écran")
    for minute, name in enumerate([project_id, "Website", "WEBSITE", "web", "w", "e\u0301CRAN", " website "]):
        app.ok("add", "x", "-p", name, "--from", f"9:{minute:02}", "--for", "1m")
    assert [row[2] for row in app.entries()] == ["Website"] * 5 + ["Écran", "Website"]


def test_a_name_beats_a_longer_one_that_begins_like_it(app: App) -> None:
    app.ok("projects", "add", "web", "website")
    app.ok("add", "x", "-p", "web", "--for", "1m")
    assert app.entries()[0][2] == "web"


def test_several_projects_that_fit_are_exit_3(app: App) -> None:
    app.ok("projects", "add", "website", "webshop")
    assert refused(app, "add", "x", "-p", "web", "--for", "1m") == (
        3,
        "clockeye: Several projects begin with 'web': webshop, website.\n  Type more of the name.\n",
    )


@pytest.mark.parametrize(
    ("there", "slip"),
    [
        ("acme", "acem"),
        ("acme", "acmme"),
        ("acme", "akme"),
        ("acme", "aacme"),
        ("website", "wabsite"),
        ("marketing", "marekting"),
        ("marketing", "markting"),
        ("marketing", "merketimg"),
        ("room 101", "rom 101"),
    ],
)
def test_a_slip_for_a_project_is_refused_with_the_nearest_name(app: App, there: str, slip: str) -> None:
    app.ok("projects", "add", there)
    assert refused(app, "add", "x", "-p", slip, "--for", "1m") == (
        3,
        f"clockeye: Unknown project '{slip}'. Did you mean {there}?\n"
        "  `clockeye projects` lists all projects;"
        f" `clockeye projects add {shlex.quote(slip)}` creates this one.\n",
    )


@pytest.mark.parametrize(
    ("there", "name"),
    [
        ("acme", "accent"),
        ("website", "wabsits"),  # two letters off, but only seven long
        ("marketing", "merkatimg"),  # three letters off
        ("phase 1", "phase 2"),  # a digit is never a slip
        ("2025", "2026"),
    ],
)
def test_a_name_like_no_other_is_made_and_said(app: App, there: str, name: str) -> None:
    app.ok("projects", "add", there)
    result = app.ok("add", "x", "-p", name, "--for", "1m")
    assert result.err == f"Created the project {name}. (`clockeye undo` reverts this.)\n"
    assert app.entries()[0][2] == name


def test_a_project_that_was_made_goes_with_the_undo(app: App) -> None:
    app.ok("add", "x", "-p", "new", "--for", "1m")
    app.ok("undo")
    assert app.ok("projects", "--json").data == []


def test_an_archived_project_is_refused_even_where_another_name_begins_like_it(app: App) -> None:
    app.ok("projects", "add", "acme", "acme2")
    app.ok("projects", "archive", "acme")
    assert refused(app, "add", "x", "-p", "Acme", "--for", "1m") == (
        3,
        "clockeye: The project acme is archived.\n  `clockeye projects unarchive acme` restores it.\n",
    )


def test_the_beginning_of_an_archived_name_says_that_it_is_archived(app: App) -> None:
    app.ok("projects", "add", "old site's")
    app.ok("projects", "archive", "old site's")
    for typed in ("old", "old sitess"):
        code, err = refused(app, "add", "x", "-p", typed, "--for", "1m")
        assert (code, err) == (
            3,
            "clockeye: The project old site's is archived.\n"
            "  `clockeye projects unarchive 'old site'\"'\"'s'` restores it.\n",
        )
    app.ok(*shlex.split(err.split("`")[1])[1:])
    app.ok("add", "x", "-p", "old", "--for", "1m")


def test_a_name_that_may_be_a_slip_is_asked_about_at_a_terminal(app: App) -> None:
    app.ok("projects", "add", "website")
    meant = app.ok("add", "x", "-p", "wabsite", "--for", "1m", stdin="1\n", terminal=True)
    assert meant.err == (
        "No project is called wabsite. Which one?\n  1  website\n  2  wabsite (new)\nNumber or name: "
    )
    assert app.entries()[0][2] == "website"
    app.ok("add", "y", "-p", "wabsite", "--for", "1m", "--overlap", stdin="2\n", terminal=True)
    assert sorted(entry[2] or "" for entry in app.entries()) == ["wabsite", "website"]


@pytest.mark.parametrize(("there", "name"), [("ui", "ux"), ("qa", "qs"), ("web", "wob"), ("acm", "acne")])
def test_short_names_are_often_one_letter_apart(app: App, there: str, name: str) -> None:
    app.ok("projects", "add", there)
    app.ok("add", "x", "-p", name, "--for", "1m")
    assert app.entries()[0][2] == name


def test_the_beginning_of_an_archived_name_means_the_one_that_is_left(app: App) -> None:
    app.ok("projects", "add", "acme", "acne")
    app.ok("projects", "archive", "acme")
    app.ok("add", "x", "-p", "ac", "--for", "1m")
    assert app.entries()[0][2] == "acne"


@pytest.mark.parametrize("name", ["", "  ", "prj_nothere", "x" * 201])
def test_a_name_that_cannot_be_a_project_is_refused(app: App, name: str) -> None:
    code, _ = refused(app, "add", "x", f"--project={name}", "--for", "1m")
    assert code == (3 if name.startswith("prj_") else 2)


@pytest.mark.parametrize("where", ["end", "middle"])
def test_project_without_a_value_is_a_wish_to_pick_one(app: App, where: str) -> None:
    app.ok("add", "x", "-p", "old", "--from", "8", "--to", "9")
    app.ok("add", "x", "-p", "recent", "--from", "9", "--to", "10")
    args = ["add", "New", "--for", "1m", "-p"] if where == "end" else ["add", "New", "-p", "--for", "1m"]
    assert refused(app, *args) == (
        2,
        "clockeye: Which project? Cannot ask: not running interactively.\n"
        "  Answer with -p NAME. Choices: recent, old.\n",
    )
    assert refused(app, "--no-input", *args, terminal=True)[0] == 2
    result = app.ok(*args, terminal=True, stdin="3\nnone\no\n")
    assert result.out == "Added old: New, 11:59–12:00 (0:01:00).\n"
    assert result.err == (
        "Which project?\n  1  recent\n  2  old\nNumber or name: '3' matches none of them.\n"
        "Number or name: 'none' matches none of them.\nNumber or name: "
    )


def test_picking_a_project_where_there_is_none_or_no_answer(app: App) -> None:
    assert refused(app, "add", "x", "--for", "1m", "-p", terminal=True) == (
        2,
        "clockeye: No projects to pick from yet.\n  -p NAME creates one.\n",
    )
    app.ok("projects", "add", "web")
    assert refused(app, "add", "x", "--for", "1m", "-p", terminal=True) == (
        2,
        "Which project?\n  1  web\nNumber or name: \nclockeye: Which project? No answer given.\n"
        "  Answer with -p NAME.\n",
    )


def test_options_of_all_commands_may_stand_before_it_and_after_it(app: App) -> None:
    before = app.ok("-q", "--json", "add", "One", "--for", "1m").data
    after = app.ok("add", "Two", "--to", "11", "--for", "1m", "-o", "json", "--quiet").data
    assert (before["description"], after["description"]) == ("One", "Two")
    assert set(ids(app)) == {"One", "Two"}
