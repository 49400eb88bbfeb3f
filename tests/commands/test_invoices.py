"""`clockeye invoices` and `report --invoice`: what is billed is frozen, once, and prints again exactly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.output.html.reading import Page
from tests.plain import refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

ADD = ("invoices", "add", "2026-14", "--all", "-y")


@pytest.fixture
def work(app: App) -> App:
    """Two projects of a client, and one without a client, not billable; 85.50 EUR an hour, quarters up."""
    app.ok("add", "Plan", "-p", "web", "--from", "2026-11-18 9:00", "--to", "2026-11-18 11:40")
    app.ok("add", "Site", "-p", "site", "--from", "2026-11-19 9:00", "--to", "2026-11-19 10:00")
    app.ok(
        "add", "Talk", "-p", "team", "--from", "2026-11-19 11:00", "--to", "2026-11-19 12:00", "--no-billable"
    )
    app.ok("projects", "edit", "web", "--client", "Nord & Co")
    app.ok("projects", "edit", "site", "--client", "nord")
    app.ok("config", "set", "rate", "85.50 EUR")
    app.ok("config", "set", "rounding", "15m up")
    return app


def listed(app: App) -> list[tuple[str, str | None, int, int, int, list[str]]]:
    return [
        (
            row["invoice"],
            row["client"],
            row["entries"],
            row["duration"],
            row["rounded_duration"],
            [f"{each['amount']} {each['currency']}" for each in row["amounts"]],
        )
        for row in app.ok("invoices", "--json").data
    ]


def printed(app: App, number: str = "2026-14") -> str:
    app.environ["NO_COLOR"] = "1"
    return said(app.ok("report", "--invoice", number, terminal=True))[1]


SHEET = (
    "Invoice 2026-14, Nord & Co, 2026-11-18 to 2026-11-19\n"
    "\n"
    "Project  Duration  Rounded  Rate           Amount\n"
    "site         1:00     1:00  85.50 EUR   85.50 EUR\n"
    "web          2:40     2:45  85.50 EUR  235.13 EUR\n"
    "         ────────  ───────             ──────────\n"
    "Total        3:40     3:45             320.63 EUR\n"
)


def test_billable_entries_of_a_client_are_billed_and_print_again_exactly(work: App) -> None:
    result = work.ok(*ADD)
    assert said(result)[1] == "Billed 2 entries of Nord & Co (3:45, 320.63 EUR) on invoice 2026-14.\n"
    assert listed(work) == [("2026-14", "Nord & Co", 2, 13_200, 13_500, ["320.63 EUR"])]
    assert printed(work) == SHEET
    # Nothing that is set or renamed later changes it.
    work.ok("config", "set", "rate", "100 EUR")
    work.ok("config", "unset", "rounding")
    work.ok("projects", "rename", "web", "website")
    work.ok("projects", "edit", "website", "--client", "none")
    work.ok("clients", "rename", "Nord & Co", "Ost")
    assert printed(work) == SHEET
    assert listed(work)[0][1] == "Nord & Co"
    assert said(work.ok("report", "--invoice", "2026-14"))[2] == "Rounded up to 15m per entry.\n"


def test_the_page_of_an_invoice_says_who_bills_whom_as_it_was_billed(work: App, tmp_path: Path) -> None:
    work.ok("clients", "edit", "Nord & Co", "--address", "Kai 1", "--address", "20457 Hamburg")
    work.environ["CLOCKEYE_SENDER"] = "Kim Roe, Kai 2"
    work.ok(*ADD)
    work.environ["CLOCKEYE_SENDER"] = "Somebody else"
    work.ok("clients", "edit", "Nord & Co", "--address", "Elsewhere")
    work.ok("clients", "rename", "Nord & Co", "Ost")
    file = tmp_path / "invoice.html"
    work.ok("report", "--invoice", "2026-14", "--save", str(file))
    page = Page(file.read_text(encoding="utf-8"))
    words = page.shown.split()
    assert " ".join(words[words.index("content") + 1 :]).startswith(
        "Invoice 2026-14 From Kim Roe, Kai 2 For Nord & Co Kai 1 20457 Hamburg Date 2026-11-20"
        " First day 2026-11-18 Last day 2026-11-19 Entries 2 Total 3:40 Rounded 3:45 Amount 320.63 EUR Lines"
    )
    assert page.tables["By project"] == [
        ["Project", "Duration", "Rounded", "Rate", "Amount"],
        ["site", "1:00", "1:00", "85.50 EUR", "85.50 EUR"],
        ["web", "2:40", "2:45", "85.50 EUR", "235.13 EUR"],
        ["Total", "3:40", "3:45", "", "320.63 EUR"],
    ]
    assert "Rounded up to 15m per entry." in page.shown


def test_an_export_has_what_an_invoice_has_frozen_of_an_entry(work: App) -> None:
    work.ok(*ADD)
    work.ok("config", "set", "rate", "100 EUR")
    rows = work.ok("export", "--json").data
    price = {"rate": "85.50", "currency": "EUR"}
    assert [(row["description"], row["invoiced"], row["billed"]) for row in rows] == [
        ("Plan", "2026-14", {"duration": 9_600, "rounded_duration": 9_900, **price}),
        ("Site", "2026-14", {"duration": 3_600, "rounded_duration": 3_600, **price}),
        ("Talk", None, None),
    ]
    assert "billed" not in work.ok("export", "-o", "csv").out.splitlines()[0].split(",")


def test_an_invoice_as_json(work: App) -> None:
    data = work.ok(*ADD, "--json").data
    assert {key: data[key] for key in data if key != "client_id"} == {
        "invoice": "2026-14",
        "client": "Nord & Co",
        "from": "2026-11-18",
        "to": "2026-11-19",
        "entries": 2,
        "duration": 13_200,
        "rounded_duration": 13_500,
        "amounts": [{"currency": "EUR", "amount": "320.63"}],
        "issued_on": "2026-11-20",
        "state": "made",
    }
    sheet = work.ok("report", "--invoice", "2026-14", "--json").json
    assert [(row["project"], row["rate"], row["amounts"]) for row in sheet["data"]] == [
        ("site", "85.50 EUR", [{"currency": "EUR", "amount": "85.50"}]),
        ("web", "85.50 EUR", [{"currency": "EUR", "amount": "235.13"}]),
    ]
    assert sheet["meta"] == data


def test_nothing_is_billed_twice_and_a_number_can_be_added_to(work: App) -> None:
    work.ok(*ADD[:3], "2026-11-18", "-y")
    assert refused(work, "invoices", "add", "2026-15", "2026-11-18", "-y")[0] == 3
    work.ok(*ADD)
    assert listed(work) == [("2026-14", "Nord & Co", 2, 13_200, 13_500, ["320.63 EUR"])]
    result = work.run("invoices", "add", "2026-15", "--all", "-y", "--json")
    assert (result.code, json.loads(result.err)["error"]["code"]) == (3, "nothing_to_bill")
    work.ok("undo")
    assert listed(work) == [("2026-14", "Nord & Co", 1, 9_600, 9_900, ["235.13 EUR"])]
    work.ok("undo")
    assert listed(work) == []
    work.ok("redo", "-n", "2")
    assert printed(work).splitlines()[-1].split() == ["Total", "3:40", "3:45", "320.63", "EUR"]
    assert work.ok("doctor").code == 0


def test_an_invoice_that_is_removed_lets_its_entries_be_changed_and_billed_again(work: App) -> None:
    work.ok(*ADD)
    assert refused(work, "edit", "last-1", "-d", "x")[0] == 3
    assert said(work.ok("invoices", "remove", "2026-14"))[1] == (
        "Removed the invoice 2026-14: 2 entries can be billed again.\n`clockeye undo` reverts this.\n"
    )
    work.ok("undo")
    assert printed(work) == SHEET
    work.ok("redo")
    work.ok("edit", "last-1", "--to", "10:30")
    result = work.run("undo", "-n", "2", "-y")
    assert result.code == 0  # the change first
    work.ok("redo", "-n", "2")
    work.ok("invoices", "add", "2026-15", "--all", "-y")
    assert listed(work) == [("2026-15", "Nord & Co", 2, 15_000, 15_300, ["363.38 EUR"])]


def test_an_invoice_is_one_clients(work: App) -> None:
    work.ok("projects", "edit", "site", "--client", "Süd")
    result = work.run(*ADD, "--json")
    assert (result.code, json.loads(result.err)["error"]["code"]) == (3, "several_clients")
    work.ok(*ADD, "-p", "web")
    result = work.run(*ADD, "--json")
    assert (result.code, json.loads(result.err)["error"]["code"]) == (3, "invoice_exists")
    work.ok("projects", "edit", "site", "--client", "none")
    work.ok("invoices", "add", "2026-15", "--all", "-y")  # those without a client count as one
    assert [row[:2] for row in listed(work)] == [("2026-14", "Nord & Co"), ("2026-15", None)]


def test_what_was_billed_outside_needs_no_rate_and_no_client(work: App) -> None:
    work.ok("projects", "edit", "site", "--client", "none")
    work.ok("config", "unset", "rate")
    result = work.run(*ADD, "-p", "web", "--json")
    assert (result.code, json.loads(result.err)["error"]["code"]) == (3, "no_rate")
    args = ("invoices", "add", "outside", "--from", "2026-11-01", "--to", "2026-11-19", "-y")
    assert said(work.ok(*args))[1] == "Billed 2 entries (3:40) on invoice outside.\n"
    assert work.ok("invoices", "--json").data[0]["state"] == "outside"
    assert refused(work, *ADD)[0] == 3
    assert printed(work, "outside") == (
        "Invoice outside, 2026-11-18 to 2026-11-19\n\n2 entries, billed outside of clockeye.\n"
    )


def test_free_work_is_not_unpriced(work: App) -> None:
    work.ok("config", "set", "rate", "0 EUR")
    work.ok(*ADD)
    assert listed(work)[0][5] == ["0.00 EUR"]


def test_it_asks_at_a_terminal(work: App) -> None:
    asked = work.run(*ADD[:-1], stdin="n\n", terminal=True)
    assert "Bill 2 entries of Nord & Co (3:45, 320.63 EUR) on invoice 2026-14? [y/N]" in asked.err
    assert listed(work) == []
    work.run(*ADD[:-1], stdin="y\n", terminal=True)
    assert len(listed(work)) == 1
    assert refused(work, "invoices", "add", "2026-15", "--today")[0] == 3
    work.ok("add", "More", "-p", "web", "--from", "9:00", "--to", "10:00")
    assert refused(work, "invoices", "add", "2026-15", "--today")[0] == 2


def test_a_running_timer_and_what_begins_before_the_period_are_left_out(work: App) -> None:
    work.ok("add", "Night", "-p", "web", "--from", "2026-11-19 23:00", "--to", "2026-11-20 01:00")
    work.ok("start", "Now", "-p", "web")
    assert refused(work, "invoices", "add", "2026-15", "--today", "-y")[0] == 3
    work.ok("invoices", "add", "2026-15", "2026-11-19", "-p", "web", "-y")
    assert listed(work) == [("2026-15", "Nord & Co", 1, 7_200, 7_200, ["171.00 EUR"])]


def test_each_day_has_its_rate(work: App) -> None:
    work.ok("config", "unset", "rate")
    (work.home / "config.toml").write_text(
        '[projects.web]\nrates = [{ rate = "80 EUR" }, { from = 2026-11-20, rate = "100 EUR" }]\n'
    )
    work.ok("add", "Night", "-p", "web", "--from", "2026-11-19 23:00", "--to", "2026-11-20 01:00")
    work.ok(*ADD, "-p", "web")
    assert [line.split()[:5] for line in printed(work).splitlines()[3:5]] == [
        ["web", "1:00", "1:00", "100", "EUR"],
        ["web", "3:40", "3:40", "80", "EUR"],
    ]
    work.ok("invoices", "remove", "2026-14")


@pytest.mark.parametrize(
    "args",
    [
        ("invoices", "add", "2026-14"),
        ("invoices", "add", "2026-14", "-y"),
        ("invoices", "add", "-x", "--all"),
        ("invoices", "add", "", "--all"),
        ("report", "--invoice", "2026-14", "--week"),
        ("report", "--invoice", "2026-14", "--by", "day"),
        ("report", "--invoice", "2026-14", "--top", "3"),
        ("report", "--invoice", "2026-14", "--chart"),
        ("report", "--invoice", "2026-14", "--refresh"),
        ("report", "--invoice", "2026-14", "--open"),
        ("report", "--invoice", ""),
    ],
    ids=" ".join,
)
def test_what_is_not_understood_stores_nothing(args: tuple[str, ...], work: App) -> None:
    assert work.run(*args).code == 2
    assert listed(work) == []


@pytest.mark.parametrize("args", [("invoices", "remove", "2026-14"), ("report", "--invoice", "2026-14")])
def test_an_unknown_invoice(args: tuple[str, ...], work: App) -> None:
    result = work.run(*args, "--json")
    assert (result.code, json.loads(result.err)["error"]["code"]) == (3, "invoice_not_found")


def test_no_invoice_yet(app: App) -> None:
    assert said(app.ok("invoices", terminal=True))[1] == (
        "No invoices yet; `clockeye invoices add NUMBER PERIOD` bills the time of a\nperiod.\n"
    )


def test_an_empty_period_does_not_bill_all(app: App) -> None:
    app.ok("add", "Work", "--for", "1h", "-p", "web")
    app.ok("projects", "edit", "web", "--rate", "80 EUR")
    result = app.run("invoices", "add", "2026-14", "", "-y")
    assert (result.code, result.out) == (2, "")
    assert result.err == "clockeye: Which entries?\n  Give a period, such as `last month`, or --all.\n"
    assert app.ok("invoices", "--json").data == []
