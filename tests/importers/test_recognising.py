"""Which source a file comes from: the content says so, and rubbish is refused at once, however large."""

from __future__ import annotations

import io
import json
import tomllib
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from clockeye_cli.errors import UsageError
from clockeye_cli.importers import SOURCES, certainties, reader, recognised
from clockeye_cli.importers.head import Head
from clockeye_cli.importers.incoming import Choices, Incoming, Problem
from clockeye_cli.importers.text import HEAD

SAMPLES = Path(__file__).parent / "samples"
CHOICES = Choices(date(2026, 11, 20))
CLOCKEYE = '{"version": 1, "data": [%s]}'


@pytest.mark.parametrize("source", [name for name in SOURCES if name != "csv"])
def test_only_one_source_is_sure_of_each_sample(source: str) -> None:
    for file in (SAMPLES / source).glob("*"):
        encoding = "latin-1" if file.name.startswith("latin-1") else ""
        if file.suffix != ".read":
            answers = certainties(Head(file.read_bytes()[:HEAD], encoding))
            assert [name for name, answer in answers.items() if answer == "sure"] == [source], file.name


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unknown_format"),
        (b"\0" * HEAD, "unknown_format"),
        (b"\xff\xfe" * 1000, "unknown_format"),
        (b"," * HEAD, "unknown_format"),
        (b"[" * HEAD, "unknown_format"),
        (b'{"data": [', "unknown_format"),
        (b'"' * HEAD, "unknown_format"),
        (b"PK\x03\x04", "unknown_format"),
        (b"Start date,Start time\n2026-01-01,09:00\n", "unknown_format"),
        (b"Project,Hours\nacme,3\n", "no_times"),
        (b"User;Dauer\nKim;3:00\n", "no_times"),
    ],
)
def test_what_is_no_file_of_a_tracker_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UsageError) as refusal:
        recognised(Head(content), {})
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "Datum;Projekt;Beschreibung;Start;Ende;Hours;Ort",
            {
                "date": "Datum",
                "project": "Projekt",
                "description": "Beschreibung",
                "start": "Start",
                "end": "Ende",
                "hours": "Hours",
            },
        ),
        ("Work,Begin,End,Start", {"start": "Begin", "end": "End"}),
        ("Anfang,Schluss", {"start": "Begin", "end": "End", "project": "Project"}),
    ],
)
def test_the_refusal_of_a_table_has_a_map_file_with_the_columns_that_are_known(
    header: str, columns: dict[str, str]
) -> None:
    with pytest.raises(UsageError) as refusal:
        recognised(Head(f"{header}\n".encode()), {})
    line = refusal.value.hint.partition("correct it: ")[2].partition("\n")[0]
    assert tomllib.loads(line) == {"columns": columns}


def test_any_table_can_be_read_once_its_columns_are_named() -> None:
    head = Head(b"Anfang;Ende\n")
    assert recognised(head, {"start": "Anfang", "end": "Ende"}) == "csv"
    with pytest.raises(UsageError, match="Its columns: Anfang, Ende"):
        recognised(head, {})


@pytest.mark.parametrize("source", [name for name in SOURCES if name not in ("csv", "solidtime")])
def test_a_line_without_end_never_fills_the_memory(source: str) -> None:
    """A good beginning, then one line of 40 MB: what is kept of it is one piece."""
    files = sorted(file for file in (SAMPLES / source).glob("*") if file.suffix != ".read")
    first = next(file for file in files if b"\0" not in file.read_bytes())
    content = io.BytesIO(first.read_bytes().rstrip(b"]}\n") + b"\n" + b"x" * 40_000_000)
    tracemalloc.start()
    for _ in zip(reader(source)(content, CHOICES), range(1000), strict=False):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 24 * 2**20


@pytest.mark.parametrize(
    "filler", [b"lorem ipsum\n", b"a,b,c\n", b"1;2\n", bytes(range(256)), b"2024-01-01\n"]
)
def test_the_beginning_is_enough_to_refuse_rubbish(filler: bytes) -> None:
    with pytest.raises(UsageError):
        recognised(Head((filler * HEAD)[:HEAD]), {})


def test_json_may_be_of_any_size_but_its_elements_may_not() -> None:
    entry = {"started_at": "2026-01-01T09:00:00Z", "ended_at": "2026-01-01T10:00:00Z", "description": "x"}
    many = CLOCKEYE % ",".join([json.dumps(entry)] * 30_000)
    items = [*reader("clockeye")(io.BytesIO(many.encode()), CHOICES)]
    assert sum(isinstance(item, Incoming) for item in items) == 30_000
    deep = CLOCKEYE % (json.dumps(entry) + "," + "[" * 100_000)
    problems = [
        item for item in reader("clockeye")(io.BytesIO(deep.encode()), CHOICES) if isinstance(item, Problem)
    ]
    assert len(problems) == 1


def test_members_of_an_object_before_the_entries_are_passed_over() -> None:
    content = b'{"meta": {"data": [1]}, "n": 12, "data": [{"started_at": "2026-01-01T09:00:00Z",' + (
        b' "ended_at": "2026-01-01T10:00:00Z", "description": ""}]}'
    )
    rows = [item for item in reader("clockeye")(io.BytesIO(content), CHOICES) if isinstance(item, Incoming)]
    assert [row.line for row in rows] == [1]


def zipped(entries: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta.json", '{"version": "1.0"}')
        archive.writestr("time_entries.csv", entries)
    return file


def test_an_archive_is_not_unpacked_beyond_a_limit() -> None:
    """700 MB of zeros are 700 kB packed; neither what the header says nor what comes out may be larger."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta.json", '{"version": "1.0"}')
        with archive.open("time_entries.csv", "w", force_zip64=True) as member:
            for _ in range(700):
                member.write(bytes(1_000_000))
    with pytest.raises(UsageError) as refusal:
        [*reader("solidtime")(file, CHOICES)]
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize("place", [-200, -100, -10, 100, 200])
def test_an_archive_that_was_cut_off_or_overwritten_is_refused(place: int) -> None:
    content = zipped(b"id,start,end\n" * 100).getvalue()
    damaged = content[:place] + (b"" if place < 0 else b"\0\0\0\0" + content[place + 4 :])
    with pytest.raises(UsageError):
        [*reader("solidtime")(io.BytesIO(damaged), CHOICES)]
