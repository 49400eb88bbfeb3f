"""The values of time tracking: TimeEntry, Timer and Project; how names are compared; new ids."""

from __future__ import annotations

import os

from clockeye_cli.core.typing import NamedTuple

ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter looks like a digit, and neither `last` nor `current` can be an id."""

ID_LENGTH = 12
_LETTERS = ID_ALPHABET.encode() * 8  # one for each byte, all equally often


class Project(NamedTuple):
    """A project that entries belong to.

    Attributes:
        id: `prj_…`.
        name: As the user wrote it; unique, ignoring case.
        billable: The default for new entries; None uses the setting.
        archived: Whether it is kept for its entries, but no longer offered for new ones.
        client_id: Its client (`cl_…`), known on this computer only; None for none.
    """

    id: str
    name: str
    billable: bool | None = None
    archived: bool = False
    client_id: str | None = None


class Timer(NamedTuple):
    """The running timer: an entry that has not ended yet.

    Attributes:
        local_id: The id that the entry will have (`te_…`).
        started_at: Instant.
    """

    local_id: str
    description: str
    project_id: str | None
    started_at: int
    billable: bool

    @classmethod
    def of(cls, entry: TimeEntry) -> Timer:
        """The timer for an entry that has not ended yet."""
        return cls(*(getattr(entry, field) for field in cls._fields))

    def until(self, ended_at: int) -> TimeEntry:
        """The entry that it becomes if it ends at an instant."""
        return TimeEntry(**self._asdict(), ended_at=ended_at)


class TimeEntry(NamedTuple):
    """A finished span of work.

    Attributes:
        local_id: `te_…`, made by this computer, never changed.
        started_at: Instant.
        ended_at: Instant, at or after `started_at`.
        user_id: Whose it is on an account; None for the profile's own user's.
        is_open: It is running elsewhere: the account has no end for it yet, and it counts for nothing.
    """

    local_id: str
    description: str
    project_id: str | None
    started_at: int
    ended_at: int
    billable: bool
    user_id: str | None = None
    is_open: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it belongs to the profile's own user."""
        return self.user_id is None

    @property
    def duration(self) -> int:
        """Seconds from start to end."""
        return self.ended_at - self.started_at

    def overlaps(self, started_at: int, ended_at: int) -> bool:
        """Whether the entry overlaps a span; touching or empty spans do not overlap."""
        return max(self.started_at, started_at) < min(self.ended_at, ended_at)


def new_id(kind: str) -> str:
    """A new unique id: `te_`, `prj_` or `cl_`, then 12 random characters (60 bits).

    Args:
        kind: The part before the underscore.
    """
    return f"{kind}_{os.urandom(ID_LENGTH).translate(_LETTERS).decode()}"


def uniform(text: str) -> str:
    """The form in which texts are compared: ignoring case and Unicode composition."""
    if text.isascii():
        return text.lower()
    import unicodedata  # late: most texts do not need it

    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def folded(name: str) -> str:
    """The form in which names of projects and tags are compared: `uniform`, without outer white space."""
    return uniform(name).strip()
