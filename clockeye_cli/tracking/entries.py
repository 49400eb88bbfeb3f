"""The rules for finished entries: add, edit, split, delete."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import add_keys, adopted, entries
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.tracking.other_users import refuse_unsendable
from clockeye_cli.tracking.overlaps import refuse_clashes

if TYPE_CHECKING:
    from clockeye_cli.store.state import Write


class Added(NamedTuple):
    """The entry that `add` stored; `is_new` is False if an earlier call with the same key stored it."""

    entry: TimeEntry
    is_new: bool


def add(
    write: Write, entry: TimeEntry, *, overlap: bool = False, key: str = "", ends_now: bool = False
) -> Added:
    """Store a finished entry.

    Args:
        write: The transaction.
        entry: The entry to store.
        overlap: Store it even if it overlaps others.
        key: The caller's name for it: the same key with the same content is stored only once.
        ends_now: Only its duration was given, so the same call at another time is still the same call.

    Raises:
        ClashError: It overlaps others; or the key was used for another entry, or for one since deleted.
    """
    asked_for = _asked_for(entry, ends_now=ends_now)
    if key:
        stored = _stored_under(write, key, asked_for)
        if stored is not None:
            return Added(stored, is_new=False)
    if not overlap:
        refuse_clashes(write, entry.started_at, entry.ended_at)
    write.change(None, entry)
    if key:
        write.change(None, AddKey(key, entry.local_id, add_keys.content_of(asked_for)))
    return Added(entry, is_new=True)


def edit(write: Write, before: TimeEntry | Timer, after: TimeEntry | Timer, *, overlap: bool = False) -> None:
    """Change an entry or the timer; overlaps are checked only if its times change.

    Raises:
        ClashError: Its new times overlap others.
        UsageError: The timer would start in the future.
    """
    if after == before:
        return
    ended_at = after.ended_at if isinstance(after, TimeEntry) else write.now
    if isinstance(after, Timer) and after.started_at > write.now and after.started_at != before.started_at:
        raise UsageError(
            "A timer cannot start in the future.", hint="Give a time in the past.", code="in_the_future"
        )
    if _times(before) != _times(after) and not overlap:
        refuse_clashes(write, after.started_at, ended_at, but=before.local_id)
    write.change(before, after)


def split(write: Write, before: TimeEntry | Timer, at: int, gap: int) -> tuple[TimeEntry, TimeEntry | Timer]:
    """Split an entry in two: the first ends at `at`, the second begins `gap` seconds later.

    The first keeps the id; if the timer is split, the part that is still running keeps it.

    Raises:
        UsageError: The second part would begin after the end.
    """
    rest_at = at + gap
    end = before.ended_at if isinstance(before, TimeEntry) else write.now
    if not before.started_at <= at <= rest_at <= end:
        raise UsageError(
            "The second part would begin after the entry's end.",
            hint="Split earlier, or use a shorter gap.",
            code="out_of_range",
        )
    if isinstance(before, TimeEntry):
        first = before._replace(ended_at=at)
        rest = before._replace(local_id=new_id("te"), started_at=rest_at)
        write.change(before, first)
        write.change(None, rest)
        refuse_unsendable(write, rest)
        return first, rest
    first = before.until(at)._replace(local_id=new_id("te"))
    timer = before._replace(started_at=rest_at)
    write.change(before, timer)
    write.change(None, first)
    return first, timer


def delete(write: Write, entry: TimeEntry) -> None:
    """Delete an entry; `undo` restores it."""
    write.change(entry, None)


def _times(entry: TimeEntry | Timer) -> tuple[int, int | None]:
    return entry.started_at, entry.ended_at if isinstance(entry, TimeEntry) else None


def _stored_under(write: Write, key: str, asked_for: TimeEntry) -> TimeEntry | None:
    used = add_keys.of(write.connection, key)
    if used is None:
        return None
    if used.asked_for != asked_for:
        raise ClashError(
            f"The key {key[:60]!r} was used for a different entry ({used.local_id}).",
            hint="Use another key, or the same content as before.",
            code="key_used",
        )
    stored = entries.by_id(write.connection, used.local_id)
    if stored is None:
        adoption = adopted.beginning_with(write.connection, used.local_id)
        fate = f"moved to the profile {adoption[1]}" if adoption else "deleted"
        raise ClashError(
            f"The entry stored under the key {key[:60]!r} was {fate} ({used.local_id}).",
            hint="Nothing was stored. Use another key.",
            code="key_used",
        )
    return stored


def _asked_for(entry: TimeEntry, *, ends_now: bool) -> TimeEntry:
    """The call's content: the entry without its id; without its instants if only a duration was given."""
    asked_for = entry._replace(local_id="")
    return asked_for._replace(started_at=0, ended_at=entry.duration) if ends_now else asked_for
