"""Which steps of the history `undo`, `redo` and the word `it` mean, by who ran the commands."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.core.actor import Actor
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Change, Step


REDONE = "SELECT undo.id FROM history AS undo WHERE undo.undone_by = step.id AND undo.undoes IS NOT NULL"
"""The `undo` that a step redid, in SQL; none for all other commands."""


def to_undo(connection: Connection, actors: Sequence[str], most: int) -> list[Step]:
    """The latest commands of these actors that are not undone and no `undo` themselves, latest first."""
    ids = connection.execute(
        "SELECT id FROM history WHERE undoes IS NULL AND undone_by IS NULL AND id >= ?"
        f" AND actor IN ({_marks(actors)}) ORDER BY id DESC LIMIT ?",
        (history.first_kept(connection), *actors, most),
    ).fetchall()
    return _steps(connection, [step_id for (step_id,) in ids])


def to_redo(connection: Connection, actor: Actor, most: int) -> list[Step]:
    """Each `undo` that a `redo` of this actor would reverse, in the order of their reversal.

    An `undo` can be reversed until its actor, or this one, runs another command that writes; undoing and
    redoing do not count as such.
    """
    actors = actor.undoable
    cursor = connection.execute(
        f"SELECT id, actor, undoes, undone_by, ({REDONE}) IS NOT NULL FROM history AS step"
        f" WHERE id >= ? AND actor IN ({_marks(actors)}) ORDER BY id DESC",
        (history.first_kept(connection), *actors),
    )
    ids: list[int] = []
    writers: set[str] = set()
    for step_id, name, undoes, undone_by, is_redo in cursor:
        if undoes is None and not is_redo:
            writers.add(name)
        elif undoes is not None and undone_by is None and name not in writers:
            ids.append(step_id)
        if len(ids) == most or actor.name in writers:
            break
    cursor.close()
    return _steps(connection, ids)


def original(connection: Connection, step: Step) -> Step:
    """The command that a step undid or redid, directly or not; the step itself if that is not kept."""
    while True:
        before = connection.execute(
            f"SELECT coalesce(undoes, ({REDONE})) FROM history AS step WHERE id = ?",
            (step.id,),
        ).fetchone()[0]
        earlier = history.step(connection, before) if before not in (None, step.id) else None
        if earlier is None:
            return step
        step = earlier


def last_touched(connection: Connection, actors: Sequence[str]) -> Change | None:
    """What the latest command of these actors that changed an entry or the timer changed last, if any."""
    row = connection.execute(
        "SELECT id FROM history WHERE id >= ?"
        " AND EXISTS (SELECT 1 FROM changes WHERE history_id = history.id AND what IN ('entry', 'timer'))"
        f" AND actor IN ({_marks(actors)}) ORDER BY id DESC LIMIT 1",
        (history.first_kept(connection), *actors),
    ).fetchone()
    if row is None:
        return None
    changes = _steps(connection, [row[0]])[0].changes
    return next(change for change in reversed(changes) if change.kind in ("entry", "timer"))


def _steps(connection: Connection, ids: Sequence[int]) -> list[Step]:
    return [step for step in (history.step(connection, step_id) for step_id in ids) if step]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
