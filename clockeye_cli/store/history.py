"""The history: the changes of every command, recorded in its own transaction, so that they can be undone.

A change is a row before and after. Applying, recording and undoing it work the same for a timer, an entry, a
project and a key, so no command needs an undo of its own.
"""

from __future__ import annotations

from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.json_text import json_text
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import add_keys, entries, projects, timer
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.store.database import Connection, DatabaseError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Adoption(NamedTuple):
    """The adoption of another profile: one line of the history, which cannot be undone.

    Attributes:
        profile: The profile adopted from.
        entries: The number of adopted entries.
        projects: The number of new projects.
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
"""The kinds of rows by their stored names."""


class Change(NamedTuple):
    """One row before and after; None if it did not exist."""

    before: Value | None
    after: Value | None

    @property
    def kind(self) -> str:
        """The kind of row, a name in KINDS."""
        value = self.after if self.after is not None else self.before
        return next(word for word, kind in KINDS.items() if isinstance(value, kind))

    def reversed(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)


class Step(NamedTuple):
    """One command in the history.

    Attributes:
        id: Ascending.
        at: Instant.
        command: Its arguments, without the program's name.
        undoes: For an `undo`, the id of the step that it undid.
        undone_by: The id of the `undo` that undid it, if any.
        changes: Its changes, in order.
    """

    id: int
    at: int
    command: list[str]
    undoes: int | None
    undone_by: int | None
    changes: list[Change]


def apply(connection: Connection, change: Change) -> None:
    """Apply a change to the store."""
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
    """Record the changes of a command; `undoes` is the earlier step that it undid."""
    cursor = connection.execute(
        "INSERT INTO history (at, command, undoes) VALUES (?, ?, ?)", (at, json_text(list(command)), undoes)
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
    """The latest command that is not undone and not an `undo` itself."""
    latest = _steps(connection, "WHERE undoes IS NULL AND undone_by IS NULL", 1)
    return latest[0] if latest else None


def steps(connection: Connection, limit: int | None = None) -> list[Step]:
    """The commands of the history, latest first, at most `limit`."""
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
        return Change(_value(str(what), before), _value(str(what), after)) != (None, None)  # type: ignore[arg-type] # checked by the call
    except DatabaseError:
        return False


def _words(text: str) -> list[str]:
    import json

    try:
        return [str(word) for word in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise UnreadableError(f"invalid command in the history: {text[:60]!r}") from error


def _changes(connection: Connection, step_id: int) -> list[Change]:
    rows = connection.execute(
        "SELECT what, before, after FROM changes WHERE history_id = ? ORDER BY place", (step_id,)
    ).fetchall()
    return [Change(_value(what, before), _value(what, after)) for what, before, after in rows]


def _text(value: Value | None) -> str | None:
    return None if value is None else json_text(value._asdict())


def _value(what: str, text: str | None) -> Value | None:
    import json

    # A field added by a later version is missing in an older row and takes its default.
    try:
        return None if text is None else KINDS[what](**json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableError(f"invalid change in the history: {text!r:.60}") from error
