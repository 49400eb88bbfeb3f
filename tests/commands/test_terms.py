"""Rates, rounding and budgets are written into the settings, with the id of what they are about."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.plain import refused

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def web(app: App) -> App:
    """An hour of web on two days, for the client Nord."""
    app.at("2026-12-02 12:00:00")
    for day in ("2026-11-30", "2026-12-01"):
        app.ok("add", "Plan", "-p", "web", "--from", f"{day} 9:00", "--for", "1h", "-q")
    app.ok("projects", "edit", "web", "--client", "Nord & Co", "-q")
    return app


def stored(app: App) -> Any:
    return tomllib.loads((app.home / "config.toml").read_text())


def amount(app: App, *flags: str) -> str:
    (money,) = app.ok("report", "--all", "--money", "--json", "-q", *flags).json["meta"]["amounts"]
    return f"{money['amount']} {money['currency']}"


def test_a_rate_is_written_with_the_projects_id_and_outlives_a_new_name(web: App) -> None:
    (web.home / "config.toml").write_text('# mine\nrate = "1 EUR"  # for all\n')
    result = web.ok("projects", "edit", "web", "--rate", "80 EUR")
    assert result.out == "web: rate 80 EUR.\n"
    assert result.err == f"Stored in {web.home / 'config.toml'}; `clockeye undo` does not revert it.\n"
    (row,) = web.ok("projects", "--json").data
    text = (web.home / "config.toml").read_text()
    assert text == (
        f'# mine\nrate = "1 EUR"  # for all\n\n[projects.web]\nid = "{row["project_id"]}"\nrate = "80 EUR"\n'
    )
    assert amount(web) == "160.00 EUR"
    assert web.ok("projects", "rename", "web", "site").err == ""
    assert amount(web) == "160.00 EUR"
    web.ok("projects", "edit", "site", "--budget", "10h", "-q")
    assert [*stored(web)["projects"]] == ["web"]


def test_a_rate_from_a_day_keeps_the_earlier_ones(web: App) -> None:
    web.ok("projects", "edit", "web", "--rate", "80 EUR", "-q")
    web.ok("projects", "edit", "web", "--rate", "95 EUR", "--from", "2026-12-01")
    assert 'rates = [{from = 2026-12-01, rate = "95 EUR"}]' in (web.home / "config.toml").read_text()
    assert amount(web) == "175.00 EUR"
    web.ok("projects", "edit", "web", "--rate", "90 EUR", "--from", "2026-12-01", "-q")
    web.ok("projects", "edit", "web", "--rate", "99 EUR", "--from", "2026-12-03", "-q")
    assert amount(web) == "170.00 EUR"
    assert len(stored(web)["projects"]["web"]["rates"]) == 2
    web.ok("projects", "edit", "web", "--rate", "50 EUR", "-q")
    assert amount(web) == "100.00 EUR"
    web.ok("projects", "edit", "web", "--rate", "none", "--budget", "5h", "-q")
    assert stored(web)["projects"]["web"].keys() == {"id", "budget"}


def test_the_terms_of_a_client_are_those_of_its_projects(web: App) -> None:
    result = web.ok("clients", "edit", "nord", "--rate", "90 EUR", "--rounding", "1h up per period")
    assert result.out == "Nord & Co: rate 90 EUR, rounding 1h up per period.\n"
    assert stored(web)["clients"]["Nord & Co"]["rounding"] == "1h up per period"
    assert amount(web) == "180.00 EUR"
    web.ok("add", "More", "-p", "web", "--from", "2026-12-02 8:00", "--for", "61s", "-q")
    assert amount(web, "--round") == "270.00 EUR"
    web.ok("clients", "rename", "nord", "Süd")
    assert amount(web, "--round") == "270.00 EUR"
    web.ok("projects", "edit", "web", "--rounding", "none", "-q")
    assert web.ok("report", "--all", "--round", "--json", "-q").json["meta"]["rounded_duration"] == 7_261
    lines = ["--address", "Süd GmbH", "--address", "Kai 1"]
    web.ok("clients", "edit", "süd", *lines, "--budget", "40h a month", "-q")
    assert stored(web)["clients"]["Nord & Co"]["address"] == ["Süd GmbH", "Kai 1"]
    assert web.ok("report", "2026-12", "--json").err == (
        "Budget of Süd: 1:01:01 of 40:00:00 in December 2026, 38:58:59 left.\n"
    )


def test_a_client_day_is_one_bucket_for_all_of_its_projects(web: App) -> None:
    web.ok("add", "Other", "-p", "app", "--from", "2026-12-01 11:00", "--for", "61m", "-q")
    web.ok("projects", "edit", "app", "--client", "nord", "-q")
    flags = ["report", "2026-12-01", "--json", "-q", "--round"]
    assert web.ok(*flags, "1h up per client day").json["meta"]["rounded_duration"] == 3 * 3_600
    assert web.ok(*flags, "1h up per day").json["meta"]["rounded_duration"] == 3 * 3_600
    assert web.ok(*flags, "1h nearest per client day").json["meta"]["rounded_duration"] == 2 * 3_600


def test_a_profiles_terms_stand_under_it_if_it_is_named(web: App) -> None:
    web.ok("-P", "local", "projects", "edit", "web", "--rate", "70 EUR", "-q")
    assert stored(web)["profiles"]["local"]["projects"]["web"]["rate"] == "70 EUR"
    assert amount(web) == "140.00 EUR"


def test_sections_left_behind_are_named(web: App) -> None:
    path = web.home / "config.toml"
    path.write_text('[projects.web]\nrate = "1 EUR"\n[clients."Nord & Co"]\nrate = "2 EUR"\n')
    left = f"in {path} still names {{}}. `clockeye config edit` changes it.\n"
    assert web.ok("projects", "rename", "web", "site").err == f"[projects.web] {left.format('web')}"
    assert web.ok("clients", "rename", "nord", "Süd").err == (
        f'[clients."Nord & Co"] {left.format("Nord & Co")}'
    )
    web.ok("projects", "edit", "site", "--rate", "80 EUR", "-q")
    web.ok("projects", "add", "other", "-q")
    assert web.ok("projects", "merge", "site", "other").err == f"[projects.site] {left.format('site')}"


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--rate", "80"], "Invalid amount '80'."),
        (["--rate", "80,50 EUR"], "Invalid amount '80,50 EUR'."),
        (["--rounding", "sideways"], "Invalid rounding 'sideways': "),
        (["--budget", "a lot"], "Invalid budget 'a lot'."),
        (["--from", "2026-12-01"], "--from is the first day of a rate."),
        (["--rate", "80 EUR", "--from", "soon"], "Invalid day 'soon'"),
        ([], "Nothing to change."),
    ],
)
def test_what_is_not_understood_changes_nothing(web: App, flags: list[str], message: str) -> None:
    code, err = refused(web, "projects", "edit", "web", *flags)
    assert code == 2
    assert err.startswith(f"clockeye: {message}")
    assert not (web.home / "config.toml").exists()
    if flags:
        assert refused(web, "clients", "edit", "nord", *flags)[0] == 2


def test_a_project_can_be_added_with_its_rate(app: App) -> None:
    result = app.ok("projects", "add", "web", "--rate", "80 EUR", "--budget", "5h")
    assert result.out == "Added the project web.\n"
    assert result.err.startswith("web: rate 80 EUR, budget 5h.\nStored in ")
    assert stored(app)["projects"]["web"]["budget"] == "5h"


def test_a_closed_period_that_a_rate_changes_is_named(web: App) -> None:
    web.ok("config", "set", "closed_until", "2026-11-30", "-q")
    closed = "The books are closed up to 2026-11-30, but reports about that time use it, too"
    for terms, is_named in (
        (("--rate", "80 EUR"), True),
        (("--rounding", "6m"), True),
        (("--budget", "5h"), False),
    ):
        assert (closed in web.ok("projects", "edit", "web", *terms).err) is is_named
