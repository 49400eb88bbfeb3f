"""The history: the changes of every command, recorded in its own transaction, so that they can be undone.

A change is a row before and after. Applying, recording and undoing it work the same for a timer, an entry, a
project and a key, so no command needs an undo of its own.
"""

from __future__ import annotations

from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.json_text import json_text, plain_value, quote
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import add_keys, entries, projects, remembered, rows, timer
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.store.database import Connection, DatabaseError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from clockeye_cli.store.rare_kinds import Rare

    Value = Timer | TimeEntry | Project | AddKey | Rare


KINDS: dict[str, type[Any]] = {
    "timer": Timer,
    "entry": TimeEntry,
    "project": Project,
    "key": AddKey,
}
"""The kinds of rows that daily commands change, by their stored names; the others are in `rare_kinds`."""

ADD = "INSERT INTO changes (history_id, place, what, before, after) VALUES (?, ?, ?, ?, ?)"
"""Stores a change of a step: its place from 0 on, its kind, and its `texts`."""

LATER = 2**63 - 1
"""An id after all others."""


class Change(NamedTuple):
    """One row before and after; None if it did not exist."""

    before: Value | None
    after: Value | None

    @property
    def kind(self) -> str:
        """The kind of row, a name in KINDS or in `rare_kinds.KINDS`."""
        value = self.after if self.after is not None else self.before
        for word, kind in KINDS.items():
            if isinstance(value, kind):
                return word
        from clockeye_cli.store import rare_kinds  # late, here and below: few commands need it

        return rare_kinds.kind_of(value)

    def reversed(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)


class StoredStep(NamedTuple):
    """A row of `history`: a Step without its changes, whose arguments are still JSON."""

    id: int
    at: int
    command: str
    undoes: int | None
    undone_by: int | None
    actor: str


class Step(NamedTuple):
    """One command in the history.

    Attributes:
        id: Ascending.
        at: Instant.
        command: Its arguments, without the program's name.
        undoes: For an `undo`, the id of the step that it undid.
        undone_by: The id of the `undo` that undid it, if any; for an `undo`, of the `redo` that reversed it.
        changes: Its changes, in order.
        actor: Who ran it; empty if unknown.
    """

    id: int
    at: int
    command: list[str]
    undoes: int | None
    undone_by: int | None
    changes: list[Change]
    actor: str


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
    else:
        from clockeye_cli.store import rare_kinds

        rare_kinds.put(connection, change.before, change.after)  # type: ignore[arg-type] # a change has one kind


def record(
    connection: Connection,
    at: int,
    command: Sequence[str],
    changes: Sequence[Change],
    actor: str = "",
    *,
    reverses: Step | None = None,
) -> int:
    """Record the changes of a command, if there are any; `reverses` is the step that it undid or redid.

    Returns the id of its step; 0 without changes.
    """
    if not changes:
        return 0
    undoes = reverses.id if reverses and reverses.undoes is None else None
    query = "INSERT INTO history (at, command, undoes, actor) VALUES (?, ?, ?, ?)"
    step_id = connection.execute(query, (at, json_text(list(command)), undoes, actor)).lastrowid or 0
    connection.executemany(ADD, [(step_id, place, c.kind, *texts(c)) for place, c in enumerate(changes)])
    if reverses is not None:
        connection.execute("UPDATE history SET undone_by = ? WHERE id = ?", (step_id, reverses.id))
    return step_id


def latest_at(connection: Connection) -> int | None:
    """The instant of the latest command that changed something; None if there was none."""
    row = connection.execute("SELECT at FROM history ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else int(row[0])


def steps(
    connection: Connection, limit: int | None = None, before: int | None = None, actor: str | None = None
) -> list[Step]:
    """The commands of the history, latest first.

    Args:
        connection: The store.
        limit: How many at most; None for all.
        before: Only commands before the one with this id.
        actor: Only commands of this actor; None for all.
    """
    cursor = connection.execute(
        "SELECT id, at, command, undoes, undone_by, actor FROM history"
        " WHERE id >= ? AND id < ? AND (? IS NULL OR actor = ?) ORDER BY id DESC LIMIT ?",
        (first_kept(connection), before or LATER, actor, actor, -1 if limit is None else limit),
    )
    stored = rows.values(StoredStep, cursor)
    changes: dict[int, list[Change]] = {row.id: [] for row in stored}
    if stored:
        for step_id, *change in connection.execute(
            "SELECT history_id, what, before, after FROM changes WHERE history_id BETWEEN ? AND ?"
            " ORDER BY history_id, place",
            (stored[-1].id, stored[0].id),
        ).fetchall():
            if step_id in changes:
                changes[step_id].append(_change(*change))
    _check(change for step_changes in changes.values() for change in step_changes)
    return [
        Step(id_, at, _words(command), undoes, undone_by, changes[id_], name)
        for id_, at, command, undoes, undone_by, name in stored
    ]


def step(connection: Connection, step_id: int) -> Step | None:
    """The command with this id; None if it is no longer kept."""
    latest = steps(connection, 1, step_id + 1)
    return latest[0] if latest and latest[0].id == step_id else None


def first_kept(connection: Connection) -> int:
    """The id of the first command that the history shows."""
    return int(remembered.get(connection, remembered.HISTORY_FROM) or 1)


def is_change(what: object, before: object, after: object) -> bool:
    """Whether a row of `changes` can be read."""
    try:
        _check([change := _change(str(what), before, after)])  # type: ignore[arg-type] # checked by the call
    except DatabaseError:
        return False
    return change != (None, None)


def _words(text: str) -> list[str]:
    try:
        return [str(word) for word in plain_value(text)]
    except (ValueError, TypeError) as error:
        raise UnreadableError(f"invalid command in the history: {text[:60]!r}") from error


def texts(change: Change) -> tuple[str | None, str | None]:
    """The stored form of a change: of each value only the fields that `_change` would not know."""
    before, after = change
    first = None if before is None else _text(before, before._field_defaults)
    if after is None:
        return first, None
    return first, _text(after, after._field_defaults if before is None else before._asdict())


def _text(value: Value, assumed: Mapping[str, object]) -> str:
    pairs = [
        f"{quote(name)}:{json_text(field, quote)}"
        for name, field in value._asdict().items()
        if name not in assumed or field != assumed[name]
    ]
    return "{" + ",".join(pairs) + "}"


def _change(what: str, before: str | None, after: str | None) -> Change:
    """A change as stored. Older rows have all fields but those added since, which have their defaults."""
    try:
        kind = KINDS.get(what) or _rare(what)
        first = None if before is None else plain_value(before)
        second = None if after is None else {**(first or {}), **plain_value(after)}
        return Change(None if first is None else kind(**first), None if second is None else kind(**second))
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableError(f"invalid change in the history: {before!r:.60}, {after!r:.60}") from error


def _check(changes: Iterable[Change]) -> None:
    """Refuse values that no version can have stored, before `undo` stores them again."""
    by_kind: dict[type[Any], list[Any]] = {}
    for change in changes:
        for value in change:
            if value is not None:
                by_kind.setdefault(type(value), []).append(value)
    for kind, values in by_kind.items():
        rows.check(kind, values)


def _rare(what: str) -> type[Any]:
    from clockeye_cli.store import rare_kinds

    return rare_kinds.KINDS[what].value
