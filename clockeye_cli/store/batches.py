"""The changes of long commands, stored and recorded in batches: quick, and with little memory."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.json_text import json_text, quote
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import guards, history, outbox
from clockeye_cli.store.bills import Billed
from clockeye_cli.store.facts import Facts
from clockeye_cli.store.history import Change
from clockeye_cli.store.origins import Origin
from clockeye_cli.store.schema import OVERLAPPING_AGAIN, OVERLAPPING_NOW

if TYPE_CHECKING:
    from clockeye_cli.store.state import Write

CACHE = 32_000
"""KiB of the file that are kept in memory meanwhile: the ids of new rows are all over its indexes."""

USUAL_CACHE = 2000

AT_ONCE = 1000
"""Rows that are stored at once; with more new entries, overlaps are looked for once, among all."""

TABLES: dict[type[NamedTuple], str] = {
    TimeEntry: "entries",
    Origin: "temp.waiting_origins",
    Facts: "facts",
    Billed: "billed",
}
"""The kinds of rows that can be added in batches, each with its table."""

WAITING = f"CREATE TEMP TABLE waiting_origins ({', '.join(Origin._fields)})"
ADD_WAITING = f"""INSERT INTO origins ({", ".join(Origin._fields)})
    SELECT {", ".join(Origin._fields)} FROM temp.waiting_origins ORDER BY source, external_id"""
"""Origins are long, and their ids come in no order; in the order of their table, that is much faster."""

KINDS: dict[type[NamedTuple], str] = {TimeEntry: "entry", Origin: "origin", Facts: "facts", Billed: "billed"}
"""Their names in the history."""

FIELDS = {
    kind: (
        [f"{quote(name)}:" for name in kind._fields],
        [kind._field_defaults.get(name, ...) for name in kind._fields],
    )
    for kind in KINDS
}
"""Of each kind the names of its fields, as JSON, and their defaults; `...` where there is none."""


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
        self._is_waiting = False
        write.connection.execute(f"PRAGMA cache_size=-{CACHE}")

    def add(self, value: TimeEntry | Origin | Facts | Billed) -> None:
        """Add a new row; it is in the store after the next `record`."""
        self._new.append(value)
        if len(self._new) >= AT_ONCE:
            self._record()

    def record(self) -> None:
        """Store the new rows, and write the changes so far and them to the history."""
        self._record()
        if self._is_waiting:
            self._write.connection.execute(ADD_WAITING)
            self._write.connection.execute("DROP TABLE temp.waiting_origins")
            self._is_waiting = False

    def _record(self) -> None:
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
        self._write.connection.execute(f"PRAGMA cache_size=-{USUAL_CACHE}")

    def _insert(self) -> None:
        connection = self._write.connection
        for kind, table in TABLES.items():
            values = [value for value in self._new if type(value) is kind]
            if not values:
                continue
            if kind is Origin and not self._is_waiting:
                connection.execute(WAITING)
            self._is_waiting = self._is_waiting or kind is Origin
            names, marks = ", ".join(kind._fields), ", ".join("?" * len(kind._fields))
            connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        entries = [value for value in self._new if isinstance(value, TimeEntry)]
        self._entries += len(entries)
        self._few += entries[: max(0, AT_ONCE - len(self._few))]
        for entry in entries if self._write.closed or self._write.to_account else ():
            change = Change(None, entry)
            guards.refuse(connection, change, self._write.closed)
            if self._write.to_account:
                outbox.record(connection, change, posts_timer=False)


def _text(value: TimeEntry | Origin | Facts | Billed) -> str:
    """A new row as the history stores it: without the fields that have their defaults."""
    names, assumed = FIELDS[type(value)]
    pairs = [
        f"{name}{quote(field) if type(field) is str else json_text(field)}"
        for name, field, default in zip(names, value, assumed, strict=True)
        if field != default
    ]
    return "{" + ",".join(pairs) + "}"
