"""`clockeye log`: periods, filters, columns, formats and the look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.plain import plain, refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


@pytest.fixture
def week(app: App) -> App:
    """A week with something on most days; a timer runs."""
    app.environ["NO_COLOR"] = "1"
    for description, project, start, end in (
        ("Old", "web", "2026-10-30 9:00", "2026-10-30 10:00"),
        ("Plan #team", "acme", "2026-11-16 9:00", "2026-11-16 10:30"),
        ("Fix #bug #team", "web", "2026-11-18 23:00", "2026-11-19 01:30"),
        ("Mail", "", "2026-11-20 8:00", "2026-11-20 8:10"),
    ):
        app.ok("add", description, "--from", start, "--to", end, *(["-p", project] if project else []))
    app.ok("edit", "last", "--no-billable")
    app.ok("start", "Now", "-p", "web", "--at", "11:00")
    return app


def found(app: App, *args: str) -> list[str]:
    return [row["description"] for row in app.ok("log", "--json", *args).data]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ([], ["Mail", "Now"]),
        (["--today"], ["Mail", "Now"]),
        (["yesterday"], ["Fix #bug #team"]),
        (["--yesterday"], ["Fix #bug #team"]),
        (["--week"], ["Plan #team", "Fix #bug #team", "Mail", "Now"]),
        (["--last-week"], []),
        (["last", "month"], ["Old"]),
        (["last", "7", "days"], ["Plan #team", "Fix #bug #team", "Mail", "Now"]),
        (["last", "2", "days"], ["Fix #bug #team", "Mail", "Now"]),
        (["2026-11"], ["Plan #team", "Fix #bug #team", "Mail", "Now"]),
        (["2026-W44"], ["Old"]),
        (["--period", "2026-Q4"], ["Old", "Plan #team", "Fix #bug #team", "Mail", "Now"]),
        (["2026"], ["Old", "Plan #team", "Fix #bug #team", "Mail", "Now"]),
        (["--all"], ["Old", "Plan #team", "Fix #bug #team", "Mail", "Now"]),
        (["2026-11-18"], ["Fix #bug #team"]),
        (["monday"], ["Plan #team"]),
        (["--from", "wednesday"], ["Fix #bug #team", "Mail", "Now"]),
        (["--from", "2026-10-30", "--to", "2026-11-16"], ["Old", "Plan #team"]),
        (["--from", "4 days ago", "--to", "yesterday"], ["Plan #team", "Fix #bug #team"]),
        (["-n", "2"], ["Mail", "Now"]),
        (["-n", "0"], []),
        (["--week", "-n", "3"], ["Fix #bug #team", "Mail", "Now"]),
        (["--search", "OLD"], ["Old"]),
        (["--search", "web"], ["Old", "Fix #bug #team", "Now"]),
        (["--search", "web", "--week"], ["Fix #bug #team", "Now"]),
        (["--all", "-p", "we"], ["Old", "Fix #bug #team", "Now"]),
        (["--all", "-p", "web", "-p", "ACME"], ["Old", "Plan #team", "Fix #bug #team", "Now"]),
        (["--all", "--not-project", "web"], ["Plan #team", "Mail"]),
        (["--all", "-t", "team"], ["Plan #team", "Fix #bug #team"]),
        (["--all", "-t", "#TEAM", "-t", "bug"], ["Fix #bug #team"]),
        (["--all", "--no-billable"], ["Mail"]),
        (["--all", "--billable", "-p", "web", "--search", "fix", "-t", "bug"], ["Fix #bug #team"]),
    ],
)
def test_periods_and_filters_choose_entries(week: App, args: list[str], expected: list[str]) -> None:
    assert found(week, *args) == expected


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (["--today", "--week"], 2, "Two periods were given: --today and --week.\n  Leave one of them out.\n"),
        (["yesterday", "--last-week"], 2, "Two periods were given: 'yesterday' and --last-week.\n"),
        (["--week", "--from", "monday"], 2, "Two periods were given: --week and --from 'monday'.\n"),
        (["--period", "week", "today"], 2, "Two periods were given: 'today' and --period 'week'.\n"),
        (["--to", "monday"], 2, "--to 'monday' needs --from.\n"),
        (
            ["--from", "today", "--to", "last monday"],
            2,
            "The period from 2026-11-20 to 2026-11-16 ends before",
        ),
        (["soon"], 2, "Invalid period 'soon'.\n  Examples: today, last week,"),
        (["2026-W54"], 2, "Invalid period '2026-W54': there is no week 54.\n"),
        (["2026-02-30"], 2, "Invalid period '2026-02-30': 2026-02-30 does not exist.\n"),
        (["--from", "9:00"], 2, "Invalid day '9:00'.\n  Examples: 2026-11-20, nov 20, today,"),
        (["--from", "3", "days", "ago"], 2, "--from 3 days ago needs quotes:"),
        (["-p", "nope"], 3, "Unknown project 'nope'.\n  Nearest: "),
        (["-p", ""], 2, "The project name is empty.\n"),
        (["-n", "-1"], 2, "Invalid value for '-n' / '--count': -1 is negative; write 1.\n"),
        (["-n", "x"], 2, "Invalid value for '-n' / '--count': 'x' is not a whole number.\n"),
        (["--columns", "nope"], 2, "Unknown column 'nope'.\n  Known: id, started_at, ended_at,"),
        (["--columns", "duratoin"], 2, "Unknown column 'duratoin'. Did you mean duration?\n"),
        (["--save", "x.odt"], 2, "Unknown file extension: x.odt.\n"),
        (["--save", "/no/such/x.csv"], 7, "Cannot save /no/such/x.csv: no such folder: /no/such.\n"),
        (["--save", "x.csv", "--json"], 2, "-o json conflicts with the file name x.csv (csv).\n"),
    ],
)
def test_what_cannot_be_listed_is_refused(week: App, args: list[str], code: int, err: str) -> None:
    said_code, said_err = refused(week, "log", *args)
    assert said_code == code
    if "--json" in args:
        said_err = f"clockeye: {json.loads(said_err)['error']['message']}\n"
    assert said_err.startswith(f"clockeye: {err}")


def test_a_project_to_filter_by_can_be_picked(week: App) -> None:
    result = week.ok("log", "-p", terminal=True, stdin="web\n")
    assert result.err == "Which project?\n  1  web\n  2  acme\nNumber or name: "
    assert "Now" in result.out
    assert "Mail" not in result.out
    assert refused(week, "log", "-p", "--week") == (
        2,
        "clockeye: Which project? Cannot ask: not running interactively.\n"
        "  Answer with -p NAME. Choices: web, acme.\n",
    )


def test_in_a_pipe_it_is_tsv_that_nothing_is_cut_from(week: App) -> None:
    assert said(week.ok("log", "--from", "wednesday")) == (
        0,
        "id\tstarted_at\tended_at\tduration\tcounted\tproject\tdescription\tbillable\n"
        "te_1\t2026-11-18T23:00:00+01:00\t2026-11-19T01:30:00+01:00\t9000\t9000\tweb\tFix #bug #team\ttrue\n"
        "te_2\t2026-11-20T08:00:00+01:00\t2026-11-20T08:10:00+01:00\t600\t600\t\tMail\tfalse\n"
        "te_3\t2026-11-20T11:00:00+01:00\t\t3600\t3600\tweb\tNow\ttrue\n",
        "",
    )


def test_a_part_of_an_entry_counts_for_the_day_but_its_duration_is_whole(week: App) -> None:
    answer = week.ok("log", "yesterday", "--json").json
    assert [(row["duration"], row["counted"]) for row in answer["data"]] == [(9000, 5400)]
    assert answer["meta"] == {
        "from": "2026-11-19",
        "to": "2026-11-19",
        "zone": "Europe/Berlin",
        "day_start": "00:00",
        "duration": 5400,
        "billable_duration": 5400,
        "entries": 1,
        "as_of": "2026-11-20T11:00:00Z",
        "source": "entries",
    }


def test_json_of_the_running_timer(week: App) -> None:
    result = week.ok("log", "--json")
    row = result.data[-1]
    assert row == {
        "id": row["local_id"],
        "started_at": "2026-11-20T10:00:00Z",
        "ended_at": None,
        "duration": 3600,
        "counted": 3600,
        "project": "web",
        "description": "Now",
        "billable": True,
        "tags": [],
        "project_id": row["project_id"],
        "local_id": row["id"],
        "running": True,
        "user_id": None,
        "user": "you",
        "overlaps": [],
    }
    assert result.err == "The running timer (web: Now) is counted up to now.\n"
    assert week.ok("log", "--json", "-q").err == ""


def test_the_look_groups_by_day_with_the_sum_of_each_and_of_all(week: App) -> None:
    assert plain(week.ok("log", "--from", "wednesday", terminal=True).out) == (
        "Id    Time         Duration  Project  Description\n"
        "Wed 18 Nov             1:00\n"
        "id__  23:00–…          1:00  web      Fix #bug #team\n"
        "\n"
        "Thu 19 Nov             1:30\n"
        "id__      …–01:30      1:30  web      Fix #bug #team\n"
        "\n"
        "Fri 20 Nov · today     1:10\n"
        "id__  08:00–08:10      0:10           Mail\n"
        "id__  11:00–now        1:00  web      Now\n"
        "                   ────────\n"
        "                       3:40           3 entries\n"
    )


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
def test_the_look_fits_every_width(week: App, columns: int) -> None:
    week.environ["COLUMNS"] = str(columns)
    week.ok("edit", "last", "-d", "A long description that goes on and on " * 6)
    out = week.ok("log", "--week", terminal=True).out
    assert max(map(len, out.splitlines())) <= columns
    assert "3:40" not in out
    assert out.splitlines()[-1].split()[0] == "5:10"


def test_nothing_to_list_is_no_failure(week: App) -> None:
    assert said(week.ok("log", "--last-week", terminal=True)) == (
        0,
        "No entries: Week 46, 2026-11-09 to 2026-11-15.\n",
        "",
    )
    assert said(week.ok("log", "--last-week")) == (
        0,
        "id\tstarted_at\tended_at\tduration\tcounted\tproject\tdescription\tbillable\n",
        "",
    )
    answer = week.ok("log", "--last-week", "--json").json
    assert (answer["data"], answer["meta"]["duration"], answer["meta"]["entries"]) == ([], 0, 0)


def test_columns_are_picked_and_ordered(week: App) -> None:
    assert week.ok("log", "--columns", "description, tags,counted", "--from", "wednesday").out == (
        "description\ttags\tcounted\nFix #bug #team\tbug team\t9000\nMail\t\t600\nNow\t\t3600\n"
    )
    assert week.ok("log", "--columns", "counted,project", "--decimal", terminal=True).out == (
        "Counted  Project\n   0.17\n   1.00  web\n"
    )
    assert week.ok("log", "--columns", "running", "--json").data == [{"running": False}, {"running": True}]


def test_decimal_shows_hours(week: App) -> None:
    out = plain(week.ok("log", "--decimal", terminal=True).out)
    assert out == (
        "Id    Time         Duration  Project  Description\n"
        "Fri 20 Nov · today     1.17\n"
        "id__  08:00–08:10      0.17           Mail\n"
        "id__  11:00–now        1.00  web      Now\n"
    )


def test_every_format_is_given_on_request(week: App) -> None:
    args = ["log", "--columns", "description,counted", "-n", "2"]
    assert week.ok("-o", "csv", *args).out == "description,counted\r\nMail,600\r\nNow,3600\r\n"
    assert week.ok("-o", "ndjson", *args).out == (
        '{"description": "Mail", "counted": 600}\n{"description": "Now", "counted": 3600}\n'
    )
    assert week.ok(*args, "-o", "markdown").out == (
        "| Description | Counted |\n| --- | ---: |\n| Mail | 0:10 |\n| Now | 1:00 |\n"
    )
    assert (
        week.ok(*args, "--output=table").out
        == "Description  Counted\nMail            0:10\nNow             1:00\n"
    )
    assert week.ok(*args, "-otsv", terminal=True).out == "description\tcounted\nMail\t600\nNow\t3600\n"


def test_what_is_saved_leaves_the_timer_out_and_says_so(week: App, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    result = week.ok("log", "--columns", "description,counted", "--save", str(path))
    assert said(result) == (
        0,
        "",
        f"Saved to {path}.\nThe running timer is not included in the saved file.\n",
    )
    assert path.read_bytes() == b"description,counted\r\nMail,600\r\n"
    before = path.read_bytes()
    assert refused(week, "log", "--week", "--save", str(path)) == (
        2,
        f"clockeye: {path} already exists.\n  Add --force to overwrite it.\n",
    )
    assert path.read_bytes() == before
    week.ok("log", "--week", "--columns", "description", "--save", str(path), "--force")
    assert path.read_bytes() == b"description\r\nPlan #team\r\nFix #bug #team\r\nMail\r\n"
    assert list(tmp_path.glob(".clockeye-*")) == []
