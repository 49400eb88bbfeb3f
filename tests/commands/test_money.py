"""`report --money`, budgets, and what the settings say about projects and users."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.totals import KEYS
from tests.plain import refused

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def november(app: App) -> App:
    """An hour and 2:45 of web, over the end of a month; an hour of jp; half an hour of team, not billable."""
    app.environ["NO_COLOR"] = "1"
    app.at("2026-12-02 12:00:00")
    for text, start, lasts, project, billable in (
        ("Plan", "2026-11-30 9:00", "1h", "web", True),
        ("Build #ui", "2026-11-30 22:00", "2h45m", "web", True),
        ("Call", "2026-11-30 11:00", "2h45m", "jp", True),
        ("Standup", "2026-11-30 15:00", "30m", "team", False),
    ):
        flag = "--billable" if billable else "--no-billable"
        app.ok("add", text, "-p", project, "--from", start, "--for", lasts, flag, "-q")
    return app


def settings(app: App, text: str) -> None:
    (app.home / "config.toml").write_text(text)


RATES = """
[projects.web]
rates = [{ rate = "90 EUR" }, { from = 2026-12-01, rate = "95.50 EUR" }]
[projects.jp]
rate = "8550 JPY"
"""


def test_amounts_are_next_to_the_hours_and_currencies_are_never_added(november: App) -> None:
    settings(november, RATES)
    result = november.ok("report", "--from", "2026-11-30", "--money", terminal=True)
    assert result.out == (
        "2026-11-30 to 2026-12-02\n"
        "\n"
        "Project  Total  Share                   Amount\n"
        "web       3:45   54 %               341.63 EUR  ████████████████████████\n"
        "jp        2:45   39 %               23,513 JPY  █████████████████▋\n"
        "team      0:30    7 %                        –  ███▎\n"
        "         ─────         ───────────────────────\n"
        "Total     7:00         341.63 EUR + 23,513 JPY\n"
    )
    assert result.err == ""


def test_each_format_has_amounts_of_its_own_kind(november: App) -> None:
    settings(november, RATES)
    flags = ["report", "--from", "2026-11-30", "--money", "-q"]
    answer = november.ok(*flags, "--json").json
    assert [(row["project"], row["amounts"], row["unpriced_duration"]) for row in answer["data"]] == [
        ("web", [{"currency": "EUR", "amount": "341.63"}], 0),
        ("jp", [{"currency": "JPY", "amount": "23513"}], 0),
        ("team", [], 0),
    ]
    both = [{"currency": "EUR", "amount": "341.63"}, {"currency": "JPY", "amount": "23513"}]
    assert (answer["meta"]["amounts"], answer["meta"]["unpriced_duration"]) == (both, 0)
    assert november.ok(*flags, "-o", "csv", "--columns", "project,amounts").out == (
        "project,amount_eur,amount_jpy\r\nweb,341.63,\r\njp,,23513\r\nteam,,\r\n"
    )
    assert november.ok(*flags, "-o", "tsv").out.splitlines()[1] == "web\t13500\t13500\t2\t341.63\t\t0"
    assert "| web | 3:45 | 3:45 | 2 | 341.63 EUR | 0:00 |" in november.ok(*flags, "-o", "markdown").out
    assert "amounts" not in november.ok("report", "--all", "--json").out


def test_rounded_hours_are_what_is_priced(november: App) -> None:
    settings(november, RATES)
    flags = ["report", "2026-11-30", "-p", "web", "--money", "--json", "-q"]
    assert november.ok(*flags).json["meta"]["amounts"] == [{"currency": "EUR", "amount": "270.00"}]
    rounded = november.ok(*flags, "--round", "1h up").json["meta"]
    # 2:45 is 3:00, of which 2:11 are in November.
    assert (rounded["rounded_duration"], rounded["amounts"][0]["amount"]) == (3_600 + 7_855, "286.38")


def test_amounts_do_not_depend_on_the_keys(november: App) -> None:
    settings(november, RATES + '[projects.none]\nrate = "1 EUR"\n')
    november.ok("add", "Odd", "-p", "web", "--from", "2026-12-01 7:00:01", "--for", "1:11:11", "-q")
    flags = ["report", "--all", "--json", "-q", "--money"]
    for rule, key in itertools.product(
        [[], ["--round", "15m up per day"], ["--round", "7m per period"]], KEYS
    ):
        expected = november.ok(*flags, *rule).json["meta"]["amounts"]
        answer = november.ok(*flags, *rule, "--by", key).json
        assert answer["meta"]["amounts"] == expected, (rule, key)
        if key != "tag":
            cents = sum(
                round(float(each["amount"]) * 100)
                for row in answer["data"]
                for each in row["amounts"]
                if each["currency"] == "EUR"
            )
            assert cents == round(float(expected[0]["amount"]) * 100), (rule, key)


def test_billable_time_without_a_rate_is_named_and_free_time_is_not(november: App) -> None:
    settings(november, '[projects.jp]\nrate = "0 EUR"\n')
    result = november.ok("report", "--all", "--money", "--json")
    assert result.err == "3:45 of web has no rate.\n"
    assert result.json["meta"]["unpriced_duration"] == 13_500
    assert [row["amounts"] for row in result.data] == [[], [{"currency": "EUR", "amount": "0.00"}], []]


def test_a_projects_rate_beats_that_of_everything_and_a_profile_beats_the_top(november: App) -> None:
    def amount(*flags: str) -> str:
        text: str = november.ok("report", *flags, "--money", "--json", "-q").json["meta"]["amounts"][0][
            "amount"
        ]
        return text

    day = ["2026-11-30", "-p", "jp"]
    settings(november, 'rate = "10 EUR"\n')
    assert amount(*day) == "27.50"
    settings(november, 'rate = "10 EUR"\n[projects.JP]\nrate = "20 EUR"\n')
    assert amount(*day) == "55.00"
    settings(november, '[projects.jp]\nrate = "20 EUR"\n[profiles.local.projects.jp]\nrate = "40 EUR"\n')
    assert amount(*day) == "110.00"
    settings(november, 'rate = "10 EUR"\n[projects.jp]\nrates = [{ from = 2026-12-01, rate = "20 EUR" }]\n')
    assert amount(*day) == "27.50"


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ('rate = "80"\n', "rate", "({path})"),
        ("rate = 80\n", "rate", "({path})"),
        ("rate = 80.5\n", "rate", "({path})"),
        ('[projects.web]\nrate = "80 Euro"\n', "rate", "in [projects.web] of {path}"),
        ("[projects.web]\nrate = 80\n", "rate", "in [projects.web] of {path}"),
        ('[projects.web]\nrates = "80 EUR"\n', "rates", "in [projects.web] of {path}"),
        ('[projects.web]\nrates = [{ from = "soon", rate = "80 EUR" }]\n', "rates", "in [projects.web]"),
        ("[projects.web]\nrates = [{ from = 2026-12-01 }]\n", "rates", "in [projects.web] of {path}"),
        ('[projects.web]\nrates = [{ rate = "1 EUR" }, { rate = "2 EUR" }]\n', "rates", "in [projects.web]"),
        ('[projects."OFF.Tool"]\nrate = "1,5 EUR"\n', "rate", 'in [projects."OFF.Tool"] of {path}'),
    ],
)
def test_a_rate_that_is_none_stops_only_what_uses_it(november: App, text: str, key: str, place: str) -> None:
    settings(november, text)
    path = november.home / "config.toml"
    if "OFF.Tool" in text:
        november.ok("add", "x", "-p", "OFF.Tool", "--from", "2026-12-01 8:00", "--for", "1m", "-q")
    code, err = refused(november, "report", "--all", "--money")
    assert code == 2
    assert f" for {key} " in err
    assert place.format(path=path) in err
    assert '"code": "bad_setting"' in november.run("report", "--all", "--money", "--json").err
    for args in (
        ["report", "--all"],
        ["report", "--all", "--round", "15m"],
        ["log"],
        ["status"],
        ["projects"],
    ):
        november.ok(*args)
    assert november.run("doctor").code == 1


def test_doctor_names_sections_about_nobody_and_unknown_keys(november: App) -> None:
    settings(november, '[projects.web]\nrate = "1 EUR"\n[projects."old one"]\nrate = "1 EUR"\n')
    result = november.ok("doctor", "--json")
    about = [row["value"] for row in result.data if row["check"] == "sections"]
    assert about == ['[projects."old one"]: no project, client or user has this name or id']
    settings(november, "[projects.web]\nprice = 1\n")
    assert "projects.web.price" in november.run("doctor").out
    settings(november, '[projects.web]\nrate = "1 EUR"\n')
    assert "\nsections\t" not in november.ok("doctor").out


BUDGETS = """
[projects.web]
rate = "100 EUR"
budget = "5h"
[projects.jp]
rate = "10 EUR"
budget = "27.50 EUR a month"
"""


def test_budgets_show_what_is_used_and_left(november: App) -> None:
    settings(november, BUDGETS)
    jp = "Budget of jp: 27.50 EUR of 27.50 EUR in November 2026, 0.00 EUR left."
    web = "Budget of web: 3:45 of 5:00, 1:15 left."
    result = november.ok("report", "2026-11", "--json")
    assert result.err == f"{jp}\n{web}\n"
    assert result.json["meta"]["budgets"] == [
        {
            "project": "jp",
            "budget": "27.50 EUR a month",
            "used": {"currency": "EUR", "amount": "27.50"},
            "left": {"currency": "EUR", "amount": "0.00"},
        },
        {"project": "web", "budget": "5h", "used": 13_500, "left": 4_500},
    ]
    assert november.ok("report", "2026-11", "-p", "web").err == f"{web}\n"
    december = "Budget of jp: 0.00 EUR of 27.50 EUR in December 2026, 27.50 EUR left."
    assert november.ok("projects").err == f"{december}\n{web}\n"
    november.ok("start", "More", "-p", "web", "--at", "10:00", "-q")
    assert november.ok("status").err == "Budget of web: 5:45 of 5:00, 0:45 over.\n"


def test_check_budget_is_exit_1_from_100_percent_on(november: App) -> None:
    settings(november, BUDGETS)
    assert november.ok("check", "--budget").out == ""
    november.at("2026-11-30 23:00:00")
    result = november.run("check", "--budget")
    assert (result.code, result.out) == (
        1,
        "Budget of jp: 27.50 EUR of 27.50 EUR in November 2026, 0.00 EUR left.\n",
    )
    assert november.run("check", "--budget", "--json").data == {
        "found": "budget",
        "since": "2026-11-30T22:00:00Z",
        "budgets": ["jp"],
    }


@pytest.mark.parametrize("text", ["soon", "5", "0h", "0 EUR", "5000", "5h a week", "5 EURO"])
def test_a_budget_that_is_none_is_named(november: App, text: str) -> None:
    settings(november, f'[projects.web]\nbudget = "{text}"\n')
    code, err = refused(november, "check", "--budget")
    assert code == 2
    assert err.startswith(f"clockeye: Invalid value {text!r} for budget in [projects.web] of ")
    november.ok("log")
