"""Overlaps that are stored: `log` marks them, `report` says what is counted twice, `check` finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from tests.app import App

LISTS = " `clockeye check --overlaps` lists them.\n"


@pytest.fixture
def doubled(app: App) -> App:
    """One, 9 to 10, and Two, 9:40 to 10:30, of web; Three, 10:20 to 11, of acme; on its own Four."""
    app.ok("add", "One", "-p", "web", "--from", "9", "--to", "10")
    app.ok("add", "Two", "-p", "web", "--from", "9:40", "--to", "10:30", "--overlap")
    app.ok("add", "Three", "-p", "acme", "--from", "10:20", "--to", "11", "--overlap")
    app.ok("add", "Four", "-p", "web", "--from", "11", "--to", "11:30")
    return app


def test_log_marks_them(doubled: App) -> None:
    lines = said(doubled.ok("--color", "never", "log", terminal=True))[1].splitlines()
    assert [line.split("  ")[1].strip() for line in lines[2:6]] == [
        "09:00–10:00 !",
        "09:40–10:30 !",
        "10:20–11:00 !",
        "11:00–11:30",
    ]
    result = doubled.ok("log", "--json")
    assert result.err == "0:30:00 is counted twice, because entries overlap." + LISTS
    known = ids(doubled)
    assert {row["description"]: row["overlaps"] for row in result.data} == {
        "One": [known["Two"]],
        "Two": [known["One"], known["Three"]],
        "Three": [known["Two"]],
        "Four": [],
    }


@pytest.mark.parametrize(
    ("args", "seconds"),
    [
        ([], 1_800),
        (["--by", "day"], 1_800),
        (["-p", "web"], 1_200),
        (["-p", "acme"], 0),
        (["--search", "Two"], 0),
        (["yesterday"], 0),
    ],
)
def test_report_says_how_much_of_what_it_counts_is_counted_twice(
    doubled: App, args: list[str], seconds: int
) -> None:
    result = doubled.ok("report", *args, "--json")
    assert result.json["meta"].get("counted_twice", 0) == seconds
    notice = f"0:{seconds // 60}:00 is counted twice, because entries overlap." + LISTS
    assert result.err == (notice if seconds else "")
    if "--by" not in args:
        assert doubled.ok("log", *args).err == result.err


def test_what_three_entries_share_is_counted_twice_too_often(app: App) -> None:
    for name in ("One", "Two", "Three"):
        app.ok("add", name, "--from", "9", "--to", "10", "--overlap")
    assert app.ok("report", "--json").json["meta"]["counted_twice"] == 7_200


def test_check_lists_them_and_exits_with_1(doubled: App) -> None:
    assert said(doubled.run("check", "--overlaps")) == (
        1,
        "te_1 (web: One, 09:00–10:00 (1:00:00)) and te_2 (web: Two, 09:40–10:30 (0:50:00))"
        " overlap for 0:20:00.\n"
        "te_2 (web: Two, 09:40–10:30 (0:50:00)) and te_3 (acme: Three, 10:20–11:00 (0:40:00))"
        " overlap for 0:10:00.\n"
        "`clockeye edit ENTRY --from WHEN` or `--to WHEN` changes one of them.\n",
        "",
    )
    known = ids(doubled)
    assert doubled.run("check", "--overlaps", "--json").data == {
        "found": "overlaps",
        "since": "2026-11-20T08:40:00Z",
        "duration": 1_800,
        "limit": 0,
        "local_id": None,
        "entries": [known["One"], known["Two"], known["Three"]],
    }
    assert said(doubled.run("check", "--overlaps", "--period", "yesterday")) == (0, "", "")
    assert doubled.run("check", "--overlaps", "--period", "today").code == 1
    assert refused(doubled, "check", "--period", "today") == (
        2,
        "clockeye: --period works only with --overlaps.\n  Run `clockeye check --overlaps --period today`.\n",
    )


def test_nothing_is_left_of_them_once_they_are_ended_or_deleted(doubled: App) -> None:
    doubled.ok("edit", ids(doubled)["Two"], "--from", "10:00", "--to", "10:20")
    assert doubled.run("check", "--overlaps") == (0, "", "")
    doubled.ok("undo")
    assert doubled.run("check", "--overlaps").code == 1
    doubled.ok("delete", ids(doubled)["Two"], "-y")
    assert doubled.run("check", "--overlaps") == (0, "", "")
    assert doubled.ok("report", "--json").err == ""


def test_the_timer_overlaps_up_to_now(app: App) -> None:
    app.ok("start", "Runs", "--at", "11")
    app.ok("add", "One", "--from", "11:30", "--to", "11:50:10", "--overlap")
    assert said(app.run("check", "--overlaps")) == (
        1,
        "the timer (Runs, since 11:00) and te_1 (One, 11:30–11:50:10 (0:20:10)) overlap for 0:20:10.\n"
        "`clockeye edit ENTRY --from WHEN` or `--to WHEN` changes one of them.\n",
        "",
    )
    assert app.ok("report", "--json").json["meta"]["counted_twice"] == 1_210
    app.ok("stop")
    assert app.run("check", "--overlaps").code == 1
