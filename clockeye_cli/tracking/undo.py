"""Undoes commands, the latest first."""

from __future__ import annotations

from clockeye_cli.core.entry import Project, TimeEntry, Timer, new_id
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import add_keys, adopted, entries, former_ids, history, projects, users
from clockeye_cli.store import timer as timers
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.store.history import Adoption, Change
from clockeye_cli.tracking.other_users import refuse_unsendable

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Step, Value
    from clockeye_cli.store.state import Write


def last(connection: Connection) -> Step:
    """The command that `undo` would undo.

    Raises:
        ClashError: There is nothing to undo.
    """
    step = history.last_to_undo(connection)
    if step is None:
        raise ClashError(
            "Nothing to undo.",
            hint="`clockeye history` shows past commands.",
            code="nothing_to_undo",
        )
    return step


def loses_time(step: Step) -> bool:
    """Whether undoing a command would lose the time of the running timer, which needs a confirmation."""
    timers_changed = [change for change in step.changes if change.kind == "timer"]
    if not timers_changed or not isinstance(timers_changed[-1].after, Timer):
        return False
    before = timers_changed[0].before
    return not isinstance(before, Timer) or before.local_id != timers_changed[-1].after.local_id


def undo(write: Write, step: Step) -> list[Change]:
    """Undo a command, by ordinary writes. Returns the changes made.

    Raises:
        ClashError: Something has changed since the command ran.
    """
    for change in reversed(step.changes):
        back = _whose_now(write.connection, change.reversed())
        _check(write.connection, back.before, change)
        if isinstance(back.before, Timer) or isinstance(back.after, Timer):
            back = _timer_back(write, back, step)
        write.change(back.before, back.after)
        if isinstance(back.after, TimeEntry):
            refuse_unsendable(write, back.after)
    write.undoes = step.id
    return write.changes


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


def _timer_back(write: Write, back: Change, step: Step) -> Change:
    before = timers.running(write.connection)
    after = back.after
    if isinstance(after, Timer) and _became_an_entry(step, after.local_id):
        # Its id now belongs to an entry that may be on the account already, so the timer gets a new one.
        former, after = after, after._replace(local_id=new_id("te"))
        former_ids.rename(write.connection, former.local_id, after.local_id)
    elif isinstance(after, Timer):
        after = after._replace(local_id=former_ids.present_id(write.connection, after.local_id))
    return Change(before, after)


def _became_an_entry(step: Step, local_id: str) -> bool:
    made = [c.after for c in step.changes if c.before is None and isinstance(c.after, TimeEntry)]
    return any(entry.local_id == local_id for entry in made)


def _check(connection: Connection, expected: Value | None, change: Change) -> None:
    _refuse_adopted(connection, change)
    present = _present(connection, change)
    if isinstance(expected, Timer):
        expected = expected._replace(local_id=former_ids.present_id(connection, expected.local_id))
    if isinstance(present, AddKey) and isinstance(expected, AddKey):
        expected = expected._replace(content=present.content)  # one text may have an older form
    if present != expected:
        name = getattr(expected or present, "local_id", "")
        raise ClashError(
            f"The {change.kind} {name} has changed since that command.".replace("  ", " "),
            hint="`clockeye history` shows past commands; `clockeye edit` changes entries.",
            code="changed_since",
        )


def _refuse_adopted(connection: Connection, change: Change) -> None:
    """Refuse to bring back here what another profile has adopted, and to undo an adoption."""
    value = change.after if change.after is not None else change.before
    if isinstance(value, Adoption):
        raise ClashError(
            f"Adopting the profile {value.profile} cannot be undone:"
            " its entries may already be on the account.",
            hint="`clockeye delete ENTRY` deletes an entry; `clockeye history` shows past commands.",
            code="adopted",
        )
    local_id = getattr(value, "local_id", None)
    adoption = local_id and adopted.beginning_with(connection, former_ids.present_id(connection, local_id))
    if adoption:
        adopted_id, profile = adoption
        raise ClashError(
            f"{adopted_id} was moved to the profile {profile} and can no longer be changed here.",
            hint=f"`clockeye -P {profile} log --all` shows it there.",
            code="adopted",
        )


def _present(connection: Connection, change: Change) -> Value | None:
    value = change.after if change.after is not None else change.before
    if isinstance(value, TimeEntry):
        return entries.by_id(connection, value.local_id)
    if isinstance(value, Project):
        return projects.by_id(connection, value.id)
    if isinstance(value, AddKey):
        return add_keys.of(connection, value.key)
    return timers.running(connection)
