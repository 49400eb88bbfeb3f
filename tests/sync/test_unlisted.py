"""Which stored entries a list of the account leaves out, compared with a rule over one entry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.whose import EVERYBODY, MINE, OneUser
from clockeye_cli.store import entries, outbox, remembered, remote, remote_batches
from clockeye_cli.store import timer as timers
from clockeye_cli.store.listed_rows import ListedRows
from clockeye_cli.store.remote import Seen
from clockeye_cli.sync.unlisted import FARTHEST, MOST_CHECKED, unlisted_entries
from tests.sync.service import COLLEAGUE, NOON

if TYPE_CHECKING:
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.account import Account

HOUR = 3600
DAY = date(2026, 11, 20)
MIDNIGHT = NOON - 12 * HOUR
HOURS = {DAY - timedelta(days=1): -24, DAY: 0, DAY + timedelta(days=1): 24}
"""When these days begin, in hours from MIDNIGHT."""

FIRST, _, LAST = HOURS
EDGES = [-24 * HOUR - FARTHEST, -FARTHEST, 12 * HOUR, 24 * HOUR + FARTHEST, 48 * HOUR + FARTHEST]
STARTS = [MIDNIGHT + edge + seconds for edge in EDGES for seconds in (-1, 0, 1)]
LENGTHS = [0, 1, HOUR, 100 * HOUR]


class Stored(NamedTuple):
    """An entry of the store, or the timer, with what the account has shown of it."""

    started_at: int
    length: int
    is_open: bool = False
    user_id: str | None = None
    delivered_at: int | None = 0
    is_pending: bool = False
    is_listed: bool = False

    def put(self, connection: Connection, number: int, *, is_timer: bool) -> None:
        entry = TimeEntry(f"te_{number}", "", None, self.started_at, self.started_at, True)
        if is_timer:
            timers.put(connection, Timer.of(entry))
        else:
            length = 0 if self.is_open else self.length
            entry = entry._replace(ended_at=entry.started_at + length, user_id=self.user_id)
            entries.put(connection, None, entry._replace(is_open=self.is_open))
        if self.delivered_at is not None:
            remote.put(connection, Seen(entry.local_id, f"there_{number}", {}, self.delivered_at))
        if self.is_pending:
            outbox.add_conflict(connection, entry.local_id, "", None)

    def is_missing(self, *, is_timer: bool, first: date | None, last: date | None, whose: Whose) -> bool:
        """Whether a whole list of these days should have named it, and has not."""
        if self.is_listed or self.is_pending or self.delivered_at not in (0, NOON - 30):
            return False
        if is_timer:
            return not isinstance(whose, OneUser)
        if (whose == MINE and self.user_id) or (isinstance(whose, OneUser) and self.user_id != whose.user_id):
            return False
        if self.is_open:
            return True
        start = MIDNIGHT + HOURS[first] * HOUR - FARTHEST if first else 0
        end = MIDNIGHT + (HOURS[last] + 24) * HOUR + FARTHEST if last else 2 * NOON
        return start <= self.started_at < end and self.started_at + self.length <= end


STORED = st.builds(
    lambda start, length, is_open, user_id, why: Stored(start, length, is_open, user_id, *why),
    st.sampled_from(STARTS),
    st.sampled_from(LENGTHS),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([None, None, COLLEAGUE, "usr_other"]),
    st.sampled_from([(0, False, False)] * 3 + [(NOON - 30, False, False)] * 2)
    | st.sampled_from([(NOON - 29, False, False), (None, False, False), (0, True, False), (0, False, True)]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example empties the store
@given(data=st.data())
def test_what_was_left_out_is_what_the_rule_says_of_each_entry(account: Account, data: Any) -> None:
    several = data.draw(st.lists(STORED, min_size=8, max_size=MOST_CHECKED - 1))
    timer = data.draw(STORED | STORED | st.none())
    days = {
        "first": data.draw(st.sampled_from([None, FIRST, DAY])),
        "last": data.draw(st.sampled_from([None, DAY, LAST])),
    }
    whose = data.draw(st.sampled_from([MINE, EVERYBODY, OneUser(COLLEAGUE)]))
    is_steady = data.draw(st.booleans())
    is_deleted = data.draw(st.sampled_from([False, False, False, True]))
    listed = ListedRows()
    listed.add({"there_unknown": {}})
    with account.store.exchange() as connection:
        for table in ("entries", "timer", "remote", "outbox", "remembered"):
            connection.execute(f"DELETE FROM {table}")
        for number, one in enumerate([*several, *([timer] if timer else [])]):
            one.put(connection, number, is_timer=one is timer)
            if one.is_listed:
                listed.add({f"there_{number}": {}})
        if is_deleted:
            remembered.put(connection, remembered.TIMER_DELETED, f"te_{len(several)}")
    unlisted = unlisted_entries(account, listed, **days, whose=whose, begun_at=NOON, is_steady=is_steady)
    running = {
        f"there_{number}"
        for number, one in enumerate(several)
        if one.is_open and one.is_missing(is_timer=False, **days, whose=whose)
    }
    if timer and not is_deleted and timer.is_missing(is_timer=True, **days, whose=whose):
        running.add(f"there_{len(several)}")
    ended = {
        f"there_{number}"
        for number, one in enumerate(several)
        if not one.is_open and one.is_missing(is_timer=False, **days, whose=whose)
    }
    expected = running | ended if is_steady else running
    given_ids = [one.account_id for one in unlisted.some]
    assert (sorted(given_ids), unlisted.total) == (sorted(expected), len(expected))
    assert {*given_ids[: len(running)]} == running
    assert all(one.entry.is_open == (one.account_id in running) for one in unlisted.some)
    assert all(one.entry.local_id == one.account_id.replace("there", "te") for one in unlisted.some)


@pytest.mark.parametrize("first", [None, FIRST, DAY])
@pytest.mark.parametrize("last", [None, DAY, LAST])
def test_entries_are_missing_up_to_the_very_edges_of_the_days(
    account: Account, first: date | None, last: date | None
) -> None:
    several = [Stored(start, length) for start in STARTS for length in LENGTHS]
    with account.store.exchange() as connection:
        for number, one in enumerate(several):
            one.put(connection, number, is_timer=False)
    unlisted = unlisted_entries(account, ListedRows(), first, last, MINE, NOON, is_steady=True)
    assert unlisted.total == sum(
        one.is_missing(is_timer=False, first=first, last=last, whose=MINE) for one in several
    )


def test_of_many_that_were_left_out_a_few_are_read_any_of_them_and_all_are_counted(account: Account) -> None:
    with account.store.exchange() as connection:
        for number in range(3 * MOST_CHECKED):
            Stored(NOON, number, is_open=number == 0).put(connection, number, is_timer=False)
    drawn = [
        unlisted_entries(account, ListedRows(), None, None, MINE, NOON, is_steady=True) for _ in range(30)
    ]
    assert {(len(each.some), each.total) for each in drawn} == {(MOST_CHECKED, 3 * MOST_CHECKED)}
    assert {each.some[0].account_id for each in drawn} == {"there_0"}
    assert len({one.account_id for each in drawn for one in each.some}) > 2 * MOST_CHECKED


@pytest.mark.parametrize("most", [1, 2, 3, 7, 8, 100])
def test_entries_that_are_read_in_pieces_are_the_same_as_at_once(account: Account, most: int) -> None:
    with account.store.exchange() as connection:
        for number in range(8):  # several begin at the same instant
            one = Stored(NOON + number // 3, 5, is_open=number == 1)
            one.put(connection, number, is_timer=False)
    pages = [
        *remote_batches.settled_pages(account.store.read, NOON, None, MINE, NOON, is_open=False, most=most)
    ]
    assert [one.local_id for page in pages for one in page] == [
        f"te_{number}" for number in (0, 2, *range(3, 8))
    ]
    assert max(len(page) for page in pages) <= most
