"""The rows of files and the stored ones, in the order of their keys, so memory does not grow with them."""

from __future__ import annotations

import json
from heapq import merge
from itertools import count, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from clockeye_cli.core.identity import key_and_number
from clockeye_cli.importers.incoming import Incoming
from clockeye_cli.store import imported, projects
from clockeye_cli.tracking.importing.rows import own_content
from clockeye_cli.tracking.importing.was import cut_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from clockeye_cli.store.database import Connection
    from clockeye_cli.tracking.importing.survey import Survey

    PlacedRow = tuple[str, int, int, bytes, int]
    """A row of one of several files: its key, the file's place, its own there, its content, and its marks."""

    StoredRow = tuple[str, int, str, bytes, bool]
    """A stored row: its key, its number among those of the key, its id, content, and if it was deleted."""

    Group = tuple[str, list[PlacedRow], list[StoredRow]]
    """A key with the rows of the files, in their order, and the stored ones."""

AT_ONCE = 500
"""Keys of which the entries are read at once."""


def _placed(place: int, survey: Survey) -> Iterator[PlacedRow]:
    return ((key, place, row, content, marks) for key, row, content, marks in survey.keyed)


class StoredRows:
    """The stored rows of a source: iterated over in the order of their keys, then of their numbers.

    Attributes:
        former: See `Matches`; complete after an iteration.
    """

    def __init__(self, connection: Connection, family: str) -> None:
        self._connection, self._family = connection, family
        self.former: dict[tuple[str, str], str] = {}

    def __iter__(self) -> Iterator[StoredRow]:
        numbered = imported.contents(self._connection, self._family, are_numbered=True)
        repeated = sorted((*key_and_number(row[0]), row) for row in numbered)  # few are
        firsts = ((row[0], 1, row) for row in imported.contents(self._connection, self._family))
        projects_of: dict[tuple[str, str, str | None], int] = {}
        for key, number, row in merge(firsts, repeated, key=itemgetter(0, 1)) if repeated else firsts:
            name, was, is_deleted, project_id = row
            content, client, project = cut_out(was)
            names = (client, project, project_id)
            projects_of[names] = projects_of.get(names, 0) + 1
            yield key, number, name, bytes.fromhex(content), is_deleted
        for client, project, project_id in sorted(projects_of, key=projects_of.__getitem__):
            if project_id is not None:
                self.former[_unquoted(client), _unquoted(project)] = project_id


def _unquoted(text: str) -> str:
    """A text from between the quotes of a JSON string."""
    return str(json.loads(f'"{text}"'))


def side_by_side(surveys: Sequence[Survey], stored: StoredRows) -> Iterator[Group]:
    """The rows of files and the stored ones of the same source, by their keys and in the order of these."""
    rows = merge(*map(_placed, count(), surveys))
    of_files, of_store = groupby(rows, itemgetter(0)), groupby(stored, itemgetter(0))
    end: tuple[None, Iterator[Any]] = (None, iter(()))
    file_key, file_rows = next(of_files, end)
    store_key, store_rows = next(of_store, end)
    while file_key is not None or store_key is not None:
        is_of_file = store_key is None or (file_key is not None and file_key <= store_key)
        key = file_key if is_of_file else store_key
        is_of_store = key == store_key
        yield key or "", [*file_rows] if is_of_file else [], [*store_rows] if is_of_store else []
        if is_of_file:
            file_key, file_rows = next(of_files, end)
        if is_of_store:
            store_key, store_rows = next(of_store, end)


def with_entries(connection: Connection, groups: Iterator[Group]) -> Iterator[Group]:
    """Of our own files: what the entries here say now; they need not come from an import."""
    names = projects.names(connection)
    while page := [*islice(groups, AT_ONCE)]:
        keys = [key for key, rows, _ in page if rows]
        entries = {entry.local_id: entry for entry in imported.entries_with_ids(connection, keys)}
        for key, rows, stored in page:
            entry = entries.get(key)
            if entry is not None:
                row = Incoming(
                    0,
                    entry.started_at,
                    entry.ended_at,
                    description=entry.description,
                    project=names.get(entry.project_id or "", ""),
                    billable=entry.billable,
                )
                first = stored[0] if stored else (key, 1, key, b"", False)
                stored[:1] = [(*first[:3], own_content(row), first[4])]
            yield key, rows, stored
