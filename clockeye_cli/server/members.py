"""The members of the team: adding, listing, changing a role, removing."""

from __future__ import annotations

import re
import time

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.server.records import Member

if TYPE_CHECKING:
    from clockeye_cli.server.storage import Queries, Storage

ROLES = ("owner", "admin", "manager", "member")


def add_user(storage: Storage, name: str, email: str, *, role: str = "member") -> Member:
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
    with storage.writing() as queries:
        if queries.member(email):
            raise ClashError(
                f"A user with the address {email} already exists.",
                hint="`clockeye serve users list` shows the users.",
            )
        user = new_user(name, email, role)
        queries.add_member(user)
    return user


def list_users(storage: Storage) -> list[Member]:
    """All users, by name."""
    with storage.reading() as queries:
        return queries.members()


def new_user(name: str, email: str, role: str) -> Member:
    """A user with a new id, not stored yet."""
    return Member(new_id("usr"), name, email, role)


def find_user(queries: Queries, who: str) -> Member:
    """The user with an id or e-mail address.

    Raises:
        ClashError: The user is unknown.
    """
    user = queries.member(who)
    if user is None:
        raise unknown("user", who, (), hint="`clockeye serve users list` shows the users.", error=ClashError)
    return user


def set_role(storage: Storage, who: str, role: str) -> Member:
    """Give somebody another role, which their keys have from their next request on.

    Args:
        storage: The server's data.
        who: Id or e-mail address.
        role: One of `ROLES`.

    Raises:
        UsageError: The role is unknown.
        ClashError: The user is unknown, or the only owner would become something else.
    """
    check_role(role)
    with storage.writing() as queries:
        member = find_user(queries, who)
        if role != "owner":
            _check_owner(queries, member)
        queries.set_role(member.id, role)
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


def remove_user(storage: Storage, who: str, *, heir: str = "", delete_entries: bool = False) -> Removed:
    """Remove somebody, with their keys, which are refused from the next request on.

    Projects that they have created stay, and belong to the heir, or to an owner.

    Args:
        storage: The server's data.
        who: Id or e-mail address.
        heir: Id or e-mail address of the user who gets the entries and screenshots; empty for nobody.
        delete_entries: Delete the entries and screenshots.

    Raises:
        UsageError: The user has entries and neither or both are given, or the heir is the same user.
        ClashError: A user is unknown, or the user is the only owner.
    """
    if heir and delete_entries:
        raise UsageError("--delete-entries and --transfer-to cannot be used together.")
    with storage.writing() as queries:
        member = find_user(queries, who)
        successor = find_user(queries, heir) if heir else None
        if successor == member:
            raise UsageError(f"{member.email} is the user to be removed.", hint="Name another user.")
        _check_owner(queries, member)
        count = queries.entry_count(member.id)
        if count and not heir and not delete_entries:
            raise UsageError(
                f"{member.name} <{member.email}> has {counted(count, 'entry', 'entries')}.",
                hint="Use --transfer-to USER to keep them, or --delete-entries. Nothing was removed.",
            )
        owner = successor or _other_owners(queries, member)[0]
        heir_id = successor.id if successor else ""
        queries.remove_member(member.id, heir=heir_id, owner=owner.id, now=int(time.time()))
    return Removed(member, count, successor)


def _other_owners(queries: Queries, member: Member) -> list[Member]:
    return [user for user in queries.members() if user.role == "owner" and user.id != member.id]


def _check_owner(queries: Queries, member: Member) -> None:
    """Refuse a change that would leave the team without an owner."""
    if member.role == "owner" and not _other_owners(queries, member):
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
