"""Lists whose rows are read while a format writes them: the whole document or nothing, in little memory."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import StorageError
from clockeye_cli.output.cells import Section, Table
from clockeye_cli.output.formats import FORMATS
from clockeye_cli.output.spool import Spool
from tests.output.captured import Screen
from tests.output.sample_tables import ENTRY, NINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from clockeye_cli.output.cells import Row

STREAMED = [name for name, each in FORMATS.items() if name != "table" and not each.extra]
LENGTHS = [0, 1, 199, 200, 201, 12_345]
"""Around the number of rows that a format writes at once, and more than is kept in memory."""


def row(number: int) -> Row:
    return (f"te_{number}", NINE + number, "Größe" if number % 3 else None, number, f"te_{number:012}")


def listed(length: int) -> Table:
    """A list whose rows are read once, and whose `meta` is known after them."""
    meta = {}

    def rows() -> Iterator[Row]:
        yield from map(row, range(length))
        meta["entries"] = length

    return Table(ENTRY, [Section("", rows())], meta=meta)


def printed(name: str, length: int) -> str:
    screen = Screen(format=name)
    screen.out.table(listed(length))
    return screen.printed


@pytest.mark.parametrize("length", LENGTHS)
def test_no_row_is_lost_or_written_twice_where_pieces_meet(length: int) -> None:
    ids = [f"te_{number}" for number in range(length)]
    document = json.loads(printed("json", length))
    assert document["meta"] == {"entries": length}
    assert [cells["id"] for cells in document["data"]] == ids
    assert [json.loads(line) for line in printed("ndjson", length).splitlines()] == document["data"]
    keys, *rows = csv.reader(io.StringIO(printed("csv", length), newline=""))
    assert (keys, [cells[0] for cells in rows]) == (["id", "started_at", "description", "duration"], ids)
    head, *lines = printed("tsv", length).splitlines()
    assert [head.split("\t"), *(line.split("\t") for line in lines)] == [keys, *rows]
    drawn = printed("markdown", length).splitlines()
    assert [line.split(" | ")[0] for line in drawn[2:]] == [f"| {local_id}" for local_id in ids]
    assert bool(drawn[2:]) or drawn == ["Nothing to list."]


@pytest.mark.parametrize("name", [*STREAMED, "table"])
def test_rows_that_are_still_to_be_read_give_the_same_document_as_a_list(name: str) -> None:
    for length in (0, 1, 450):
        given = Screen(format=name)
        given.out.table(Table(ENTRY, [Section("", [*map(row, range(length))])], meta={"entries": length}))
        assert printed(name, length) == given.printed


@pytest.mark.parametrize("name", [*STREAMED, "table"])
@pytest.mark.parametrize("length", [1, 20_000])
def test_what_fails_while_it_is_read_leaves_no_part_of_a_document(
    tmp_path: Path, name: str, length: int
) -> None:
    def rows() -> Iterator[Row]:
        yield from map(row, range(length))
        raise StorageError("The disk is gone.")

    path = tmp_path / f"list{FORMATS[name].ending}"
    for screen in (Screen(format=name), *([Screen(save=str(path))] if FORMATS[name].ending else [])):
        with pytest.raises(StorageError, match="gone"):
            screen.out.table(Table(ENTRY, [Section("", rows())]))
        assert (screen.printed, os.listdir(tmp_path)) == ("", [])


def test_a_long_document_waits_in_a_file_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tracemalloc.start()
    document = Spool(lambda file: file.writelines(bytes([number]) * 1_000_000 for number in range(20)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000
    assert os.listdir(tmp_path) == []
    assert b"".join(document) == b"".join(bytes([number]) * 1_000_000 for number in range(20))


@pytest.mark.parametrize("name", [name for name in STREAMED if not FORMATS[name].is_page])
@pytest.mark.parametrize("decimal", [False, True])
def test_a_long_list_is_never_in_memory_as_a_whole(name: str, decimal: bool) -> None:
    screen = Screen(format=name, decimal=decimal)
    tracemalloc.start()
    screen.out.prepared(Table(ENTRY, [Section("", map(row, range(12_000)))]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_temporary_file_that_cannot_be_written_is_named_and_nothing_is_printed() -> None:
    """A child, because the limit on the size of files is the process's own."""
    code = (
        "from clockeye_cli.output.spool import Spool; from clockeye_cli.errors import StorageError\n"
        "try: Spool(lambda file: file.writelines(b'x' * 1_000_000 for _ in range(20)))\n"
        "except StorageError as error: print(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, 5_000_000)),
    )
    assert (done.stdout, done.stderr) == ("Cannot write a temporary file: File too large.\n", "")


def test_a_document_can_be_read_and_changed_while_it_is_written() -> None:
    """As a ZIP archive is, which goes back to fill in lengths: in memory, and where it has become a file."""

    def write(file: BinaryIO) -> None:
        for piece in (b"head", b"x" * 2_000_000):
            file.write(piece)
            end = file.tell()
            file.seek(0)
            assert file.read(4) == b"head"
            file.seek(end)
        file.seek(0)
        file.write(b"HEAD")

    document = b"".join(Spool(write))
    assert (document[:5], len(document)) == (b"HEADx", 2_000_004)
