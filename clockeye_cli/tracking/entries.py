"""The rules for finished entries: add, edit, split, delete."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import add_keys, entries
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.tracking import room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.history import Change
    from clockeye_cli.store.state import Write


class Added(NamedTuple):
    """The result of `add`.

    Attributes:
        entry: The entry that is stored.
        is_new: False if an earlier call with the same key stored it.
        adjusted: The changes to other entries that made room for it.
    """

    entry: TimeEntry
    is_new: bool
    adjusted: Sequence[Change] = ()


def add(
    write: Write,
    entry: TimeEntry,
    *,
    overlap: bool = False,
    adjust: bool = False,
    key: str = "",
    asked_for: TimeEntry | None = None,
) -> Added:
    """Store a finished entry.

    Args:
        write: The transaction.
        entry: The entry to store.
        overlap: Store it even if it overlaps others.
        adjust: Cut the others to make room for it.
        key: The caller's name for it: the same key with the same content is stored only once.
        asked_for: The content of the key, if it is not the entry itself (see `typed_times.asked_span`).

    Raises:
        ClashError: It overlaps others; or the key was used for another entry, or for one since deleted.
    """
    asked_for = (asked_for or entry)._replace(local_id="")
    if key:
        stored = stored_under(write, key, asked_for)
        if stored is not None:
            return Added(stored, is_new=False)
    adjusted = _room(write, entry.started_at, entry.ended_at, overlap=overlap, adjust=adjust)
    write.change(None, entry)
    if key:
        write.change(None, AddKey(key, entry.local_id, add_keys.content_of(asked_for)))
    return Added(entry, is_new=True, adjusted=adjusted)


def edit(
    write: Write,
    before: TimeEntry | Timer,
    after: TimeEntry | Timer,
    *,
    overlap: bool = False,
    adjust: bool = False,
) -> Sequence[Change]:
    """Change an entry or the timer; overlaps are looked for only if its times change, or with `adjust`.

    Args:
        write: The transaction.
        before: The entry as it is stored.
        after: The same with its changes.
        overlap: Store it even if it overlaps others.
        adjust: Cut the others to make room for it.

    Returns:
        The changes to other entries that made room for it.

    Raises:
        ClashError: Its new times overlap others.
        UsageError: The timer would start in the future.
    """
    if after == before and not adjust:
        return ()
    is_running = isinstance(after, Timer) or after.is_open
    ended_at = write.now if isinstance(after, Timer) or after.is_open else after.ended_at
    if is_running and after.started_at > write.now and after.started_at != before.started_at:
        raise UsageError(
            "A timer cannot start in the future.", hint="Give a time in the past.", code="in_the_future"
        )
    adjusted: Sequence[Change] = ()
    if _is_own(after) and (_times(before) != _times(after) or adjust):
        adjusted = _room(write, after.started_at, ended_at, before.local_id, overlap=overlap, adjust=adjust)
    if after != before:
        write.change(before, after)
    return adjusted


def refuse_overlaps(write: Write, changed: Sequence[tuple[TimeEntry | Timer, TimeEntry | Timer]]) -> None:
    """Check the new times of several entries, once all of them are stored.

    Args:
        write: The transaction.
        changed: Each entry before and after.

    Raises:
        ClashError: One of those whose times have changed overlaps another entry.
    """
    for before, after in changed:
        if _is_own(after) and _times(before) != _times(after):
            ended_at = after.ended_at if isinstance(after, TimeEntry) else write.now
            room.refuse_clashes(write, after.started_at, ended_at, after.local_id, can_adjust=True)


def split(write: Write, before: TimeEntry | Timer, at: int, gap: int) -> tuple[TimeEntry, TimeEntry | Timer]:
    """Split an entry in two: the first ends at `at`, the second begins `gap` seconds later.

    The first keeps the id; if a running entry is split, the part that is still running keeps it. The other
    part inherits the facts about the entry, but not its origin: no row of a source became that part.

    Raises:
        UsageError: The second part would begin after the end.
    """
    rest_at = at + gap
    end = write.now if isinstance(before, Timer) or before.is_open else before.ended_at
    if not before.started_at <= at <= rest_at <= end:
        raise UsageError(
            "The second part would begin after the entry's end.",
            hint="Split earlier, or use a shorter gap.",
            code="out_of_range",
        )
    if isinstance(before, TimeEntry) and not before.is_open:
        first = before._replace(ended_at=at)
        rest = before._replace(local_id=new_id("te"), started_at=rest_at)
        write.change(before, first)
        write.change(None, rest)
        room.inherit_facts(write, before.local_id, rest.local_id)
        from clockeye_cli.tracking.other_users import refuse_unsendable  # late: only `split` needs it

        refuse_unsendable(write, rest)
        return first, rest
    running: TimeEntry | Timer
    if isinstance(before, Timer):
        first, running = before.until(at), before._replace(started_at=rest_at)
    else:
        first = before._replace(ended_at=at, is_open=False)
        running = before._replace(started_at=rest_at, ended_at=rest_at)
    first = first._replace(local_id=new_id("te"))
    write.change(before, running)
    write.change(None, first)
    room.inherit_facts(write, before.local_id, first.local_id)
    return first, running


def delete(write: Write, entry: TimeEntry) -> None:
    """Delete an entry; `undo` restores it."""
    write.change(entry, None)


def _room(
    write: Write,
    started_at: int,
    ended_at: int,
    but: str | None = None,
    *,
    overlap: bool,
    adjust: bool,
) -> Sequence[Change]:
    """Refuse overlaps, or make room. Returns the changes to other entries."""
    if adjust:
        return room.make_room(write, started_at, ended_at, but)
    if not overlap:
        room.refuse_clashes(write, started_at, ended_at, but, can_adjust=True)
    return ()


def _is_own(item: TimeEntry | Timer) -> bool:
    return isinstance(item, Timer) or item.is_own


def _times(entry: TimeEntry | Timer) -> tuple[int, int | None]:
    return entry.started_at, entry.ended_at if isinstance(entry, TimeEntry) else None


def stored_under(write: Write, key: str, asked_for: TimeEntry) -> TimeEntry | None:
    """The entry that an earlier `add` has stored under a key; None for a new key.

    Args:
        write: The transaction.
        key: The key.
        asked_for: What this call asks for, without an id.

    Raises:
        ClashError: The key was used for something else, or its entry is gone.
    """
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
        from clockeye_cli.store import adopted  # late: entries are rarely adopted

        adoption = adopted.beginning_with(write.connection, used.local_id)
        fate = f"moved to the profile {adoption[1]}" if adoption else "deleted"
        raise ClashError(
            f"The entry stored under the key {key[:60]!r} was {fate} ({used.local_id}).",
            hint="Nothing was stored. Use another key.",
            code="key_used",
        )
    return stored
