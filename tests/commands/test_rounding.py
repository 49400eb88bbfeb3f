"""`report --round`: which rule applies, what it makes of a report, and what is refused."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.totals import KEYS
from tests.plain import refused

if TYPE_CHECKING:
    from tests.app import App

RULES = ("15m", "15m up", "15m up per day", "15m down per client day", "1h per period", "1m clock")


@pytest.fixture
def wednesday(app: App) -> App:
    """A client's day: 0:12:00, 2:48:01 and 5:00:00 of web, an hour of team that is not billable."""
    app.environ["NO_COLOR"] = "1"
    app.at("2026-11-20 23:00:00")
    for text, start, lasts, project, billable in (
        ("Call #phone", "9:00", "12m", "web", True),
        ("Plan", "10:00", "2:48:01", "web", True),
        ("Build #phone", "14:00", "5h", "web", True),
        ("Standup", "20:00", "1h", "team", False),
    ):
        flag = "--billable" if billable else "--no-billable"
        app.ok("add", text, "-p", project, "--from", f"2026-11-18 {start}", "--for", lasts, flag, "-q")
    return app


def settings(app: App, text: str) -> None:
    app.home.mkdir(exist_ok=True)
    (app.home / "config.toml").write_text(text)


def test_rounded_time_is_next_to_the_exact_one_and_the_last_line_gives_the_difference(
    wednesday: App,
) -> None:
    wednesday.ok("report", "--week", terminal=True)  # offers whole minutes, once
    result = wednesday.ok("report", "--week", "--round", "15m up per day", terminal=True)
    assert result.out == (
        "Week 47 · 16–22 Nov\n"
        "\n"
        "Project    Total  Share  Rounded\n"
        "web      8:00:01   89 %  8:15:00  ████████████████████████\n"
        "team     1:00:00   11 %           ███\n"
        "         ───────         ───────\n"
        "Total    9:00:01         8:15:00\n"
    )
    assert result.err == (
        "Not billable: 1:00:00. Rounded up to 15m per day: 0:14:59 over the exact 8:00:01.\n"
    )


@pytest.mark.parametrize(
    ("rule", "seconds", "sentence"),
    [
        ("15m", 8 * 3_600, "Rounded to the nearest 15m per entry: 0:00:01 under the exact 8:00:01."),
        ("15m up", 8 * 3_600 + 900, "Rounded up to 15m per entry: 0:14:59 over the exact 8:00:01."),
        ("15m down per day", 8 * 3_600, "Rounded down to 15m per day: 0:00:01 under the exact 8:00:01."),
        ("1s", 28_801, "Rounded to the nearest 1s per entry: no difference from the exact 8:00:01."),
    ],
)
def test_fields_are_added_only_where_they_are_asked_for(
    wednesday: App, rule: str, seconds: int, sentence: str
) -> None:
    result = wednesday.ok("report", "--week", "-p", "web", "--round", rule, "--json")
    assert result.json["data"][0]["rounded_duration"] == result.json["meta"]["rounded_duration"] == seconds
    assert [*result.json["data"][0]][-2:] == ["entries", "rounded_duration"]
    assert result.err == f"{sentence}\n"
    for args in ([], ["--round", "none"]):
        exact = wednesday.ok("report", "--week", *args, "--json")
        assert "rounded_duration" not in exact.out
        assert exact.err == ""


def test_the_rounded_total_is_the_same_by_every_key(wednesday: App) -> None:
    wednesday.ok("add", "Night", "-p", "web", "--from", "2026-11-18 23:10", "--to", "2026-11-19 01:07", "-q")
    for rule, key in itertools.product(RULES, KEYS):
        flags = ["--week", "--json", "-q", "--round", rule]
        expected = wednesday.ok("report", *flags).json["meta"]["rounded_duration"]
        answer = wednesday.ok("report", *flags, "--by", key).json
        assert answer["meta"]["rounded_duration"] == expected, (rule, key)
        if key != "tag":
            assert sum(row["rounded_duration"] for row in answer["data"]) == expected, (rule, key)


def test_two_months_are_one_rounding(app: App) -> None:
    app.at("2026-12-02 12:00:00")
    app.ok("add", "Night", "-p", "web", "--from", "2026-11-30 23:00", "--to", "2026-12-01 00:23:20", "-q")
    months = [
        app.ok("report", month, "--round", "15m up", "--json", "-q").json["meta"]
        for month in ("2026-11", "2026-12")
    ]
    assert [(month["duration"], month["rounded_duration"]) for month in months] == [
        (3_600, 3_888),
        (1_400, 1_512),
    ]
    assert 3_888 + 1_512 == 90 * 60


def test_what_was_typed_beats_the_project_which_beats_everything(wednesday: App) -> None:
    wednesday.ok("add", "Other", "-p", "acme", "--from", "2026-11-17 9:00", "--for", "61s", "-q")

    def rounded(*flags: str) -> dict[str, int]:
        rows = wednesday.ok("report", "--week", "--json", "-q", *flags).data
        return {row["project"]: row["rounded_duration"] for row in rows}

    settings(wednesday, 'rounding = "1h up"\n[projects.WEB]\nrounding = "15m up per day"\n')
    assert rounded("--round") == {"web": 8 * 3_600 + 900, "acme": 3_600, "team": 0}
    assert rounded("--round", "1m up") == {"web": 28_860, "acme": 120, "team": 0}
    text = '[profiles.local]\nrounding = "2h up"\n[profiles.local.projects.web]\nrounding = "none"\n'
    settings(wednesday, 'rounding = "1h up"\n[projects.web]\nrounding = "15m up"\n' + text)
    assert rounded("--round") == {"web": 28_801, "acme": 7_200, "team": 0}
    ids = {row["project"]: row["project_id"] for row in wednesday.ok("report", "--week", "--json").data}
    settings(
        wednesday,
        f'[projects.old]\nid = "{ids["web"]}"\nrounding = "1h up"\n[projects.web]\nrounding = "2h"\n',
    )
    assert rounded("--round") == {"web": 1 * 3_600 + 3 * 3_600 + 5 * 3_600, "acme": 61, "team": 0}


def test_round_without_a_value_leaves_the_period_alone(wednesday: App) -> None:
    settings(wednesday, 'rounding = "15m up per day"\n')
    for words in (["--round", "2026-11"], ["2026-11", "--round"], ["--round=15m up per day", "2026-11"]):
        answer = wednesday.ok("report", *words, "--json").json
        assert (answer["meta"]["from"], answer["meta"]["rounded_duration"]) == ("2026-11-01", 29_700)


@pytest.mark.parametrize("rule", ["15m sideways", "up", "1m clock per day", "15m up up"])
def test_what_is_no_rule_is_exit_2(wednesday: App, rule: str) -> None:
    code, err = refused(wednesday, "report", "--week", "--round", rule)
    assert code == 2
    assert err.startswith(f"clockeye: Invalid rounding {rule!r}: ")
    error = wednesday.run("report", "--round", rule, "--json")
    assert '"code": "bad_rule"' in error.err


def test_round_needs_a_rule_from_somewhere(wednesday: App) -> None:
    assert refused(wednesday, "report", "--round") == (
        2,
        "clockeye: --round has no rule, and none is configured.\n"
        '  Give one, as in --round "15m up per day"; `clockeye config set rounding 15m` sets one.\n',
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('rounding = "sideways"\n', "for rounding ({path})"),
        ("rounding = 15\n", "for rounding ({path})"),
        ('[projects.web]\nrounding = "sideways"\n', "for rounding in [projects.web] of {path}"),
        ("[projects.web]\nrounding = 15\n", "for rounding in [projects.web] of {path}: it must be a text"),
        (
            '[profiles.local.projects."web"]\nrounding = "15m clock per day"\n',
            "for rounding in [profiles.local.projects.web] of {path}",
        ),
    ],
)
def test_a_setting_that_is_no_rule_stops_only_what_uses_it(wednesday: App, text: str, place: str) -> None:
    settings(wednesday, text)
    path = wednesday.home / "config.toml"
    code, err = refused(wednesday, "report", "--week", "--round")
    assert code == 2
    assert place.format(path=path) in err
    assert '"code": "bad_setting"' in wednesday.run("report", "--week", "--round", "--json").err
    for args in (["report", "--week"], ["report", "--week", "--round", "15m"], ["log"], ["status"]):
        wednesday.ok(*args)


def test_sums_of_the_service_cannot_be_rounded(app: App) -> None:
    for flags in (["--round", "15m"], ["--money"]):
        code, err = refused(app, "report", "--source", "summary", *flags)
        assert (code, err.splitlines()[0]) == (
            2,
            "clockeye: ClockEye's own sums cannot be rounded or priced.",
        )


def test_whole_minutes_are_offered_once_after_the_first_report_that_shows_seconds(wednesday: App) -> None:
    offer = (
        "`clockeye config set precision minute` makes timers start and stop on whole minutes;"
        ' `--round "1m clock"` rounds the billable time of a report to them.\n'
    )
    assert wednesday.ok("report", "--week", "-p", "team", terminal=True).err == ""
    assert wednesday.ok("report", "--week").err == ""
    assert wednesday.ok("report", "--week", terminal=True).err == offer
    assert wednesday.ok("report", "--week", terminal=True).err == ""
