"""The filters `--client` and `--unbilled`, in every list and sum, and `--invoice` of lists of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def work(app: App) -> App:
    """Entries of two clients and of none: some billed, one over midnight, one not billable."""
    for words, project, start, end in (
        ("Plan", "web", "2026-11-18 9:00", "2026-11-18 10:00"),
        ("Site", "site", "2026-11-18 10:00", "2026-11-18 12:00"),
        ("Night", "web", "2026-11-18 22:00", "2026-11-19 02:00"),
        ("Call", "south", "2026-11-19 9:00", "2026-11-19 9:30"),
        ("Own", "own", "2026-11-19 10:00", "2026-11-19 10:15"),
    ):
        app.ok("add", words, "+x", "-p", project, "--from", start, "--to", end)
    app.ok("add", "Loose", "--from", "2026-11-19 11:00", "--to", "2026-11-19 12:00", "--no-billable")
    for project, client in (("web", "Nord"), ("site", "nord"), ("south", "Süd")):
        app.ok("projects", "edit", project, "--client", client)
    app.ok("projects", "edit", "own", "--client", "Idle")
    app.ok("projects", "edit", "own", "--client", "none")
    app.ok("config", "set", "rate", "80 EUR")
    app.ok("invoices", "add", "1", "2026-11-18", "--client", "nord", "--search", "Plan", "-y")
    app.ok("invoices", "add", "2", "--all", "--client", "Süd", "-y")
    return app


def names(app: App, *args: str) -> list[str]:
    return [row["description"].split()[0] for row in app.ok("log", "--all", "--json", *args).data]


@pytest.mark.parametrize(
    ("args", "listed"),
    [
        (("--client", "nord"), ["Plan", "Site", "Night"]),
        (("--client", "Süd"), ["Call"]),
        (("--client", "none"), ["Own", "Loose"]),
        (("--client", "Idle"), []),
        (("--client", "nord", "-p", "web"), ["Plan", "Night"]),
        (("--client", "nord", "-p", "own"), []),
        (("--client", "none", "-p", "none"), ["Loose"]),
        (("--client", "nord", "--not-project", "web"), ["Site"]),
        (("--unbilled",), ["Site", "Night", "Own"]),
        (("--unbilled", "--client", "nord"), ["Site", "Night"]),
        (("--unbilled", "--search", "night"), ["Night"]),
        (("--unbilled", "--client", "Süd"), []),
    ],
    ids=" ".join,
)
def test_log_and_every_sum_are_of_the_same_entries(
    args: tuple[str, ...], listed: list[str], work: App
) -> None:
    assert names(work, *args) == listed
    rows = work.ok("log", "--all", "--json", *args).data
    for keys in ("project", "day", "project,day", "description", "tag", "hour,billable"):
        report = work.ok("report", "--all", "--json", "--by", keys, *args).json
        assert report["meta"]["duration"] == sum(row["duration"] for row in rows), keys
        assert report["meta"]["entries"] == len(rows), keys
    priced = work.ok("report", "--all", "--money", "--json", "-q", *args).json["meta"]
    assert priced["billable_duration"] == sum(row["duration"] for row in rows if row["billable"])


def test_the_sum_of_a_period_has_the_part_of_what_is_unbilled(work: App) -> None:
    meta = work.ok("report", "2026-11-19", "--unbilled", "--json").json["meta"]
    assert (meta["duration"], meta["entries"]) == (2 * 3_600 + 900, 2)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("log", "--client", "nope"), 3),
        (("log", "--client", ""), 2),
        (("log", "--unbilled", "--no-billable"), 2),
        (("report", "--unbilled", "--source", "summary"), 2),
        (("report", "--source", "summary", "--top", "3"), 2),
        (("report", "--client", "nord", "--source", "summary"), 2),
        (("screenshots", "--unbilled"), 2),
        (("log", "--invoice", "9"), 3),
        (("export", "--invoice", "9"), 3),
        (("log", "--invoice", ""), 2),
        (("log", "--invoice", "1", "--unbilled"), 2),
    ],
    ids=str,
)
def test_what_cannot_be_filtered_so_is_refused(args: tuple[str, ...], code: int, work: App) -> None:
    assert work.run(*args).code == code


def test_the_entries_of_an_invoice_are_all_that_it_billed(work: App) -> None:
    for number, listed in (("1", ["Plan"]), ("2", ["Call"])):
        rows = work.ok("log", "--invoice", number, "--json").data
        assert [row["description"].split()[0] for row in rows] == listed
        about = work.ok("report", "--invoice", number, "--json").json["meta"]
        assert (about["entries"], about["duration"]) == (len(rows), sum(row["duration"] for row in rows))
        exported = work.ok("export", "--invoice", number, "-o", "json").data
        assert [(row["local_id"], row["invoiced"]) for row in exported] == [
            (row["local_id"], number) for row in rows
        ]
    work.ok("start", "Now")
    assert work.ok("log", "--invoice", "1", "2026-11-19", "--json").data == []
    assert work.ok("log", "--invoice", "1", "-n", "5", "--json").data != []
    work.ok("invoices", "remove", "1")
    assert work.run("log", "--invoice", "1").code == 3
