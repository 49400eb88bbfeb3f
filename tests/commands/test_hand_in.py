"""`report --save` and `-o` of pages: the numbers of the report, each to be found again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clockeye_cli.core.duration import clock, whole_minutes
from tests.app import App
from tests.many_entries import make
from tests.output.html.reading import Page
from tests.system.real_parts import small_disk


@pytest.fixture
def app(tmp_path: Path) -> App:
    """Three days of work, over midnight too, in two projects and in none."""
    app = App(tmp_path / "home")
    for what, project, start, length in (
        ("Pricing page", "website", "2026-11-16 09:00", "2h"),
        ("Call <Ada>", "acme", "2026-11-16 22:30", "3h"),
        ("Checkout", "website", "2026-11-18 10:00", "1h15"),
    ):
        app.ok("add", what, "-p", project, "--from", start, "--for", length)
    app.ok("add", "Tidy up", "--no-billable", "--from", "2026-11-18 12:00", "--for", "30m")
    return app


def saved(app: App, *words: str) -> Page:
    path = app.home / "page.html"
    result = app.ok(*words, "--save", str(path), "--force")
    assert (result.out, result.err) == ("", f"Saved to {path}.\n")
    return Page(path.read_text(encoding="utf-8"))


def test_the_page_of_a_week(app: App) -> None:
    page = saved(app, "report")
    assert page.tables == {
        "By project": [
            ["Project", "Duration", "Billable", "Entries", "Share"],
            ["website", "3:15", "3:15", "2", "48 %"],
            ["acme", "3:00", "3:00", "1", "45 %"],
            ["–", "0:30", "0:00", "1", "7 %"],
            ["Total", "6:45", "6:15", "4", ""],
        ],
        "By day and project": [
            ["Day", "website", "acme", "No project", "Total"],
            ["Mon 16 Nov", "2:00", "1:30", "", "3:30"],
            ["Tue 17 Nov", "", "1:30", "", "1:30"],
            ["Wed 18 Nov", "1:15", "", "0:30", "1:45"],
            ["Thu 19 Nov", "", "", "", ""],
            ["Fri 20 Nov", "", "", "", ""],
            ["Total", "3:15", "3:00", "0:30", "6:45"],
        ],
        "Entries by day": [
            ["Start", "End", "Duration", "Project", "Description", "Billable"],
            ["Mon 16 Nov 2026", "3:30", "", "", ""],
            ["09:00", "11:00", "2:00", "website", "Pricing page", "yes"],
            ["22:30", "00:00", "1:30", "acme", "Call <Ada>", "yes"],
            ["Tue 17 Nov 2026", "1:30", "", "", ""],
            ["00:00", "01:30", "1:30", "acme", "Call <Ada>", "yes"],
            ["Wed 18 Nov 2026", "1:45", "", "", ""],
            ["10:00", "11:15", "1:15", "website", "Checkout", "yes"],
            ["12:00", "12:30", "0:30", "", "Tidy up", ""],
            ["Total", "", "6:45", "", "", ""],
        ],
    }
    assert "Week 47, 2026-11-16 to 2026-11-22" in page.shown
    assert "Made with clockeye" in page.shown
    assert "on 2026-11-20 12:00. Times in Europe/Berlin." in page.shown


@pytest.mark.parametrize(
    "words", [("report",), ("report", "2026"), ("report", "--by", "day,tag", "-p", "acme")]
)
def test_the_numbers_are_those_of_json(app: App, words: tuple[str, ...]) -> None:
    app.ok("add", "Odd seconds", "-p", "acme", "--from", "2026-11-19 08:00:01", "--to", "2026-11-19 08:59:59")
    page, meta = saved(app, *words), app.ok(*words, "--json").json["meta"]
    totals = [rows[-1] for caption, rows in page.tables.items() if "project" in caption or "day" in caption]
    assert totals
    assert all(clock(meta["duration"]) in row for row in totals), totals
    rows = next(iter(page.tables.values()))
    assert rows[-1][-4:-1] == [
        clock(meta["duration"]),
        clock(meta["billable_duration"]),
        str(meta["entries"]),
    ]


def test_hours_add_up_on_the_page_as_they_are_shown(app: App) -> None:
    app.ok("add", "Five minutes", "-p", "x", "--from", "2026-11-19 08:00", "--for", "5m")
    for caption, rows in saved(app, "report", "--decimal").tables.items():
        hours = [[float(cell) for cell in row[1:] if "." in cell and "%" not in cell] for row in rows]
        if caption == "By project":
            assert sum(row[0] for row in hours[1:-1]) == pytest.approx(hours[-1][0])
        if caption == "By day and project":
            assert all(sum(row[:-1]) == pytest.approx(row[-1]) for row in hours if row)


def test_a_longer_period_has_a_map_of_its_days(app: App) -> None:
    page = saved(app, "report", "--year")
    assert page.tables["By month and project"][-2:] == [
        ["2026-11", "3:15", "3:00", "0:30", "6:45"],
        ["Total", "3:15", "3:00", "0:30", "6:45"],
    ]
    weeks = page.tables["By week and day"]
    assert weeks[0] == ["Week of", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Total"]
    assert weeks[-2] == ["Mon 16 Nov", "3:30", "1:30", "1:45", "0:00", "0:00", "", "", "6:45"]
    looks = [attributes["class"] for tag, attributes in page.tags if tag == "rect"]
    assert sum(look in {"h1", "h2", "h3", "h4"} for look in looks) == 3 + 4  # three days, and the legend
    assert sum(look == "h0" for look in looks) == 324 - 3 + 1


def test_a_page_has_the_colours_that_were_chosen(app: App) -> None:
    app.ok("projects", "edit", "website", "--color", "teal")
    classes = [attributes["class"] for tag, attributes in saved(app, "report").tags if tag == "rect"]
    assert "p3" in classes
    app.ok("projects", "edit", "website", "--color", "olive")
    classes = [attributes["class"] for tag, attributes in saved(app, "report").tags if tag == "rect"]
    assert ("p3" in classes, "p7" in classes) == (False, True)


def test_many_projects_are_columns_of_the_largest_and_one_of_the_others(app: App) -> None:
    for number in range(9):
        start = f"2026-11-19 {8 + number:02}:00"
        app.ok("add", "x", "-p", f"p{number}", "--from", start, "--for", f"{59 - number}m")
    head, *rows = saved(app, "report").tables["By day and project"]
    assert head == ["Day", "website", "acme", "p0", "p1", "p2", "p3", "Others", "Total"]
    assert rows[-1][-1] == "15:00"
    assert rows[3][-2:] == ["4:25", "8:15"]


def test_more_entries_than_a_page_lists_are_sums_by_day_and_project(tmp_path: Path) -> None:
    app = App(tmp_path / "home", now="2026-11-26 20:00")
    app.home.mkdir()
    make(str(app.home / "local.db"), 2_001, app.now, days=10)
    page = saved(app, "report", "--all")
    rows = page.tables["2001 entries by day and project"]
    assert rows[0] == ["Project", "Duration"]
    assert rows[-1] == ["Total", clock(app.ok("report", "--all", "--json").json["meta"]["duration"])]


def test_a_page_has_the_sender_the_rounded_time_the_amounts_and_the_balance(app: App) -> None:
    config = app.home / "config.toml"
    config.write_text(
        'sender = ["Kim Roe", "Kai 2", "20457 Hamburg"]\nrounding = "1h up per day"\nrate = "80 EUR"\n'
        'target = "8h"\n[projects.acme]\nrate = "9000 JPY"\n'
    )
    config.chmod(0o600)
    path = app.home / "page.html"
    app.ok("report", "--money", "--save", str(path))
    page = Page(path.read_text(encoding="utf-8"))
    assert page.tables["By project"] == [
        ["Project", "Duration", "Billable", "Entries", "Rounded", "Amount", "Share"],
        ["website", "3:15", "3:15", "2", "4:00", "320.00 EUR", "48 %"],
        ["acme", "3:00", "3:00", "1", "4:00", "36,000 JPY", "45 %"],
        ["–", "0:30", "0:00", "1", "0:00", "–", "7 %"],
        ["Total", "6:45", "6:15", "4", "8:00", "320.00 EUR + 36,000 JPY", ""],
    ]
    words = page.shown.split()
    assert " ".join(words[words.index("Week") :]).startswith(
        "Week 47, 2026-11-16 to 2026-11-22 Skip to content Week 47, 2026-11-16 to 2026-11-22 "
        "From Kim Roe Kai 2 20457 Hamburg Total 6:45 Billable 6:15 Entries 4 "
        "Rounded 8:00 Amount 320.00 EUR Amount 36,000 JPY Target 40:00 Balance −33:15"
    )
    assert "Not billable: 0:30. Rounded up to 1h per day: 1:45 over the exact 6:15." in page.shown


@pytest.mark.parametrize("words", [(), ("--decimal",)], ids=["exact", "decimal"])
def test_a_timesheet_has_target_and_balance_of_each_day(app: App, words: tuple[str, ...]) -> None:
    app.environ["CLOCKEYE_TARGET"] = "mon-thu 8h, fri 6h"
    rows = saved(app, "report", *words).tables["By day and project"]
    assert rows[0][-3:] == ["Total", "Target", "Balance"]
    ends = [row[-3:] for row in rows[1:]]
    assert ends == (
        [
            ["3.50", "8.00", "−4.50"],
            ["1.50", "8.00", "−6.50"],
            ["1.75", "8.00", "−6.25"],
            ["", "8.00", "−8.00"],
            ["", "6.00", "−6.00"],
            ["6.75", "38.00", "−31.25"],
        ]
        if words
        else [
            ["3:30", "8:00", "−4:30"],
            ["1:30", "8:00", "−6:30"],
            ["1:45", "8:00", "−6:15"],
            ["", "8:00", "−8:00"],
            ["", "6:00", "−6:00"],
            ["6:45", "38:00", "−31:15"],
        ]
    )
    months = saved(app, "report", "2026-10 to 2026-12", *words).tables["By week and project"]
    assert [row[-2] for row in months[-3:]] == (
        ["38.00", "38.00", "280.00"] if words else ["38:00", "38:00", "280:00"]
    )


def test_a_page_with_amounts_needs_a_rate_for_all_billable_time(app: App) -> None:
    refused = app.run("report", "--money", "--save", str(app.home / "x.html"))
    assert (refused.code, refused.err) == (
        3,
        "clockeye: A page with amounts needs a rate for all billable time:\n"
        "  3:15 of website has no rate.\n"
        "  3:00 of acme has no rate.\n"
        "  `clockeye projects edit website --rate '80 EUR'` sets a rate (0 EUR is free);"
        " `--not-project website` leaves it out.\n",
    )
    assert not (app.home / "x.html").exists()


def test_nothing_tracked_is_a_page_too(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    page = saved(App(tmp_path / "home"), "report")
    assert page.tables == {}
    assert "No entries." in page.shown


def test_a_terminal_gets_no_page_and_nothing_is_done(app: App) -> None:
    before = app.entries()
    for words in (("report",), ("add", "x", "--for", "1h")):
        refused = app.run(*words, "-o", "html", terminal=True)
        assert (refused.code, refused.out) == (2, "")
        assert "-o html writes a file, which a terminal cannot show." in refused.err
    assert app.entries() == before
    assert app.ok("report", "-o", "html").out.startswith("<!doctype html>")


def test_a_file_that_exists_is_left_alone(app: App, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("mine")
    refused = app.run("report", "--save", str(tmp_path / "x.html"))
    assert (refused.code, refused.err) == (
        2,
        f"clockeye: {tmp_path}/x.html already exists.\n  Add --force to overwrite it.\n",
    )
    assert (tmp_path / "x.html").read_text() == "mine"


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_disk_that_fills_while_saving_leaves_nothing(app: App, tmp_path: Path, ending: str) -> None:
    if ending == "pdf":
        pytest.importorskip("typst", reason="the optional part pdf is not installed")
    with small_disk(tmp_path / "disk", 8) as disk:
        refused = app.run("report", "--save", str(disk / f"x.{ending}"))
        assert refused.code == 7
        assert refused.err == f"clockeye: Cannot save {disk}/x.{ending}: No space left on device.\n"
        assert os.listdir(disk) == []


@pytest.mark.parametrize("words", [(), ("--compare",), ("--invoice", "1")], ids=" ".join)
def test_open_hands_the_saved_file_to_the_browser(words: tuple[str, ...], app: App, tmp_path: Path) -> None:
    app.ok("config", "set", "rate", "80 EUR")
    app.ok("invoices", "add", "1", "--all", "--search", "Pricing", "-y")
    program, note, path = tmp_path / "browser", tmp_path / "opened", app.home / "page.html"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {note}.part && mv {note}.part {note}\n')
    program.chmod(0o755)
    app.environ |= {"BROWSER": f"{program} --new-window %s", "PATH": os.environ["PATH"]}
    os.mkfifo(f"{note}.part")
    saved(app, "report", "--open", *words)
    with open(f"{note}.part", encoding="utf-8") as opened:
        assert opened.read() == f"--new-window\n{path}\n"
    refused = app.run("report", "--open")
    assert (refused.code, refused.err) == (
        2,
        "clockeye: --open opens the saved file, but nothing is saved.\n  Add --save FILE.html.\n",
    )


def test_whole_minutes_have_no_seconds_on_the_whole_page(app: App) -> None:
    assert whole_minutes(6 * 3600 + 45 * 60) in saved(app, "report").shown
    app.ok("add", "Odd", "--from", "2026-11-19 08:00:01", "--to", "2026-11-19 08:00:02")
    assert "6:45:01" in saved(app, "report").shown


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_the_config_and_the_command_of_the_docs_hand_in_a_month(app: App, ending: str) -> None:
    if ending == "pdf":
        pytest.importorskip("typst", reason="the optional part pdf is not installed")
    text = (Path(__file__).parents[2] / "docs/hand-ins.md").read_text(encoding="utf-8")
    config = text.partition("<!-- the config of a hand-in -->\n```toml\n")[2].partition("```")[0]
    (app.home / "config.toml").write_text(config)
    (app.home / "config.toml").chmod(0o600)
    words = text.partition("```sh\nclockeye ")[2].partition("\n")[0].split()
    path = app.home / f"acme.{ending}"
    words[words.index("acme.pdf")] = str(path)
    result = app.at("2026-12-02 09:00:00").ok(*[word for word in words if word != "--open"])
    assert result.err.splitlines() == [
        f"Saved to {path}.",
        "Rounded up to 15m per day: no difference from the exact 3:00.",
    ]
    if ending == "html":
        page = Page(path.read_text(encoding="utf-8"))
        assert page.tables["By project"][1] == ["acme", "3:00", "3:00", "1", "3:00", "270.00 EUR", "100 %"]
        assert "20457 Hamburg" in page.shown
