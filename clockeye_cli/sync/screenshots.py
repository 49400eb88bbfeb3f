"""Screenshots of an account: those of a period, with their entries, and their pictures."""

from __future__ import annotations

from clockeye_cli.api import endpoints
from clockeye_cli.api.closing import Closing
from clockeye_cli.api.download import Downloads
from clockeye_cli.core import phrases
from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import NeverArrivedError
from clockeye_cli.store import entries, projects, remote, users
from clockeye_cli.sync.pull import pull

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clockeye_cli.api.screenshots import RemoteScreenshot
    from clockeye_cli.core.day import DayRule
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Filter
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.state import Store
    from clockeye_cli.sync.account import Account
    from clockeye_cli.sync.pull import Pulled

MOST_MISSES = 3
"""After this many consecutive pictures with unreachable servers, the rest is not tried."""


class Screenshot(NamedTuple):
    """A screenshot and its entry.

    Attributes:
        remote: The account's screenshot.
        user: The user whose screen it shows: an email address, else an id.
        project: The name of its entry's project.
        entry: The entry it belongs to; None if it is not in the store.
    """

    remote: RemoteScreenshot
    user: str
    project: str | None
    entry: TimeEntry | None

    @property
    def work(self) -> str:
        """A description of its entry, in one line."""
        if self.entry is None:
            return self.remote.time_entry_id or "(no entry)"
        return phrases.work(self.project, self.entry.description)

    @property
    def activity(self) -> float | None:
        """From 0 to 1."""
        level = self.remote.activity_level
        return None if level is None else level / 100

    def fits(self, filters: Filter) -> bool:
        """Whether its entry matches the filters; an unknown entry matches only if there are none."""
        is_narrowed = filters.projects or filters.not_projects or filters.tags or filters.search
        if not is_narrowed and filters.billable is None:
            return True
        if self.entry is None:
            return False
        return filters.matcher({self.entry.project_id or "": self.project or ""})(self.entry)


def read_screenshots(
    account: Account,
    period: Period,
    rule: DayRule,
    *,
    whose: Whose,
    each: Callable[[int, int | None], None] = lambda _rows, _total: None,
) -> tuple[list[RemoteScreenshot], Pulled]:
    """The screenshots of a period, in the order of time; the period's entries are updated from the account.

    Args:
        account: The account.
        period: The days.
        rule: When these days begin.
        whose: Whose screenshots.
        each: Called with the number of screenshots so far, and the total.

    Returns:
        The screenshots, and the result of reading the entries.
    """
    # The service uses UTC days: read an extra day on either side, and cut exactly below.
    first = None if period.first is None else (period.first - ONE_DAY).isoformat()
    last = None if period.last is None else (period.last + ONE_DAY).isoformat()
    own, user_id = account.user_id, account.filter_of(whose)
    listed = endpoints.screenshots(
        account.client, each_page=each, user_id=user_id, start_date=first, end_date=last
    )
    pulled = pull(account, period.first, period.last, whose=whose, each=each)
    start, end = period.bounds(rule)
    shots = sorted(
        (
            shot
            for shot in listed
            if (user_id is None or (shot.user_id or own) == user_id)
            and _is_within(shot.captured_at, start, end)
        ),
        key=lambda shot: (shot.captured_at is None, shot.captured_at or 0, shot.id),
    )
    return shots, pulled


def with_entries(store: Store, shots: Sequence[RemoteScreenshot]) -> list[Screenshot]:
    """Screenshots with their entries, projects and users from the store."""
    with store.read() as connection:
        names = projects.names(connection)
        people = {user.id: user.name for user in users.every(connection)}
        screenshots = []
        for shot in shots:
            seen = remote.by_account_id(connection, shot.time_entry_id or "")
            entry = entries.by_id(connection, seen.local_id) if seen else None
            project = names.get(entry.project_id or "") if entry else None
            screenshots.append(
                Screenshot(shot, people.get(shot.user_id or "", shot.user_id or ""), project, entry)
            )
    return screenshots


class Pictures(Closing):
    """Downloads pictures from the addresses that the account gives, one by one, without sending the key.

    Args:
        environ: For proxies and certificates.
        may_be_here: Whether pictures may be on this computer: only if the account's server is.
    """

    def __init__(self, environ: Mapping[str, str], *, may_be_here: bool) -> None:
        self._downloads = Downloads(environ, may_be_here=may_be_here)
        self._misses = 0

    def close(self) -> None:
        """Close the connections."""
        self._downloads.close()

    def get(self, url: str) -> bytes:
        """A picture.

        Raises:
            NeverArrivedError: Its server cannot be reached, or those of too many others could not.
            ClockeyeError: Any other error of `Downloads.get`.
        """
        if self._misses == MOST_MISSES:
            raise NeverArrivedError(f"Skipped because {MOST_MISSES} others could not be reached.")
        try:
            content = self._downloads.get(url)
        except NeverArrivedError:
            self._misses += 1
            raise
        self._misses = 0
        return content


def _is_within(at: int | None, start: int | None, end: int | None) -> bool:
    # Without a time, we rely on the service: it was asked for these days.
    return at is None or ((start is None or at >= start) and (end is None or at < end))
