"""Which entries are meant: a period as typed, what the entries must be like, and the entries themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from clockeye_cli.core.entry import tags
from clockeye_cli.core.whose import EVERYBODY, MINE, Everybody, Mine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.totals import Span


Reading = Literal["usual", "offline", "refresh"]
"""Whether the account is asked: unless its days are fresh, never, or always."""

PICK = "\0"
"""The value of `--project` where none is given: one is to be picked. No argument of a process can be this."""


class NamedUser(NamedTuple):
    """A user as typed after `--user`, not looked up yet.

    Attributes:
        text: An id, an address, or the beginning of an address.
    """

    text: str


TypedWhose = Mine | Everybody | NamedUser
"""What `--user` says; looking up the name makes a Whose of it."""


class TypedPeriod(NamedTuple):
    """A period as it was typed; what was not given is empty.

    Attributes:
        words: Plain words.
        flag: `week` for `--week`.
        option: The value of `--period`.
        first: The value of `--from`.
        last: The value of `--to`.
    """

    words: Sequence[str] = ()
    flag: str = ""
    option: str = ""
    first: str = ""
    last: str = ""


class Filter(NamedTuple):
    """What entries must be like; empty or None where it does not matter.

    Attributes:
        projects: Of one of these.
        not_projects: Of none of these.
        tags: With all of these, without regard to case.
        billable: Whether they are.
        search: With this text in their description or their project's name, without regard to case.
        whose: Whose they are.
    """

    projects: Sequence[str] = ()
    not_projects: Sequence[str] = ()
    tags: Sequence[str] = ()
    billable: bool | None = None
    search: str = ""
    whose: TypedWhose = MINE

    def fits(self, entry: TimeEntry, names: Mapping[str, str]) -> bool:
        """Whether an entry is like that; whose it is was seen to when it was read.

        Args:
            entry: Which.
            names: Projects' names by id; this filter's projects are ids too.
        """
        return (
            (not self.projects or entry.project_id in self.projects)
            and entry.project_id not in self.not_projects
            and (self.billable is None or entry.billable == self.billable)
            and self._has_text(entry, names)
            and self._has_tags(entry)
        )

    def _has_text(self, entry: TimeEntry, names: Mapping[str, str]) -> bool:
        needle = self.search.casefold()
        return (
            needle in entry.description.casefold()
            or needle in names.get(entry.project_id or "", "").casefold()
        )

    def _has_tags(self, entry: TimeEntry) -> bool:
        wanted = {tag.removeprefix("#").casefold() for tag in self.tags}
        return not wanted or wanted <= {tag.casefold() for tag in tags(entry.description)}


class Selection(NamedTuple):
    """Entries of a period.

    Attributes:
        period: The days.
        span: Their instants.
        entries: With a part in them, in the order of time; the running timer is one that ends now.
        running_id: Which one that is.
        names: Projects' names by id.
        as_of: Instant: how things stood then.
        people: The account's users, as far as they are known here: addresses by id.
        me: The profile's own user on the account; None without one, and while it is unknown.
        left_out: How many entries that fit otherwise may be yours: your user on the account is unknown.
    """

    period: Period
    span: Span
    entries: list[TimeEntry]
    running_id: str | None
    names: dict[str, str]
    as_of: int
    people: dict[str, str]
    me: str | None
    left_out: int

    def user_of(self, user_id: str | None) -> tuple[str | None, str]:
        """The id and the name of an entry's user; None is the profile's own, who is `you` without a name."""
        shown_id = user_id or self.me
        return shown_id, self.people.get(shown_id or "") or user_id or "you"


def typed_whose(text: str) -> TypedWhose:
    """What the value of `--user` means: `all` is everybody; empty, so not given, is your own user."""
    if not text:
        return MINE
    return EVERYBODY if text == "all" else NamedUser(text)
