"""What every command did, kept in the same transaction as what it did; so each can be taken back.

A change is a row as it was and as it is. Doing it, recording it and taking it back are the same few lines
for a timer, an entry, a project and a key, so no command needs an undo of its own.
"""

# No `from __future__ import annotations`: see `core/entry.py`.
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.store import add_keys, entries, projects, timer
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.store.database import Connection, DatabaseError, UnreadableError


class Adoption(NamedTuple):
    """What was taken over from another profile: one line of the history, which is not taken back.

    Attributes:
        profile: Where it was before.
        entries: How many.
        projects: How many of them came along as new ones.
    """

    profile: str
    entries: int
    projects: int


Value = Timer | TimeEntry | Project | AddKey | Adoption

KINDS: dict[str, type[Any]] = {
    "timer": Timer,
    "entry": TimeEntry,
    "project": Project,
    "key": AddKey,
    "adoption": Adoption,
}
"""The word for each kind of row, as it is stored."""


class Change(NamedTuple):
    """One row before and after; None where there was or is none."""

    before: Value | None
    after: Value | None

    @property
    def kind(self) -> str:
        """Which kind of row it is, as in KINDS."""
        value = self.after if self.after is not None else self.before
        return next(word for word, kind in KINDS.items() if isinstance(value, kind))

    def reversed(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.after, self.before)


class Step(NamedTuple):
    """One command in the history.

    Attributes:
        id: Counts up.
        at: Instant.
        command: Its arguments, without the program's name.
        undoes: The step that it took back, if it was an `undo`.
        undone_by: The `undo` that took it back, if one did.
        changes: What it changed, in order.
    """

    id: int
    at: int
    command: list[str]
    undoes: int | None
    undone_by: int | None
    changes: list[Change]


def apply(connection: Connection, change: Change) -> None:
    """Make the store hold what the change says."""
    if change.kind == "timer":
        timer.put(connection, change.after)  # type: ignore[arg-type] # a change has one kind
    elif change.kind == "entry":
        entries.put(connection, change.before, change.after)  # type: ignore[arg-type] # a change has one kind
    elif change.kind == "project":
        projects.put(connection, change.before, change.after)  # type: ignore[arg-type] # a change has one kind
    elif change.kind == "key":
        add_keys.put(connection, change.before, change.after)  # type: ignore[arg-type] # a change has one kind


def record(
    connection: Connection,
    at: int,
    command: Sequence[str],
    changes: Sequence[Change],
    undoes: int | None = None,
) -> None:
    """Write down what a command did; with `undoes`, which earlier step it took back."""
    cursor = connection.execute(
        "INSERT INTO history (at, command, undoes) VALUES (?, ?, ?)", (at, json.dumps(list(command)), undoes)
    )
    step_id = cursor.lastrowid
    connection.executemany(
        "INSERT INTO changes (history_id, place, what, before, after) VALUES (?, ?, ?, ?, ?)",
        [
            (step_id, place, change.kind, _text(change.before), _text(change.after))
            for place, change in enumerate(changes)
        ],
    )
    if undoes is not None:
        connection.execute("UPDATE history SET undone_by = ? WHERE id = ?", (step_id, undoes))


def last_to_undo(connection: Connection) -> Step | None:
    """The latest command that is not taken back and is no `undo` itself."""
    found = _steps(connection, "WHERE undoes IS NULL AND undone_by IS NULL", 1)
    return found[0] if found else None


def steps(connection: Connection, limit: int | None = None) -> list[Step]:
    """The commands of the history, the latest first, at most `limit`."""
    return _steps(connection, "", -1 if limit is None else limit)


def _steps(connection: Connection, where: str, limit: int) -> list[Step]:
    rows = connection.execute(
        f"SELECT id, at, command, undoes, undone_by FROM history {where} ORDER BY id DESC LIMIT ?", (limit,)
    ).fetchall()
    return [
        Step(row[0], row[1], _words(row[2]), row[3], row[4], _changes(connection, row[0])) for row in rows
    ]


def is_change(what: object, before: object, after: object) -> bool:
    """Whether a row of `changes` can be read."""
    try:
        return Change(_value(str(what), before), _value(str(what), after)) != (None, None)  # type: ignore[arg-type] # that is asked
    except DatabaseError:
        return False


def _words(text: str) -> list[str]:
    try:
        return [str(word) for word in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise UnreadableError(f"a command in the history makes no sense: {text[:60]!r}") from error


def _changes(connection: Connection, step_id: int) -> list[Change]:
    rows = connection.execute(
        "SELECT what, before, after FROM changes WHERE history_id = ? ORDER BY place", (step_id,)
    ).fetchall()
    return [Change(_value(what, before), _value(what, after)) for what, before, after in rows]


def _text(value: Value | None) -> str | None:
    return None if value is None else json.dumps(value._asdict())


def _value(what: str, text: str | None) -> Value | None:
    # A field that a later version added is missing in an older row: then its default holds.
    try:
        return None if text is None else KINDS[what](**json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableError(f"a change in the history makes no sense: {text!r:.60}") from error
