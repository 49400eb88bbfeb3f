"""Reading days of an account before they are shown: whose, which, and whether they are fresh already."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import counted, stamp
from clockeye_cli.core.selection import EVERYBODY
from clockeye_cli.errors import KeyMissingError, RejectedError, UnreachableError, UsageError
from clockeye_cli.store import remembered, remote
from clockeye_cli.sync.pause import is_paused, pause_after

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Reading
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.account import Account
    from clockeye_cli.sync.pull import Pulled

NAMED = 3
"""So many entries that are left out are named in a notice."""


class Known(NamedTuple):
    """What is known here of the days and the user that were asked for.

    Attributes:
        as_of: Instant: how things stood then.
        user: Whose entries, as the store names them: empty for the profile's own user, None for everybody.
    """

    as_of: int
    user: str | None = ""


def refresh(ctx: Context, period: Period, who: str = "", how: Reading = "usual") -> Known:
    """Read the days of a period from the account, if the profile has one and they are not fresh.

    Args:
        ctx: For the clock, the store and the account.
        period: The days.
        who: Whose entries, as in a Filter.
        how: Whether the account is asked.

    Raises:
        UnreachableError: The account cannot be read, and these days never were, or had to be read anew.
        UsageError: The key sees no such user.
        ClashError: A user was named, and the profile is on this computer alone.
    """
    if ctx.account is None:
        if who:
            ctx.session.require_account()
        return Known(ctx.now)
    days = days_of(ctx, period)
    with ctx.store.read() as connection:
        user_id = find_user(connection, who)
        read_at = None if user_id is None else remote.pulled_at(connection, days, user_id)
    if read_at is not None and user_id is not None:
        is_fresh = 0 <= ctx.now - read_at < ctx.settings.sync_fresh
        if how == "offline" or (how == "usual" and is_fresh):
            return _known(ctx, read_at, user_id)
    if how == "offline":
        raise UnreachableError(
            f"{period.name}: not all of these days were ever read from the account.",
            hint="Leave --offline out to read them.",
            code="never_read",
        )
    try:
        if how == "usual" and read_at is not None and is_paused(ctx.store, ctx.now):
            raise UnreachableError("The account could not be reached a moment ago.")
        from clockeye_cli.sync.account import connect
        from clockeye_cli.sync.pull import pull, pull_users

        with connect(ctx.store, ctx.access()) as account:
            if who:
                pull_users(account)
            with ctx.store.read() as connection:
                user_id = find_user(connection, who)
            if user_id is None:
                raise no_user(ctx, who)
            with ctx.out.progress("Reading") as each:
                pulled = pull(account, period.first, period.last, user_id=user_id, each=each)
    except (UnreachableError, KeyMissingError, RejectedError) as error:
        pause_after(ctx.store, error, ctx.now)
        if read_at is None or user_id is None or how == "refresh":
            raise
        ctx.out.notice(f"{error.message} This is as of {stamp(read_at, ctx.zone, ctx.now)}.")
        return _known(ctx, read_at, user_id)
    if not pulled.is_steady:
        ctx.out.notice(
            "The account changed while it was read: what was deleted there may still be shown."
            " `--refresh` reads it again."
        )
    say_unread(ctx, pulled)
    return _known(ctx, ctx.now, user_id)


def say_unread(ctx: Context, pulled: Pulled) -> None:
    """Name the account's entries that a pull had to leave out."""
    if pulled.unread:
        named = ", ".join(pulled.unread[:NAMED]) + (", …" if len(pulled.unread) > NAMED else "")
        is_left_out = counted(len(pulled.unread), "entry of the account is", "entries of the account are")
        ctx.out.notice(f"{is_left_out} left out, for want of times that can be read: {named}.")


def days_of(ctx: Context, period: Period) -> list[str]:
    """The days of a period as it is remembered that they were read."""
    if period.first is None:
        return [remote.ALL_DAYS]
    last = period.last or ctx.rule.day_of(ctx.now)
    return [
        (period.first + timedelta(days=number)).isoformat()
        for number in range((last - period.first).days + 1)
    ]


def find_user(connection: Connection, who: str) -> str | None:
    """The account's id of a Filter's user, by what is known here; None if nobody is known by that name.

    Empty for everybody; the profile's own user where nobody is named.
    """
    if who == EVERYBODY:
        return ""
    if not who:
        return remembered.get(connection, remembered.ACCOUNT_USER) or ""
    word = who.casefold()
    people = remote.users(connection)
    exact = [user_id for user_id, email, _ in people if who == user_id or word == email.casefold()]
    found = exact or [user_id for user_id, email, _ in people if email.casefold().startswith(word)]
    return found[0] if len(found) == 1 else None


def user_of(ctx: Context, account: Account, who: str) -> str:
    """The account's id of a Filter's user, empty for everybody; the account is asked where nobody is known.

    Raises:
        UsageError: The key sees no such user.
    """
    from clockeye_cli.sync.pull import pull_users

    with ctx.store.read() as connection:
        found = find_user(connection, who)
    if who and (found is None or who == EVERYBODY):
        pull_users(account)
        with ctx.store.read() as connection:
            found = find_user(connection, who)
    if found is None:
        raise no_user(ctx, who)
    return found


def no_user(ctx: Context, who: str) -> ClockeyeError:
    """What is wrong with the user of a Filter: unknown, or the beginning of several; names those known."""
    with ctx.store.read() as connection:
        names = [email or user_id for user_id, email, _ in remote.users(connection)]
    fitting = [name for name in names if name.casefold().startswith(who.casefold())]
    if len(fitting) > 1:
        return UsageError(
            f"Several users begin with {who[:60]!r}: {', '.join(fitting)}.",
            hint="Type more of the address.",
            code="user_not_found",
        )
    return unknown("user", who, names, code="user_not_found")


def _known(ctx: Context, as_of: int, user_id: str) -> Known:
    with ctx.store.read() as connection:
        me = remembered.get(connection, remembered.ACCOUNT_USER)
    if not user_id and me:
        return Known(as_of, None)
    return Known(as_of, "" if user_id in ("", me) else user_id)
