"""Selections of entries: the period and the filter as typed, and the selected entries."""

from __future__ import annotations

from clockeye_cli.core.entry import folded, uniform
from clockeye_cli.core.safe_text import one_line, tidy
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import EVERYBODY, MINE, Everybody, Mine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Literal

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.totals import Span
    from clockeye_cli.core.whose import Whose

    Days = tuple[date | None, date | None]
    """A run of days; None for a side without an end."""

    Reading = Literal["usual", "offline", "refresh"]
    """When to read from the account: unless its days are fresh, never, or always."""

NAMED_DAYS = 3
"""How many runs of days that were never read a notice names."""


class NamedUser(NamedTuple):
    """A user as typed after `--user`, before it is looked up.

    Attributes:
        text: An id, an email address, or the beginning of an address.
    """

    text: str


TypedWhose = Mine | Everybody | NamedUser
"""The value of `--user`; looking up the name turns it into a Whose."""


class TypedPeriod(NamedTuple):
    """A period as typed; values that were not given are empty.

    Attributes:
        words: The plain words.
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
    """The conditions that entries must meet; an empty value or None is no condition.

    Attributes:
        projects: The entry has one of these projects; None is no project.
        not_projects: It has none of these projects.
        tags: It has all of these tags, whatever their spelling.
        billable: Whether it is billable.
        search: Its description or its project's name contains this text, compared as names are.
        whose: Whose entry it is.
        client: Its project has this client, as typed; looking up the names turns it into `projects`.
        is_unbilled: No invoice has it.
        invoice: The number of the invoice that has billed it.
    """

    projects: Sequence[str | None] = ()
    not_projects: Sequence[str | None] = ()
    tags: Sequence[str] = ()
    billable: bool | None = None
    search: str = ""
    whose: TypedWhose = MINE
    client: str = ""
    is_unbilled: bool = False
    invoice: str = ""

    @property
    def has_conditions(self) -> bool:
        """Whether there are conditions besides whose the entries are."""
        return self._replace(whose=MINE) != Filter()

    @property
    def names_projects(self) -> bool:
        """Whether there are names of projects or of a client to look up."""
        return bool(self.projects or self.not_projects or self.client)

    def matcher(self, names: Mapping[str, str]) -> Callable[[TimeEntry], bool]:
        """A function that says whether an entry meets the conditions.

        `whose`, `is_unbilled` and `invoice` are applied where it is read.

        Args:
            names: Project names by id; the filter's projects must be ids too.
        """
        needle = uniform(one_line(tidy(self.search)))
        projects_with_text = {project_id for project_id, name in names.items() if needle in uniform(name)}
        has_tags = _tag_matcher(self.tags) if self.tags else None

        def fits(entry: TimeEntry) -> bool:
            return (
                (not self.projects or entry.project_id in self.projects)
                and entry.project_id not in self.not_projects
                and (self.billable is None or entry.billable == self.billable)
                and (
                    not needle
                    or needle in uniform(one_line(entry.description))
                    or entry.project_id in projects_with_text
                )
                and (has_tags is None or has_tags(entry.description))
            )

        return fits


class Selection(NamedTuple):
    """The selected entries of a period.

    Attributes:
        period: The days.
        span: The instants that bound them.
        entries: The entries with a part in the span, by time; the running timer is an entry that ends now.
        running_id: The id of the running timer's entry.
        names: Project names by id.
        people: Email addresses of the account's users by id, as far as they are stored here.
        me: The id of the profile's own user on the account; None without an account, or while unknown.
        left_out: The number of otherwise matching entries that may be yours: your user is unknown.
        lacks_running: The running timer would be one of the entries, but a file leaves it out.
        overlapping: Your entries that overlap others of yours, with those others; also those that the filter
            leaves out.
    """

    period: Period
    span: Span
    entries: list[TimeEntry]
    running_id: str | None
    names: dict[str, str]
    people: dict[str, str]
    me: str | None
    left_out: int
    lacks_running: bool = False
    overlapping: Sequence[TimeEntry] = ()

    def user_of(self, user_id: str | None) -> tuple[str | None, str]:
        """The id and name of an entry's user; None is the profile's own, called `you` without a name."""
        shown_id = user_id or self.me
        return shown_id, self.people.get(shown_id or "") or user_id or "you"


class DaysRead(NamedTuple):
    """When the days of a period were read from the account.

    Attributes:
        as_of: The instant of the last read of the least recently read day; None if none was ever read.
        whose: Whose entries they are.
        unread: The first and last day of each run of days that were never read; None for a run without an
            end on that side. Without days that are still to come.
        is_whole: Whether all days were read, those to come included.
        closed_changes: The ids of entries of the closed period that this read has changed.
    """

    as_of: int | None
    whose: Whose = MINE
    unread: Sequence[Days] = ()
    is_whole: bool = True
    closed_changes: Sequence[str] = ()

    @property
    def never_read(self) -> list[str]:
        """A sentence that names the days that were never read; none if all were."""
        if not self.unread:
            return []
        named = ", ".join(_name(days) for days in self.unread[:NAMED_DAYS])
        more = ", …" if len(self.unread) > NAMED_DAYS else ""
        return [f"Never read from the account: {named}{more}."]

    def is_fresh(self, now: int, seconds: int) -> bool:
        """Whether all days were read within the last seconds before the instant `now`."""
        return self.is_whole and self.as_of is not None and 0 <= now - self.as_of < seconds


def typed_whose(text: str) -> TypedWhose:
    """The meaning of the value of `--user`: `all` is everybody, an empty value (not given) your own user."""
    if not text:
        return MINE
    return EVERYBODY if text == "all" else NamedUser(text)


def _tag_matcher(names: Sequence[str]) -> Callable[[str], bool]:
    """A function that says whether a description has all of some tags."""
    from clockeye_cli.core.tags import tags  # late: most filters have no tags

    wanted = {folded(name) for name in names}
    return lambda description: "#" in description and wanted <= set(map(folded, tags(description)))


def _name(days: Days) -> str:
    first, last = days
    if first is None:
        return f"all days up to {last}" if last else "all days"
    return str(first) if first == last else f"{first} to {last}"
