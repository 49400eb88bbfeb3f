"""Files of other programs, in all the shapes that were seen: what is read of them, to the last value.

What is read of `samples/SOURCE/FILE` is in `FILE.read` next to it. `python -m tests.importers.test_samples`
writes those files again; look at the diff.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.day import EPOCH
from clockeye_cli.errors import UsageError
from clockeye_cli.importers import SOURCES, reader, recognised
from clockeye_cli.importers.head import Head
from clockeye_cli.importers.incoming import Choices, Incoming, Problem, Remark
from clockeye_cli.importers.text import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(file for file in SAMPLES.rglob("*.*") if file.suffix != ".read")
TODAY = date(2026, 11, 20)
COLUMNS = {
    "begin-end.csv": {
        "date": "Tag",
        "start": "Beginn",
        "end": "Ende",
        "description": "Was",
        "project": "Projekt",
    },
    "day-hours.csv": {"date": "When", "hours": "How long", "description": "What"},
    "instants.csv": {"start": "from", "end": "to", "description": "note"},
    "no-length.csv": {"start": "a", "project": "b"},
}
"""The columns that the user names, for tables of no known program."""


def choices_for(file: Path) -> Choices:
    encoding = "latin-1" if file.name.startswith("latin-1") else ""
    return Choices(TODAY, encoding=encoding, columns=COLUMNS.get(file.name, {}))


def read(file: Path) -> list[str]:
    """What is read of a file, a line for each value; the last line is an error, or says how much it is."""
    choices = choices_for(file)
    lines, seconds = [], 0
    try:
        with file.open("rb") as content:
            name = recognised(Head(content.read(HEAD), choices.encoding), choices.columns)
            lines.append(f"source {name}")
            for item in reader(name)(content, choices):
                lines += shown(item)
                seconds += lasts(item) if isinstance(item, Incoming) else 0
    except UsageError as error:
        return [*lines, f"{error.code}: {error.message}", *f"  {error.hint}".splitlines()]
    return [*lines, f"understood {timedelta(seconds=seconds)}"]


def lasts(item: Incoming) -> int:
    """The seconds of a row, by a clock that never changes."""
    if item.start is None or item.end is None:
        return item.duration or 0
    start, end = instant(item.start), instant(item.end)
    return end - start


def instant(at: datetime | int) -> int:
    return at if isinstance(at, int) else int((at.replace(tzinfo=UTC) - EPOCH).total_seconds())


def shown(item: Incoming | Problem | Remark) -> Iterator[str]:
    if isinstance(item, Remark):
        yield f"{item.about} {item.text}"
    elif isinstance(item, Problem):
        yield f"{item.line} {item.weight} {item.code} {item.column}: {item.text}"
    else:
        values = zip(Incoming._fields[3:], item[3:], Incoming(0, None, None)[3:], strict=True)
        yield f"{item.line} {when(item.start)} - {when(item.end)}"
        yield from (f"    {field} {value!r}" for field, value, default in values if value != default)


def when(at: datetime | int | None) -> str:
    return str(datetime.fromtimestamp(at, UTC)) if isinstance(at, int) else str(at)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_sample_is_read_like_this(file: Path) -> None:
    expected = file.with_name(f"{file.name}.read").read_text(encoding="utf-8").splitlines()
    assert read(file) == expected
    assert expected[0] == f"source {file.parent.name}" or file.parent.name == "refused"


@pytest.mark.parametrize("source", SOURCES)
def test_each_source_has_four_samples(source: str) -> None:
    assert len([file for file in FILES if file.parent.name == source]) >= 4


if __name__ == "__main__":
    for each in FILES:
        each.with_name(f"{each.name}.read").write_text("\n".join(read(each)) + "\n", encoding="utf-8")
