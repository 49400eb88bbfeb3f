"""Workbooks, read back by openpyxl, which is not ours, and by LibreOffice where it is installed."""

from __future__ import annotations

import csv
import io
import resource
import shutil
import subprocess
import sys
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.safe_text import safe
from clockeye_cli.errors import StorageError
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.document import About, Document, Figure, Figures, Text
from clockeye_cli.output.formats import RenderOptions
from clockeye_cli.output.xlsx import book
from tests.many_entries import make
from tests.output.captured import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from clockeye_cli.output.cells import Row
    from tests.app import App

BERLIN = ZoneInfo("Europe/Berlin")
NINE = int(datetime(2026, 11, 20, 8, tzinfo=UTC).timestamp())
COLUMNS = (
    Column("started_at", "Start", "instant"),
    Column("duration", "Duration", "duration"),
    Column("description", "Description"),
    Column("billable", "Billable", "flag"),
    Column("id", "Id", "id", is_detail=True),
)
ROWS: list[Row] = [(NINE, 5_400, "Plan", True, "te_1"), (NINE + 7_200, 59, "=1+1", False, "te_2")]


def written(document: Document) -> bytes:
    file = io.BytesIO()
    book.write(document, RenderOptions(lambda: BERLIN), file)
    return file.getvalue()


def sheets(document: Document, *, values: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet: with the formulas, or with the values that are stored beside them."""
    read = openpyxl.load_workbook(io.BytesIO(written(document)), data_only=values)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in read.worksheets}


def table(rows: list[Row], **more: Any) -> Table:
    return Table(COLUMNS, [Section("", rows)], **more)


def test_a_list_is_one_sheet_whose_sum_is_a_formula_with_its_value() -> None:
    document = Document.of(table(ROWS))
    start = datetime(2026, 11, 20, 9)  # noqa: DTZ001 (a spreadsheet has no zones)
    rows = [
        ("Start (Europe/Berlin)", "Duration", "Description", "Billable"),
        (start, timedelta(hours=1, minutes=30), "Plan", True),
        (start + timedelta(hours=2), timedelta(seconds=59), "=1+1", False),
    ]
    assert sheets(document) == {"Entries": [*rows, ("Total", "=SUM(B2:B3)", None, None)]}
    whole = timedelta(seconds=5_459)
    assert sheets(document, values=True) == {"Entries": [*rows, ("Total", whole, None, None)]}


def test_numbers_are_shown_as_people_write_them_and_text_is_text() -> None:
    read = openpyxl.load_workbook(io.BytesIO(written(Document.of(table(ROWS)))))
    sheet: Worksheet = read.worksheets[0]
    assert sheet["B2"].number_format == "[h]:mm:ss"
    assert sheet["A2"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert (sheet["C3"].data_type, sheet["C3"].value) == ("s", "=1+1")
    assert sheet["C3"].quotePrefix
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"


def test_the_first_sheet_says_who_hands_in_what() -> None:
    about = About(("Kim Roe", "Kai 2"), ("Nord & Co",), "Made with clockeye.", zone="Europe/Berlin")
    figures = Figures((Figure("duration", "Total", 5_459), Figure("entries", "Entries", 2, "count")))
    first, second = table(ROWS, heading="Timesheet"), table([], heading="timesheet", empty="No entries.")
    document = Document("November 2026", about, (figures, first, second, Text("Exact.")))
    read = sheets(document, values=True)
    assert list(read) == ["Timesheet", "timesheet 2"]
    assert [row[:2] for row in read["Timesheet"]] == [
        ("November 2026", None),
        (None, None),
        ("Kim Roe", None),
        ("Kai 2", None),
        (None, None),
        ("Nord & Co", None),
        (None, None),
        ("Total", timedelta(seconds=5_459)),
        ("Entries", 2),
        (None, None),
        ("Start (Europe/Berlin)", "Duration"),
        (datetime(2026, 11, 20, 9), timedelta(seconds=5_400)),  # noqa: DTZ001 (as above)
        (datetime(2026, 11, 20, 11), timedelta(seconds=59)),  # noqa: DTZ001 (as above)
        ("Total", timedelta(seconds=5_459)),
        (None, None),
        ("Exact.", None),
        ("Made with clockeye.", None),
    ]
    assert read["timesheet 2"][1][0] == "No entries."


def test_a_sum_that_its_column_does_not_add_up_to_is_no_formula() -> None:
    document = Document.of(table(ROWS, total=("All", 5_400, "", None, "")))
    assert sheets(document)["Entries"][-1] == ("All", timedelta(hours=1, minutes=30), None, None)


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (["a/b:c*?[d]\\'", "History", ""], ["a-b-c--(d)--", "History 2", "Entries"]),
        (["x" * 40, "X" * 40, "😀" * 20], ["x" * 31, "X" * 29 + " 2", "😀" * 15]),
        (["\x1b[31m\u202e", "日本"], ["-x1b(31m-u202e", "日本"]),
    ],
)
def test_names_of_sheets_are_allowed_and_differ(headings: list[str], names: list[str]) -> None:
    tables = tuple(table(ROWS, heading=heading) for heading in headings)
    assert list(sheets(Document("", About(), tables))) == names


@given(st.lists(st.text(max_size=60) | st.text("=+-@_x00A\x1b\t\n\ud800<&>'\"", max_size=30), max_size=6))
def test_any_text_is_read_back_as_text(texts: list[str]) -> None:
    rows: list[Row] = [(NINE, 1, text, True, "te") for text in texts]
    read = sheets(Document.of(table(rows)))["Entries"][1:]
    shown = [safe(text, keep_newlines=True) or None for text in texts]
    assert [row[2] for row in read[: len(texts)]] == shown


def test_days_and_amounts_and_shares() -> None:
    columns = (Column("day", "Day", "day"), Column("share", "Share", "share"), Column("n", "N", "count"))
    rows: list[Row] = [(date(2026, 11, 20), 0.25, 3), (None, None, None)]
    document = Document.of(Table(columns, [Section("", rows)], total=("Total", None, 3)))
    assert sheets(document)["List"] == [
        ("Day", "Share", "N"),
        (datetime(2026, 11, 20), 0.25, 3),  # noqa: DTZ001 (as above)
        (None, None, None),
        ("Total", None, "=SUM(C2:C3)"),
    ]


def test_a_list_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_ROWS", 3)  # the real limit takes half a minute
    assert len(sheets(Document.of(table(ROWS[:1])))["Entries"]) == 3
    with pytest.raises(StorageError, match="holds at most 3 rows"):
        written(Document.of(table(ROWS)))


def test_long_lists_need_little_memory_and_leave_no_temporary_file(tmp_path: Path) -> None:
    code = f"""
import resource, sys
from datetime import UTC
sys.path.insert(0, {str(tmp_path)!r})
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.document import Document
from clockeye_cli.output.formats import RenderOptions
from clockeye_cli.output.xlsx.book import write
columns = tuple(Column(str(n), "T", "text") for n in range(8))
def peak(count):
    with open({str(tmp_path / "list.xlsx")!r}, "w+b") as file:
        rows = (tuple("a description" for _ in columns) for _ in range(count))
        write(Document.of(Table(columns, [Section("", rows)])), RenderOptions(lambda: UTC), file)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(-peak(500) + peak(20_000))
"""
    environ = {"TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": ":".join(filter(None, sys.path))}
    (tmp_path / "tmp").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 6
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_report_reads_its_entries_while_it_is_written(app: App, tmp_path: Path) -> None:
    """Ten times as many entries, also rounded ones, need hardly more memory."""
    app.environ |= {"CLOCKEYE_RATE": "80 EUR", "CLOCKEYE_ROUNDING": "15m"}
    app.ok("status")
    peaks = []
    for count in (500, 5_000):
        app.home = tmp_path / f"home{count}"
        app.environ["CLOCKEYE_HOME"] = str(app.home)
        app.home.mkdir()
        make(str(app.home / "local.db"), count, app.now, days=10)
        tracemalloc.start()
        app.ok("report", "--all", "--money", "--save", str(tmp_path / f"{count}.xlsx"))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 2_500_000, peaks
    read = openpyxl.load_workbook(tmp_path / "5000.xlsx", read_only=True)
    assert read["Entries"].max_row > 5_000


def test_differences_are_hours_because_excel_shows_no_negative_times(app: App) -> None:
    app.environ["CLOCKEYE_TARGET"] = "mon-thu 8h, fri 6h"
    app.ok("add", "Plan", "-p", "web", "--from", "2026-11-18 9:00", "--to", "2026-11-18 10:30")
    for words in (("--week",), ("--week", "--compare")):
        file = app.home / f"{len(words)}.xlsx"
        app.ok("report", *words, "--save", str(file))
        cells = [cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row]
        signed = [cell.value for cell in cells if "-0.00" in cell.number_format]
        assert signed == ([-36.5, -8, -8, -6.5, -8, -6, -36.5] if len(words) == 1 else [1.5, 1.5])


def test_a_full_disk_is_an_error_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    code = """
import io
from datetime import UTC
from clockeye_cli.errors import StorageError
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.document import Document
from clockeye_cli.output.formats import RenderOptions
from clockeye_cli.output.xlsx.book import write
rows = (("a description",) for _ in range(50_000))
document = Document.of(Table((Column("a", "A"),), [Section("", rows)]))
try: write(document, RenderOptions(lambda: UTC), io.BytesIO())
except StorageError as error: print(error.message)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000)),
    )
    assert (done.stdout, done.stderr) == ("Cannot write a temporary file: File too large.\n", "")
    assert list(tmp_path.iterdir()) == []


def test_libreoffice_computes_the_same_sum(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, not even in CI: it is too large")
    file = tmp_path / "list.xlsx"
    file.write_bytes(written(Document.of(table(ROWS))))
    convert = [office, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(file)]
    subprocess.run(convert, env={"HOME": str(tmp_path)}, capture_output=True, check=True, timeout=120)
    rows = list(csv.reader((tmp_path / "list.csv").read_text().splitlines()))
    assert [row[1] for row in rows] == ["Duration", "1:30:00", "0:00:59", "1:30:59"]


def test_what_fails_while_it_is_read_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows() -> Iterator[Row]:
        yield from ROWS * 2_000
        raise StorageError("The disk is gone.")

    screen = Screen(format="xlsx")
    with pytest.raises(StorageError, match="gone"):
        screen.out.table(Table(COLUMNS, [Section("", rows())]))
    assert (screen.stdout.bytes.getvalue(), list(tmp_path.iterdir())) == (b"", [])


def test_a_report_has_sheets_for_totals_timesheet_and_entries_with_amounts(app: App, tmp_path: Path) -> None:
    app.ok("add", "Plan", "-p", "web", "--from", "2026-11-18 9:00", "--to", "2026-11-18 10:30")
    app.ok("add", "Fix", "-p", "web", "--from", "2026-11-19 9:00:10", "--to", "2026-11-19 10:00")
    (app.home / "config.toml").write_text('[projects.web]\nrate = "85.50 EUR"\n')
    (app.home / "config.toml").chmod(0o600)
    file = tmp_path / "week.xlsx"
    app.ok("report", "--week", "--money", "--save", str(file))
    read = openpyxl.load_workbook(file, data_only=True)
    assert read.sheetnames == ["Totals", "Timesheet", "Entries"]
    assert read["Entries"]["C4"].value == timedelta(seconds=5_400 + 3_590)
    totals = [cell.value for row in read["Totals"].iter_rows() for cell in row]
    assert 213.51 in totals
