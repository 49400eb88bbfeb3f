"""Take back what commands did, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.entry import Project, TimeEntry, Timer, new_id
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
    """The command that `undo` would take back.

    Raises:
        ClashError: There is none.
    """
    step = history.last_to_undo(connection)
    if step is None:
        raise ClashError(
            "There is nothing to undo.",
            hint="`clockeye history` shows what was done.",
            code="nothing_to_undo",
        )
    return step


def loses_time(step: Step) -> bool:
    """Whether taking it back throws away the time of a timer that runs: then a person is asked first."""
    timers_changed = [change for change in step.changes if change.kind == "timer"]
    if not timers_changed or not isinstance(timers_changed[-1].after, Timer):
        return False
    before = timers_changed[0].before
    return not isinstance(before, Timer) or before.local_id != timers_changed[-1].after.local_id


def undo(write: Write, step: Step) -> list[Change]:
    """Take a command back, as ordinary writes. Returns what that changed.

    Raises:
        ClashError: Something is no longer as the command left it.
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
    """The change with its entries' users as they are said now: a user who was unknown then may be known."""
    own_user = users.own(connection)

    def now(value: Value | None) -> Value | None:
        if not isinstance(value, TimeEntry):
            return value
        there = entries.by_id(connection, value.local_id)
        former = None if value.user_id == own_user else value.user_id
        return value._replace(user_id=there.user_id if there else former)

    return Change(now(change.before), now(change.after))


def _timer_back(write: Write, back: Change, step: Step) -> Change:
    before = timers.running(write.connection)
    after = back.after
    if isinstance(after, Timer) and _became_an_entry(step, after.local_id):
        # Its id went to an entry that may be known elsewhere; what runs on is a new thing.
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
        expected = expected._replace(content=present.content)  # one text may be of an older form
    if present != expected:
        what = {"timer": "The timer", "entry": "The entry", "project": "The project", "key": "The key"}[
            change.kind
        ]
        name = getattr(expected or present, "local_id", "")
        raise ClashError(
            f"{what} {name} is no longer as that command left it.".replace("  ", " "),
            hint="`clockeye history` shows what was done; change it with `clockeye edit` instead.",
            code="changed_since",
        )


def _refuse_adopted(connection: Connection, change: Change) -> None:
    """What is on an account now must not come back here, and what came to it must not be torn off it."""
    value = change.after if change.after is not None else change.before
    if isinstance(value, Adoption):
        raise ClashError(
            f"What was adopted from the profile {value.profile} stays here: it may be on the account by now.",
            hint="`clockeye delete ENTRY` deletes an entry; `clockeye history` shows what was done.",
            code="adopted",
        )
    local_id = getattr(value, "local_id", None)
    found = local_id and adopted.beginning_with(connection, former_ids.present_id(connection, local_id))
    if found:
        raise ClashError(
            f"{found[0]} was adopted by the profile {found[1]} and cannot be changed here any more.",
            hint=f"`clockeye -P {found[1]} log --all` shows it there.",
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
