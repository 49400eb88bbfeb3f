"""Which rows are here already: rows of one key are matched by their content, and else in their order."""

from __future__ import annotations

import json
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from clockeye_cli.store import origins
from clockeye_cli.tracking.importing.rows import OWN
from clockeye_cli.tracking.importing.side_by_side import StoredRows, side_by_side, with_entries
from clockeye_cli.tracking.importing.spool import CLOSED, TAKEN, UNTIMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.tracking.importing.side_by_side import Group, PlacedRow
    from clockeye_cli.tracking.importing.survey import Survey

    Action = Literal["skip", "new", "changed", "there", "deleted", "closed"]
    """What becomes of a row; `closed`: it would be stored, or changed, in the closed period."""

ACTIONS: tuple[Action, ...] = ("skip", "new", "changed", "there", "deleted", "closed")
SKIP, NEW, CHANGED, THERE, DELETED, LOCKED = range(len(ACTIONS))
AT_ONCE = 500
"""Origins that are read at once."""


class Slot:
    """A row that is stored here, or will be.

    Attributes:
        number: Its number among the rows of its key.
        content: What it says.
        is_deleted: Whether its entry was deleted here.
        file: The place of the last file that has it; -1 if none has yet.
    """

    __slots__ = ("content", "file", "is_deleted", "number")

    def __init__(self, number: int, content: bytes, is_deleted: bool) -> None:
        self.number, self.content, self.is_deleted, self.file = number, content, is_deleted, -1


class FileMatches(NamedTuple):
    """What becomes of the rows of a file, in their order.

    Attributes:
        actions: What becomes of each row, by its place in ACTIONS.
        numbers: The number of a new or changed row among those of its key, unless it is 1.
    """

    actions: bytearray
    numbers: dict[int, int]


class Matches(NamedTuple):
    """What becomes of all rows of an import.

    Attributes:
        files: For each file, what becomes of its rows.
        counts: How many rows have each action.
        gone: The entries of rows that a file should have and has not, as far as they are still here.
        former: The project that most entries of each project of the source have here, by its client and its
            name there. So a project that was renamed or merged here since is found again.
    """

    files: list[FileMatches]
    counts: dict[Action, int]
    gone: list[str]
    former: dict[tuple[str, str], str]


def matched(connection: Connection, family: str, surveys: Sequence[Survey], *, may_update: bool) -> Matches:
    """Match the rows of files of one source, one file after the other, as if each was imported by itself.

    Args:
        connection: The store.
        family: The source.
        surveys: Its files.
        may_update: Whether changed rows change their entries: not in the closed period.
    """
    stored = StoredRows(connection, family)
    groups = side_by_side(surveys, stored)
    if family == OWN:
        groups = with_entries(connection, groups)
    matching = _Matching(surveys, may_update=may_update)
    gone = _gone(connection, family, surveys, matching.unseen(groups))
    counts = {
        name: sum(file.actions.count(place) for file in matching.files) for place, name in enumerate(ACTIONS)
    }
    return Matches(matching.files, counts, gone, stored.former)


class _Matching:
    """Rows that are being matched."""

    def __init__(self, surveys: Sequence[Survey], *, may_update: bool) -> None:
        self.files = [FileMatches(bytearray(each.rows), {}) for each in surveys]
        self._may_update = may_update

    def unseen(self, groups: Iterable[Group]) -> Iterator[str]:
        """Match the rows of each key; gives the ids of stored rows with entries that no file has."""
        for _, rows, stored in groups:
            if len(rows) == 1 and len(stored) <= 1:  # by far the most
                _, file, place, content, marks = rows[0]
                if not stored:
                    self.files[file].actions[place] = _of_new(marks)
                    continue
                if stored[0][3] == content:
                    is_deleted = stored[0][4]
                    self.files[file].actions[place] = _of_equal(marks, is_deleted=is_deleted)
                    continue
            slots = [Slot(number, content, is_deleted) for _, number, _, content, is_deleted in stored]
            for file, its_rows in groupby(rows, itemgetter(1)):
                self._match([*its_rows], self.files[file], file, slots)
            for slot, (_, _, name, _, is_deleted) in zip(slots, stored, strict=False):
                if slot.file < 0 and not is_deleted:
                    yield name

    def _match(self, rows: Iterable[PlacedRow], matches: FileMatches, file: int, slots: list[Slot]) -> None:
        """Match the rows of a key in one file."""
        free = [slot for slot in slots if slot.file < file]
        rest = []
        for _, _, place, content, marks in rows:  # equal ones first
            slot = next((slot for slot in free if slot.content == content), None)
            if slot is None:
                rest.append((place, content, marks))
            else:
                free.remove(slot)
                slot.file = file
                matches.actions[place] = _of_equal(marks, is_deleted=slot.is_deleted)
        for place, content, marks in rest:
            if free and not marks & UNTIMED:
                slot = free.pop(0)
                action = self._of_unequal(marks, is_deleted=slot.is_deleted)
            else:
                action = _of_new(marks)
                if action != NEW:
                    matches.actions[place] = action
                    continue
                slot = Slot(1 + max((slot.number for slot in slots), default=0), content, False)
                slots.append(slot)
            slot.file = file
            matches.actions[place] = action
            if slot.number > 1:
                matches.numbers[place] = slot.number

    def _of_unequal(self, marks: int, *, is_deleted: bool) -> int:
        """What becomes of a row that differs from the stored one of its place."""
        if not marks & TAKEN:
            return SKIP
        if is_deleted:
            return DELETED
        return LOCKED if marks & CLOSED and self._may_update else CHANGED


def _of_new(marks: int) -> int:
    """What becomes of a row that is not stored."""
    return SKIP if not marks & TAKEN else LOCKED if marks & CLOSED else NEW


def _of_equal(marks: int, *, is_deleted: bool) -> int:
    """What becomes of a row that is stored as it is."""
    return SKIP if not marks & TAKEN else DELETED if is_deleted else THERE


def _gone(connection: Connection, family: str, surveys: Sequence[Survey], unseen: Iterator[str]) -> list[str]:
    """Of stored rows that no file has, those whose person and start are within one; not of our own files."""
    people = {person for survey in surveys for person in survey.folded_people}
    gone = []
    while names := [*islice(unseen, AT_ONCE)]:
        for origin in origins.of_source(connection, family, names).values() if family != OWN else ():
            row = json.loads(origin.was)
            start = row.get("start", "")
            if row.get("person", "") in people and any(s.first <= start <= s.last for s in surveys):
                gone.append(origin.local_id)
    return gone
