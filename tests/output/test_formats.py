"""The whole output of each format for the same tables."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest

from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import Record, Section, Table
from clockeye_cli.output.formats import FORMATS, of_file
from tests.output.captured import Screen
from tests.output.sample_tables import ENTRY, EVERY_KIND, LOG, NINE

TABLE = """\
This week

ID    Start  Description    Duration
Friday                       1:15:00
te_1  09:00  Fix the login   1:15:00

Saturday                     0:00:59
te_2  09:00  Tab\\there       0:00:59
                            ────────
             Total           1:15:59
"""
TSV = """\
id\tstarted_at\tdescription\tduration
te_1\t2026-11-20T09:00:00+00:00\tFix the login\t4500
te_2\t2026-11-21T09:00:00+00:00\tTab\\there\t59
"""
CSV = """\
id,started_at,description,duration\r
te_1,2026-11-20T09:00:00+00:00,Fix the login,4500\r
te_2,2026-11-21T09:00:00+00:00,Tab\there,59\r
"""
JSON = """\
{"version": 1, "data": [
{"id": "te_1", "started_at": "2026-11-20T09:00:00Z", "description": "Fix the login", "duration": 4500, \
"local_id": "te_a"},
{"id": "te_2", "started_at": "2026-11-21T09:00:00Z", "description": "Tab\\there", "duration": 59, \
"local_id": "te_b"}
], "meta": {"duration": 4559}}
"""
NDJSON = """\
{"id": "te_1", "started_at": "2026-11-20T09:00:00Z", "description": "Fix the login", "duration": 4500, \
"local_id": "te_a"}
{"id": "te_2", "started_at": "2026-11-21T09:00:00Z", "description": "Tab\\there", "duration": 59, \
"local_id": "te_b"}
"""
MARKDOWN = """\
## This week

### Friday (1:15:00)

| ID | Start | Description | Duration |
| --- | --- | --- | ---: |
| te_1 | 09:00 | Fix the login | 1:15:00 |

### Saturday (0:00:59)

| ID | Start | Description | Duration |
| --- | --- | --- | ---: |
| te_2 | 09:00 | Tab\there | 0:00:59 |

| ID | Start | Description | Duration |
| --- | --- | --- | ---: |
|  |  | **Total** | **1:15:59** |
"""
WHOLE = {"table": TABLE, "tsv": TSV, "csv": CSV, "json": JSON, "ndjson": NDJSON, "markdown": MARKDOWN}

TEXTUAL = [name for name, each in FORMATS.items() if not each.extra]
"""The formats that are text; the others need an optional library."""


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_log(name: str) -> None:
    screen = Screen(format=name)
    screen.out.table(LOG)
    assert screen.printed == WHOLE[name]
    assert screen.noticed == ""


def test_without_a_format_a_list_is_a_table_on_a_terminal_and_tsv_elsewhere() -> None:
    terminal, pipe = Screen(terminal=True), Screen()
    terminal.out.table(LOG)
    pipe.out.table(LOG)
    assert (terminal.printed, pipe.printed) == (TABLE, TSV)


def test_every_kind_in_a_table() -> None:
    screen = Screen(format="table", environ={"COLUMNS": "120"})
    screen.out.table(EVERY_KIND)
    assert screen.printed == (
        "Text  ID    Words  Instant           Clock  Day         Duration  Count  Flag  Share\n"
        "a|b   te_1  x y    2026-11-20 09:00  09:00  2026-11-20      1:15     12  yes    63 %  "
        "███████████████\n"
        "      te_2         2026-11-20 09:00  09:00  2026-11-21      0:00      0          0 %\n"
        "\n"
    )


def test_every_kind_in_tsv() -> None:
    screen = Screen(format="tsv", zone=ZoneInfo("Europe/Berlin"))
    screen.out.table(EVERY_KIND)
    ten = "2026-11-20T10:00:00+01:00"
    assert screen.printed == (
        "text\tid\twords\tinstant\tclock\tday\tduration\tcount\tflag\tshare\n"
        f"a|b\tte_1\tx y\t{ten}\t{ten}\t2026-11-20\t4500\t12\ttrue\t0.6250\n"
        f"\tte_2\t\t{ten}\t{ten}\t2026-11-21\t0\t0\tfalse\t0.0000\n"
        "\t\t\t\t\t\t\t\t\t\n"
    )


def test_every_kind_in_markdown() -> None:
    screen = Screen(format="markdown", decimal=True)
    screen.out.table(EVERY_KIND)
    assert screen.printed == (
        "| Text | ID | Words | Instant | Clock | Day | Duration | Count | Flag | Share |  |\n"
        "| --- | --- | --- | --- | --- | --- | ---: | ---: | --- | ---: | --- |\n"
        "| a\\|b | te_1 | x y | 2026-11-20 09:00 | 09:00 | 2026-11-20 | 1.25 | 12 | yes | 63 % | "
        "██████████ |\n"
        "|  | te_2 |  | 2026-11-20 09:00 | 09:00 | 2026-11-21 | 0.00 | 0 |  | 0 % |  |\n"
        "|  |  |  |  |  |  |  |  |  |  |  |\n"
    )


def test_every_kind_in_json() -> None:
    screen = Screen(format="json")
    screen.out.table(EVERY_KIND)
    nine = "2026-11-20T09:00:00Z"
    first, second, third = json.loads(screen.printed)["data"]
    assert first == {
        "text": "a|b",
        "id": "te_1",
        "words": ["x", "y"],
        "instant": nine,
        "clock": nine,
        "day": "2026-11-20",
        "duration": 4500,
        "count": 12,
        "flag": True,
        "share": 0.625,
        "record": {"id": "te_0", "at": nine},
    }
    assert (second["words"], second["flag"], second["duration"], second["record"]) == ([], False, 0, None)
    assert set(third.values()) == {None}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("table", "This week\n\nNothing was tracked.\n"),
        ("tsv", "id\tstarted_at\tdescription\tduration\n"),
        ("csv", "id,started_at,description,duration\r\n"),
        ("json", '{"version": 1, "data": []}\n'),
        ("ndjson", ""),
        ("markdown", "## This week\n\nNothing was tracked.\n"),
    ],
)
def test_a_table_without_rows(name: str, expected: str) -> None:
    screen = Screen(format=name)
    screen.out.table(Table(ENTRY, [Section("Friday", [])], heading="This week", empty="Nothing was tracked."))
    assert screen.printed == expected


def test_markdown_puts_the_sum_of_one_plain_section_under_its_rows() -> None:
    screen = Screen(format="markdown", columns="description,duration")
    row = ("te_1", NINE, "x", 60, "te_a")
    screen.out.table(Table(ENTRY, [Section("", [row])], total=(None, None, "Total", 60, None)))
    assert screen.printed.splitlines()[2:] == ["| x | 0:01 |", "| **Total** | **0:01** |"]


def test_columns_pick_and_order_in_every_format() -> None:
    for name in TEXTUAL:
        screen = Screen(format=name, columns="duration, local_id")
        screen.out.table(LOG)
        lines = screen.printed.splitlines()
        assert "Fix" not in screen.printed
        assert any(line.find("te_a") > max(line.find("4500"), line.find("1:15:00")) >= 0 for line in lines)


def test_an_unknown_column_names_the_nearest_and_all() -> None:
    with pytest.raises(UsageError) as caught:
        Screen(columns="durration").out.table(LOG)
    assert caught.value.message == "Unknown column 'durration'. Did you mean duration?"
    assert caught.value.hint == "Known: id, started_at, description, duration, local_id."


def test_an_unknown_format_names_all() -> None:
    with pytest.raises(UsageError, match="Unknown format 'yaml'"):
        Screen(format="yaml").out.table(LOG)


def test_a_single_thing_in_each_format() -> None:
    record = Record(ENTRY, ("te_1", NINE, "x", 60, "te_a"))
    expected = {}
    for name in TEXTUAL:
        screen = Screen(format=name)
        screen.out.result("A line.", record, {"as_of": "now"})
        expected[name] = screen.printed
    thing = (
        '{"id": "te_1", "started_at": "2026-11-20T09:00:00Z", "description": "x", "duration": 60, '
        '"local_id": "te_a"}'
    )
    assert expected["json"] == f'{{"version": 1, "data": {thing}, "meta": {{"as_of": "now"}}}}\n'
    assert expected["ndjson"] == f"{thing}\n"
    assert (
        expected["tsv"]
        == "\t".join(TSV.splitlines()[0].split("\t")) + "\nte_1\t2026-11-20T09:00:00+00:00\tx\t60\n"
    )
    assert expected["table"] == "ID    Start  Description  Duration\nte_1  09:00  x                0:01\n"


@pytest.mark.parametrize(("path", "name"), [("a.csv", "csv"), ("B.JSON", "json"), ("c.x.ndjson", "ndjson")])
def test_a_file_name_says_its_format(path: str, name: str) -> None:
    assert of_file(path) == name


@pytest.mark.parametrize("path", ["a", "a.txt", "/dev/stdout", "csv", "a.csv.gz"])
def test_another_file_name_is_refused_with_the_known_endings(path: str) -> None:
    with pytest.raises(UsageError) as caught:
        of_file(path)
    assert caught.value.hint == "Known extensions: .tsv, .csv, .json, .ndjson, .md, .html, .pdf, .xlsx."
