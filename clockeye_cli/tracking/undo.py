"""Undoes commands, the latest first, and redoes them. A `redo` is the undoing of an `undo`."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.core.json_text import plain_value
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries, former_ids, history, notices, outbox, remote, undoable, users
from clockeye_cli.store import timer as timers
from clockeye_cli.store.history import Change
from clockeye_cli.tracking import undo_checks
from clockeye_cli.tracking.other_users import refuse_unsendable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.core.actor import Actor
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Step, Value
    from clockeye_cli.store.state import Write


def to_undo(connection: Connection, actors: Sequence[str], count: int = 1) -> list[Step]:
    """The commands that `undo` would undo, in this order.

    Args:
        connection: The store.
        actors: Whose commands.
        count: How many.

    Raises:
        ClashError: There are fewer.
    """
    steps = undoable.to_undo(connection, actors, count)
    if len(steps) < count:
        message, hint = _too_few(len(steps), count, "undo")
        raise ClashError(message, hint=hint, code="nothing_to_undo")
    return steps


def to_redo(connection: Connection, actor: Actor, count: int = 1) -> list[Step]:
    """Each `undo` that `redo` would reverse, in this order.

    Raises:
        ClashError: There are fewer.
    """
    steps = undoable.to_redo(connection, actor, count)
    if len(steps) < count:
        message, hint = _too_few(len(steps), count, "redo")
        raise ClashError(message, hint=hint, code="nothing_to_redo")
    return steps


def _too_few(number: int, count: int, verb: str) -> tuple[str, str]:
    """The message and the hint where only a smaller number of commands can be undone or redone."""
    if not number:
        return f"Nothing to {verb}.", "`clockeye history` shows past commands."
    return (
        f"Cannot {verb} {count} commands: only {number} can be {verb.replace('do', 'done')}.",
        f"Nothing was changed. `clockeye {verb} -n {number}` goes back as far as possible.",
    )


def lost_timer(step: Step) -> Timer | None:
    """The running timer whose time would be lost if the step were undone, which needs a confirmation."""
    timers_changed = [change for change in step.changes if change.kind == "timer"]
    lost = timers_changed[-1].after if timers_changed else None
    if not isinstance(lost, Timer):
        return None
    before = timers_changed[0].before
    if isinstance(before, Timer) and before.local_id == lost.local_id:
        return None
    # An undone `stop` has made the timer of an entry, which a `redo` brings back.
    removed = [change.before for change in step.changes if change.after is None]
    is_kept = any(isinstance(item, TimeEntry) and item.started_at == lost.started_at for item in removed)
    return None if is_kept else lost


def reverse(write: Write, step: Step) -> list[Change]:
    """Undo a command, or redo one by undoing its `undo`, as a step of its own. Returns the changes made.

    Raises:
        ClashError: Something has changed since the step.
    """
    first = len(write.changes)
    for change in reversed(step.changes):
        back = _as_stored(write.connection, _whose_now(write.connection, change.reversed()))
        undo_checks.refuse_changed(write.connection, back.before, change)
        undo_checks.refuse_impossible(write.connection, back)
        if isinstance(back.before, Timer) or isinstance(back.after, Timer):
            back = _timer_back(write, back, step)
        if _is_reopened(back):
            _start_again(write, back)
            continue
        write.change(back.before, back.after)
        if isinstance(back.after, TimeEntry):
            _take_id_back(write.connection, back.after.local_id)
            refuse_unsendable(write, back.after)
    changes = write.changes[first:]
    history.record(write.connection, write.now, write.command, changes, write.actor.name, reverses=step)
    write.recorded = len(write.changes)
    return changes


def _whose_now(connection: Connection, change: Change) -> Change:
    """The change with its entries' present users: a user who was unknown then may be known now."""
    own_user = users.own(connection)

    def now(value: Value | None) -> Value | None:
        if not isinstance(value, TimeEntry):
            return value
        entry = entries.by_id(connection, value.local_id)
        former = None if value.user_id == own_user else value.user_id
        return value._replace(user_id=entry.user_id if entry else former)

    return Change(now(change.before), now(change.after))


def _as_stored(connection: Connection, back: Change) -> Change:
    """The change from what the account has made of the entry, if that is what is here."""
    if not isinstance(back.before, TimeEntry):
        return back
    stored = notices.as_stored(connection, back.before)
    return back._replace(before=stored) if stored == entries.by_id(connection, stored.local_id) else back


def _timer_back(write: Write, back: Change, step: Step) -> Change:
    before = timers.running(write.connection)
    after = back.after
    if isinstance(after, Timer):
        local_id = former_ids.present_id(write.connection, after.local_id)
        if _became_an_entry(step, local_id) and not _runs_there(write.connection, local_id):
            # Its id now belongs to an entry that may be on the account already, so the timer gets a new one.
            former, local_id = local_id, new_id("te")
            former_ids.rename(write.connection, former, local_id)
        after = after._replace(local_id=local_id)
    return Change(before, after)


def _take_id_back(connection: Connection, local_id: str) -> None:
    """Let the id of an entry that is stored again name it, and no longer the timer that it was meanwhile."""
    meanwhile = former_ids.present_id(connection, local_id)
    if meanwhile != local_id:
        former_ids.rename(connection, meanwhile, local_id)


def _is_reopened(back: Change) -> bool:
    """Whether a change makes an entry run again that was running on the account."""
    before, after = back
    return isinstance(before, TimeEntry) and isinstance(after, TimeEntry) and after.is_open > before.is_open


def _start_again(write: Write, back: Change) -> None:
    """Let an entry run on the account again; once its end was sent, replace it by a timer that runs here.

    No entry of an account can lose its end.

    Raises:
        ClashError: Another timer is running.
    """
    entry = back.after
    assert isinstance(entry, TimeEntry)  # noqa: S101 (see `_is_reopened`)
    if not entry.is_own or timers.current(write.connection):
        reason = "another timer is running" if entry.is_own else f"it belongs to {entry.user_id}"
        raise ClashError(
            f"{entry.local_id} cannot be made to run again: {reason}.",
            hint="Nothing was changed. `clockeye resume ENTRY` starts a timer for the same work.",
            code="changed_since",
        )
    if _runs_there(write.connection, entry.local_id):
        write.change(back.before, entry)
        return
    write.change(back.before, None)
    timer = Timer.of(entry)._replace(local_id=new_id("te"))
    former_ids.rename(write.connection, entry.local_id, timer.local_id)
    write.change(None, timer)


def _runs_there(connection: Connection, local_id: str) -> bool:
    """Whether the account has, or may have, an entry without an end: the one given here was not sent."""
    seen, rows = remote.of(connection, local_id), outbox.of(connection, local_id)
    if seen is not None:
        version = seen.fields
    elif rows and rows[0].what == "create" and (body := rows.pop(0).body):
        version = plain_value(body)
    else:
        return False
    return not version.get("end_time") and all(row.state in outbox.FREE for row in rows)


def _became_an_entry(step: Step, local_id: str) -> bool:
    new_entries = [c.after for c in step.changes if c.before is None and isinstance(c.after, TimeEntry)]
    return any(entry.local_id == local_id for entry in new_entries)
