"""Reading days from the account before they are shown: which days, whose, and whether they are fresh."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import counted, stamp
from clockeye_cli.core.selection import NamedUser
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
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
"""The prefix of user ids, from the API reference."""

NAMED = 3
"""How many of the entries that are left out a notice names."""


class Known(NamedTuple):
    """The state of the stored days.

    Attributes:
        as_of: The instant when they were last read.
        whose: Whose entries they are.
    """

    as_of: int
    whose: Whose = MINE


def refresh(ctx: Context, period: Period, typed_whose: TypedWhose = MINE, how: Reading = "usual") -> Known:
    """Read the days of a period from the account, if the profile has one and they are not fresh.

    Args:
        ctx: For the clock, the store and the account.
        period: The days.
        typed_whose: Whose entries, as typed.
        how: Whether to read from the account.

    Raises:
        UnreachableError: The account cannot be read, and these days were never read or must be read again.
        UsageError: The key sees no such user, or several.
        ClashError: A user was named, and the profile has no account.
    """
    if ctx.account is None:
        if not isinstance(typed_whose, Mine):
            ctx.session.require_account()
        return Known(ctx.now)
    days = days_of(ctx, period)
    with ctx.store.read() as connection:
        whose = find_user(connection, typed_whose)
        read_at = None if whose is None else remote.pulled_at(connection, days, whose)
    if read_at is not None and whose is not None:
        is_fresh = 0 <= ctx.now - read_at < ctx.settings.sync_fresh
        if how == "offline" or (how == "usual" and is_fresh):
            return Known(read_at, whose)
    if how == "offline":
        raise UnreachableError(
            f"{period.name}: some of these days have never been read from the account.",
            hint="Run the command without --offline to read them.",
            code="never_read",
        )
    try:
        if how == "usual" and read_at is not None and is_paused(ctx.store, ctx.now):
            raise UnreachableError("The account could not be reached a moment ago.")
        whose = _read_days(ctx, period, typed_whose, whose)
    except (UnreachableError, KeyMissingError, RejectedError) as error:
        pause_after(ctx.store, error, ctx.now)
        if read_at is None or whose is None or how == "refresh":
            raise
        ctx.out.notice(f"{error.message} Showing data as of {stamp(read_at, ctx.zone, ctx.now)}.")
        return Known(read_at, whose)
    return Known(ctx.now, whose)


def _read_days(ctx: Context, period: Period, typed_whose: TypedWhose, whose: Whose | None) -> Whose:
    """Read the days of a period from the account, and point out what was left out. Returns whose they are.

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
            whose = _looked_up(ctx, account, typed_whose)
        with ctx.out.progress("Reading") as each:
            pulled = pull(account, period.first, period.last, whose=whose, each=each)
    say_pulled(ctx, pulled)
    return whose


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


def days_of(ctx: Context, period: Period) -> list[str]:
    """The days of a period in the form in which the store keeps which days were read."""
    if period.first is None:
        return [remote.ALL_DAYS]
    last = period.last or ctx.rule.day_of(ctx.now)
    return [
        (period.first + timedelta(days=number)).isoformat()
        for number in range((last - period.first).days + 1)
    ]


def find_user(connection: Connection, typed_whose: TypedWhose) -> Whose | None:
    """Whose entries are meant, among the users stored here; None if a name matches none or several.

    A user who is not listed but has entries here is known by id: they left, or the key cannot list users.
    """
    if not isinstance(typed_whose, NamedUser):
        return typed_whose
    word = typed_whose.text.casefold()
    listed = users.every(connection)
    exact = [user.id for user in listed if typed_whose.text == user.id or word == user.email.casefold()]
    fitting = exact or [user.id for user in listed if user.email.casefold().startswith(word)]
    own_user = users.own(connection)
    if not fitting and (typed_whose.text == own_user or entries.has_user(connection, typed_whose.text)):
        fitting = [typed_whose.text]
    if len(fitting) != 1:
        return None
    return MINE if fitting[0] == own_user else OneUser(fitting[0])


def whose_of(ctx: Context, account: Account, typed_whose: TypedWhose) -> Whose:
    """Whose entries are meant; for everybody and for an unknown name, the account's users are read first.

    Raises:
        UsageError: The key sees no such user, or several.
    """
    with ctx.store.read() as connection:
        whose = find_user(connection, typed_whose)
    if whose is None or isinstance(whose, Everybody):
        return _looked_up(ctx, account, typed_whose)
    return whose


def _looked_up(ctx: Context, account: Account, typed_whose: TypedWhose) -> Whose:
    """Whose entries are meant, after reading the account's users, if the key can list them.

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
        whose = find_user(connection, typed_whose)
        names = [user.name for user in users.every(connection)]
    if whose is not None:
        return whose
    text = typed_whose.text if isinstance(typed_whose, NamedUser) else ""
    if can_list:
        raise _no_user(text, names)
    if text.startswith(USER_ID):
        return OneUser(text)
    raise UsageError(
        f"The key cannot list users, so {text[:60]!r} cannot be looked up.",
        hint=f"Name the user by id ({USER_ID}…): `clockeye log --user all` shows it.",
        code="user_not_found",
    )


def _no_user(text: str, names: list[str]) -> ClockeyeError:
    """The error for a name that is unknown or matches several users."""
    fitting = [name for name in names if name.casefold().startswith(text.casefold())]
    if len(fitting) > 1:
        return UsageError(
            f"Several users begin with {text[:60]!r}: {', '.join(fitting)}.",
            hint="Type more of the address.",
            code="user_not_found",
        )
    return unknown("user", text, names, code="user_not_found")
