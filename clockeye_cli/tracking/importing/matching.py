"""Which rows are here already: rows of one key are matched by their content, and else in their order."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.identity import external_id, is_id, key_and_number
from clockeye_cli.importers.incoming import Incoming
from clockeye_cli.store import imported, origins, projects
from clockeye_cli.tracking.importing.rows import OWN, own_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.tracking.importing.survey import Survey

    Action = Literal["new", "changed", "there", "deleted", "closed", "skip"]
    """What becomes of a row; `closed`: it would be stored, or changed, in the closed period."""


class Slot:
    """A row that is stored here, or will be.

    Attributes:
        external_id: Its id among those of its source.
        local_id: The entry that it became, or will become.
        content: What it says.
        is_deleted: Whether its entry was deleted here.
        file: The place of the last file that has it; -1 if none has yet.
    """

    __slots__ = ("content", "external_id", "file", "is_deleted", "local_id")

    def __init__(self, external_id: str, local_id: str, content: bytes) -> None:
        self.external_id, self.local_id, self.content = external_id, local_id, content
        self.is_deleted, self.file = False, -1


class FileMatches(NamedTuple):
    """What becomes of the rows of a file, in their order.

    Attributes:
        actions: What becomes of each row.
        slots: Where each new or changed row is stored.
    """

    actions: list[Action]
    slots: list[Slot | None]


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
    counts: Counter[Action]
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
    wanted = {key for survey in surveys for key in survey.keys}
    slots, others, former = _stored(connection, family, wanted)
    files = [_file(place, survey, slots, may_update=may_update) for place, survey in enumerate(surveys)]
    gone = [] if family == OWN else _gone(connection, family, surveys, [*others, *_unseen(slots)])
    counts = Counter(chain.from_iterable(file.actions for file in files))
    return Matches(files, counts, gone, former)


def _file(place: int, survey: Survey, slots: dict[str, list[Slot]], *, may_update: bool) -> FileMatches:
    number = len(survey.keys)
    result = FileMatches(["skip"] * number, [None] * number)
    for key, rows in _groups(survey.keys):
        free = [slot for slot in slots.get(key, ()) if slot.file < place]
        rest = []
        for row in rows:  # equal ones first
            content = survey.content(row)
            slot = next((slot for slot in free if slot.content == content), None)
            if slot is None:
                rest.append(row)
            else:
                free.remove(slot)
                slot.file = place
                if survey.taken[row]:
                    result.actions[row] = "deleted" if slot.is_deleted else "there"
        for row in rest:
            action, slot = _unequal(place, survey, row, free, slots, may_update=may_update)
            result.actions[row], result.slots[row] = action, slot
    return result


def _groups(keys: Sequence[str]) -> Iterator[tuple[str, Sequence[int]]]:
    """The places of each key; almost every key has one."""
    seen: set[str] = set()
    repeated: dict[str, list[int]] = {}
    for key in keys:
        if key in seen:
            repeated[key] = []
        seen.add(key)
    for place, key in enumerate(keys):
        if key in repeated:
            repeated[key].append(place)
        else:
            yield key, (place,)
    yield from repeated.items()


def _unequal(
    place: int, survey: Survey, row: int, free: list[Slot], slots: dict[str, list[Slot]], *, may_update: bool
) -> tuple[Action, Slot | None]:
    """What becomes of a row that no stored one is equal to."""
    key = survey.keys[row]
    if free and not survey.untimed[row]:
        slot = free.pop(0)
        slot.file = place
        if not survey.taken[row]:
            return "skip", None
        if slot.is_deleted:
            return "deleted", slot
        return "closed" if survey.closed[row] and may_update else "changed", slot
    if not survey.taken[row]:
        return "skip", None
    if survey.closed[row]:
        return "closed", None
    group = slots.setdefault(key, [])
    number = 1 + max((key_and_number(slot.external_id)[1] for slot in group), default=0)
    own = survey.file.source == OWN and number == 1 and is_id(key, "te")
    slot = Slot(external_id(key, number), key if own else new_id("te"), survey.content(row))
    slot.file = place
    group.append(slot)
    return "new", slot


def _stored(
    connection: Connection, family: str, wanted: set[str]
) -> tuple[dict[str, list[Slot]], list[str], dict[tuple[str, str], str]]:
    """The rows of a source that are here, by their keys, in the order of their numbers.

    Of those with other keys, only the ids are given, if they have entries. And its former projects.
    """
    slots: dict[str, list[Slot]] = {}
    others = []
    projects_of: Counter[tuple[str | None, str | None, str]] = Counter()
    for name, local_id, content, client, project, is_deleted, project_id in imported.contents(
        connection, family
    ):
        key, _ = key_and_number(name)
        if key in wanted:
            slot = Slot(name, local_id, bytes.fromhex(content or ""))
            slot.is_deleted = bool(is_deleted)
            slots.setdefault(key, []).append(slot)
        elif not is_deleted:
            others.append(name)
        if project_id is not None:
            projects_of[client, project, project_id] += 1
    for group in slots.values():
        if len(group) > 1:
            group.sort(key=lambda slot: key_and_number(slot.external_id)[1])
    if family == OWN:
        _add_own(connection, wanted, slots)
    most_last = reversed(projects_of.most_common())
    former = {(client or "", project or ""): project_id for (client, project, project_id), _ in most_last}
    return slots, others, former


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
        group = slots.setdefault(entry.local_id, [Slot(entry.local_id, entry.local_id, b"")])
        group[0].content = own_content(row)


def _unseen(slots: Mapping[str, list[Slot]]) -> Iterator[str]:
    """The ids of stored rows with entries that no file has."""
    for group in slots.values():
        yield from (slot.external_id for slot in group if slot.file < 0 and not slot.is_deleted)


def _gone(connection: Connection, family: str, surveys: Sequence[Survey], names: Sequence[str]) -> list[str]:
    """Of stored rows that no file has, those whose person and start are within a file."""
    people = {person for survey in surveys for person in survey.folded_people}
    gone = []
    for origin in origins.of_source(connection, family, names).values():
        row = json.loads(origin.was)
        start = row.get("start", "")
        if row.get("person", "") in people and any(s.first <= start <= s.last for s in surveys):
            gone.append(origin.local_id)
    return gone
