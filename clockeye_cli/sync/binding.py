"""A profile is bound to an origin and a user: nothing is sent or removed with somebody else's key.

Keys may be rotated, so what is remembered of a key is a hash; another key must prove to be the same user's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.api import endpoints
from clockeye_cli.errors import KeyMissingError, UsageError
from clockeye_cli.store import outbox, remembered, remote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.api.client import Client
    from clockeye_cli.api.wire import RemoteUser
    from clockeye_cli.store.state import Store

NAMES = (remembered.ACCOUNT_ORIGIN, remembered.ACCOUNT_USER, remembered.ACCOUNT_KEY)


def bound_user(store: Store, client: Client, digest: str, claimed: str, of_profile: str = "") -> str:
    """The user that the profile is bound to, bound now if it was not; empty if nobody can tell yet.

    Args:
        store: The profile's.
        client: With the key that is to be used.
        digest: A hash of that key.
        claimed: Whose key it is, as whoever runs this says now (CLOCKEYE_USER): an id, an address or nothing.
        of_profile: Whom the profile's settings name, which says nothing about a new key that sees several.

    Raises:
        KeyMissingError: The key belongs, or may belong, to another user or origin.
        UsageError: Several users could be meant.
    """
    with store.read() as connection:
        origin, user, last_digest = (remembered.get(connection, name) for name in NAMES)
        emails = [email for user_id, email, _ in remote.users(connection) if user_id == user]
    if origin is not None and origin != client.base.origin:
        raise KeyMissingError(
            f"This profile belongs to {origin}, not to {client.base.origin}.",
            hint="`clockeye auth login -P NAME` makes a profile for another service.",
            code="foreign_origin",
        )
    if last_digest == digest:
        if user and claimed and claimed.casefold() not in (user.casefold(), *map(str.casefold, emails)):
            raise KeyMissingError(
                f"This profile belongs to {(*emails, user)[0]}, and CLOCKEYE_USER is {claimed[:60]}.",
                hint="Another user takes another profile: -P NAME, or another CLOCKEYE_HOME.",
                code="foreign_key",
            )
        return user or ""
    listed = users_of(client)
    me = identified(listed, claimed or of_profile)
    is_proven = bool(claimed) or len(listed) == 1
    if user and (me is None or me.id != user or not is_proven):
        raise KeyMissingError(
            f"Whether this key is {user}'s cannot be told, and nothing is sent with another's.",
            hint=f"`clockeye auth login` binds the profile to it, or CLOCKEYE_USER={user} for one command.",
            code="foreign_key",
        )
    bind(store, client.base.origin, me.id if me else user or "", digest, listed)
    return me.id if me else user or ""


def bind(store: Store, origin: str, user_id: str, digest: str, users: Sequence[RemoteUser]) -> None:
    """Bind a profile to a user and remember the key; what the last one was not allowed is queued again."""
    with store.exchange() as connection:
        for name, value in zip(NAMES, (origin, user_id, digest), strict=True):
            remembered.put(connection, name, value)
        outbox.queue_forbidden(connection)
        if users:
            remote.put_users(connection, [(user.id, user.email, user.role) for user in users])


def users_of(client: Client) -> list[RemoteUser]:
    """The users that the key may see; none if it may see none."""
    try:
        return endpoints.users(client)
    except KeyMissingError as error:
        if error.code != "forbidden":
            raise
        return []


def identified(users: Sequence[RemoteUser], claimed: str) -> RemoteUser | None:
    """Who you are: the only user there is, or the one that was named; None if nobody is listed.

    Raises:
        UsageError: Nobody of that name is there, or several are and none was named.
    """
    if claimed:
        named = [user for user in users if claimed == user.id or claimed.casefold() == user.email.casefold()]
        if users and not named:
            names = ", ".join(user.email for user in users)
            raise UsageError(
                f"There is no user {claimed[:60]!r}.", hint=f"There is: {names}.", code="user_not_found"
            )
        return named[0] if named else None
    if len(users) > 1:
        names = ", ".join(f"{user.email} ({user.id})" for user in users)
        raise UsageError("Which of these users are you?", hint=f"Say --user WHO or CLOCKEYE_USER: {names}.")
    return users[0] if users else None
