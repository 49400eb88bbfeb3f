"""`clockeye import`: what it shows, stores and refuses, and that it can be repeated and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.importers import SOURCES
from tests.app import App

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES = Path(__file__).parents[1] / "importers" / "samples"
TOGGL = str(SAMPLES / "toggl" / "toggl-detailed-bom-crlf.csv")
HEADER = "Email,Client,Project,Description,Start date,Start time,End date,End time,Duration,Tags"


def toggl(folder: Path, *rows: str, name: str = "toggl.csv") -> str:
    """A file of Toggl's, with rows as `start end project description tags`, of one day."""
    lines, day = [HEADER], "2026-11-02"
    for row in rows:
        start, end, project, description, *tags = row.split(" ")
        length = _minutes(end) - _minutes(start)
        clock = f"{length // 60:02}:{length % 60:02}:00"
        lines.append(
            f"kim@example.org,,{project},{description},{day},{start}:00,{day},{end}:00,{clock},"
            f"{' '.join(tags)}"
        )
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def test_it_shows_what_it_understood_and_stores_it(app: App) -> None:
    assert app.ok("import", TOGGL).out == (
        "toggl-detailed-bom-crlf.csv  Toggl Track CSV · 5 rows · 2026-03-27 to 2026-03-29 · UTF-8, BOM\n"
        "  dates year first · zone Europe/Berlin (the settings), proved by 1 row · kim@example.org\n"
        "Projects  2: 0 here, 2 new\n"
        'Names     Clients 1 new · Tags 2 ("on site" → #on-site) · Task → #tag\n'
        "Time      4:30:00 by the file's own lengths, 4:30:00 understood: equal\n"
        "Here      5 new · 0 already stored\n"
        "Look at   1 without a duration\n"
        "Stored 5 entries (import 1). `clockeye undo` reverts this.\n"
    )
    assert app.entries() == [
        ("2026-03-27 09:00:00", "2026-03-27 09:30:00", None, ""),
        ("2026-03-27 10:00:00", "2026-03-27 10:00:00", "Façade", "tab first"),
        (
            "2026-03-27 23:30:00",
            "2026-03-28 00:45:00",
            "Façade",
            'Grid, "hero" part\nsecond line #dev #on-site #Design',
        ),
        ("2026-03-28 20:30:00", "2026-03-28 21:45:00", "Lab's book", "Écrire"),
        ("2026-03-29 01:30:00", "2026-03-29 04:00:00", "Façade", "over the clock change"),
    ]


def test_a_dry_run_stores_nothing(app: App) -> None:
    result = app.ok("import", TOGGL, "--dry-run")
    assert result.out.endswith("Nothing is stored: --dry-run.\n")
    assert app.entries() == []
    assert app.ok("projects", "list", "--json").data == []


def test_json_has_every_number_of_the_preview(app: App) -> None:
    result = app.ok("import", TOGGL, "--json").data
    assert result["files"] == [
        {
            "path": TOGGL,
            "source": "toggl",
            "rows": 5,
            "from": "2026-03-27",
            "to": "2026-03-29",
            "encoding": "UTF-8, BOM",
            "dates": "iso",
            "zone": "Europe/Berlin",
            "zone_from": "the settings",
            "users": ["kim@example.org"],
        }
    ]
    assert [
        (each["name"], each["client"], each["action"], each["entries"]) for each in result["projects"]
    ] == [
        ("Lab's book", None, "make", 1),
        ("Façade", "Nord & Co", "make", 1),
        ("Façade", None, "make", 2),
        (None, None, "use", 1),
    ]
    assert result["clients"] == [{"name": "Nord & Co", "action": "make"}]
    assert result["tags"] == [{"from": "on site", "to": "on-site"}]
    assert result["totals"] == {"source": 16_200, "understood": 16_200, "tolerance": 0}
    counts = {
        "new": 5,
        "there": 0,
        "changed": 0,
        "gone": 0,
        "deleted": 0,
        "bad": 0,
        "skipped": 0,
        "closed": 0,
    }
    assert result["counts"] == counts
    assert (result["run"], result["dry_run"], result["problems"], result["gone"]) == (1, False, [], [])
    assert [problem["code"] for problem in result["warnings"]] == ["no_length"]


def test_a_second_import_stores_nothing_and_makes_no_run(app: App) -> None:
    app.ok("import", TOGGL)
    before = app.ok("log", "--all", "--json").out
    result = app.ok("import", TOGGL)
    assert "Here      0 new · 5 already stored\n" in result.out
    assert result.out.endswith("Nothing new.\n")
    assert app.ok("log", "--all", "--json").out == before
    assert len(app.ok("imports", "--json").data) == 1


def test_undo_takes_it_back_and_frees_its_ids(app: App) -> None:
    app.ok("import", TOGGL)
    app.ok("undo")
    assert (app.entries(), app.ok("projects", "list", "--json").data) == ([], [])
    assert app.ok("import", TOGGL, "--json").data["counts"]["new"] == 5


def test_twins_in_one_file_stay_two_and_overlapping_files_double_nothing(app: App, tmp_path: Path) -> None:
    rows = ("09:00 10:00 acme call", "09:00 10:00 acme call", "10:00 11:00 acme mail")
    first = toggl(tmp_path, *rows, name="a.csv")
    second = toggl(tmp_path, *rows[1:], "11:00 12:00 acme talk", name="b.csv")
    assert app.ok("import", first, second, "--json").data["counts"]["new"] == 4
    assert len(app.entries()) == 4
    assert app.ok("import", second, first, "--json").data["counts"]["new"] == 0


def test_a_project_renamed_there_is_a_change_and_not_another_entry(app: App, tmp_path: Path) -> None:
    app.ok("import", toggl(tmp_path, "09:00 10:00 Relaunch call", "10:00 11:00 Relaunch mail"))
    renamed = toggl(tmp_path, "09:00 10:00 Website call", "10:00 11:00 Website mail")
    result = app.ok("import", renamed)
    assert "Here      0 new · 0 already stored · 2 changed there\n" in result.out
    assert result.out.endswith("Nothing new. 2 have changed in the file: --update applies the changes.\n")
    assert {row[2] for row in app.entries()} == {"Relaunch"}
    app.ok("edit", "last", "-d", "edited here")
    updated = app.run("import", renamed, "--update")
    assert updated.code == 6
    assert "Stored 0 entries, 1 updated (import 2)." in updated.out
    assert "Edited or billed here, or in the closed period, so these stay as they are: te_" in updated.out
    assert [row[2:] for row in app.entries()] == [("Website", "call"), ("Relaunch", "edited here")]


def test_what_was_deleted_here_stays_deleted(app: App, tmp_path: Path) -> None:
    file = toggl(tmp_path, "09:00 10:00 acme call", "10:00 11:00 acme mail")
    app.ok("import", file)
    app.ok("delete", "last", "-y")
    assert app.ok("import", file, "--json").data["counts"]["deleted"] == 1
    assert len(app.entries()) == 1


def test_what_is_gone_there_is_listed_and_stays(app: App, tmp_path: Path) -> None:
    app.ok(
        "import", toggl(tmp_path, "09:00 10:00 acme call", "10:00 11:00 acme mail", "11:00 12:00 acme talk")
    )
    fewer = toggl(tmp_path, "09:00 10:00 acme call", "11:00 12:00 acme talk")
    gone = app.ok("import", fewer, "--json").data["gone"]
    assert len(gone) == 1
    assert len(app.entries()) == 3
    app.ok("delete", "-", "-y", stdin=f"{gone[0]}\n")
    assert [row[3] for row in app.entries()] == ["call", "talk"]


def test_a_project_renamed_here_is_found_again(app: App, tmp_path: Path) -> None:
    app.ok("import", toggl(tmp_path, "09:00 10:00 Relaunch call"))
    app.ok("projects", "rename", "Relaunch", "website")
    app.ok("import", toggl(tmp_path, "09:00 10:00 Relaunch call", "10:00 11:00 Relaunch mail"))
    assert [row[2] for row in app.entries()] == ["website", "website"]


def test_a_project_merged_here_is_found_again(app: App, tmp_path: Path) -> None:
    app.ok("projects", "add", "website")
    app.ok("import", toggl(tmp_path, "09:00 10:00 Relaunch call"))
    app.ok("projects", "merge", "Relaunch", "website")
    app.ok("import", toggl(tmp_path, "09:00 10:00 Relaunch call", "10:00 11:00 Relaunch mail"))
    assert [row[2] for row in app.entries()] == ["website", "website"]


def test_at_a_terminal_one_question_follows_the_preview(app: App) -> None:
    refused = app.ok("import", TOGGL, stdin="n\n", terminal=True)
    assert "Store 5 entries?" in refused.err
    assert "Time      4:30:00" in refused.err
    assert app.entries() == []
    app.ok("import", TOGGL, stdin="y\n", terminal=True)
    assert len(app.entries()) == 5


@pytest.mark.parametrize(
    ("rows", "args", "code", "exit_code"),
    [
        (["Kim,,a,x,2020-13-01,09:00:00,2020-01-01,10:00:00,01:00:00,"], [], "bad_rows", 2),
        (["Kim,,a,x,01/02/2020,09:00:00,01/02/2020,10:00:00,01:00:00,"], [], "ambiguous_dates", 2),
        (["Kim,,a,x,2020-01-01,09:00:00,2020-01-01,10:00:00,02:00:00,"], [], "totals_differ", 3),
        (["Kim,,a,x,2026-03-29,01:30:00,2026-03-29,04:00:00,02:30:00,"], [], "zone_disagrees", 2),
        (
            [
                f"{who},,a,x,2020-01-0{day},09:00:00,2020-01-0{day},10:00:00,01:00:00,"
                for who, day in ("k1", "l2")
            ],
            [],
            "several_users",
            2,
        ),
    ],
)
def test_what_is_not_certain_is_refused(
    app: App, tmp_path: Path, rows: Sequence[str], args: Sequence[str], code: str, exit_code: int
) -> None:
    del args
    file = tmp_path / "toggl.csv"
    file.write_text("\n".join([HEADER, *rows]).replace("k1", "kim").replace("l2", "lee") + "\n")
    result = app.run("import", str(file), "--json")
    assert (json.loads(result.err)["error"]["code"], result.code) == (code, exit_code)
    assert app.entries() == []


def test_partial_leaves_bad_rows_out(app: App) -> None:
    file = str(SAMPLES / "harvest" / "bad-hours.csv")
    assert app.run("import", file).code == 2
    assert app.ok("import", file, "--dry-run", "--json").data["counts"]["bad"] == 3
    result = app.run("import", file, "--partial")
    assert result.code == 6
    assert "Bad       line 3:" in result.out
    assert len(app.entries()) == 1


def test_rows_of_the_closed_period_are_refused_or_left_out_and_named(app: App, tmp_path: Path) -> None:
    file = toggl(tmp_path, "09:00 10:00 web late", "09:00 10:00 web early")
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    Path(file).write_text(
        "\n".join([*lines[:2], lines[2].replace("2026-11-02", "2026-10-30")]), encoding="utf-8"
    )
    app.ok("config", "set", "closed_until", "2026-10-31")
    refused = app.run("import", file)
    assert (refused.code, refused.out) == (3, "")
    assert refused.err == (
        "clockeye: 1 row is in the closed period.\n"
        f"  {file}, line 3\n"
        "  Nothing was stored: the books are closed until 2026-10-31."
        " Leave these rows out with --partial; `clockeye config set closed_until DAY` sets another day.\n"
    )
    shown = app.ok("import", file, "--dry-run", "--json").data
    assert (shown["counts"]["new"], shown["counts"]["closed"]) == (1, 1)
    text = "is in the closed period, until 2026-10-31"
    problem = {"file": file, "line": 3, "column": None, "code": "closed_period", "text": text}
    assert shown["problems"] == [problem]
    partly = app.run("import", file, "--partial")
    assert partly.code == 6
    assert "Closed    until 2026-10-31, so left out: line 3\n" in partly.out
    assert [row[3] for row in app.entries()] == ["late"]
    again = app.run("import", file, "--partial", "--json")
    assert (again.code, again.data["counts"]["there"], again.data["counts"]["closed"]) == (6, 1, 1)
    app.ok("config", "unset", "closed_until")
    assert app.ok("import", file, "--json").data["counts"]["new"] == 1


def test_what_has_changed_in_the_closed_period_stays(app: App, tmp_path: Path) -> None:
    app.ok("import", toggl(tmp_path, "09:00 10:00 web call"))
    app.ok("config", "set", "closed_until", "2026-11-02")
    file = toggl(tmp_path, "09:00 10:00 shop call")
    assert app.ok("import", file, "--json").data["counts"]["changed"] == 1
    assert app.run("import", file, "--update").code == 3
    assert app.run("import", file, "--update", "--partial").code == 6
    assert [row[2] for row in app.entries()] == ["web"]


def test_days_without_clock_times_are_laid_end_to_end(app: App) -> None:
    file = str(SAMPLES / "harvest" / "harvest-2026.csv")
    app.ok("import", file)
    assert [row[:2] for row in app.entries()] == [
        ("2026-03-18 09:00:00", "2026-03-18 11:15:00"),
        ("2026-03-18 11:15:00", "2026-03-18 13:30:00"),
        ("2026-03-18 13:30:00", "2026-03-18 15:45:00"),
    ]
    assert app.ok("import", file, "--json").data["counts"]["there"] == 3


def test_timewarrior_needs_a_rule_and_proposes_one(app: App) -> None:
    file = str(SAMPLES / "timewarrior" / "timewarrior-2025-01.data")
    refused = app.run("import", file)
    assert refused.code == 2
    assert refused.err == (
        "clockeye: Timewarrior has tags, and nothing says which of them are projects.\n"
        "  Nothing was stored. For example: --project-from prefix:project:,tags:KIT,BAK,break,OFF.Tool\n"
        "  Other rules: --project-from known (tags that are projects here), --project-from none\n"
    )
    app.ok("import", file, "--project-from", "prefix:project:,tags:KIT,BAK,OFF.Tool")
    assert [row[2:] for row in app.entries()] == [
        ("KIT", "plan the garden #Ada #wait"),
        ("KIT", "Mend fence #Bob"),
        ("BAK", "weekly talk"),
        ("OFF.Tool", "empty one"),
        ("KIT", "buy seeds #in_review #wait"),
        (None, 'said "foo" twice #break'),
        (None, ""),
    ]
    again = app.ok("import", file, "--json", "--project-from", "none").data["counts"]
    assert (again["new"], again["there"], again["skipped"]) == (0, 7, 1)


def test_tags_that_are_projects_here_are_the_projects(app: App, tmp_path: Path) -> None:
    app.ok("projects", "add", "kit")
    file = tmp_path / "2025-01.data"
    file.write_text("inc 20250303T090000Z - 20250303T091500Z # Ada KIT\n")
    app.ok("import", str(file))
    assert [row[2:] for row in app.entries()] == [("kit", "#Ada")]


def test_one_name_of_two_clients_becomes_two_projects(app: App, tmp_path: Path) -> None:
    file = tmp_path / "toggl.csv"
    rows = [
        f"Kim,{client},Website,x,2020-01-0{day},09:00,2020-01-0{day},10:00,1:00:00,"
        for client, day in (("Nord", 1), ("Süd", 2))
    ]
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    result = app.ok("import", str(file))
    assert 'Website → "Website (Nord)", Website → "Website (Süd)"' in result.out
    assert [row[2] for row in app.entries()] == ["Website (Nord)", "Website (Süd)"]


def test_a_map_is_written_and_then_read(app: App, tmp_path: Path) -> None:
    file = toggl(
        tmp_path, "09:00 10:00 Relaunch call", "10:00 11:00 Lunch soup", "11:00 12:00 Relaunch mail x y"
    )
    names = tmp_path / "names.toml"
    app.ok("import", file, "--map", str(names))
    assert app.entries() == []
    text = names.read_text()
    assert '"Relaunch" = "Relaunch"' in text
    names.write_text(text.replace('= "Relaunch"', '= "website"').replace('= "Lunch"', "= false"))
    result = app.ok("import", file, "--map", str(names))
    assert [row[2] for row in app.entries()] == ["website", "website"]
    assert "Lunch left out" in result.out


def test_names_that_mean_something_else_get_another(app: App, tmp_path: Path) -> None:
    app.ok("import", toggl(tmp_path, "09:00 10:00 none x", "10:00 11:00 --dash y"))
    assert [row[2] for row in app.entries()] == ["none (imported)", "dash"]


def test_a_period_and_a_person_can_be_picked(app: App) -> None:
    assert app.ok("import", TOGGL, "--from", "2026-03-28", "--to", "2026-03-28", "--json").data["counts"] == {
        "new": 1,
        "there": 0,
        "changed": 0,
        "gone": 0,
        "deleted": 0,
        "bad": 0,
        "skipped": 4,
        "closed": 0,
    }
    two = str(SAMPLES / "solidtime" / "two-members.zip")
    assert app.run("import", two).code == 2
    app.ok("import", two, "--user", "LEE@example.org")
    assert [row[3] for row in app.entries()] == ["Écrire", "b"]


def test_standard_input_and_folders_can_be_read(app: App, tmp_path: Path) -> None:
    app.ok("import", "-", stdin=Path(TOGGL).read_text(encoding="utf-8-sig"))
    assert len(app.entries()) == 5
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "2025-01.data").write_text("inc 20250101T090000Z - 20250101T091500Z # KIT\n")
    (folder / "2025-02.data").write_text("inc 20250201T090000Z - 20250201T091500Z # KIT\n")
    (folder / "tags.data").write_text('{"KIT":{"count":2}}\n')
    result = app.ok("import", str(folder), "--project-from", "tags:KIT", "--json")
    assert result.data["counts"]["new"] == 2
    assert result.err == f"Not recognised, so not read: {folder / 'tags.data'}\n"


def test_what_is_no_text_is_refused_without_showing_it(app: App, tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 400 + b",;\n,;\n")
    result = app.run("import", str(tmp_path / "noise"))
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[0] == f"clockeye: {tmp_path / 'noise'}: The file was not recognised."


def test_rows_outside_of_the_period_change_nothing(app: App, tmp_path: Path) -> None:
    app.ok("import", toggl(tmp_path, "09:00 10:00 web call"))
    changed = toggl(tmp_path, "09:00 10:00 shop call")
    counts = app.ok("import", changed, "--update", "--from", "2026-11-03", "--json").data["counts"]
    assert (counts["changed"], counts["skipped"]) == (0, 1)
    assert [row[2] for row in app.entries()] == ["web"]


def test_files_of_another_computer_are_exact_and_repeatable(app: App, tmp_path: Path) -> None:
    """Two laptops, three ways round: what was added on either is on both."""
    app.ok("add", "Two\nlines #ui", "--from", "8", "--to", "9", "-p", "website")
    other = App(tmp_path / "other")
    other.ok("add", "=1+1", "--from", "9", "--to", "10", "--no-billable")
    for number, (source, target) in enumerate([(app, other), (other, app), (app, other)]):
        file = tmp_path / f"{number}.json"
        file.write_text(source.ok("log", "--all", "--json").out)
        target.ok("import", str(file))
    ours, theirs = (
        sorted(
            (
                {k: v for k, v in row.items() if k != "project_id"}
                for row in each.ok("log", "--all", "--json").data
            ),
            key=str,
        )
        for each in (app, other)
    )
    assert ours == theirs
    assert len(ours) == 2


def test_ids_of_a_source_may_end_like_the_numbers_of_equal_rows(app: App, tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    names.write_text('columns = { external_id = "Id", start = "Begin", end = "End" }')
    file = tmp_path / "tickets.csv"
    ids = ["PROJ#12", "PROJ", "PROJ#1", "PROJ!", "PROJ#12#2", "PROJ#x"]
    rows = [f"{name},2026-11-02 0{hour}:00,2026-11-02 0{hour}:30" for hour, name in enumerate(ids)]
    file.write_text("\n".join(["Id,Begin,End", *rows]))
    for new in (6, 0):
        counts = app.ok("import", str(file), "--map", str(names), "--json").data["counts"]
        assert (counts["new"], counts["there"], counts["gone"]) == (new, 6 - new, 0)


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv"])
def test_our_own_formats_are_there_already(app: App, tmp_path: Path, form: str) -> None:
    app.ok("add", "'quoted\x07 #a\\b", "--from", "8", "--to", "9", "-p", "-1 x" if form == "x" else "web")
    app.ok("add", "=SUM(A1)", "--from", "9", "--to", "10")
    app.ok("add", "plain\tand\nlines", "--from", "10", "--to", "11", "--no-billable")
    file = tmp_path / f"log.{form}"
    columns = (
        ["--columns", "local_id,started_at,ended_at,project,description,billable"]
        if form in ("csv", "tsv")
        else []
    )
    file.write_bytes(app.ok("log", "--all", "-o", form, *columns).out.encode())
    counts = app.ok("import", str(file), "--dry-run", "--json").data["counts"]
    assert (counts["there"], counts["new"], counts["changed"]) == (3, 0, 0)


def test_the_page_of_moving_over_says_of_each_source_what_is_kept_and_lost() -> None:
    page = (Path(__file__).parents[2] / "docs" / "moving.md").read_text(encoding="utf-8")
    rows = [f"| `{name}` | {source.keeps} | {source.loses} |" for name, source in SOURCES.items()]
    assert "\n".join(["| --- | --- | --- |", *rows, ""]) in page


def test_sources_are_listed(app: App) -> None:
    assert [row["source"] for row in app.ok("import", "--sources", "--json").data][:3] == [
        "toggl",
        "clockify",
        "harvest",
    ]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([], 2),
        (["nothing-here.csv"], 7),
        (["--as", "outlook"], 2),
        (["--as", "watson"], 3),
        ([TOGGL, "--zone", "Mars/Base"], 2),
        ([TOGGL, "--dates", "ymd"], 2),
        ([TOGGL, "--task", "both"], 2),
        ([TOGGL, "--project-from", "guess"], 2),
        ([TOGGL, "--encoding", "klingon"], 2),
        ([TOGGL, "--user", "nobody@example.org"], 2),
        (["/dev/zero"], 2),
    ],
)
def test_slips_are_answered(app: App, args: list[str], code: int) -> None:
    app.environ["HOME"] = str(app.home)
    result = app.run("import", *args)
    assert (result.code, result.out) == (code, "")
    assert "Traceback" not in result.err
