"""`clockeye report`: the timesheet, the shares, and sums by whatever is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


@pytest.fixture
def week(app: App) -> App:
    """Two projects and none, two tags, one night, something not billable."""
    app.environ["NO_COLOR"] = "1"
    for description, project, start, end, billable in (
        ("Old", "web", "2026-10-30 9:00", "2026-10-30 10:00", True),
        ("Plan #team", "acme", "2026-11-16 9:00", "2026-11-16 10:30", True),
        ("Fix #bug #team", "web", "2026-11-18 23:00", "2026-11-19 01:30", True),
        ("Mail", "", "2026-11-20 8:00", "2026-11-20 8:10", False),
    ):
        app.ok(
            "add",
            description,
            *["--from", start, "--to", end, "--billable" if billable else "--no-billable"],
            *(["-p", project] if project else []),
        )
    return app


def test_a_week_on_a_terminal_is_a_timesheet_with_totals_both_ways(week: App) -> None:
    week.environ["COLUMNS"] = "100"
    assert said(week.ok("report", "--week", terminal=True)) == (
        0,
        "Week 47 · 16–22 Nov\n"
        "\n"
        "Project  Mon 16  Tue 17  Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Total  Share\n"
        "web                        1:00    1:30                           2:30   60 %"
        "  █████████████████████\n"
        "acme       1:30                                                   1:30   36 %  ████████████▋\n"
        "–                                          0:10                   0:10    4 %  █▍\n"
        "         ──────          ──────  ──────  ──────                  ─────\n"
        "Total      1:30            1:00    1:30    0:10                   4:10\n",
        "",
    )


def seconds(text: str) -> int:
    """`1:30:00` as seconds."""
    hours, minutes, rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + rest


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
def test_the_timesheet_fits_every_width_and_adds_up(week: App, columns: int) -> None:
    week.environ["COLUMNS"] = str(columns)
    for day in range(17, 23):
        week.at(f"2026-11-{day} 23:00:00")
        name = "A project with a rather long name"
        week.ok("add", "Same", "-p", name, "--from", f"2026-11-{day} 12:00", "--for", "5h7s")
    lines = week.ok("report", "--week", terminal=True).out.splitlines()
    assert max(map(len, lines)) <= columns
    totals = [line for line in lines if line.startswith("Total")]
    whole = 4 * 3600 + 600 + 6 * (5 * 3600 + 7)
    assert len(totals) == (2 if columns < 80 else 1)
    if columns < 80:  # stacked: by project, and under it by day
        assert [seconds(line.split()[1]) for line in totals] == [whole, whole]
        start = next(n for n, line in enumerate(lines) if line.startswith("Day"))
        parts = [[word for word in line.split() if word.count(":") == 2] for line in lines]
        assert sum(seconds(p[0]) for p in parts[:start] if p) == 2 * whole
        assert sum(seconds(p[0]) for p in parts[start:] if p) == 2 * whole
    else:
        row = [seconds(word) for word in totals[0].split()[1:]]
        assert sum(row[:-1]) == row[-1] == whole


def test_in_a_pipe_it_is_long_a_row_a_group(week: App) -> None:
    assert said(week.ok("report")) == (
        0,
        "project\tduration\tbillable_duration\tentries\nweb\t9000\t9000\t1\nacme\t5400\t5400\t1\n\t600\t0\t1\n",
        "",
    )


def test_over_more_than_a_week_it_is_a_row_a_project_with_its_share(week: App) -> None:
    week.environ["COLUMNS"] = "60"
    assert week.ok("report", "2026", terminal=True).out == (
        "2026\n"
        "\n"
        "Project  Total  Share\n"
        "web       3:30   68 %  ████████████████████████\n"
        "acme      1:30   29 %  ██████████▎\n"
        "–         0:10    3 %  █▏\n"
        "         ─────\n"
        "Total     5:10\n"
    )


def test_json_has_the_fields_of_its_keys_and_the_sums(week: App) -> None:
    answer = week.ok("report", "--by", "week,project", "--all", "--json").json
    ids = {row["project"]: row["project_id"] for row in answer["data"]}
    assert answer["data"] == [
        {
            "week": week_,
            "project_id": ids[project],
            "project": project,
            "duration": duration,
            "billable_duration": billable,
            "entries": 1,
        }
        for week_, project, duration, billable in (
            ("2026-W44", "web", 3600, 3600),
            ("2026-W47", "web", 9000, 9000),
            ("2026-W47", "acme", 5400, 5400),
            ("2026-W47", None, 600, 0),
        )
    ]
    assert ids[None] is None
    assert answer["meta"] == {
        "from": None,
        "to": None,
        "zone": "Europe/Berlin",
        "day_start": "00:00",
        "duration": 18600,
        "billable_duration": 18000,
        "entries": 4,
        "as_of": "2026-11-20T11:00:00Z",
        "source": "entries",
    }


@pytest.mark.parametrize(
    ("by", "tsv"),
    [
        ("day", "day\n2026-11-16 5400\n2026-11-18 3600\n2026-11-19 5400\n2026-11-20 600"),
        ("month", "month\n2026-11 15000"),
        ("week", "week\n2026-W47 15000"),
        ("user", "user\nyou 15000"),
        ("description", "description\nFix_#bug_#team 9000\nPlan_#team 5400\nMail 600"),
        ("billable", "billable\ntrue 14400\nfalse 600"),
        ("tag", "tag\nteam 14400\nbug 9000\n 600"),
        ("day,tag", "day\ttag\n2026-11-16\tteam 5400\n2026-11-18\tbug 3600\n2026-11-18\tteam 3600"),
        ("PROJECT , day", "project\tday\nweb\t2026-11-18 3600\nweb\t2026-11-19 5400\nacme\t2026-11-16 5400"),
    ],
)
def test_by_whatever_is_asked_for(week: App, by: str, tsv: str) -> None:
    out = week.ok("report", "--by", by, "-q").out
    keys = tsv.split("\n", maxsplit=1)[0]
    assert out.split("\n", maxsplit=1)[0] == f"{keys}\tduration\tbillable_duration\tentries"
    rows = [line.split("\t") for line in out.splitlines()[1:]]
    count = len(keys.split("\t"))
    said_rows = ["\t".join(row[:count]).replace(" ", "_") + f" {row[count]}" for row in rows]
    expected = tsv.split("\n")[1:]
    assert said_rows[: len(expected)] == expected


def test_sums_by_tag_may_exceed_the_whole_and_that_is_said(week: App) -> None:
    notice = "An entry counts under each of its tags, so the rows can add up to more than the total.\n"
    assert week.ok("report", "--by", "tag").err == notice
    assert week.ok("report", "--by", "week,tag", "--json").err == notice
    assert week.ok("report", "--by", "tag", "-q").err == ""
    assert week.ok("report", "--by", "tag", "--last-week").err == ""
    assert week.ok("report", "--by", "tag", terminal=True).out == (
        "Week 47 · 16–22 Nov\n"
        "\n"
        "Tag    Total  Share\n"
        "team    4:00   96 %  ████████████████████████\n"
        "bug     2:30   60 %  ███████████████\n"
        "–       0:10    4 %  █\n"
        "       ─────\n"
        "Total   4:10\n"
    )


@pytest.mark.parametrize(
    ("by", "err"),
    [
        (
            "fortnight",
            "Unknown key of --by 'fortnight'.\n"
            "  Known: project, client, tag, day, week, month, quarter, year, weekday, hour, user,"
            " description, billable.\n",
        ),
        ("week,week", "--by week,week has a key twice.\n  Name each key once.\n"),
        ("week,", "--by 'week,' has no key after a comma.\n  Type --by week, or name another key: project,"),
        (",week", "--by ',week' has no key before a comma.\n  Type --by week, or name another key: project,"),
        (",", "--by ',' has no key after a comma.\n  Known: project, client, tag,"),
    ],
)
def test_keys_that_there_are_not_are_exit_2(week: App, by: str, err: str) -> None:
    code, said_err = refused(week, "report", "--by", by)
    assert code == 2
    assert said_err.startswith(f"clockeye: {err}")


def test_filters_and_periods_are_those_of_log(week: App) -> None:
    args = ["--from", "2026-11-18", "-p", "web", "-t", "team", "--billable", "--search", "fix"]
    data = week.ok("report", *args, "--by", "day", "--json").data
    assert [(row["day"], row["duration"]) for row in data] == [("2026-11-18", 3600), ("2026-11-19", 5400)]
    assert week.ok("report", "--not-project", "web", "--json").json["meta"]["duration"] == 6000
    # The descriptions are looked at even where no key asks for them.
    assert week.ok("report", "--search", "mail", "--json").json["meta"]["duration"] == 600
    assert week.ok("report", "-t", "bug", "--json").json["meta"]["duration"] == 9000


def test_the_running_timer_counts_up_to_now_and_is_marked(week: App) -> None:
    week.ok("start", "Now", "-p", "web", "--at", "11:00")
    result = week.ok("report", "--json", "-p", "web")
    assert result.json["meta"]["duration"] == 9000 + 3600
    assert result.err == "The running timer (web: Now) is counted up to now.\n"
    assert week.ok("report", "--today", terminal=True).err == (
        "The running timer (web: Now) is counted up to now.\n"
    )
    assert week.ok("report", "-p", "acme").err == ""


def test_what_is_saved_leaves_the_timer_out(week: App, tmp_path: Path) -> None:
    week.ok("start", "Now", "-p", "web", "--at", "11:00")
    path = tmp_path / "report.md"
    result = week.ok("report", "--save", str(path))
    assert said(result) == (
        0,
        "",
        f"Saved to {path}.\nThe running timer is not included in the saved file.\n",
    )
    assert path.read_text() == (
        "| Project | Duration | Billable | Entries |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| web | 2:30 | 2:30 | 1 |\n"
        "| acme | 1:30 | 1:30 | 1 |\n"
        "|  | 0:10 | 0:00 | 1 |\n"
        "| **Total** | **4:10** | **4:00** | **3** |\n"
    )


def test_decimal_shows_hours_and_still_fits(week: App) -> None:
    out = week.ok("report", "--decimal", terminal=True).out
    assert out.splitlines()[-1].split() == ["Total", "1.50", "1.00", "1.50", "0.17", "4.17"]


def test_a_day_is_a_row_a_project(week: App) -> None:
    assert week.ok("report", "--today", terminal=True).out == (
        "Fri 20 Nov · today\n"
        "\n"
        "Project  Total  Share\n"
        "–         0:10  100 %  ████████████████████████\n"
        "         ─────\n"
        "Total     0:10\n"
    )


def test_nothing_to_report_is_no_failure(week: App) -> None:
    assert said(week.ok("report", "--last-week", terminal=True)) == (
        0,
        "No entries: Week 46, 2026-11-09 to 2026-11-15.\n",
        "",
    )
    assert week.ok("report", "--last-week", "--json").data == []


def test_sums_by_weekday_and_by_hour_of_the_clock(week: App) -> None:
    assert said(week.ok("report", "--all", "--by", "weekday")) == (
        0,
        "weekday\tduration\tbillable_duration\tentries\n"
        "Monday\t5400\t5400\t1\n"
        "Wednesday\t3600\t3600\t1\n"
        "Thursday\t5400\t5400\t1\n"
        "Friday\t4200\t3600\t2\n",
        "",
    )
    assert said(week.ok("report", "--all", "--by", "hour")) == (
        0,
        "hour\tduration\tbillable_duration\tentries\n"
        "00:00\t3600\t3600\t1\n"
        "01:00\t1800\t1800\t1\n"
        "08:00\t600\t0\t1\n"
        "09:00\t7200\t7200\t2\n"
        "10:00\t1800\t1800\t1\n"
        "23:00\t3600\t3600\t1\n",
        "",
    )


def test_an_entry_counts_once_in_a_weekday_that_it_has_twice(app: App) -> None:
    app.ok("add", "Trip", "--from", "2026-11-09 12:00", "--to", "2026-11-16 12:00", "--overlap")
    lines = app.ok("report", "--all", "--by", "weekday").out.splitlines()
    assert lines[1] == "Monday\t86400\t86400\t1"


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "year"])
@pytest.mark.parametrize("week_start", ["monday", "sunday"])
def test_a_label_is_a_period_that_sums_up_to_its_row(week: App, unit: str, week_start: str) -> None:
    week.ok("config", "set", "week_start", week_start)
    rows = [line.split("\t") for line in week.ok("report", "--all", "--by", unit).out.splitlines()[1:]]
    for label, seconds_of_label, *_ in rows:
        whole = week.ok("report", *label.split(), "--by", unit).out.splitlines()[1:]
        assert [line.split("\t")[:2] for line in whole] == [[label, seconds_of_label]]


@pytest.fixture
def two_weeks(week: App) -> App:
    """The week before has a project more, and less of the other."""
    for project, day in (("web", 10), ("old", 12), ("web", 14)):
        week.ok("add", "Same", "-p", project, "--from", f"2026-11-{day} 9:00", "--for", "1h")
    return week


def test_compare_has_as_many_days_of_the_period_before_as_have_passed(two_weeks: App) -> None:
    two_weeks.environ["COLUMNS"] = "80"
    shown = two_weeks.ok("report", "--week", "--compare", terminal=True).out.splitlines()
    assert shown[0].endswith("compared with 2026-11-09 to 2026-11-13")
    assert [line.split()[:5] for line in shown[2:]] == [
        ["Project", "Total", "Before", "±", "Share"],
        ["web", "2:30", "1:00", "↑", "1:30"],
        ["acme", "1:30", "0:00", "↑", "1:30"],
        ["–", "0:10", "0:00", "↑", "0:10"],
        ["old", "0:00", "1:00", "↓", "1:00"],
        ["─────", "──────", "──────"],
        ["Total", "4:10", "2:00", "↑", "2:10"],
    ]


def test_compare_takes_a_tag_for_the_same_however_it_was_spelled_in_the_period_before(app: App) -> None:
    app.ok("add", "Call #Sales", "--from", "2026-11-12 9:00", "--for", "1h")
    app.ok("add", "Call #sales", "--from", "2026-11-19 9:00", "--for", "3h")
    app.ok("add", "Call #Old", "--from", "2026-11-11 9:00", "--for", "2h")
    app.ok("add", "Call", "--from", "2026-11-11 11:00", "--for", "30m")
    assert app.ok("report", "--week", "--compare", "--by", "tag", "--columns", "tag,duration,before").out == (
        "tag\tduration\tbefore\nsales\t10800\t3600\n\t0\t1800\nOld\t0\t7200\n"
    )


def test_compare_in_json_adds_fields_and_keeps_the_others(two_weeks: App) -> None:
    answer = two_weeks.ok("report", "--last-week", "--compare", "-p", "web", "--json").json
    plain = two_weeks.ok("report", "--last-week", "-p", "web", "--json").json
    assert answer["data"] == [{**plain["data"][0], "before": 0, "difference": 7200}]
    assert answer["meta"] == {
        **plain["meta"],
        "before": 0,
        "difference": 7200,
        "before_from": "2026-11-02",
        "before_to": "2026-11-08",
    }
    rows = two_weeks.ok("report", "--week", "--compare", "--by", "day", "--json").data
    assert [(row["day"], row["duration"], row["before"]) for row in rows] == [
        ("2026-11-16", 5400, 0),
        ("2026-11-17", 0, 3600),
        ("2026-11-18", 3600, 0),
        ("2026-11-19", 5400, 3600),
        ("2026-11-20", 600, 0),
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--all"], "There is no period before all time."),
        (["1970"], "The period before 1970 begins before 1970."),
        (["--source", "summary"], "ClockEye's own totals cannot be compared."),
        (["--round=15m"], "--compare compares exact time."),
        (["--money"], "--compare compares exact time."),
        (["--top", "3"], "--compare shows every row, and no charts."),
        (["--chart"], "--compare shows every row, and no charts."),
        (["--open"], "--open opens the saved file, but nothing is saved."),
    ],
)
def test_what_cannot_be_compared(app: App, args: list[str], message: str) -> None:
    code, text = refused(app, "report", "--compare", *args)
    assert (code, text.splitlines()[0]) == (2, f"clockeye: {message}")


@pytest.mark.parametrize("form", ["--decimal", "-q"])
def test_a_change_is_the_difference_of_what_is_shown(two_weeks: App, form: str) -> None:
    two_weeks.ok("add", "Odd", "-p", "acme", "--from", "2026-11-17 20:00", "--for", "17m10s")
    two_weeks.ok("add", "Odd", "-p", "old", "--from", "2026-11-11 20:00", "--for", "17m11s")
    lines = two_weeks.ok("report", "--week", "--compare", form, terminal=True).out.splitlines()[3:]
    for words in (line.split() for line in lines if "─" not in line):
        total, before, change = (seconds_of(words[place]) for place in (1, 2, 4))
        assert (total - before) == (change if words[3] == "↑" else -change)


def seconds_of(text: str) -> int:
    """`1:30:00` as seconds, or `1.50` as hundredths."""
    return int(text.replace(".", "")) if "." in text else seconds(text)
