"""API keys: creating, listing, revoking, authenticating.

A key is `key_<id>_<secret>`. The row is looked up by the id, so that no secret is part of a query. Of the
secret (256 random bits) only the SHA-256 is stored, which is compared in constant time.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError
from clockeye_cli.server.members import check_name, check_role, find_user, new_user

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.server.limits import Allowance
    from clockeye_cli.server.records import ListedKey
    from clockeye_cli.server.storage import Queries, RequestLimits, Storage

PERMISSIONS = (
    "time_entries:read",
    "time_entries:write",
    "projects:read",
    "projects:write",
    "users:read",
    "reports:read",
    "screenshots:read",
)

_KEY = re.compile(r"(key_[0-9a-z]{12})_([0-9A-Za-z_-]{43})")


class NewKey(NamedTuple):
    """A key that was just created; its secret is not available later."""

    id: str
    name: str
    key: str
    permissions: list[str]
    user_id: str


class Caller(NamedTuple):
    """The key that a request was made with, and its user."""

    key_id: str
    user_id: str
    role: str
    permissions: frozenset[str]

    @property
    def sees_team(self) -> bool:
        """Whether the caller may read and write everyone's entries, not only their own."""
        return self.role != "member"


def add_key(
    storage: Storage, name: str, *, permissions: Sequence[str] = (), user: str = "", role: str = ""
) -> NewKey:
    """Create a key.

    Args:
        storage: The server's data.
        name: The name shown in lists.
        permissions: Empty for all.
        user: Id or e-mail address of its user; empty for a user of its own, with the same name.
        role: The new role of its user. By default, a new user becomes the owner if it is the first, else a
            member.

    Raises:
        UsageError: The name, a permission or the role is invalid.
        ClashError: The user is unknown.
    """
    check_name(name)
    _check(permissions)
    if role:
        check_role(role)
    secret = secrets.token_urlsafe(32)
    key_id = new_id("key")
    granted = [permission for permission in PERMISSIONS if not permissions or permission in permissions]
    with storage.writing() as queries:
        user_id = find_user(queries, user).id if user else _own_user(queries, name, role)
        if role:
            queries.set_role(user_id, role)
        queries.add_key(key_id, name, _hash(secret), granted, user_id, int(time.time()))
    return NewKey(key_id, name, f"{key_id}_{secret}", granted, user_id)


def list_keys(storage: Storage) -> list[ListedKey]:
    """All keys, including revoked ones, oldest first."""
    with storage.reading() as queries:
        return queries.api_keys()


def revoke_key(storage: Storage, key: str) -> ListedKey:
    """Revoke a key with immediate effect; it stays in the list.

    Args:
        storage: The server's data.
        key: Its id, or its name if only one active key has it.

    Raises:
        ClashError: No active key matches, or several do.
    """
    active = [listed for listed in list_keys(storage) if listed.revoked_at is None]
    matching = [listed for listed in active if key in (listed.id, listed.name)]
    if not matching:
        raise ClashError(f"No active key {key!r}.", hint="`clockeye serve keys list` shows the keys.")
    if len(matching) > 1:
        raise ClashError(
            f"Several keys are named {key!r}.", hint="Give an id; `clockeye serve keys list` shows them."
        )
    now = int(time.time())
    with storage.writing() as queries:
        queries.revoke_key(matching[0].id, now)
    return matching[0]._replace(revoked_at=now)


def admit(requests: RequestLimits, authorization: str) -> tuple[Caller, Allowance] | None:
    """The caller with this `Authorization` header, after counting the request; None without an active key."""
    scheme, _, key = authorization.partition(" ")
    match = _KEY.fullmatch(key.strip()) if scheme.lower() == "bearer" else None
    if not match:
        return None
    admitted = requests.admit(match[1], _hash(match[2]))
    if admitted is None:
        return None
    stored, allowance = admitted
    return Caller(match[1], stored.user_id, stored.role, frozenset(stored.permissions)), allowance


def _own_user(queries: Queries, name: str, role: str) -> str:
    """The id of the user that a key without `--user` belongs to, created if missing."""
    word = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "key"
    email = f"{word}@clockeye.invalid"
    user = queries.member(email)
    if user is None:
        user = new_user(name, email, role or ("member" if queries.members() else "owner"))
        queries.add_member(user)
    return user.id


def _check(permissions: Sequence[str]) -> None:
    for permission in permissions:
        if permission not in PERMISSIONS:
            raise unknown("permission", permission, PERMISSIONS)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
