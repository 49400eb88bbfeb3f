"""`last` as a time: the end of the latest of the profile's own entries."""

from __future__ import annotations

from clockeye_cli.core.duration import short
from clockeye_cli.core.moment import wall_text
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import boundaries
from clockeye_cli.store.entries import ALWAYS

if TYPE_CHECKING:
    from clockeye_cli.core.entry_times import EntryTimes, TypedSpan
    from clockeye_cli.core.when import When
    from clockeye_cli.store.state import Write


def with_instant(write: Write, when: When | None, until: int, but: str | None = None) -> When | None:
    """The time as typed; if it is `last`, with its instant.

    Raises:
        ClashError: It is `last`, and no entry can be meant.
    """
    if when is None or not when.is_last:
        return when
    return when._replace(instant=last_end(write, until, but))


def last_end(write: Write, until: int, but: str | None = None) -> int:
    """The end of the latest own entry that ended at or before an instant; `but` is left out.

    Raises:
        ClashError: There is no such entry.
    """
    ended_at = boundaries.latest_end(write.connection, 0, until, but)
    if ended_at is not None:
        return ended_at
    if boundaries.latest_end(write.connection, 0, ALWAYS) is None:
        raise ClashError("You have no entries yet.", hint="Give a time.", code="entry_not_found")
    raise ClashError(
        f"No other entry of yours ended by {wall_text(until, write.zone)}, so there is no `last`.",
        hint="Give a time.",
        code="entry_not_found",
    )


def check_length(
    write: Write, typed: TypedSpan, times: EntryTimes, max_timer: int, option: str = "--from"
) -> None:
    """Make sure that `last` makes no entry longer than `max_timer`.

    Args:
        write: The transaction.
        typed: What was typed.
        times: What it means.
        max_timer: In seconds.
        option: The option that has the start.

    Raises:
        UsageError: It does; the message names the instant of `last`.
    """
    length = times.ended_at - times.started_at
    if not typed.lasts or length <= max_timer:
        return
    if typed.start is None or not typed.start.is_last:
        option = "--to"
    last = wall_text(times.ended_at if option == "--to" else times.started_at, write.zone)
    raise UsageError(
        f"Your latest entry ended at {last}: {option} last would make this one {short(length)} long,"
        f" which is longer than max_timer ({short(max_timer)}).",
        hint=f'If that is correct, give the time itself: {option} "{last}"',
        code="out_of_range",
    )
