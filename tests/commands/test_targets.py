"""The time to work: tracked, target and balance in status, log and report, and when today's is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.output.streams import for_people
from tests.plain import said

if TYPE_CHECKING:
    from tests.app import App

HOUR = 3600


@pytest.fixture
def week(app: App) -> App:
    """Monday short, Tuesday over, Wednesday a holiday with work, Thursday nothing, Friday until noon."""
    app.environ |= {"NO_COLOR": "1", "COLUMNS": "100", "CLOCKEYE_TARGET": "mon-thu 8h, fri 6h"}
    app.environ["CLOCKEYE_HOLIDAYS"] = "2026-11-18 Repentance day, 2026-11-21 half"
    for day, start, end in ((16, "9", "16:59"), (17, "8", "16:30"), (18, "10", "11"), (20, "8", "12")):
        app.ok("add", "Plan", "-p", "web", "--from", f"2026-11-{day} {start}", "--to", f"2026-11-{day} {end}")
    return app


def test_status_says_when_todays_target_is_reached(app: App) -> None:
    app.environ["CLOCKEYE_TARGET"] = "8h"
    assert app.ok("status").out == "No timer is running. Today: 0:00 of 8:00 (−8:00).\n"
    app.ok("add", "Plan", "--from", "8:00", "--to", "11:30")
    assert app.ok("status").out == "No timer is running. Today: 3:30 of 8:00 (−4:30).\n"
    app.ok("start", "Fix", "-p", "web", "--at", "11:45")
    assert app.ok("status").out == (
        "web: Fix, since 11:45 (0:15:00); today 3:45 of 8:00, done at 16:15 (−4:15)\n"
    )
    app.at("2026-11-20 16:15:01")
    assert app.ok("status").out == (
        "web: Fix, since 11:45 (4:30:01); today 8:00:01 of 8:00:00, done at 16:15 (+0:00:01)\n"
    )
    answer = app.ok("status", "--json").json
    assert answer["data"]["duration"] == 16_201
    assert answer["meta"] == {
        "duration": 28_801,
        "target": 28_800,
        "balance": 1,
        "done_at": "2026-11-20T15:15:00Z",
    }


def test_status_is_as_before_without_a_target_to_reach(app: App) -> None:
    app.environ["CLOCKEYE_TARGET"] = "8h"
    app.at("2026-11-21 12:00:00")  # a Saturday
    assert app.ok("status").out == "No timer is running.\n"
    assert app.ok("status", "--json").out == '{"version": 1, "data": null}\n'
    app.ok("add", "Plan", "--for", "1h")
    assert app.ok("status").out == "No timer is running. Today: 1:00 of 0:00 (+1:00).\n"
    del app.environ["CLOCKEYE_TARGET"]
    assert app.ok("status").out == "No timer is running.\n"


def test_a_target_that_is_reached_only_tomorrow_has_no_time_today(app: App) -> None:
    app.environ["CLOCKEYE_TARGET"] = "8h"
    app.ok("start", "Late", "--at", "11:00")
    app.environ["CLOCKEYE_TARGET"] = "13h1s"
    assert app.ok("status").out == "Late, since 11:00 (1:00:00); today 1:00:00 of 13:00:01 (−12:00:01)\n"
    app.environ["CLOCKEYE_TARGET"] = "13h"
    assert "done at 00:00" in app.ok("status").out


def test_in_a_night_with_a_clock_change_the_hours_that_pass_count(app: App) -> None:
    app.environ |= {"CLOCKEYE_TARGET": "sat 6h30, sun 8h", "CLOCKEYE_DAY_START": "04:00"}
    app.at("2026-10-24 22:00:00").ok("start", "Watch")
    app.at("2026-10-25T02:30:00+02:00")  # half past two, for the first time
    assert "today 4:30 of 6:30, done at 03:30 (−2:00)" in app.ok("status").out
    app.at("2026-10-25T03:45:00+01:00")
    assert "today 6:45 of 6:30, done at 03:30 (+0:15)" in app.ok("status").out
    app.at("2026-10-25 04:30:00")
    assert "today 0:30 of 8:00, done at 12:00 (−7:30)" in app.ok("status").out
    rows = app.ok("report", "2026-10-24 to 2026-10-25", "--by", "day", "--json").data
    assert [(row["day"], row["duration"], row["balance"]) for row in rows] == [
        ("2026-10-24", 7 * HOUR, HOUR // 2),
        ("2026-10-25", HOUR // 2, -7.5 * HOUR),
    ]


def test_the_log_has_it_in_the_heading_of_each_day_and_below_the_total(week: App) -> None:
    today = week.ok("log", "--today", terminal=True).out.splitlines()[1]
    assert today.split()[-4:] == ["4:00", "of", "6:00", "−2:00"]
    lines = week.ok("log", "--week", terminal=True).out.splitlines()
    headings = [line.split()[-4:] for line in lines if line[:3] in {"Mon", "Tue", "Wed", "Thu", "Fri"}]
    assert headings == [
        ["7:59", "of", "8:00", "−0:01"],
        ["8:30", "of", "8:00", "+0:30"],
        ["1:00", "of", "0:00", "+1:00"],
        ["4:00", "of", "6:00", "−2:00"],
    ]
    assert [line.split() for line in lines[-3:]] == [
        ["21:29", "4", "entries"],
        ["30:00", "Target"],
        ["−8:31", "Balance"],
    ]


def test_the_timesheet_has_a_row_for_the_target_and_one_for_the_balance(week: App) -> None:
    assert said(week.ok("report", "--week", terminal=True)) == (
        0,
        "Week 47 · 16–22 Nov\n"
        "\n"
        "Project  Mon 16  Tue 17  Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Total  Share\n"
        "web        7:59    8:30    1:00            4:00                  21:29  100 %"
        "  █████████████████████\n"
        "         ──────  ──────  ──────          ──────                  ─────\n"
        "Total      7:59    8:30    1:00            4:00                  21:29\n"
        "Target     8:00    8:00    0:00    8:00    6:00                  30:00\n"
        "Balance   −0:01   +0:30   +1:00   −8:00   −2:00                  −8:31\n",
        "",
    )


def value(text: str) -> int:
    """`−8:31`, `−8:31:07` or `+8.52` in its smallest unit."""
    sign = -1 if text[0] == "−" else 1
    numbers = [int(part) for part in text.lstrip("−+±").replace(".", ":").split(":")]
    base = 100 if "." in text else 60
    whole = 0
    for number in numbers:
        whole = whole * base + number
    return sign * whole


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize(
    "args",
    [
        "--week",
        "--month",
        "--week --by day",
        "--month --by week,project",
        "--week --top 2",
        "--month --by day --top 2",
        "--week --by project,description --top 1",
    ],
)
@pytest.mark.parametrize("form", ["", "--decimal"])
def test_the_balance_is_the_total_less_the_target_as_shown(
    week: App, columns: int, args: str, form: str
) -> None:
    week.environ |= {"COLUMNS": str(columns), "CLOCKEYE_TARGET": "37h20m11s a week"}
    for number in range(3):
        week.ok("add", "Odd", "-p", f"p{number}", "--from", f"2026-11-17 2{number}:00", "--for", "17m10s")
    lines = week.ok("report", *args.split(), *form.split(), terminal=True).out.splitlines()
    assert max(map(len, lines)) <= columns
    place = next(number for number, line in enumerate(lines) if line.startswith("Target"))
    total, target, balance = (line.split()[-1] for line in lines[place - 1 : place + 2])
    assert value(total) - value(target) == value(balance)
    if "Balance" in lines[2]:
        for line in lines[3 : place - 2]:
            done, due, over, *_ = (value(word) for word in line.split() if ":" in word or "." in word)
            assert done - due == over


def test_the_rows_that_are_not_shown_have_their_targets_together(week: App) -> None:
    lines = week.ok("report", "--week", "--by", "day", "--top", "2", terminal=True).out.splitlines()
    assert [line.split()[:6] for line in lines[3:6]] == [
        ["Mon", "16", "Nov", "7:59", "8:00", "−0:01"],
        ["Tue", "17", "Nov", "8:30", "8:00", "+0:30"],
        ["2", "more", "5:00", "6:00", "−1:00", "23"],
    ]


def test_json_has_target_and_balance_only_where_they_are_asked_for(week: App) -> None:
    week.ok("add", "Early", "-p", "web", "--from", "2026-11-01 9:00", "--for", "1h")
    answer = week.ok("report", "--month", "--by", "week", "--json").json
    assert [(row["week"], row["target"], row["balance"]) for row in answer["data"]] == [
        ("2026-W44", 0, HOUR),  # only the Sunday is in this month
        ("2026-W47", 30 * HOUR, -8 * HOUR - 31 * 60),
    ]
    whole = 2 * 38 * HOUR + 30 * HOUR
    assert (answer["meta"]["target"], answer["meta"]["balance"]) == (whole, 22 * HOUR + 29 * 60 - whole)
    assert list(answer["data"][0])[-2:] == ["target", "balance"]
    assert week.ok("log", "--week", "--json").json["meta"]["balance"] == -8 * HOUR - 31 * 60
    assert "target" not in week.ok("report", "--week", "--json").data[0]
    for args in (
        ["report", "--week", "-p", "web"],
        ["log", "--week", "--billable"],
        ["log", "-n", "3"],
        ["log", "--search", "Plan"],
    ):
        assert "target" not in week.ok(*args, "--json").json["meta"]
    assert week.ok("report", "--by", "day").out.splitlines()[0] == "day\tduration\tbillable_duration\tentries"
    columns = ["--columns", "day,target,balance"]
    assert week.ok("report", "--by", "day", *columns).out.splitlines()[-1] == "2026-11-20\t21600\t-7200"
    del week.environ["CLOCKEYE_TARGET"]
    assert "target" not in week.ok("report", "--week", "--json").json["meta"]


def test_days_to_come_have_no_target_and_all_time_begins_with_the_first_entry(week: App) -> None:
    assert "target" not in week.ok("report", "2026-11-23 to 2026-11-27", "--json").json["meta"]
    assert week.ok("report", "2026-11-19 to 2026-12-31", "--json").json["meta"]["target"] == 14 * HOUR
    assert week.ok("report", "--all", "--json").json["meta"]["target"] == 30 * HOUR


def test_the_running_timer_counts_and_a_file_leaves_it_out(week: App) -> None:
    week.ok("start", "Fix", "--at", "12:00")
    week.at("2026-11-20 14:00:00")
    assert week.ok("report", "--today", "--json").json["meta"]["balance"] == 0
    assert "  ±0:00\n" in week.ok("log", terminal=True).out
    week.ok("report", "--today", "--save", f"{week.home}/x.json")
    assert '"balance": -7200' in (week.home / "x.json").read_text()


def test_a_terminal_without_these_signs_gets_others() -> None:
    assert for_people("−0:01 ±0:00 ü", "ascii") == "-0:01 +-0:00 ?"
    assert for_people("−0:01 ±0:00 ü", "latin-1") == "-0:01 ±0:00 ü"


def test_the_page_has_the_balance_among_its_figures(week: App) -> None:
    page = week.home / "week.html"
    week.ok("report", "--week", "--save", str(page))
    text = page.read_text()
    assert text.index("Balance") < text.index("−8:31") < text.index("<table")


def test_a_balance_in_markdown(week: App) -> None:
    assert week.ok("report", "--week", "-o", "markdown").out.splitlines()[-3:] == [
        "| **Total** | **21:29** | **21:29** | **4** |",
        "| Target | 30:00 |  |  |",
        "| Balance | −8:31 |  |  |",
    ]
