"""Days that were never read from the account: what is stored here is shown, and the days are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.account.world import site_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.account.world import Home
    from tests.app import Result

DAY = "2026-11-20"  # a Friday, at noon


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A computer that has read nothing yet, with an entry of its own, and now without a network."""
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.post("Elsewhere", f"{DAY} 06:00", f"{DAY} 07:00")
        home.ok("projects")
        site.stop()
        home.ok("add", "Mine", "--from", "8", "--to", "9", "-p", "web")
        yield home


def unread(shown: Result) -> list[dict[str, Any]]:
    days: list[dict[str, Any]] = shown.json["meta"]["unread_days"]
    return days


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("log", "\tMine\t"),
        ("report --today", "\nweb\t3600\t"),
        ("log --json", '"description": "Mine"'),
        ("report --today --by tag", "\n\t3600\t"),
    ],
)
def test_an_offline_morning_shows_what_is_here_and_says_what_is_not(
    home: Home, words: str, text: str
) -> None:
    shown = home.ok(*words.split())
    assert text in shown.out
    (line,) = [line for line in shown.err.splitlines() if "Never read" in line]
    assert line.endswith(f"Never read from the account: {DAY}.")


def test_json_has_the_unread_days_as_data(home: Home) -> None:
    week = home.ok("log", "--week", "--json")
    assert unread(week) == [{"from": "2026-11-16", "to": "2026-11-20"}]
    assert week.json["meta"]["as_of"] is None
    assert [row["description"] for row in week.data] == ["Mine"]
    assert unread(home.ok("report", "--period", "2026-11-19", "--json")) == [
        {"from": "2026-11-19", "to": "2026-11-19"}
    ]
    assert unread(home.ok("log", "--all", "--json")) == [{"from": None, "to": None}]


def test_days_that_were_read_are_distinguished_from_those_that_were_not(home: Home) -> None:
    home.site.start()
    home.later(60).ok("log")
    home.ok("log", "2026-11-17")
    home.site.stop()
    week = home.later(60).ok("log", "--week", "--json")
    assert unread(week) == [
        {"from": "2026-11-16", "to": "2026-11-16"},
        {"from": "2026-11-18", "to": "2026-11-19"},
    ]
    assert week.json["meta"]["as_of"] == "2026-11-20T11:01:00Z"
    assert (
        "Showing data as of 12:01. Never read from the account: 2026-11-16, 2026-11-18 to 2026-11-19."
        in week.err
    )
    everything = home.ok("log", "--all", "--json")
    assert unread(everything) == [
        {"from": None, "to": "2026-11-16"},
        {"from": "2026-11-18", "to": "2026-11-19"},
    ]
    today = home.ok("log", "--json")
    assert (unread(today), today.json["meta"]["as_of"]) == ([], "2026-11-20T11:01:00Z")


def test_refresh_shows_nothing_that_it_could_not_read(home: Home) -> None:
    for command in ("log", "report"):
        shown = home.run(command, "--today", "--refresh")
        assert (shown.code, shown.out) == (5, "")


def test_a_file_is_not_written_without_its_days_unless_offline_is_said(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    assert home.run("log", "--save", str(file)).code == 5
    assert not file.exists()
    saved = home.ok("log", "--save", str(file), "--offline")
    assert f"Never read from the account: {DAY}." in saved.err
    assert "Mine" in file.read_text()


def test_an_export_lacks_no_day_either_and_says_so_where_it_can(home: Home) -> None:
    refused = home.run("export", "--week", "-o", "ics")
    assert (refused.code, refused.out) == (5, "")
    exported = home.ok("export", "--week", "--json", "--offline")
    assert unread(exported) == [{"from": "2026-11-16", "to": "2026-11-20"}]
    assert "Never read from the account: 2026-11-16 to 2026-11-20." in exported.err
    assert "SUMMARY:Mine" in home.ok("export", "--week", "-o", "ics", "--offline").out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("export --week -o ics", "DESCRIPTION:{}"),
        ("export --week -o timeclock", "; {}"),
        ("export --week -o klog", "{}"),
        ("export --week -o markdown", "{}"),
        ("log --week -o markdown", "{}"),
        ("report --week -o markdown", "{}"),
        ("log --week -o html", "<p>{}</p>"),
        ("report --week -o html", "<p>{}</p>"),
    ],
)
def test_what_is_handed_on_names_the_days_itself_where_it_can(home: Home, words: str, line: str) -> None:
    for flag, is_named in (("--offline", True), ("--today", False)):
        if not is_named:
            home.site.start()
            words = words.replace("--week", "")
        said = line.format("Never read from the account: 2026-11-16 to 2026-11-20.")
        assert (said in home.later(60).ok(*words.split(), flag).out.splitlines()) == is_named


def test_the_note_of_a_file_is_no_work_when_it_is_imported(home: Home, tmp_path: Path) -> None:
    for ending in ("klg", "timeclock"):
        file = tmp_path / f"week.{ending}"
        home.ok("export", "--week", "--offline", "--save", str(file))
        assert "Never read" in file.read_text()
        plan = home.ok("import", str(file), "--dry-run", "--json").data
        assert (plan["counts"]["new"], plan["problems"]) == (1, [])


def test_a_user_who_is_unknown_here_cannot_be_shown(home: Home) -> None:
    shown = home.run("log", "--user", "ada@example.com")
    assert (shown.code, shown.out) == (5, "")
    offline = home.run("log", "--user", "ada@example.com", "--offline", "--json")
    assert offline.code == 5
    assert '"never_read"' in offline.err


def test_a_key_that_is_refused_is_said_with_what_is_shown(home: Home) -> None:
    home.site.start()
    home.environ["CLOCKEYE_API_KEY"] = "key_000000000000_" + "x" * 43
    shown = home.later(120).run("log")
    assert (shown.code, "Mine" in shown.out, DAY in shown.err) == (0, True, True)


@pytest.mark.parametrize("words", ["status --json", "log --json", "report --today --json"])
def test_target_and_balance_are_left_out_where_days_are_unread(home: Home, words: str) -> None:
    home.environ["CLOCKEYE_TARGET"] = "8h"
    shown = home.ok(*words.split())
    assert "balance" not in shown.out
    assert "Target and balance are left out, since not all days were read from the account.\n" in shown.err
    home.site.start()
    home.later(60).ok("log")
    assert '"balance": -21600' in home.ok(*words.split()).out


def test_gaps_need_all_days(home: Home) -> None:
    result = home.run("gaps", "--json")
    assert (result.code, result.out) == (5, "")
    shown = home.ok("gaps", "--today", "--offline", "--json")
    assert unread(shown) == [{"from": DAY, "to": DAY}]
    assert [row["duration"] for row in shown.data] == [3 * 3600]
    assert f"Never read from the account: {DAY}." in shown.err


def test_a_comparison_needs_all_days_of_both_periods(home: Home) -> None:
    result = home.run("report", "--today", "--compare", "--json")
    assert (result.code, result.out) == (5, "")
    shown = home.ok("report", "--today", "--compare", "--offline", "--json")
    assert unread(shown) == [{"from": "2026-11-19", "to": "2026-11-19"}, {"from": DAY, "to": DAY}]


def test_overlaps_are_not_denied_for_days_that_were_never_read(home: Home) -> None:
    checked = home.run("check", "--overlaps", "--period", "today")
    assert (checked.code, checked.out) == (5, "")
    assert "The account could not be reached a moment ago." in checked.err
    assert home.run("check", "--overlaps").code == 0  # all that is stored here
    home.site.start()
    assert home.later(120).run("check", "--overlaps", "--period", "today").code == 0
    home.site.stop()
    home.ok("add", "Again", "--from", "8:30", "--to", "9", "-p", "web", "--overlap")
    assert home.later(120).run("check", "--overlaps", "--period", "today").code == 1
