"""`clockeye auth status`: which state the key is in, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.api.client import Client
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    UnreachableError,
)
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.store import users
from clockeye_cli.sync import binding
from clockeye_cli.sync.account import INTERACTIVE_SECONDS

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.user import User

STATUS = (
    Column("profile", "Profile"),
    Column("state", "State"),
    Column("url", "Address"),
    Column("user", "User"),
    Column("key_source", "Key from"),
)


def status(ctx: Context) -> None:
    """Say which of five it is: no key, valid, refused, limited, unreachable; and where the key came from.

    Raises:
        KeyMissingError: There is no key, or it is refused.
        UnreachableError: The service is not reached, or takes no more requests.
    """
    works_on = ctx.session.require_account()
    with ctx.store.read() as connection:
        user = users.own(connection) or works_on.user
    source, state = "", "valid"
    failure: ClockeyeError | None = None
    try:
        key = ctx.key
        source = key.source
        with Client(works_on.url, key.text, ctx.world.environ, patience=INTERACTIVE_SECONDS) as client:
            listed = binding.users_of(client)
        user = _named(listed, user)
    except LimitedError as error:
        state, failure = "limited", error
    except UnreachableError as error:
        state, failure = "unreachable", error
    except KeyMissingError as error:
        state, failure = ("refused" if source else "no key"), error
    record = Record(STATUS, (works_on.profile, state, works_on.url, user, source))
    told = f"{works_on.profile}: {works_on.url}, {user or 'user not known'}, key {state}"
    ctx.out.result(told + (f" (from {source})" if source else ""), record)
    if failure:
        raise failure


def _named(listed: list[User], user: str) -> str:
    """Who you are, in words: by what is known of you, or as the only one there is."""
    known = [one for one in listed if user in (one.id, one.email)] or (listed if not user else [])
    return f"{known[0].email} ({known[0].id})" if len(known) == 1 else user
