"""Reading days of an account before they are shown: whose, which, and whether they are fresh already."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import counted, stamp
from clockeye_cli.core.selection import NamedUser
from clockeye_cli.core.whose import MINE, Everybody, Mine, OneUser
from clockeye_cli.errors import KeyMissingError, RejectedError, UnreachableError, UsageError
from clockeye_cli.store import remote, users
from clockeye_cli.sync.pause import is_paused, pause_after

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Reading, TypedWhose
    from clockeye_cli.core.whose import Whose
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
        whose: Whose entries they are.
    """

    as_of: int
    whose: Whose = MINE


def refresh(ctx: Context, period: Period, asked: TypedWhose = MINE, how: Reading = "usual") -> Known:
    """Read the days of a period from the account, if the profile has one and they are not fresh.

    Args:
        ctx: For the clock, the store and the account.
        period: The days.
        asked: Whose entries, as typed.
        how: Whether the account is asked.

    Raises:
        UnreachableError: The account cannot be read, and these days never were, or had to be read anew.
        UsageError: The key sees no such user.
        ClashError: A user was named, and the profile is on this computer alone.
    """
    if ctx.account is None:
        if not isinstance(asked, Mine):
            ctx.session.require_account()
        return Known(ctx.now)
    days = days_of(ctx, period)
    with ctx.store.read() as connection:
        whose = find_user(connection, asked)
        read_at = None if whose is None else remote.pulled_at(connection, days, whose)
    if read_at is not None and whose is not None:
        is_fresh = 0 <= ctx.now - read_at < ctx.settings.sync_fresh
        if how == "offline" or (how == "usual" and is_fresh):
            return Known(read_at, whose)
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
            if not isinstance(asked, Mine):
                pull_users(account)
            with ctx.store.read() as connection:
                whose = find_user(connection, asked)
            if whose is None:
                raise no_user(ctx, asked)
            with ctx.out.progress("Reading") as each:
                pulled = pull(account, period.first, period.last, whose=whose, each=each)
    except (UnreachableError, KeyMissingError, RejectedError) as error:
        pause_after(ctx.store, error, ctx.now)
        if read_at is None or whose is None or how == "refresh":
            raise
        ctx.out.notice(f"{error.message} This is as of {stamp(read_at, ctx.zone, ctx.now)}.")
        return Known(read_at, whose)
    if not pulled.is_steady:
        ctx.out.notice(
            "The account changed while it was read: what was deleted there may still be shown."
            " `--refresh` reads it again."
        )
    say_unread(ctx, pulled)
    return Known(ctx.now, whose)


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


def find_user(connection: Connection, asked: TypedWhose) -> Whose | None:
    """Whose entries are meant, by the users that were read; None if a name fits none, or several."""
    if not isinstance(asked, NamedUser):
        return asked
    word = asked.text.casefold()
    listed = users.every(connection)
    exact = [user for user in listed if asked.text == user.id or word == user.email.casefold()]
    fitting = exact or [user for user in listed if user.email.casefold().startswith(word)]
    if len(fitting) != 1:
        return None
    user_id = fitting[0].id
    return MINE if user_id == users.own(connection) else OneUser(user_id)


def whose_of(ctx: Context, account: Account, asked: TypedWhose) -> Whose:
    """Whose entries are meant; the account's users are read for everybody, and for a name that is new.

    Raises:
        UsageError: The key sees no such user.
    """
    from clockeye_cli.sync.pull import pull_users

    with ctx.store.read() as connection:
        whose = find_user(connection, asked)
    if whose is None or isinstance(whose, Everybody):
        pull_users(account)
        with ctx.store.read() as connection:
            whose = find_user(connection, asked)
    if whose is None:
        raise no_user(ctx, asked)
    return whose


def no_user(ctx: Context, asked: TypedWhose) -> ClockeyeError:
    """The error for a name that is unknown, or the beginning of several; it lists them."""
    text = asked.text if isinstance(asked, NamedUser) else ""
    with ctx.store.read() as connection:
        names = [user.name for user in users.every(connection)]
    fitting = [name for name in names if name.casefold().startswith(text.casefold())]
    if len(fitting) > 1:
        return UsageError(
            f"Several users begin with {text[:60]!r}: {', '.join(fitting)}.",
            hint="Type more of the address.",
            code="user_not_found",
        )
    return unknown("user", text, names, code="user_not_found")
