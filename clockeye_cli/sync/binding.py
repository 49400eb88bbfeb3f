"""Binds a profile to an origin and a user: nothing is sent or removed with another user's key.

Keys may be rotated, so the hash of the last key is remembered; a new key must belong to the same user.
"""

from __future__ import annotations

from clockeye_cli.api import endpoints
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import KeyMissingError, UsageError
from clockeye_cli.store import dialects, outbox, remembered, users

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.api.client import Client
    from clockeye_cli.core.user import User
    from clockeye_cli.store.state import Store


def bound_user(store: Store, client: Client, digest: str, claimed: str, of_profile: str = "") -> str | None:
    """The user that the profile is bound to, after binding it if necessary; None while it is unknown.

    Args:
        store: The profile's store.
        client: A client with the key to use.
        digest: A hash of that key.
        claimed: The owner of the key according to CLOCKEYE_USER: an id, an address, or empty.
        of_profile: The user in the profile's settings; no proof for a new key that sees several users.

    Raises:
        KeyMissingError: The key belongs, or may belong, to another user or origin.
        UsageError: The key sees several users, and none was named.
    """
    with store.read() as connection:
        origin = remembered.get(connection, remembered.ACCOUNT_ORIGIN)
        last_digest = remembered.get(connection, remembered.ACCOUNT_KEY)
        user = users.own(connection)
        emails = [other.email for other in users.every(connection) if other.id == user]
    if origin is not None and origin != client.base.origin:
        raise KeyMissingError(
            f"This profile belongs to {origin}, not to {client.base.origin}.",
            hint="`clockeye auth login -P NAME` creates a profile for another service.",
            code="foreign_origin",
        )
    if last_digest == digest:
        if user and claimed and claimed.casefold() not in (user.casefold(), *map(str.casefold, emails)):
            raise KeyMissingError(
                f"This profile belongs to {(*emails, user)[0]}, but CLOCKEYE_USER is {claimed[:60]}.",
                hint="Use another profile for another user: -P NAME, or another CLOCKEYE_HOME.",
                code="foreign_key",
            )
        return user
    listed = users_of(client)
    me = identified(listed, claimed or of_profile)
    is_proven = bool(claimed) or len(listed) == 1
    # A key that may not list users proves nothing: then naming the same user again is enough.
    is_same = me.id == user and is_proven if me else not listed and claimed == user
    if user and not is_same:
        raise KeyMissingError(
            f"Cannot verify that this key belongs to {user}; nothing was sent.",
            hint=f"Run `clockeye auth login`, or set CLOCKEYE_USER={user} for this command.",
            code="foreign_key",
        )
    user_id = me.id if me else user
    bind(store, client.base.origin, user_id, digest, listed)
    with store.read() as connection:
        client.dialect = dialects.get(connection)
    return user_id


def bind(store: Store, origin: str, user_id: str | None, digest: str, listed: Sequence[User]) -> None:
    """Bind a profile to a service and a user, and remember the key.

    Changes that the last key was not allowed to send are queued again.

    Args:
        store: The profile's store.
        origin: The service's origin.
        user_id: The profile's own user; None if it is unknown.
        digest: A hash of the key.
        listed: The users that the key can see.
    """
    with store.exchange() as connection:
        remembered.put(connection, remembered.ACCOUNT_ORIGIN, origin)
        remembered.put(connection, remembered.ACCOUNT_KEY, digest)
        remembered.put(connection, remembered.SENDING_STOPPED, "")
        if user_id != users.own(connection):
            users.bind(connection, user_id)
        outbox.queue_forbidden(connection)
        users.forget_refused(connection)
        dialect = dialects.get(connection)
        if dialect.takes_timer is False:  # another key may be allowed more, as with the two before
            dialects.put(connection, dialect._replace(takes_timer=None), 0)
        if listed:
            users.put(connection, listed)


def users_of(client: Client) -> list[User]:
    """The users that the key may see; empty if it may not list users."""
    try:
        return endpoints.users(client)
    except KeyMissingError as error:
        if error.code != "forbidden":
            raise
        return []


def identified(listed: Sequence[User], claimed: str) -> User | None:
    """The key's user: the only listed user, or the named one; None if no user is listed.

    Raises:
        UsageError: No listed user has that name, or several users are listed and none was named.
    """
    if claimed:
        named = [user for user in listed if claimed == user.id or claimed.casefold() == user.email.casefold()]
        if listed and not named:
            raise unknown("user", claimed, [user.email for user in listed], code="user_not_found")
        return named[0] if named else None
    if len(listed) > 1:
        names = ", ".join(f"{user.email} ({user.id})" for user in listed)
        raise UsageError(
            "This key can see several users. Which one are you?",
            hint=f"Use --user WHO or CLOCKEYE_USER: {names}.",
        )
    return listed[0] if listed else None
