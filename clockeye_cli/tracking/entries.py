"""Finished entries: add, edit, split, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import add_keys, adopted, entries
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.tracking.other_users import refuse_unsendable
from clockeye_cli.tracking.overlaps import refuse_clashes

if TYPE_CHECKING:
    from clockeye_cli.store.state import Write


class Added(NamedTuple):
    """What `add` did; `is_new` is False if its key had stored this entry before."""

    entry: TimeEntry
    is_new: bool


def add(
    write: Write, entry: TimeEntry, *, overlap: bool = False, key: str = "", ends_now: bool = False
) -> Added:
    """Store a finished entry.

    Args:
        write: The transaction.
        entry: What to store.
        overlap: Store it even where it overlaps.
        key: The caller's word for it: the same key with the same content is stored once.
        ends_now: Only its duration was asked for, so a repetition is the same at any other time.

    Raises:
        ClashError: It overlaps; or the key was used for something else or for what is deleted now.
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
    """Change an entry or the timer; only a change of its times can be refused.

    Raises:
        ClashError: Its new times overlap others.
        UsageError: The timer would start in the future.
    """
    if after == before:
        return
    ended_at = after.ended_at if isinstance(after, TimeEntry) else write.now
    if isinstance(after, Timer) and after.started_at > write.now and after.started_at != before.started_at:
        raise UsageError(
            "A timer cannot start in the future.", hint="Give a time up to now.", code="in_the_future"
        )
    if _times(before) != _times(after) and not overlap:
        refuse_clashes(write, after.started_at, ended_at, but=before.local_id)
    write.change(before, after)


def split(write: Write, before: TimeEntry | Timer, at: int, gap: int) -> tuple[TimeEntry, TimeEntry | Timer]:
    """Make two of one: up to `at`, and from `gap` seconds later.

    The first keeps the id, unless it is the timer that is split: then what runs on keeps it.

    Raises:
        UsageError: The second part would begin after the end.
    """
    rest_at = at + gap
    end = before.ended_at if isinstance(before, TimeEntry) else write.now
    if not before.started_at <= at <= rest_at <= end:
        raise UsageError(
            "Nothing would be left after the gap.",
            hint="Split earlier, or with a shorter gap.",
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
    """Take an entry away; `undo` brings it back."""
    write.change(entry, None)


def _times(entry: TimeEntry | Timer) -> tuple[int, int | None]:
    return entry.started_at, entry.ended_at if isinstance(entry, TimeEntry) else None


def _stored_under(write: Write, key: str, asked_for: TimeEntry) -> TimeEntry | None:
    used = add_keys.of(write.connection, key)
    if used is None:
        return None
    if used.asked_for != asked_for:
        raise ClashError(
            f"The key {key[:60]!r} has stored another entry ({used.local_id}).",
            hint="Use another key, or the same content.",
            code="key_used",
        )
    stored = entries.by_id(write.connection, used.local_id)
    if stored is None:
        gone = adopted.beginning_with(write.connection, used.local_id)
        what = f"adopted by the profile {gone[1]}" if gone else "deleted"
        raise ClashError(
            f"The entry of the key {key[:60]!r} was {what} ({used.local_id}).",
            hint="Use another key; nothing was stored.",
            code="key_used",
        )
    return stored


def _asked_for(entry: TimeEntry, *, ends_now: bool) -> TimeEntry:
    """What was asked for, without the id: instants, or the duration alone where the end was the present."""
    asked_for = entry._replace(local_id="")
    return asked_for._replace(started_at=0, ended_at=entry.duration) if ends_now else asked_for
