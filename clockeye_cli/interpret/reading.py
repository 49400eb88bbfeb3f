"""Reading days of an account before they are shown: whose, which, and whether they are fresh already."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import counted, stamp
from clockeye_cli.core.selection import NamedUser
from clockeye_cli.core.whose import MINE, Everybody, Mine, OneUser
from clockeye_cli.errors import KeyMissingError, RejectedError, UnreachableError, UsageError
from clockeye_cli.store import entries, remote, users
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

USER_ID = "usr_"
"""How the ids of users begin, by the API reference."""

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
        from clockeye_cli.sync.pull import pull

        with connect(ctx.store, ctx.access()) as account:
            if whose is None or not isinstance(asked, Mine):
                whose = _looked_up(ctx, account, asked)
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
    """Whose entries are meant, by the users that were read; None if a name fits none, or several.

    A user who is not listed and has entries here goes by their id: they left, or the key cannot list users.
    """
    if not isinstance(asked, NamedUser):
        return asked
    word = asked.text.casefold()
    listed = users.every(connection)
    exact = [user.id for user in listed if asked.text == user.id or word == user.email.casefold()]
    fitting = exact or [user.id for user in listed if user.email.casefold().startswith(word)]
    own_user = users.own(connection)
    if not fitting and (asked.text == own_user or entries.has_user(connection, asked.text)):
        fitting = [asked.text]
    if len(fitting) != 1:
        return None
    return MINE if fitting[0] == own_user else OneUser(fitting[0])


def whose_of(ctx: Context, account: Account, asked: TypedWhose) -> Whose:
    """Whose entries are meant; the account's users are read for everybody, and for a name that is new.

    Raises:
        UsageError: The key sees no such user.
    """
    with ctx.store.read() as connection:
        whose = find_user(connection, asked)
    if whose is None or isinstance(whose, Everybody):
        return _looked_up(ctx, account, asked)
    return whose


def _looked_up(ctx: Context, account: Account, asked: TypedWhose) -> Whose:
    """Whose entries are meant, once the account's users were read, as far as the key can list them.

    Raises:
        UsageError: The key sees no such user, or several.
    """
    from clockeye_cli.sync.pull import pull_users

    can_list = True
    try:
        pull_users(account)
    except KeyMissingError as error:
        if error.code != "forbidden":
            raise
        can_list = False
    with ctx.store.read() as connection:
        whose = find_user(connection, asked)
        names = [user.name for user in users.every(connection)]
    if whose is not None:
        return whose
    text = asked.text if isinstance(asked, NamedUser) else ""
    if can_list:
        raise _no_user(text, names)
    if text.startswith(USER_ID):
        return OneUser(text)
    raise UsageError(
        f"The key cannot list users, so {text[:60]!r} cannot be looked up.",
        hint=f"Name the user by their id ({USER_ID}…): `clockeye log --user all` shows it.",
        code="user_not_found",
    )


def _no_user(text: str, names: list[str]) -> ClockeyeError:
    """The error for a name that is unknown, or the beginning of several of these."""
    fitting = [name for name in names if name.casefold().startswith(text.casefold())]
    if len(fitting) > 1:
        return UsageError(
            f"Several users begin with {text[:60]!r}: {', '.join(fitting)}.",
            hint="Type more of the address.",
            code="user_not_found",
        )
    return unknown("user", text, names, code="user_not_found")
