"""`clockeye export`: whole entries in each format, to files and pipes; what it leaves out and refuses."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.store.state import Store
from tests.exporters.reading import events, read_klog, read_timeclock
from tests.hostile_text import HOSTILE
from tests.plain import plain, refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

TEXTS = [text for text in HOSTILE if "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)]


@pytest.fixture
def days(app: App) -> App:
    """Entries of two months, one of them over the end of a month; no timer runs."""
    app.ok("add", "Plan #team", "--from", "2026-10-31 23:00", "--to", "2026-11-01 01:30", "-p", "acme")
    app.ok("add", "Fix, quickly", "--from", "2026-11-18 9:00:40", "--to", "2026-11-18 10:00", "-p", "web")
    app.ok("add", "Mail", "--from", "2026-11-20 8:00", "--to", "2026-11-20 8:10")
    app.ok("edit", "last", "--no-billable")
    app.ok("projects", "edit", "acme", "--client", "Nord & Co")
    return app


def test_json_has_what_an_import_needs(days: App) -> None:
    code, out, err = said(days.ok("export", "2026-11", "--json"))
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "version": 1,
        "data": [
            {
                "id": "te_1",
                "started_at": "2026-10-31T22:00:00Z",
                "ended_at": "2026-11-01T00:30:00Z",
                "duration": 9_000,
                "counted": 5_400,
                "project": "acme",
                "client": "Nord & Co",
                "description": "Plan #team",
                "billable": True,
                "tags": ["team"],
                "project_id": "prj_1",
                "local_id": "te_1",
                "user_id": None,
                "user": "you",
                "invoiced": None,
                "billed": None,
            },
            {
                "id": "te_2",
                "started_at": "2026-11-18T08:00:40Z",
                "ended_at": "2026-11-18T09:00:00Z",
                "duration": 3_560,
                "counted": 3_560,
                "project": "web",
                "client": None,
                "description": "Fix, quickly",
                "billable": True,
                "tags": [],
                "project_id": "prj_2",
                "local_id": "te_2",
                "user_id": None,
                "user": "you",
                "invoiced": None,
                "billed": None,
            },
            {
                "id": "te_3",
                "started_at": "2026-11-20T07:00:00Z",
                "ended_at": "2026-11-20T07:10:00Z",
                "duration": 600,
                "counted": 600,
                "project": None,
                "client": None,
                "description": "Mail",
                "billable": False,
                "tags": [],
                "project_id": None,
                "local_id": "te_3",
                "user_id": None,
                "user": "you",
                "invoiced": None,
                "billed": None,
            },
        ],
        "meta": {
            "from": "2026-11-01",
            "to": "2026-11-30",
            "zone": "Europe/Berlin",
            "day_start": "00:00",
            "duration": 9_560,
            "billable_duration": 8_960,
            "entries": 3,
            "as_of": "2026-11-20T11:00:00Z",
            "source": "entries",
        },
    }


def test_an_invoiced_entry_names_its_invoice_and_a_made_up_clock_is_an_all_day_event(days: App) -> None:
    first = days.ok("export", "--json").data[0]["local_id"]
    with closing(Store(str(days.home / "local.db"), lambda: 0)) as store, store.exchange() as connection:
        connection.execute("INSERT INTO bills VALUES (1, 'R-7', NULL, 'outside', NULL, '{}')")
        connection.execute("INSERT INTO billed VALUES (?, 1, 9000, 9000, NULL, NULL)", (first,))
        connection.execute("INSERT INTO facts (local_id, is_clock_made) VALUES (?, 1)", (first,))
    assert [row["invoiced"] for row in days.ok("export", "--json").data] == ["R-7", None, None]
    assert "DTSTART;VALUE=DATE:20261031" in days.ok("export", "-o", "ics").out


def test_csv_has_the_id_for_an_import_too(days: App) -> None:
    assert plain(days.ok("export", "-o", "csv").out) == (
        "id,started_at,ended_at,duration,counted,project,client,description,billable,tags,local_id,user,invoiced\r\n"
        "te_1,2026-10-31T23:00:00+01:00,2026-11-01T01:30:00+01:00,9000,9000,"
        "acme,Nord & Co,Plan #team,true,team,te_1,you,\r\n"
        "te_2,2026-11-18T09:00:40+01:00,2026-11-18T10:00:00+01:00,3560,3560,"
        'web,,"Fix, quickly",true,,te_2,you,\r\n'
        "te_3,2026-11-20T08:00:00+01:00,2026-11-20T08:10:00+01:00,600,600,,,Mail,false,,te_3,you,\r\n"
    )


def test_everything_is_exported_by_default_and_a_pipe_gets_tsv(days: App) -> None:
    assert days.ok("export").out.startswith("id\tstarted_at\tended_at\t")
    assert len(days.ok("export").out.splitlines()) == 4
    assert len(days.ok("export", "-o", "ndjson").out.splitlines()) == 3
    (found,) = days.ok("export", "--search", "fix", "--json").data
    assert found["description"] == "Fix, quickly"


def test_a_calendar_is_saved(days: App, tmp_path: Path) -> None:
    file = tmp_path / "november.ics"
    assert said(days.ok("export", "2026-11", "-p", "web", "--save", str(file))) == (
        *(0, ""),
        f"Saved to {file}.\n",
    )
    assert file.read_bytes().split(b"\r\n")[4:12] == [
        b"BEGIN:VEVENT",
        b"UID:" + days.ok("log", "2026-11-18", "--json").data[0]["local_id"].encode() + b"@clockeye",
        b"DTSTAMP:20261120T110000Z",
        b"DTSTART:20261118T080040Z",
        b"DTEND:20261118T090000Z",
        b"SUMMARY:Fix\\, quickly",
        b"CATEGORIES:web",
        b"END:VEVENT",
    ]


def test_klog_is_printed_into_a_pipe_and_its_minutes_are_pointed_out(days: App) -> None:
    assert said(days.ok("export", "-o", "klog")) == (
        0,
        "2026-10-31\n"
        '    23:00 - 1:30> Plan #team #project=acme #client="Nord & Co"\n'
        "\n"
        "2026-11-18\n"
        "    9:00 - 10:00 Fix, quickly #project=web\n"
        "\n"
        "2026-11-20\n"
        "    8:00 - 8:10 Mail\n",
        "klog has no seconds: starts and ends are rounded down to the minute, and the total in the export is"
        " 0:00:40 more than in `log`.\n",
    )
    assert days.ok("export", "yesterday..today", "-o", "klog").err == ""


def test_timeclock_is_exact(days: App) -> None:
    assert said(days.ok("export", "-o", "timeclock")) == (
        0,
        "i 2026/10/31 23:00:00 Nord & Co:acme  Plan #team\n"
        "o 2026/11/01 01:30:00\n"
        "i 2026/11/18 09:00:40 web  Fix, quickly\n"
        "o 2026/11/18 10:00:00\n"
        "i 2026/11/20 08:00:00 none  Mail\n"
        "o 2026/11/20 08:10:00\n",
        "",
    )


@pytest.mark.parametrize("name", ["json", "csv", "ics", "timeclock"])
def test_a_running_timer_is_left_out_and_that_is_said(days: App, name: str) -> None:
    before = days.ok("export", "-o", name).out
    days.ok("start", "Now", "--at", "11:00")
    assert days.ok("export", "-o", name).err == "The running timer is not included in the export.\n"
    assert days.ok("export", "-o", name).out == before


def test_nothing_to_export_is_no_failure(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clockeye_cli.output.terminal.progress.SHOWN_AFTER", 0)  # however slow the machine is
    assert said(app.ok("export", "-o", "klog")) == (0, "", "")
    assert said(app.ok("export", "-o", "ndjson")) == (0, "", "")
    assert said(app.ok("export", terminal=True)) == (0, "No entries: All time.\n", "")
    assert len(app.ok("export", "-o", "ics").out.splitlines()) == 5


@pytest.mark.parametrize(("name", "ending"), [("ics", ".ics"), ("klog", ".klg"), ("timeclock", ".timeclock")])
def test_formats_of_files_are_refused_on_a_terminal_and_by_other_commands(
    days: App, name: str, ending: str
) -> None:
    assert refused(days, "export", "-o", name, terminal=True) == (
        2,
        f"clockeye: -o {name} writes a file, which a terminal cannot show.\n"
        f"  Redirect it: > FILE{ending}. Lists can also be saved: --save FILE{ending}.\n",
    )
    for words in (["start", "Export"], ["log"], [], ["projects"], ["projects", "list"]):
        assert refused(days, *words, "-o", name) == (
            2,
            f"clockeye: Only `clockeye export` writes {name}.\n"
            f"  `clockeye export --save times{ending}` writes all entries.\n",
        )
    assert refused(days, "log", "--save", f"log{ending}")[0] == 2


def test_options_that_do_not_fit_are_refused(days: App, tmp_path: Path) -> None:
    assert refused(days, "export", "-o", "ics", "--columns", "id") == (
        2,
        "clockeye: --columns does not apply to ics.\n  It is for csv, tsv, json and ndjson.\n",
    )
    assert refused(days, "export", "--save", str(tmp_path / "a.klg"), "--decimal")[0] == 2
    assert refused(days, "export", "--save", str(tmp_path / "a.ics"), "-o", "json")[0] == 2
    assert refused(days, "export", "--save", "a.txt") == (
        2,
        "clockeye: Unknown file extension: a.txt.\n"
        "  Known extensions: .tsv, .csv, .json, .ndjson, .md, .html, .pdf, .xlsx, .ics, .klg, .timeclock.\n",
    )
    assert refused(days, "export", "--offline", "--refresh")[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_file_that_exists_is_kept(days: App, tmp_path: Path) -> None:
    file = tmp_path / "times.klg"
    file.write_text("mine")
    assert refused(days, "export", "--save", str(file)) == (
        2,
        f"clockeye: {file} already exists.\n  Add --force to overwrite it.\n",
    )
    assert file.read_text() == "mine"
    days.ok("export", "--save", str(file), "--force", "-q")
    assert file.read_text().startswith("2026-10-31\n")


def test_columns_and_hours_are_those_of_every_list(days: App) -> None:
    assert days.ok("export", "today", "-o", "csv", "--columns", "hours,description").out == (
        "hours,description\r\n0.1667,Mail\r\n"
    )
    assert days.ok("export", "today", "--json", "--decimal").data[0]["hours"] == 0.1667


def test_the_sums_of_all_formats_are_those_of_log(days: App) -> None:
    total = days.ok("log", "--all", "--json").json["meta"]["duration"]
    assert sum(row["duration"] for row in days.ok("export", "--json").data) == total
    rows = csv.DictReader(io.StringIO(days.ok("export", "-o", "csv").out))
    assert sum(int(row["duration"]) for row in rows) == total
    spans = [(event["DTSTART"].dt, event["DTEND"].dt) for event in events(days.ok("export", "-o", "ics").out)]
    assert sum((end - start for start, end in spans), timedelta()) == timedelta(seconds=total)
    sessions = read_timeclock(days.ok("export", "-o", "timeclock").out)
    assert sum((each.end - each.start for each in sessions), timedelta()) == timedelta(seconds=total)


def test_hostile_text_stays_text(app: App) -> None:
    for number, text in enumerate(TEXTS):
        times = ("--from", f"2026-11-{number % 19 + 1:02} {number // 19}:00", "--for", "1m")
        app.run("add", "-p", text[:60] or "x", *times, "--", text)
    count = len(app.ok("export", "--json", "-q").data)
    assert count > len(TEXTS) // 2
    assert len(events(app.ok("export", "-o", "ics").out)) == count
    assert len(read_klog(app.ok("export", "-o", "klog").out)) == count
    assert len(read_timeclock(app.ok("export", "-o", "timeclock").out)) == count
