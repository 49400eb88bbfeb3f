"""solidtime: the ZIP of its export, with a table for each kind of thing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO

from clockeye_cli.errors import UsageError
from clockeye_cli.importers import clocks
from clockeye_cli.importers.incoming import Incoming, Problem, Remark
from clockeye_cli.importers.table import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

    Names = dict[str, dict[str, str]]
    """For each kind of thing, the names by the ids."""

LARGEST = 512 * 1024 * 1024
"""Bytes of a member, unpacked."""

NAMED = {"clients": "name", "projects": "name", "tasks": "name", "tags": "name", "members": "email"}
_ZIP = b"PK\x03\x04"
_META, _ENTRIES = "meta.json", "time_entries.csv"
_MOST_META = 64 * 1024


def sniff(head: Head) -> Certainty:
    """Whether it is a ZIP with the members of an export; their names are in its beginning or its end."""
    if not head.content.startswith(_ZIP):
        return "no"
    names = (b"meta.json", b"time_entries.csv", b"organizations.csv", b"members.csv", b"clients.csv")
    return "sure" if any(name in head.content for name in names) else "maybe"


def read(file: BinaryIO, choices: Choices) -> Reading:  # noqa: ARG001 - its dates and its encoding are fixed
    """The time entries of the export; times are UTC.

    Raises:
        UsageError: It is no export of version 1, or larger unpacked than any real one.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive)
            yield Remark("encoding", "UTF-8")
            names: Names = {kind: _names(archive, kind, column) for kind, column in NAMED.items()}
            for line, row in _rows(archive, _ENTRIES):
                yield _incoming(line, row, names)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        UnicodeError,
    ) as error:
        raise _refusal(f"The archive cannot be read: {error}") from error


def _check(archive: zipfile.ZipFile) -> None:
    members = {member.filename: member for member in archive.infolist()}
    if _META not in members or _ENTRIES not in members:
        raise _refusal(f"The archive has no {_META} and {_ENTRIES}, so it is not an export of solidtime.")
    wanted = [_META, _ENTRIES, *(f"{kind}.csv" for kind in NAMED)]
    size = sum(members[name].file_size for name in wanted if name in members)
    if size > LARGEST:
        raise UsageError(
            f"The archive would be {size // 2**20} MiB unpacked; at most {LARGEST // 2**20} MiB are read.",
            hint="Export a shorter period.",
            code="too_large",
        )
    with archive.open(_META) as meta:
        try:
            version = str(json.loads(meta.read(_MOST_META))["version"])
        except (ValueError, KeyError, TypeError, RecursionError):
            version = "missing"
    if version.partition(".")[0] != "1":
        raise _refusal(f"The export has version {version[:20]}; version 1 can be read.")


def _refusal(message: str) -> UsageError:
    return UsageError(message, hint="Export again in solidtime: Settings, Export.", code="unknown_format")


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a member, each with its line; none if the archive has no such member."""
    if name not in archive.namelist():
        return
    csv.field_size_limit(LONGEST_CELL)
    with archive.open(name) as member:
        limited = io.BufferedReader(_Limited(member))
        reader = csv.DictReader(io.TextIOWrapper(limited, "utf-8-sig", newline=""))
        try:
            for row in reader:
                yield (
                    reader.line_num,
                    {key: value or "" for key, value in row.items() if isinstance(key, str)},
                )
        except csv.Error as error:
            raise _refusal(f"{name} cannot be read: {error}") from error


class _Limited(io.RawIOBase):
    """A member of the archive; reading it fails if it is larger than its header says, which may be false."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member
        self._rest = LARGEST

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # io's own is wider
        """Read on, into a buffer."""
        piece = self._member.read(len(buffer))
        self._rest -= len(piece)
        if self._rest < 0:
            raise _refusal("A member of the archive is larger than it says.")
        buffer[: len(piece)] = piece
        return len(piece)


def _names(archive: zipfile.ZipFile, kind: str, column: str) -> dict[str, str]:
    """What the things of a kind are called; a project also under `ID client`: the id of its client."""
    names = {}
    for _, row in _rows(archive, f"{kind}.csv"):
        names[row.get("id", "")] = row.get(column) or row.get("name", "")
        if kind == "projects":
            names[row.get("id", "") + " client"] = row.get("client_id", "")
    return names


def _incoming(line: int, row: dict[str, str], names: Names) -> Incoming | Problem:
    start, end = clocks.moment(row.get("start", "")), clocks.moment(row.get("end", ""))
    if not isinstance(start, int):
        return Problem(line, "bad_time", f'"{row.get("start", "")[:40]}" is not a time', column="start")
    if not row.get("end"):
        return Problem(line, "running", "is still running: it has no end", "skipped")
    if not isinstance(end, int):
        return Problem(line, "bad_time", f'"{row.get("end", "")[:40]}" is not a time', column="end")
    try:
        tags = json.loads(row.get("tags") or "[]")
    except (ValueError, RecursionError):
        return Problem(line, "bad_row", "has tags that are not JSON", column="tags")
    project_id = row.get("project_id", "")
    client_id = row.get("client_id") or names["projects"].get(f"{project_id} client", "")
    task_id, rate = row.get("task_id", ""), row.get("billable_rate", "")
    return Incoming(
        line,
        start,
        end,
        description=row.get("description", ""),
        project=names["projects"].get(project_id, project_id),
        client=names["clients"].get(client_id, client_id),
        task=names["tasks"].get(task_id, task_id),
        tags=tuple(names["tags"].get(str(tag), str(tag)) for tag in tags) if isinstance(tags, list) else (),
        billable={"true": True, "1": True, "false": False, "0": False}.get(row.get("billable", "").lower()),
        person=names["members"].get(row.get("member_id", ""), row.get("member_id", "")),
        external_id=row.get("id", ""),
        more=(("billable_rate", rate),) if rate else (),
    )
