"""Which rows are here already: rows of one key are matched by their content, and else in their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, NamedTuple

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.identity import external_id, is_id, key_and_number
from clockeye_cli.importers.incoming import Incoming
from clockeye_cli.store import imported, projects
from clockeye_cli.tracking.importing.rows import OWN, own_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.tracking.importing.survey import Survey

    Action = Literal["new", "changed", "there", "deleted", "skip"]


class Slot:
    """A row that is stored here, or will be.

    Attributes:
        external_id: Its id among those of its source.
        local_id: The entry that it became, or will become.
        content: What it says.
        is_stored: Whether it was here before this import.
        is_deleted: Whether its entry was deleted here.
        file: The place of the last file that has it; -1 if none has yet.
    """

    __slots__ = ("content", "external_id", "file", "is_deleted", "is_stored", "local_id")

    def __init__(self, external_id: str, local_id: str, content: bytes, *, is_stored: bool) -> None:
        self.external_id, self.local_id, self.content = external_id, local_id, content
        self.is_stored, self.is_deleted, self.file = is_stored, False, -1


class Match(NamedTuple):
    """What becomes of a row."""

    action: Action
    slot: Slot | None


class Matches(NamedTuple):
    """What becomes of all rows of an import.

    Attributes:
        files: For each file, what becomes of its rows, in their order.
        gone: Stored rows that a file should have and has not, with ids of entries that are still here.
    """

    files: list[list[Match]]
    gone: list[Slot]


def matched(connection: Connection, family: str, surveys: Sequence[Survey]) -> Matches:
    """Match the rows of files of one source, one file after the other, as if each was imported by itself."""
    wanted = {key for survey in surveys for key in survey.keys}
    slots = _stored(connection, family, wanted)
    files = [_file(place, survey, slots) for place, survey in enumerate(surveys)]
    gone = [] if family == OWN else _gone(connection, family, surveys, slots)
    return Matches(files, gone)


def _file(place: int, survey: Survey, slots: dict[str, list[Slot]]) -> list[Match]:
    groups: dict[str, list[int]] = {}
    for row, key in enumerate(survey.keys):
        groups.setdefault(key, []).append(row)
    result: list[Match] = [Match("skip", None)] * len(survey.keys)
    for key, rows in groups.items():
        free = [slot for slot in slots.get(key, ()) if slot.file < place]
        rest = []
        for row in rows:  # equal ones first
            content = survey.contents[row]
            slot = next((slot for slot in free if slot.content == content), None)
            if slot is None:
                rest.append(row)
            else:
                free.remove(slot)
                slot.file = place
                result[row] = Match("deleted" if slot.is_deleted else "there", slot)
        for row in rest:
            result[row] = _unequal(place, survey, row, free, slots)
    return result


def _unequal(place: int, survey: Survey, row: int, free: list[Slot], slots: dict[str, list[Slot]]) -> Match:
    key = survey.keys[row]
    if free and not survey.untimed[row]:
        slot = free.pop(0)
        slot.file = place
        return Match("deleted" if slot.is_deleted else "changed", slot)
    if not survey.taken[row]:
        return Match("skip", None)
    group = slots.setdefault(key, [])
    number = 1 + max((key_and_number(slot.external_id)[1] for slot in group), default=0)
    own = survey.file.source == OWN and is_id(key, "te") and number == 1
    slot = Slot(external_id(key, number), key if own else new_id("te"), survey.contents[row], is_stored=False)
    slot.file = place
    group.append(slot)
    return Match("new", slot)


def _stored(connection: Connection, family: str, wanted: set[str]) -> dict[str, list[Slot]]:
    """The rows of a source that are here, by their keys, in the order of their numbers."""
    slots: dict[str, list[Slot]] = {}
    for name, local_id, content, is_deleted in imported.contents(connection, family):
        key, _ = key_and_number(name)
        if key in wanted:
            slot = Slot(name, local_id, bytes.fromhex(content or ""), is_stored=True)
            slot.is_deleted = bool(is_deleted)
            slots.setdefault(key, []).append(slot)
    for group in slots.values():
        group.sort(key=lambda slot: key_and_number(slot.external_id)[1])
    if family == OWN:
        _add_own(connection, wanted, slots)
    return slots


def _add_own(connection: Connection, wanted: Iterable[str], slots: dict[str, list[Slot]]) -> None:
    """Of our own files: what the entries here say now; they need not come from an import."""
    names = projects.names(connection)
    for entry in imported.entries_with_ids(connection, [*wanted]):
        row = Incoming(
            0,
            entry.started_at,
            entry.ended_at,
            description=entry.description,
            project=names.get(entry.project_id or "", ""),
            billable=entry.billable,
        )
        group = slots.setdefault(entry.local_id, [Slot(entry.local_id, entry.local_id, b"", is_stored=True)])
        group[0].content = own_content(row)


def _gone(
    connection: Connection, family: str, surveys: Sequence[Survey], slots: Mapping[str, list[Slot]]
) -> list[Slot]:
    """Rows that are here, whose start is within a file's own span, and which none of the files has."""
    seen = {slot.external_id for group in slots.values() for slot in group if slot.file >= 0}
    people = {person for survey in surveys for person in survey.folded_people}
    gone = []
    for name, local_id, was in imported.with_entries(connection, family):
        if name in seen:
            continue
        row = json.loads(was)
        start = row.get("start", "")
        if row.get("person", "") in people and any(s.first <= start <= s.last for s in surveys):
            gone.append(Slot(name, local_id, b"", is_stored=True))
    return gone
