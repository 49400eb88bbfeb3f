"""`--chart`: strips of days, and calendars of months and years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.plain import plain

if TYPE_CHECKING:
    from tests.app import App

WEEK = [
    ("acme", "feature/login", "2026-11-16 9:00", "9:30"),
    ("acme", "Call with Ada", "2026-11-16 9:30", "10:15"),
    ("team", "1:1 with Grace", "2026-11-16 10:20", "11:00"),
    ("website", "Checkout page #ui", "2026-11-16 11:00", "12:30"),
    ("website", "Checkout page #ui", "2026-11-16 13:30", "18:04"),
    ("acme", "Data model", "2026-11-17 9:00", "12:00"),
    ("website", "Pricing page", "2026-11-17 13:00", "15:45"),
    ("team", "Standup", "2026-11-17 15:45", "16:00"),
    ("acme", "Data model", "2026-11-18 9:00", "16:48"),
    ("team", "Standup", "2026-11-18 17:00", "17:12"),
    ("acme", "Data model", "2026-11-19 9:00", "15:30"),
    ("admin", "Invoices", "2026-11-19 16:00", "16:45"),
    ("website", "Pricing page", "2026-11-20 9:00", "12:40"),
    ("team", "Retrospective", "2026-11-20 13:00", "14:30"),
]


@pytest.fixture
def week(app: App) -> App:
    """A week's work, seen in the year after it, without colours."""
    app.at("2027-02-01 12:00:00")
    app.environ |= {"NO_COLOR": "1", "COLUMNS": "80"}
    for project, text, start, end in WEEK:
        app.ok("add", text, "-p", project, "--from", start, "--to", f"{start[:10]} {end}", "-q")
    return app


def shown(app: App, *args: str) -> str:
    return plain(app.ok(*args, terminal=True).out)


DAY = """\
Id    Time         Duration  Project    Description
id__  09:00–09:30      0:30  a acme     feature/login
id__  09:30–10:15      0:45  a acme     Call with Ada
id__  10:20–11:00      0:40  t team     1:1 with Grace
id__  11:00–12:30      1:30  w website  Checkout page #ui
id__  13:30–18:04      4:34  w website  Checkout page #ui
                   ────────
"""


def test_a_day_has_a_strip_and_says_how_long_nothing_was_tracked(week: App) -> None:
    assert shown(week, "log", "2026-11-16", "--chart") == (
        "Mon 16 Nov 2026\n"
        "      8   9   10  11  12  13  14  15  16  17  18  19\n"
        "      ····aaaaatttwwwwww····wwwwwwwwwwwwwwwwww····\n"
        f"{DAY}"
        "                       7:59             5 entries; 1:05 not tracked between\n"
        "                                        09:00 and 18:04\n"
    )


def test_a_wide_strip_has_eight_cells_an_hour(week: App) -> None:
    week.environ["COLUMNS"] = "120"
    assert shown(week, "log", "2026-11-16", "--chart") == (
        "Mon 16 Nov 2026\n"
        "      8       9       10      11      12      13      14      15      16      17      18      19\n"
        "      ········aaaaaaaaaa·tttttwwwwwwwwwwww········wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww·······\n"
        f"{DAY}"
        "                       7:59             5 entries; 1:05 not tracked between 09:00 and 18:04\n"
    )


def test_a_narrow_strip_has_fewer_cells_and_hours(week: App) -> None:
    week.environ["COLUMNS"] = "40"
    lines = shown(week, "log", "2026-11-16", "--chart").splitlines()
    assert lines[:5] == [
        "Mon 16 Nov 2026",
        "      8 9 10  12  14  16  18",
        "      ··aaatwww··wwwwwwwww··",
        "Id   Time        Duration Project: Desc…",
        "id__ 09:00–09:30     0:30 a acme: featu…".replace("id__", lines[4][:4]),
    ]


def test_in_colours_a_cell_may_have_two_projects_and_the_marks_stay(week: App) -> None:
    week.environ |= {"NO_COLOR": "", "TERM": "xterm-256color"}
    lines = week.ok("log", "2026-11-16", "--chart", terminal=True).out.splitlines()
    assert (
        re.sub(r"\x1b\[[0-9;]*m", "", lines[2]) == "      ····█████▐██" + "█" * 6 + "····" + "█" * 18 + "▌···"
    )
    assert re.search(r"\x1b\[38;5;\d+ma\x1b\[0m acme", lines[4])
    week.environ["TERM"] = "xterm"
    lines = week.ok("log", "2026-11-16", "--chart", terminal=True).out.splitlines()
    assert "38;5" not in "".join(lines)
    assert re.search(r"\x1b\[\d+ma\x1b\[0m acme", lines[4])


def test_several_days_have_a_strip_each_and_their_sum_at_the_end(week: App) -> None:
    lines = shown(week, "log", "--from", "2026-11-19", "--to", "2026-11-20", "--chart").splitlines()
    assert lines[:3] == [
        "Thu 19 Nov 2026",
        "      8       9       10      11      12      13      14      15      16      17",
        "      ········" + "a" * 52 + "····dddddd··",
    ]
    assert [line for line in lines if "Nov" in line] == ["Thu 19 Nov 2026", "Fri 20 Nov 2026"]
    assert lines[-1] == "                      12:25             4 entries"


def test_no_chart_and_quiet_win_over_the_setting(week: App) -> None:
    plain_log = shown(week, "log", "2026-11-16")
    week.ok("config", "set", "chart", "true")
    assert "····" in shown(week, "log", "2026-11-16")
    assert shown(week, "log", "2026-11-16", "--no-chart") == plain_log
    assert shown(week, "-q", "log", "2026-11-16") == plain_log
    assert week.ok("log", "2026-11-16").out.startswith("id\t")


def test_a_week_without_its_empty_weekend_fits_eighty_columns(week: App) -> None:
    assert shown(week, "report", "2026-W47") == (
        "Week 47 · 16–22 Nov 2026\n"
        "\n"
        "Project  Mon 16  Tue 17  Wed 18  Thu 19  Fri 20  Total  Share\n"
        "acme       1:15    3:00    7:48    6:30          18:33   54 %  █████████████████\n"
        "website    6:04    2:45                    3:40  12:29   36 %  ███████████▌\n"
        "team       0:40    0:15    0:12            1:30   2:37    8 %  ██▍\n"
        "admin                              0:45           0:45    2 %  ▋\n"
        "         ──────  ──────  ──────  ──────  ──────  ─────\n"
        "Total      7:59    6:00    8:00    7:15    5:10  34:24\n"
    )


def test_a_report_by_day_has_a_strip_of_the_same_hours_for_each(week: App) -> None:
    assert shown(week, "report", "--from", "2026-11-16", "--to", "2026-11-17", "--by", "day", "--chart") == (
        "2026-11-16 to 2026-11-17\n"
        "\n"
        "Day              Total  Share\n"
        "Mon 16 Nov 2026   7:59   57 %\n"
        "      8   9   10  11  12  13  14  15  16  17  18  19\n"
        "      ····aaaaatttwwwwww····wwwwwwwwwwwwwwwwww····\n"
        "Tue 17 Nov 2026   6:00   43 %\n"
        "      8   9   10  11  12  13  14  15  16  17  18  19\n"
        "      ····aaaaaaaaaaaa····wwwwwwwwwwwt············\n"
        "                 ─────\n"
        "Total            13:59\n"
        "\n"
        "w website  a acme  t team\n"
    )


def test_a_month_is_weeks_and_days(week: App) -> None:
    week.ok("config", "set", "target", "8h")
    lines = shown(week, "report", "2026-11", "--chart").splitlines()
    assert lines[:12] == [
        "November 2026",
        "",
        "Mon        Tue        Wed        Thu        Fri        Sat   Sun   Total",
        "                                                              1 ·",
        " 2 ·        3 ·        4 ·        5 ·        6 ·        7 ·   8 ·",
        " 9 ·       10 ·       11 ·       12 ·       13 ·       14 ·  15 ·",
        "16 ▓ 7:59  17 ▓ 6:00  18 ▓ 8:00  19 ▓ 7:15  20 ▒ 5:10  21 ·  22 ·  34:24",
        "23 ·       24 ·       25 ·       26 ·       27 ·       28 ·  29 ·",
        "30 ·",
        "                                                                   ─────",
        "                                                                   34:24",
        "",
    ]
    assert lines[12].startswith("Project    Total  Share")
    assert "▓" not in shown(week, "report", "2026-11")


YEAR = """\
2026 · 34:24 on 5 days · 6:52 a day worked · longest run 5 days

     Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov  Dec
Mon   ·············································▓······
      ·············································▓······
Wed   ·············································▓······
     ··············································▓······
Fri  ··············································▒·····
     ····················································
Sun  ····················································
     · none  ░ under 2:00  ▒ under 6:00  ▓ up to 8:00, the target  █ over it

Project     Total  Share
"""


def test_a_year_is_a_field_for_each_day_unless_no_chart_is_wanted(week: App) -> None:
    week.ok("config", "set", "target", "8h")
    assert shown(week, "report", "--last-year").startswith(YEAR)
    assert shown(week, "report", "2026", "--chart").startswith(YEAR)
    assert shown(week, "report", "2026").startswith("2026\n\nProject     Total  Share\n")
    assert shown(week, "report", "--last-year", "--no-chart").startswith("2026\n\nProject     Total  Share\n")
    assert shown(week, "report", "--last-year", "-q").startswith("2026\n\nProject     Total  Share\n")
    assert shown(week, "report", "--last-year", "--by", "month").startswith("2026\n\nMonth")
    week.at("2026-11-20 18:00:00")
    assert shown(week, "report", "--year").splitlines()[6].endswith("·▓")


def test_a_wide_year_has_two_cells_for_a_day_and_a_narrow_one_a_line_for_a_month(week: App) -> None:
    week.environ["COLUMNS"] = "120"
    lines = shown(week, "report", "--last-year").splitlines()
    assert lines[2].startswith("     Jan     Feb     Mar       Apr     May       Jun")
    assert lines[3] == "Mon    " + "··" * 45 + "▓▓" + "··" * 6
    week.environ["COLUMNS"] = "40"
    lines = shown(week, "report", "--last-year").splitlines()
    assert lines[3:5] == ["Jan  " + "·" * 31, "Feb  " + "·" * 28]
    assert lines[13] == "Nov  ···············▓░█▒░··········"


def test_with_a_time_to_work_the_title_of_a_day_says_what_is_missing(week: App) -> None:
    week.ok("config", "set", "target", "8h")
    for columns in ("80", "120"):
        week.environ["COLUMNS"] = columns
        title = shown(week, "log", "2026-11-16", "--chart").splitlines()[0]
        assert title == "Mon 16 Nov 2026                                              7:59 of 8:00  −0:01"
