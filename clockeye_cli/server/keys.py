"""API keys: creating, listing, revoking, authenticating.

A key is `key_<id>_<secret>`. The row is looked up by the id, so that no secret is part of a query. Of the
secret (256 random bits) only the SHA-256 is stored, which is compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError
from clockeye_cli.server.members import check_name, check_role, find_user, insert_user

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.server.database import Database
    from clockeye_cli.store.database import Connection

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
_NOBODY = bytes(32)


class NewKey(NamedTuple):
    """A key that was just created; its secret is not available later."""

    id: str
    name: str
    key: str
    permissions: list[str]
    user_id: str


class ListedKey(NamedTuple):
    """A key without its secret.

    Attributes:
        user: The e-mail address of its user.
        created_at: Seconds since 1970 UTC.
        revoked_at: Seconds since 1970 UTC; None for an active key.
    """

    id: str
    name: str
    permissions: list[str]
    user_id: str
    user: str
    role: str
    created_at: int
    revoked_at: int | None


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
    database: Database, name: str, *, permissions: Sequence[str] = (), user: str = "", role: str = ""
) -> NewKey:
    """Create a key.

    Args:
        database: The server's file.
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
    with database.write() as connection:
        user_id = find_user(connection, user).id if user else _own_user(connection, name, role)
        if role:
            connection.execute("UPDATE users SET role = ? WHERE id = ?", (role, user_id))
        connection.execute(
            "INSERT INTO api_keys VALUES (?, ?, ?, ?, ?, ?, NULL)",
            (key_id, name, _hash(secret), json.dumps(granted), user_id, int(time.time())),
        )
    return NewKey(key_id, name, f"{key_id}_{secret}", granted, user_id)


def list_keys(database: Database) -> list[ListedKey]:
    """All keys, including revoked ones, oldest first."""
    with database.read() as connection:
        rows = connection.execute(
            "SELECT k.id, k.name, permissions, user_id, email, role, created_at, revoked_at"
            " FROM api_keys k JOIN users u ON u.id = user_id ORDER BY created_at, k.rowid"
        ).fetchall()
    return [ListedKey(key_id, name, json.loads(granted), *rest) for key_id, name, granted, *rest in rows]


def revoke_key(database: Database, key: str) -> ListedKey:
    """Revoke a key with immediate effect; it stays in the list.

    Args:
        database: The server's file.
        key: Its id, or its name if only one active key has it.

    Raises:
        ClashError: No active key matches, or several do.
    """
    active = [listed for listed in list_keys(database) if listed.revoked_at is None]
    matching = [listed for listed in active if key in (listed.id, listed.name)]
    if not matching:
        raise ClashError(f"No active key {key!r}.", hint="`clockeye serve keys list` shows the keys.")
    if len(matching) > 1:
        raise ClashError(
            f"Several keys are named {key!r}.", hint="Give an id; `clockeye serve keys list` shows them."
        )
    now = int(time.time())
    with database.write() as connection:
        connection.execute("UPDATE api_keys SET revoked_at = ? WHERE id = ?", (now, matching[0].id))
    return matching[0]._replace(revoked_at=now)


def authenticate(database: Database, authorization: str) -> Caller | None:
    """The caller with this `Authorization` header; None without an active key in it."""
    scheme, _, key = authorization.partition(" ")
    match = _KEY.fullmatch(key.strip()) if scheme.lower() == "bearer" else None
    if not match:
        return None
    row = database.row(
        "SELECT secret_hash, user_id, role, permissions FROM api_keys k JOIN users u ON u.id = user_id"
        " WHERE k.id = ? AND revoked_at IS NULL",
        match[1],
    )
    if not hmac.compare_digest(row[0] if row else _NOBODY, _hash(match[2])) or row is None:
        return None
    return Caller(match[1], row[1], row[2], frozenset(json.loads(row[3])))


def _own_user(connection: Connection, name: str, role: str) -> str:
    """The id of the user that a key without `--user` belongs to, created if missing."""
    word = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "key"
    email = f"{word}@clockeye.invalid"
    row = connection.execute("SELECT id FROM users WHERE email = ?", (email,)).fetchone()
    if row:
        return str(row[0])
    first = not connection.execute("SELECT 1 FROM users").fetchone()
    return insert_user(connection, name, email, role or ("owner" if first else "member")).id


def _check(permissions: Sequence[str]) -> None:
    for permission in permissions:
        if permission not in PERMISSIONS:
            raise unknown("permission", permission, PERMISSIONS)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
