"""What the server needs from its storage: one transaction at a time, named queries, values in and out.

`server/database.py: Database` is a SQLite file, `server/postgres/storage.py: Postgres` a PostgreSQL database.
Keys, members, limits and resources know neither. Instants are whole seconds since 1970 UTC.
"""

from __future__ import annotations

from typing import Protocol

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from clockeye_cli.server.limits import Allowance, Limits
    from clockeye_cli.server.records import (
        GroupSum,
        ListedKey,
        Member,
        Page,
        Slice,
        StoredEntry,
        StoredKey,
        StoredProject,
        StoredScreenshot,
        Which,
    )


class Queries(Protocol):
    """The queries of one transaction, which ends with the block that it was opened for."""

    # People and keys

    def members(self) -> list[Member]:
        """All users, by name and id."""

    def member(self, who: str) -> Member | None:
        """The user with an id, or an e-mail address in any case."""

    def add_member(self, member: Member) -> None:
        """Add a user whose address is not taken."""

    def set_role(self, user_id: str, role: str) -> None:
        """Give a user another role."""

    def remove_member(self, user_id: str, *, heir: str, owner: str, now: int) -> None:
        """Remove a user with their keys.

        Their entries and screenshots go to the user `heir`, their projects to `owner`; without an heir, the
        entries are deleted. A running entry ends at `now`, since the heir can have only one.
        """

    def entry_count(self, user_id: str = "") -> int:
        """The number of entries of a user, or of all."""

    def api_keys(self) -> list[ListedKey]:
        """All keys, oldest first."""

    def add_key(
        self, key_id: str, name: str, secret_hash: bytes, permissions: Sequence[str], user_id: str, now: int
    ) -> None:
        """Add a key, created at `now`."""

    def revoke_key(self, key_id: str, now: int) -> None:
        """Revoke a key."""

    def members_page(self, which: Which, page: Slice) -> Page:
        """A page of users, by name."""

    # Projects

    def projects_page(self, page: Slice) -> Page:
        """A page of projects, by name."""

    def has_project(self, project_id: str) -> bool:
        """Whether a project exists."""

    def is_taken(self, folded: str) -> bool:
        """Whether a project has this name."""

    def add_project(self, project: StoredProject) -> None:
        """Add a project whose name is not taken."""

    def projects_of(self, user_id: str) -> list[StoredProject]:
        """The projects that a user created or worked on, by name."""

    # Time entries

    def entry(self, entry_id: str) -> StoredEntry | None:
        """An entry; in a write transaction nobody else can change it until that ends."""

    def entries_page(self, which: Which, page: Slice) -> Page:
        """A page of entries, latest start first."""

    def entries_of(self, user_id: str) -> list[str]:
        """All entries of a user as JSON objects, earliest first."""

    def add_entry(self, entry: StoredEntry, now: int) -> str:
        """Add an entry. Returns the field with an unknown id, if nothing was added, or an empty text.

        A user has at most one running entry: if this one is running, it ends the other at its own start. One
        that started later is not made shorter: it ends at `now`.
        """

    def change_entry(self, entry: StoredEntry) -> None:
        """Store an existing entry anew."""

    def delete_entry(self, entry_id: str) -> None:
        """Delete an entry with its screenshots."""

    def sums(self, group: str, which: Which) -> list[GroupSum]:
        """Sums of the entries that start on the days, by name; `group` is `project`, `user` or `day`."""

    # Screenshots

    def screenshots_page(self, which: Which, page: Slice, pictures: str) -> Page:
        """A page of screenshots, newest first; `pictures` is what their URL begins with."""

    def screenshots_of(self, user_id: str) -> list[StoredScreenshot]:
        """All screenshots of a user, oldest first."""

    def picture(self, token: str) -> bytes | None:
        """The picture with a token."""

    def add_screenshot(self, screenshot: StoredScreenshot) -> None:
        """Add a screenshot."""

    # Marks

    def mark(self, name: str) -> str | None:
        """A remark about the whole storage."""

    def set_mark(self, name: str, value: str) -> None:
        """Add a remark."""


class RequestLimits(Protocol):
    """Counts the requests of each key, for all servers that share a storage."""

    def admit(self, key_id: str, secret_hash: bytes) -> tuple[StoredKey, Allowance] | None:
        """The active key with an id and the hash of a secret, after counting one request of it.

        In a used-up window the request does not count, and `retry_after` is over 0.
        """

    def untouched(self) -> Allowance:
        """The allowance without a valid key: a first window without requests."""

    def close(self) -> None:
        """Save what is not saved yet."""


class Storage(Protocol):
    """The data of one team.

    Attributes:
        place: Where it is, for people: a path, or a URL without secrets.
    """

    place: str

    def reading(self) -> AbstractContextManager[Queries]:
        """Queries that each see one consistent state.

        Raises:
            StorageError: It cannot be read.
        """

    def snapshot(self) -> AbstractContextManager[Queries]:
        """Queries that all see the same consistent state.

        Raises:
            StorageError: It cannot be read.
        """

    def writing(self) -> AbstractContextManager[Queries]:
        """A transaction: on disk when the block ends, rolled back if it raises.

        Raises:
            UnconfirmedError: It may be stored or not.
            StorageError: It is not stored.
        """

    def limits(self, limits: Limits | None, clock: Callable[[], float] | None) -> RequestLimits:
        """What counts requests; `clock` gives Unix seconds, the default is the storage's own."""

    def check(self) -> None:
        """Check that a request could be answered now.

        Raises:
            StorageError: It could not.
        """

    def close(self) -> None:
        """Close its connections."""
