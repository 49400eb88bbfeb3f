"""The changes of long commands, stored and recorded in batches: quick, and with little memory."""

from __future__ import annotations

import json

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import guards, history, outbox
from clockeye_cli.store.bills import Billed
from clockeye_cli.store.facts import Facts
from clockeye_cli.store.history import Change
from clockeye_cli.store.origins import Origin
from clockeye_cli.store.schema import OVERLAPPING_AGAIN, OVERLAPPING_NOW

if TYPE_CHECKING:
    from clockeye_cli.store.state import Write

AT_ONCE = 1000
"""Rows that are stored at once; with more new entries, overlaps are looked for once, among all."""

TABLES: dict[type[NamedTuple], str] = {
    TimeEntry: "entries",
    Origin: "origins",
    Facts: "facts",
    Billed: "billed",
}
"""The kinds of rows that can be added in batches, each with its table."""

KINDS: dict[type[NamedTuple], str] = {TimeEntry: "entry", Origin: "origin", Facts: "facts", Billed: "billed"}
"""Their names in the history."""

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Batches:
    """The step of one command in the history, stored piece by piece.

    New rows are added here, after the first change; others are made with `Write.change`. Guards, outbox
    and history are the same for both. `finish` has to be called at the end. No hooks follow such changes.

    Args:
        write: The transaction.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._new: list[TimeEntry | Origin | Facts | Billed] = []
        self._few: list[TimeEntry] = []
        self._step_id = self._place = self._entries = 0

    def add(self, value: TimeEntry | Origin | Facts | Billed) -> None:
        """Add a new row; it is in the store after the next `record`."""
        self._new.append(value)
        if len(self._new) >= AT_ONCE:
            self.record()

    def record(self) -> None:
        """Store the new rows, and write the changes so far and them to the history."""
        write, connection = self._write, self._write.connection
        if not self._step_id:  # a change comes first
            actor, changes = write.actor.name, write.changes
            self._step_id = history.record(connection, write.now, write.command, changes, actor)
            rows: list[tuple[str, str | None, str | None]] = []
            self._place = len(changes)
        else:
            rows = [(change.kind, *history.texts(change)) for change in write.changes]
        self._insert()
        rows += [(KINDS[type(value)], None, _text(value)) for value in self._new]
        numbered = [(self._step_id, place, *row) for place, row in enumerate(rows, self._place)]
        connection.executemany(history.ADD, numbered)
        self._place += len(rows)
        write.changes.clear()
        self._new.clear()

    def finish(self) -> None:
        """Store and record what is left, and find the overlaps of the new entries."""
        self.record()
        if self._entries > len(self._few):
            self._write.connection.execute(OVERLAPPING_AGAIN)
        else:
            overlapping = [entry._asdict() for entry in self._few if entry.is_own and entry.duration]
            self._write.connection.executemany(OVERLAPPING_NOW, overlapping)

    def _insert(self) -> None:
        connection = self._write.connection
        for kind, table in TABLES.items():
            values = [value for value in self._new if type(value) is kind]
            names, marks = ", ".join(kind._fields), ", ".join("?" * len(kind._fields))
            connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        entries = [value for value in self._new if isinstance(value, TimeEntry)]
        self._entries += len(entries)
        self._few += entries[: max(0, AT_ONCE - len(self._few))]
        for entry in entries:
            change = Change(None, entry)
            guards.refuse(connection, change, self._write.closed)
            if self._write.to_account:
                outbox.record(connection, change, posts_timer=False)


def _text(value: TimeEntry | Origin | Facts | Billed) -> str:
    """A new row as the history stores it: without the fields that have their defaults."""
    assumed = value._field_defaults
    fields = {
        name: field
        for name, field in zip(value._fields, value, strict=True)
        if name not in assumed or field != assumed[name]
    }
    return _encoded(fields)
