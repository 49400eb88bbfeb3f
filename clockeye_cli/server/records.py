"""What goes into the storage of the server and comes out of it. Instants are seconds since 1970 UTC."""

from __future__ import annotations

import hmac

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from datetime import date


class UnavailableError(StorageError):
    """The storage cannot be used just now; the same request may succeed a little later."""


class UnconfirmedError(StorageError):
    """A change may be stored or not: the storage was lost while it committed the change."""


class Member(NamedTuple):
    """A member of the team."""

    id: str
    name: str
    email: str
    role: str


class StoredKey(NamedTuple):
    """What a request with a key is checked against."""

    secret_hash: bytes
    user_id: str
    role: str
    permissions: list[str]

    def has(self, secret_hash: bytes) -> bool:
        """Whether its secret has this hash; takes the same time either way."""
        return hmac.compare_digest(self.secret_hash, secret_hash)


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


class StoredEntry(NamedTuple):
    """A time entry. While it is running, its end is stored as its start, so that it counts for nothing."""

    id: str
    user_id: str
    project_id: str
    description: str
    started_at: int
    ended_at: int
    billable: bool = True
    is_running: bool = False


class StoredScreenshot(NamedTuple):
    """A screenshot with its picture, a PNG file."""

    id: str
    user_id: str
    time_entry_id: str
    captured_at: int
    activity_level: int
    token: str
    picture: bytes


class StoredProject(NamedTuple):
    """A project; `folded` is its name as names are compared."""

    id: str
    name: str
    folded: str
    created_by: str


class GroupSum(NamedTuple):
    """A row of a summary: the id of a project or user, or a UTC day, its name, and seconds."""

    key: str
    name: str
    duration: int
    billable_duration: int
    entries: int


class Which(NamedTuple):
    """Which rows a list or a summary is about; empty and None do not restrict it.

    Attributes:
        first: The first UTC day.
        last: The last UTC day, inclusive.
    """

    user_id: str = ""
    project_id: str = ""
    time_entry_id: str = ""
    first: date | None = None
    last: date | None = None


class Slice(NamedTuple):
    """The requested page of a list."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        """The number of items before the page."""
        return (self.page - 1) * self.per_page


Page = tuple[str, int]
"""The items of a page as a JSON array, and the number of items in the whole list."""
