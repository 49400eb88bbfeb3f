"""`clockeye auth status`: the state of the key, and its source."""

from __future__ import annotations

from clockeye_cli.api.client import Client
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    UnreachableError,
)
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.present.dialect import dialect_words
from clockeye_cli.store import dialects, users
from clockeye_cli.sync import binding
from clockeye_cli.sync.account import INTERACTIVE_SECONDS

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.user import User

STATUS = (
    Column("profile", "Profile"),
    Column("state", "State", values=("valid", "no key", "refused", "limited", "unreachable")),
    Column("url", "Address"),
    Column("user", "User"),
    Column("key_source", "Key from"),
    Column("dialect", "Service"),
)

SHAPE = JsonShape(STATUS)


def status(ctx: Context) -> None:
    """Show the state of the key (no key, valid, refused, limited or unreachable) and its source.

    Raises:
        KeyMissingError: The key is missing or refused.
        UnreachableError: The service cannot be reached, or its rate limit is reached.
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
    with ctx.store.read() as connection:
        dialect = dialect_words(dialects.get(connection))
    row = (works_on.profile, state, works_on.url, user, source, dialect)
    record = Record(STATUS, row, is_stacked=True)
    summary = f"{works_on.profile}: {works_on.url}, {user or 'unknown user'}, key {state}"
    lines = [summary + (f", from {source}" if source else "")]
    ctx.out.result(lines + [f"The service: {dialect}"] * bool(dialect), record)
    if failure:
        raise failure


def _named(listed: list[User], user: str) -> str:
    """The user in words: the listed user with this id or address, or the only one that is listed."""
    users = [each for each in listed if user in (each.id, each.email)] or (listed if not user else [])
    return f"{users[0].email} ({users[0].id})" if len(users) == 1 else user
