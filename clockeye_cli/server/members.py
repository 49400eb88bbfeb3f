"""The members of the team: adding, listing, changing a role, removing."""

from __future__ import annotations

import re
import time

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError

if TYPE_CHECKING:
    from clockeye_cli.server.database import Database
    from clockeye_cli.store.database import Connection

ROLES = ("owner", "admin", "manager", "member")


class Member(NamedTuple):
    """A member of the team."""

    id: str
    name: str
    email: str
    role: str


def add_user(database: Database, name: str, email: str, *, role: str = "member") -> Member:
    """Add someone to the team.

    Raises:
        UsageError: The name, address or role is invalid.
        ClashError: The address is taken.
    """
    check_name(name)
    check_role(role)
    if not re.fullmatch(r"[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+", email):
        raise UsageError(
            f"Invalid e-mail address: {email!r}.", hint='clockeye serve users add "Ada L." ada@example.com'
        )
    with database.write() as connection:
        if connection.execute("SELECT 1 FROM users WHERE email = ?", (email,)).fetchone():
            raise ClashError(
                f"A user with the address {email} already exists.",
                hint="`clockeye serve users list` shows the users.",
            )
        return insert_user(connection, name, email, role)


def list_users(database: Database) -> list[Member]:
    """All users, by name."""
    with database.read() as connection:
        rows = connection.execute("SELECT id, name, email, role FROM users ORDER BY name, id").fetchall()
    return [Member(*row) for row in rows]


def insert_user(connection: Connection, name: str, email: str, role: str) -> Member:
    """Add a user in a write transaction, without checks."""
    user = Member(new_id("usr"), name, email, role)
    connection.execute("INSERT INTO users VALUES (?, ?, ?, ?)", user)
    return user


def find_user(connection: Connection, who: str) -> Member:
    """The user with an id or e-mail address.

    Raises:
        ClashError: The user is unknown.
    """
    query = "SELECT id, name, email, role FROM users WHERE id = ? OR email = ?"
    row = connection.execute(query, (who, who)).fetchone()
    if row is None:
        raise unknown("user", who, (), hint="`clockeye serve users list` shows the users.", error=ClashError)
    return Member(*row)


def set_role(database: Database, who: str, role: str) -> Member:
    """Give somebody another role, which their keys have from their next request on.

    Args:
        database: The server's file.
        who: Id or e-mail address.
        role: One of `ROLES`.

    Raises:
        UsageError: The role is unknown.
        ClashError: The user is unknown, or the only owner would become something else.
    """
    check_role(role)
    with database.write() as connection:
        member = find_user(connection, who)
        if role != "owner":
            _check_owner(connection, member)
        connection.execute("UPDATE users SET role = ? WHERE id = ?", (role, member.id))
    return member._replace(role=role)


class Removed(NamedTuple):
    """Somebody who was removed.

    Attributes:
        entries: How many entries they had.
        heir: Who has these entries now; None if they were deleted.
    """

    member: Member
    entries: int
    heir: Member | None


def remove_user(database: Database, who: str, *, heir: str = "", delete_entries: bool = False) -> Removed:
    """Remove somebody, with their keys, which are refused from the next request on.

    Projects that they have created stay, and belong to the heir, or to an owner.

    Args:
        database: The server's file.
        who: Id or e-mail address.
        heir: Id or e-mail address of the user who gets the entries and screenshots; empty for nobody.
        delete_entries: Delete the entries and screenshots.

    Raises:
        UsageError: The user has entries and neither or both are given, or the heir is the same user.
        ClashError: A user is unknown, or the user is the only owner.
    """
    if heir and delete_entries:
        raise UsageError("--delete-entries and --transfer-to cannot be used together.")
    with database.write() as connection:
        member = find_user(connection, who)
        successor = find_user(connection, heir) if heir else None
        if successor == member:
            raise UsageError(f"{member.email} is the user to be removed.", hint="Name another user.")
        _check_owner(connection, member)
        count = _count_entries(connection, member)
        if count and not heir and not delete_entries:
            raise UsageError(
                f"{member.name} <{member.email}> has {counted(count, 'entry', 'entries')}.",
                hint="Use --transfer-to USER to keep them, or --delete-entries. Nothing was removed.",
            )
        _hand_over(connection, member, successor)
    return Removed(member, count, successor)


def _hand_over(connection: Connection, member: Member, heir: Member | None) -> None:
    owner = heir or Member(
        *connection.execute(
            "SELECT id, name, email, role FROM users WHERE role = 'owner' AND id <> ?", (member.id,)
        ).fetchone()
    )
    connection.execute("UPDATE projects SET created_by = ? WHERE created_by = ?", (owner.id, member.id))
    # The heir may have a running entry, and can have only one: theirs ends now.
    connection.execute(
        "UPDATE time_entries SET is_running = 0, ended_at = max(started_at, ?)"
        " WHERE user_id = ? AND is_running",
        (int(time.time()), member.id),
    )
    for table in ("screenshots", "time_entries"):
        if heir:
            connection.execute(f"UPDATE {table} SET user_id = ? WHERE user_id = ?", (heir.id, member.id))
        else:
            connection.execute(f"DELETE FROM {table} WHERE user_id = ?", (member.id,))
    keys = "SELECT id FROM api_keys WHERE user_id = ?"
    connection.execute(f"DELETE FROM recent_requests WHERE key_id IN ({keys})", (member.id,))
    connection.execute("DELETE FROM api_keys WHERE user_id = ?", (member.id,))
    connection.execute("DELETE FROM users WHERE id = ?", (member.id,))


def _count_entries(connection: Connection, member: Member) -> int:
    query = "SELECT count(*) FROM time_entries WHERE user_id = ?"
    count: int = connection.execute(query, (member.id,)).fetchone()[0]
    return count


def _check_owner(connection: Connection, member: Member) -> None:
    """Refuse a change that would leave the team without an owner."""
    others = connection.execute(
        "SELECT 1 FROM users WHERE role = 'owner' AND id <> ?", (member.id,)
    ).fetchone()
    if member.role == "owner" and not others:
        raise ClashError(
            f"{member.name} <{member.email}> is the only owner.",
            hint="`clockeye serve users role EMAIL owner` makes somebody else an owner first.",
        )


def check_name(name: str) -> None:
    """Refuse a name that is not one line of text.

    Raises:
        UsageError: It is not.
    """
    if not name.strip() or not name.isprintable():
        raise UsageError(f"Invalid name: {name!r}.", hint="Give one line of text.")


def check_role(role: str) -> None:
    """Refuse a role that does not exist.

    Raises:
        UsageError: It does not.
    """
    if role not in ROLES:
        raise unknown("role", role, ROLES)
