"""Whose entries are meant: what was typed for `--user`, looked up among the stored users or the account's."""

from __future__ import annotations

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.selection import NamedUser
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import MINE, Everybody, OneUser
from clockeye_cli.errors import KeyMissingError, UsageError
from clockeye_cli.store import entries, users

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import TypedWhose
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.account import Account

USER_ID = "usr_"
"""The prefix of user ids, from the API reference."""


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
        return looked_up(ctx, account, typed_whose)
    return whose


def looked_up(ctx: Context, account: Account, typed_whose: TypedWhose) -> Whose:
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
