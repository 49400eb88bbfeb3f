"""The days of an account: which are stored, whose and how fresh they are, and reading them again."""

from __future__ import annotations

from datetime import date, timedelta

from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.phrases import counted, stamp
from clockeye_cli.core.selection import DaysRead
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import Mine
from clockeye_cli.errors import KeyMissingError, RejectedError, UnreachableError
from clockeye_cli.interpret.closed_days import naming_closed_changes
from clockeye_cli.interpret.whose import find_user, looked_up
from clockeye_cli.store import pulled
from clockeye_cli.sync.pause import is_paused, pause_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Days, Reading, TypedWhose
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.pull import Pulled

NAMED = 3
"""How many of the entries that are left out a notice names."""


def refreshed(
    ctx: Context,
    period: Period,
    typed_whose: TypedWhose,
    how: Reading,
    *,
    needs_all: bool,
) -> DaysRead:
    """The days of a period, read from the account unless they are fresh: see `interpret/reading.py`."""
    with ctx.store.read() as connection:
        whose = find_user(connection, typed_whose)
        state = None if whose is None else stored_days(ctx, connection, period, whose)
    if how == "usual" and state and state.is_fresh(ctx.now, ctx.settings.sync_fresh):
        return state
    try:
        if how == "offline":
            if state is None:
                raise UnreachableError(
                    "This user was never read from the account.",
                    hint="Run the command without --offline to read them.",
                    code="never_read",
                )
            raise UnreachableError("")
        if how == "usual" and state and is_paused(ctx.store, ctx.now):
            raise UnreachableError("The account could not be reached a moment ago.")
        return _read_days(ctx, period, typed_whose, whose)
    except (UnreachableError, KeyMissingError, RejectedError) as error:
        pause_after(ctx.store, error, ctx.now)
        if state is None or how == "refresh" or (needs_all and state.unread and how != "offline"):
            raise
        say_as_of(ctx, error.message, state)
        return state


def stored_days(ctx: Context, connection: Connection, period: Period, whose: Whose) -> DaysRead:
    """When the stored days of a period were read."""
    today = ctx.rule.day_of(ctx.now)
    first, last = period.first, period.last or today
    read_at, whole = pulled.days(connection, first.isoformat() if first else None, last.isoformat(), whose)
    if first is None:
        return DaysRead(whole, whose) if whole is not None else _all_days(read_at, whose, today)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    instants = {day: max(whole or -1, read_at.get(day.isoformat(), -1)) for day in days}
    read = [instant for instant in instants.values() if instant >= 0]
    unread = [day for day in days if instants[day] < 0]
    past = [day for day in unread if day <= today or first > today]
    return DaysRead(min(read, default=None), whose, _runs(past), is_whole=not unread)


def _all_days(read_at: Mapping[str, int], whose: Whose, today: date) -> DaysRead:
    """When all days were read, if only some of them were."""
    read = sorted(date.fromisoformat(day) for day in read_at)
    if not read:
        return DaysRead(None, whose, ((None, None),), is_whole=False)
    days = [read[0] + timedelta(days=number) for number in range((today - read[0]).days + 1)]
    between = _runs([day for day in days if day.isoformat() not in read_at])
    unread = ((None, read[0] - ONE_DAY), *between)
    return DaysRead(min(read_at.values()), whose, unread, is_whole=False)


def _runs(days: Sequence[date]) -> list[Days]:
    """Days in their order as runs of days that follow each other."""
    runs: list[Days] = []
    for day in days:
        if runs and runs[-1][1] == day - ONE_DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def say_as_of(ctx: Context, reason: str, reading: DaysRead) -> None:
    """Say, after a reason, as of when the shown days are known, and which were never read."""
    sentences = [reason] if reason else []
    if reading.as_of is not None:
        sentences.append(f"Showing data as of {stamp(reading.as_of, ctx.zone, ctx.now)}.")
    ctx.out.notice(" ".join([*sentences, *reading.never_read]))


def _read_days(ctx: Context, period: Period, typed_whose: TypedWhose, whose: Whose | None) -> DaysRead:
    """Read the days of a period from the account, and point out what was left out.

    Args:
        ctx: For the account.
        period: The days.
        typed_whose: Whose entries, as typed: a name is looked up again.
        whose: Whose they are as of the store; None if the name is unknown here.
    """
    from clockeye_cli.sync.account import connect
    from clockeye_cli.sync.pull import pull

    with connect(ctx.store, ctx.access()) as account:
        if whose is None or not isinstance(typed_whose, Mine):
            whose = looked_up(ctx, account, typed_whose)
        with naming_closed_changes(ctx, period.first) as changes, ctx.out.progress("Reading") as each:
            pulled = pull(account, period.first, period.last, whose=whose, each=each)
    say_pulled(ctx, pulled)
    return DaysRead(ctx.now, whose, closed_changes=changes)


def say_pulled(ctx: Context, pulled: Pulled) -> None:
    """Name the entries that a pull could not read or check, and those that this key may not read any more."""
    if not pulled.is_steady:
        ctx.out.notice(
            "The account changed while it was being read: entries deleted there may still be shown."
            " `--refresh` reads it again."
        )
    if pulled.unread:
        unread = counted(len(pulled.unread), "entry of the account", "entries of the account")
        ctx.out.notice(f"{unread} cannot be read; left out, or shown as last read: {_some(pulled.unread)}.")
    if pulled.withdrawn:
        left_out = counted(len(pulled.withdrawn), "entry was", "entries were")
        names = [f"{entry.local_id} ({entry.description})" for entry in pulled.withdrawn]
        ctx.out.notice(f"{left_out} removed here, since this key may not read it any more: {_some(names)}.")
    if pulled.unchecked:
        unlisted = counted(pulled.unchecked, "entry", "entries")
        ctx.out.notice(
            f"{unlisted} not listed by the account may be deleted there; `clockeye sync` checks more."
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
