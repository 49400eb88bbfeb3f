"""Room for an entry among the others: an overlap is refused, stored, or removed by cutting the others.

Nothing is ever deleted for room.
"""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.command_lines import command_line
from clockeye_cli.core.duration import clock
from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store.history import Change
from clockeye_cli.tracking.overlaps import MOST_NAMED, clashes, list_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.overlaps import Ways


def covered(items: Sequence[TimeEntry | Timer], started_at: int, ended_at: int) -> list[TimeEntry]:
    """The entries of which a span would leave nothing. The timer is none of them: it runs on."""
    return [
        item
        for item in items
        if isinstance(item, TimeEntry) and started_at <= item.started_at and item.ended_at <= ended_at
    ]


def refuse_clashes(
    write: Write, started_at: int, ended_at: int, but: str | None = None, *, can_adjust: bool = False
) -> None:
    """Make sure that a span overlaps no entry.

    Args:
        write: The transaction.
        started_at: Instant.
        ended_at: Instant.
        but: The id of an entry to leave out.
        can_adjust: Whether the command has `--adjust`.

    Raises:
        ClashError: It does; the message lists the entries, and what the command could do about them.
    """
    overlapping = clashes(write.connection, started_at, ended_at, write.now, but)
    if overlapping:
        raise ClashError(
            f"Overlaps existing entries:\n{list_in_words(write, overlapping)}",
            hint=_ways_in_words(write, overlapping, started_at, ended_at, can_adjust=can_adjust),
            code="overlap",
        )


def is_allowed(write: Write, started_at: int, ended_at: int, ways: Ways, but: str | None = None) -> bool:
    """Whether a span that overlaps other entries may be stored."""
    if ways.adjust:
        return not covered(
            clashes(write.connection, started_at, ended_at, write.now, but), started_at, ended_at
        )
    return ways.overlap


def make_room(write: Write, started_at: int, ended_at: int, but: str | None = None) -> list[Change]:
    """Cut the entries that overlap a span, split those that contain it, and move the timer's start.

    Args:
        write: The transaction.
        started_at: Instant.
        ended_at: Instant.
        but: The id of the entry that the span belongs to.

    Returns:
        The changes made.

    Raises:
        ClashError: The span covers an entry whole.
    """
    overlapping = clashes(write.connection, started_at, ended_at, write.now, but)
    if inside := covered(overlapping, started_at, ended_at):
        raise ClashError(
            f"--adjust would leave nothing of:\n{list_in_words(write, inside)}",
            hint="Nothing was stored. Give other times, delete what is no longer wanted"
            f" ({command_line('delete', *(item.local_id for item in inside))}), or use --overlap,"
            " which stores both.",
            code="overlap",
        )
    changes = [change for item in overlapping for change in _around(item, started_at, ended_at)]
    for before, after in changes:
        write.change(before, after)
        if before is None and isinstance(after, TimeEntry):
            whole = changes[changes.index(Change(None, after)) - 1].before
            inherit_facts(write, getattr(whole, "local_id", ""), after.local_id)
    return changes


def inherit_facts(write: Write, local_id: str, part_id: str) -> None:
    """Give the new part of a split entry the facts about the whole one, by their ids."""
    from clockeye_cli.store import facts  # late: splitting is rare

    stored = facts.of(write.connection, local_id)
    if stored is not None:
        write.change(None, stored._replace(local_id=part_id))


def _around(item: TimeEntry | Timer, started_at: int, ended_at: int) -> list[Change]:
    """What becomes of an entry, or of the timer, around a span; the first part of an entry keeps its id."""
    if isinstance(item, Timer):
        moved = Change(item, item._replace(started_at=ended_at))
        if item.started_at >= started_at:
            return [moved]
        return [moved, Change(None, item.until(started_at)._replace(local_id=new_id("te")))]
    if item.started_at >= started_at:
        return [Change(item, item._replace(started_at=ended_at))]
    first = Change(item, item._replace(ended_at=started_at))
    if item.ended_at <= ended_at:
        return [first]
    return [first, Change(None, item._replace(local_id=new_id("te"), started_at=ended_at))]


def _ways_in_words(
    write: Write, items: Sequence[TimeEntry | Timer], started_at: int, ended_at: int, *, can_adjust: bool
) -> str:
    """What `--adjust` (if the command has it) and `--overlap` would do, for the hint of a refusal."""
    twice = clock(_covered_seconds(write, items, started_at, ended_at))
    overlap = f"--overlap would store it anyway, and {twice} would count twice."
    if not can_adjust:
        return f"Nothing was stored. {overlap}"
    return f"Nothing was stored. {_adjust_in_words(write, items, started_at, ended_at)}\n{overlap}"


def _adjust_in_words(write: Write, items: Sequence[TimeEntry | Timer], started_at: int, ended_at: int) -> str:
    if inside := covered(items, started_at, ended_at):
        names = ", ".join(item.local_id for item in inside[:MOST_NAMED])
        more = f" and {len(inside) - MOST_NAMED} more" if len(inside) > MOST_NAMED else ""
        return f"--adjust cannot make room: nothing would be left of {names}{more}."
    parts = [_change_in_words(write, item, started_at, ended_at) for item in items[:MOST_NAMED]]
    parts += [f"change {len(items) - MOST_NAMED} more"] if len(items) > MOST_NAMED else []
    return f"--adjust would {', and '.join(filter(None, (', '.join(parts[:-1]), parts[-1])))}."


def _change_in_words(write: Write, item: TimeEntry | Timer, started_at: int, ended_at: int) -> str:
    start, end = (phrases.stamp(at, write.zone, write.now, exact=True) for at in (started_at, ended_at))
    if isinstance(item, Timer):
        if item.started_at >= started_at:
            return f"move the timer's start to {end}"
        return f"split the timer: an entry until {start}, running again since {end}"
    if item.started_at >= started_at:
        return f"let {item.local_id} begin at {end}"
    if item.ended_at <= ended_at:
        return f"let {item.local_id} end at {start}"
    return f"split {item.local_id}: until {start} and from {end}"


def _covered_seconds(write: Write, items: Sequence[TimeEntry | Timer], started_at: int, ended_at: int) -> int:
    """How many seconds of a span are in other entries already, each counted once."""
    seconds, at = 0, started_at
    for item in sorted(items, key=lambda item: item.started_at):
        end = min(ended_at, item.ended_at if isinstance(item, TimeEntry) else write.now)
        begin = max(at, item.started_at)
        if end > begin:
            seconds, at = seconds + end - begin, end
    return seconds
