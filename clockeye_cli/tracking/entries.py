"""Finished entries: find, add, edit, split, delete; overlaps; and a clock that went back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core import phrases
from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import stamp
from clockeye_cli.errors import ClashError, ClockeyeError, UsageError
from clockeye_cli.store import add_keys, adopted, entries, former_ids, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.tracking.other_users import refuse_unsendable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

SMALL_STEP = 5
"""Seconds that a clock may go back (time servers correct that much) before a person must say when it is."""

SHORTEST_ID = 4

MOST_NAMED = 5
"""How many entries a message lists before it counts the rest."""


class Added(NamedTuple):
    """What `add` did; `is_new` is False if its key had stored this entry before."""

    entry: TimeEntry
    is_new: bool


def find(connection: Connection, text: str) -> TimeEntry | Timer:
    """The entry that is meant: an id, its unique beginning, `last`, `last-1` …, `current`.

    Raises:
        ClashError: None fits, or several do.
    """
    word = text.strip().lower()
    if word == "current":
        running = timers.running(connection)
        if running is None:
            raise ClashError(
                "No timer is running.", hint="`clockeye log` shows the entries.", code="no_timer"
            )
        return running
    if word == "last" or (word.startswith("last-") and word[5:].isascii() and word[5:].isdigit()):
        back = int(word[5:9] or 0)
        return finished(entries.latest(connection, back), text)
    return _by_beginning(connection, text.strip())


def find_finished(connection: Connection, text: str) -> TimeEntry:
    """Like `find`, for what only a finished entry can do.

    Raises:
        ClashError: None fits, several do, or it is the timer that runs.
    """
    found = find(connection, text)
    if isinstance(found, Timer):
        raise ClashError(
            "The timer still runs.", hint="`clockeye stop` makes it an entry.", code="still_running"
        )
    return found


def finished(entry: TimeEntry | None, text: str) -> TimeEntry:
    """The entry, if there is one.

    Raises:
        ClashError: There is none.
    """
    if entry is None:
        raise _unknown(text, "`clockeye log --all` shows them all.")
    return entry


def clashes(
    connection: Connection, started_at: int, ended_at: int, now: int, but: str | None = None
) -> list[TimeEntry | Timer]:
    """What shares time with a span: entries, and the timer up to now.

    Args:
        connection: The store.
        started_at: Instant.
        ended_at: Instant.
        now: Instant.
        but: The id of what the span belongs to itself.
    """
    found: list[TimeEntry | Timer] = [
        entry for entry in entries.clashes(connection, started_at, ended_at) if entry.local_id != but
    ]
    running = timers.running(connection)
    if running and running.local_id != but and max(running.started_at, started_at) < min(now, ended_at):
        found.append(running)
    return found


def refuse_clashes(write: Write, started_at: int, ended_at: int, but: str | None = None) -> None:
    """Make sure that a span is free.

    Raises:
        ClashError: It is not; the message lists what is in the way.
    """
    found = clashes(write.connection, started_at, ended_at, write.now, but)
    if found:
        raise ClashError(
            f"That overlaps what is there:\n{list_in_words(write, found)}",
            hint="Nothing was stored; `--overlap` stores it all the same.",
            code="overlap",
        )


def list_in_words(write: Write, found: Sequence[TimeEntry | Timer]) -> str:
    """Entries in words, a line each, with their ids, for a message."""
    names = projects.names(write.connection)
    ids = ["timer" if isinstance(item, Timer) else item.local_id for item in found]
    what = [phrases.describe(item, names, write.zone, write.now) for item in found[:MOST_NAMED]]
    lines = [f"{word}: {line}" for word, line in zip(ids, what, strict=False)]
    more = [f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
    return "\n".join(lines + more)


def settled_now(write: Write, running: Timer | None, *, asked: bool) -> int:
    """The present instant, with small backward steps of the clock taken out.

    Args:
        write: The transaction.
        running: The timer that runs.
        asked: Whether the user said when; then the clock is not needed.

    Raises:
        ClashError: The clock shows a time well before the timer's start.
    """
    if running is None or write.now >= running.started_at:
        return write.now
    if not asked and running.started_at - write.now > SMALL_STEP:
        raise ClashError(
            f"The clock went back: it is {stamp(write.now, write.zone)} now, and the running timer"
            f" started at {stamp(running.started_at, write.zone)}.",
            hint="Set the clock right; or say when with `--at`; or move the start with"
            " `clockeye edit current --from WHEN`.",
            code="clock_went_back",
        )
    return running.started_at


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


def _by_beginning(connection: Connection, text: str) -> TimeEntry | Timer:
    word = text if text.startswith("te_") else f"te_{text}"
    word = former_ids.present_id(connection, word)
    running = timers.running(connection)
    found: list[TimeEntry | Timer] = []
    if len(word) >= len("te_") + SHORTEST_ID:
        exact = entries.by_id(connection, word)
        if exact is not None:
            return exact
        found += entries.beginning_with(connection, word, 3)
        found += [running] if running and running.local_id.startswith(word) else []
        # What `log` shows is unique among the ids of this computer; those of the account come after them.
        found = found or [*entries.with_former_id(connection, word, 3)]
    if len(found) > 1:
        raise ClashError(
            f"Several entries begin with {text!r}.", hint="Type more of the id.", code="ambiguous"
        )
    if not found:
        raise _not_found(connection, text, word)
    return found[0]


def _not_found(connection: Connection, text: str, word: str) -> ClockeyeError:
    is_id = len(word) >= len("te_") + SHORTEST_ID
    gone = adopted.beginning_with(connection, word) if is_id else None
    if gone:
        return ClashError(
            f"{gone[0]} was adopted by the profile {gone[1]}.",
            hint=f"It is there now: `clockeye -P {gone[1]} log --all`.",
            code="adopted",
        )
    if not is_id:
        hint = f"An id takes {SHORTEST_ID} characters or more; `last` and `current` are understood too."
    else:
        hint = "`clockeye log --all` shows the ids in its first column; `clockeye history` what was deleted."
    return _unknown(text, hint)


def _unknown(text: str, hint: str) -> ClockeyeError:
    return unknown("entry", text, (), hint=hint, code="entry_not_found", error=ClashError)


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
