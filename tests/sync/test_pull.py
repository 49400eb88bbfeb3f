"""pull: what is on the account comes here, and nothing leaves the store that is still there."""

from __future__ import annotations

import threading
from datetime import UTC, date
from typing import TYPE_CHECKING

import httpx
import pytest

from clockeye_cli.api import wire
from clockeye_cli.api.client import Client
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.whose import EVERYBODY, MINE
from clockeye_cli.errors import NoAnswerError
from clockeye_cli.store import entries, former_ids, overlapping, projects
from clockeye_cli.store.remote_batches import AT_ONCE
from clockeye_cli.sync.pull import pull
from clockeye_cli.sync.push import push
from tests.sync.service import COLLEAGUE, NOON, URL, Clock, Service, account_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clockeye_cli.core.whose import Whose
    from clockeye_cli.sync.account import Account

DAY = date(2026, 11, 20)
HOUR = 3600


def stored(account: Account, whose: Whose = MINE) -> list[str]:
    with account.store.read() as connection:
        return [entry.description for entry in entries.between(connection, None, None, whose=whose)]


def test_entries_come_with_their_projects(account: Account, service: Service) -> None:
    service.add("Call", NOON - HOUR, NOON)
    assert pull(account, DAY, DAY, whose=MINE).changed == 1
    with account.store.read() as connection:
        (entry,) = entries.between(connection, None, None)
        names = projects.names(connection)
        ids = former_ids.account_ids(connection, [entry.local_id])
    assert (entry.description, entry.started_at, entry.ended_at) == ("Call", NOON - HOUR, NOON)
    assert names[entry.project_id or ""] == "web"
    assert ids == {entry.local_id: "te_there1"}


def test_reading_again_changes_nothing_and_a_change_there_comes(account: Account, service: Service) -> None:
    entry_id = service.add("Call", NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    assert pull(account, DAY, DAY, whose=MINE).changed == 0
    service.entries[entry_id]["description"] = "Long call"
    assert pull(account, DAY, DAY, whose=MINE).changed == 1
    assert stored(account) == ["Long call"]


@pytest.mark.parametrize("per_page", [1, 7, 50])
def test_a_service_with_small_pages_that_ignores_filters_gives_the_same(
    account: Account, service: Service, per_page: int
) -> None:
    service.per_page = per_page
    for number in range(20):
        service.add(str(number), NOON - (number + 1) * HOUR, NOON - number * HOUR)
    service.add("theirs", NOON - HOUR, NOON, user=COLLEAGUE)
    pull(account, DAY, DAY, whose=MINE)
    assert len(stored(account)) == 20
    assert len(stored(account, whose=EVERYBODY)) == 21


def test_more_entries_than_are_stored_at_once_come_whole_and_only_once(
    account: Account, service: Service
) -> None:
    service.per_page, count = 200, AT_ONCE + 3
    for number in range(count):
        service.add(str(number), NOON - (number + 1) * HOUR, NOON - number * HOUR)
    moved = service.add("overlaps", NOON - 5 * HOUR - 1, NOON - 4 * HOUR)
    assert pull(account, None, None, whose=MINE).changed == count + 1
    assert pull(account, None, None, whose=MINE).changed == 0
    service.entries[moved] |= {"description": "overlaps no more", "project_id": "prj_new"}
    service.entries[moved] |= {"start_time": wire.stamp(NOON), "end_time": wire.stamp(NOON + 1)}
    with account.store.read() as connection:
        overlapping_there = {entry.description for entry in overlapping.own(connection, 0, NOON)}
    assert overlapping_there == {"4", "5", "overlaps"}
    assert pull(account, None, None, whose=MINE).changed == 1
    with account.store.read() as connection:
        assert overlapping.own(connection, 0, NOON) == []
        assert sorted(projects.names(connection).values()) == ["prj_new", "web"]
    assert len(stored(account)) == count + 1


def test_a_colleagues_entry_is_kept_apart_and_an_open_one_counts_nothing(
    account: Account, service: Service
) -> None:
    service.add("theirs", NOON - HOUR, NOON, user=COLLEAGUE)
    service.add("runs elsewhere", NOON - HOUR, None)
    pull(account, DAY, DAY, whose=EVERYBODY)
    with account.store.read() as connection:
        found = entries.between(connection, None, None, whose=EVERYBODY)
        last = entries.latest(connection, NOON)
    assert {(e.description, e.user_id, e.duration, e.is_open) for e in found} == {
        ("theirs", COLLEAGUE, HOUR, False),
        ("runs elsewhere", None, 0, True),
    }
    assert last is None


def test_what_is_deleted_there_goes_from_here(account: Account, service: Service, clock: Clock) -> None:
    entry_id = service.add("Call", NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    del service.entries[entry_id]
    clock.now += 60
    assert pull(account, DAY, DAY, whose=MINE).removed == 1
    assert stored(account) == []


def test_what_was_moved_to_another_day_there_moves_here_too(
    account: Account, service: Service, clock: Clock
) -> None:
    entry_id = service.add("Call", NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    later = NOON + 30 * 24 * HOUR
    service.entries[entry_id] |= {"start_time": wire.stamp(later), "end_time": wire.stamp(later + 60)}
    service.lagging = {entry_id}  # a service that filters by date does not list it any more
    clock.now += 60
    assert pull(account, DAY, DAY, whose=MINE)[:3] == (1, 0, True)
    with account.store.read() as connection:
        (entry,) = entries.between(connection, None, None)
    assert (entry.started_at, entry.ended_at) == (later, later + 60)


@pytest.mark.parametrize("hours", [-13, 37], ids=["the day begins", "the day ends"])
def test_a_day_is_also_what_people_far_from_greenwich_call_so(
    account: Account, service: Service, clock: Clock, hours: int
) -> None:
    midnight = NOON - 12 * HOUR
    entry_id = service.add("Call", midnight + hours * HOUR, midnight + hours * HOUR + 60)
    pull(account, DAY, DAY, whose=MINE)
    del service.entries[entry_id]
    clock.now += 60
    assert pull(account, DAY, DAY, whose=MINE).removed == 1


def test_what_is_only_partly_within_the_days_stays(account: Account, service: Service, clock: Clock) -> None:
    entry_id = service.add("Long", NOON - 72 * HOUR, NOON)
    pull(account, None, None, whose=MINE)
    del service.entries[entry_id]
    clock.now += 60
    assert pull(account, DAY, DAY, whose=MINE).removed == 0
    assert pull(account, None, None, whose=MINE).removed == 1


def test_an_entry_without_an_end_is_read_by_its_id_where_the_list_leaves_it_out(
    service: Service, tmp_path: Path, clock: Clock
) -> None:
    service.per_page = 2
    entry_id = service.add("runs elsewhere", NOON - HOUR, None)
    account = account_of(service, tmp_path, clock)
    pull(account, DAY, DAY, whose=MINE)
    service.entries[entry_id]["end_time"] = wire.stamp(NOON)
    service.lagging = {entry_id}
    for number in range(5):
        service.add(str(number), NOON - 2 * HOUR, NOON - HOUR)
    clock.now += 60
    client = Client(URL, "key", {}, transport=httpx.MockTransport(shifting(service)))
    assert not pull(account._replace(client=client), DAY, DAY, whose=MINE).is_steady
    with account.store.read() as connection:
        found = {entry.description: entry for entry in entries.between(connection, None, None)}
    assert (found["runs elsewhere"].ended_at, found["runs elsewhere"].is_open) == (NOON, False)


def test_two_equal_entries_of_which_one_is_being_sent_are_two_in_the_end(
    account: Account, service: Service, clock: Clock
) -> None:
    service.add("New", NOON - HOUR, NOON - 60, project="")  # made at my other computer
    service.faults = ["drop_after"]
    with account.store.write(["add"], UTC) as write:
        write.change(None, TimeEntry("te_aaaaaaaaaaaa", "New", None, NOON - HOUR, NOON - 60, True))
    push(account)
    pull(account, DAY, DAY, whose=MINE)
    assert stored(account) == ["New"]  # which of them is ours is not known yet
    push(account)
    clock.now += 60
    pull(account, DAY, DAY, whose=MINE)
    assert (stored(account), len(service.entries)) == (["New", "New"], 2)


def test_an_empty_list_takes_nothing_away_that_is_still_there(
    account: Account, service: Service, clock: Clock
) -> None:
    entry_id = service.add("Call", NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    service.lagging = {entry_id}
    clock.now += 60
    assert pull(account, DAY, DAY, whose=MINE).removed == 0
    assert stored(account) == ["Call"]


def test_what_was_just_delivered_is_not_taken_away_by_a_service_that_lags(
    account: Account, service: Service, clock: Clock
) -> None:
    mine = TimeEntry("te_aaaaaaaaaaaa", "New", None, NOON - HOUR, NOON - 60, True)
    with account.store.write(["add"], UTC) as write:
        write.change(None, mine)
    push(account)
    (entry_id,) = service.entries
    kept = service.entries.pop(entry_id)
    clock.now += 10
    assert pull(account, DAY, DAY, whose=MINE).removed == 0
    service.entries[entry_id] = kept | {"description": "Before the edit"}
    pull(account, DAY, DAY, whose=MINE)
    assert stored(account) == ["New"]


def test_a_pending_change_here_is_not_overwritten(account: Account, service: Service) -> None:
    entry_id = service.add("Call", NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    with account.store.read() as connection:
        (entry,) = entries.between(connection, None, None)
    with account.store.write(["edit"], UTC) as write:
        write.change(entry, entry._replace(description="Ours"))
    service.entries[entry_id]["billable"] = False
    pull(account, DAY, DAY, whose=MINE)
    assert stored(account) == ["Ours"]


@pytest.mark.parametrize("start", [NOON - HOUR, 0])
def test_what_a_lost_answer_has_made_is_not_taken_for_another_entry(
    account: Account, service: Service, clock: Clock, start: int
) -> None:
    service.faults = ["drop_after"]
    mine = TimeEntry("te_aaaaaaaaaaaa", "New", None, start, start + 3_540, True)
    with account.store.write(["add"], UTC) as write:
        write.change(None, mine)
    push(account)
    pull(account, None, None, whose=MINE)
    assert stored(account) == ["New"]
    push(account)
    clock.now += 60
    pull(account, None, None, whose=MINE)
    assert (stored(account), len(service.entries)) == (["New"], 1)


def shifting(service: Service) -> Callable[[httpx.Request], httpx.Response]:
    """The service, with an entry more at the front after each page that was read."""
    lock = threading.Lock()

    def handle(request: httpx.Request) -> httpx.Response:
        with lock:
            answer = service.handle(request)
            if request.url.path.endswith("/time-entries"):
                service.add(f"new {len(service.entries)}", NOON, NOON + 60)
        return answer

    return handle


def test_pages_that_shift_while_they_are_read_take_nothing_away(
    service: Service, tmp_path: Path, clock: Clock
) -> None:
    steady = account_of(service, tmp_path, clock)
    service.per_page = 2
    for number in range(5):
        service.add(str(number), NOON - (number + 1) * HOUR, NOON - number * HOUR)
    pull(steady, DAY, DAY, whose=MINE)
    before = set(stored(steady))
    clock.now += 60
    client = Client(URL, "key", {}, transport=httpx.MockTransport(shifting(service)))
    result = pull(steady._replace(client=client), DAY, DAY, whose=MINE)
    assert (result.is_steady, result.removed) == (False, 0)
    assert before <= set(stored(steady))


def test_a_service_that_repeats_a_page_for_ever_is_an_error(
    tmp_path: Path, clock: Clock, service: Service
) -> None:
    service.add("Call", NOON - HOUR, NOON)
    row = next(iter(service.entries.values()))
    endless = {"data": [row], "meta": {"total": 9, "page": 1, "per_page": 1}}
    client = Client(
        URL, "key", {}, transport=httpx.MockTransport(lambda _: httpx.Response(200, json=endless))
    )
    with pytest.raises(NoAnswerError, match="page 2 repeats earlier rows"):
        pull(account_of(service, tmp_path, clock)._replace(client=client), DAY, DAY, whose=MINE)


UNREADABLE = [
    {"start_time": None},
    {"start_time": "0001-01-01T00:00:00Z"},
    {"start_time": "9999-12-31T23:59:59Z", "end_time": "9999-12-31T23:59:59Z"},
    {"end_time": "9999-12-31T23:59:59Z"},
]


@pytest.mark.parametrize("times", UNREADABLE)
def test_an_entry_whose_times_cannot_be_read_is_named_and_the_others_come(
    account: Account, service: Service, times: dict[str, str | None]
) -> None:
    strange = service.add("Strange", NOON - HOUR, NOON)
    service.add("Call", NOON - HOUR, NOON)
    service.entries[strange] |= times
    result = pull(account, None, None, whose=MINE)
    assert (result.changed, result.unread) == (1, [strange])
    assert stored(account) == ["Call"]


@pytest.mark.parametrize("times", UNREADABLE)
@pytest.mark.parametrize("is_listed", [True, False])
def test_what_is_here_stays_when_its_times_there_cannot_be_read_any_more(
    account: Account, service: Service, clock: Clock, times: dict[str, str | None], *, is_listed: bool
) -> None:
    entry_id = service.add("Call", NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    clock.now += HOUR
    service.entries[entry_id] |= times
    if not is_listed:
        service.lagging.add(entry_id)
    result = pull(account, DAY, DAY, whose=MINE)
    assert (result.removed, result.unread) == (0, [entry_id])
    assert stored(account) == ["Call"]


@pytest.fixture
def three(account: Account, service: Service, clock: Clock) -> list[str]:
    """Three entries that were read, and that the list leaves out since."""
    ids = [service.add(str(number), NOON - number * HOUR, NOON) for number in (1, 2, 3)]
    pull(account, DAY, DAY, whose=MINE)
    clock.now += HOUR
    service.lagging = set(ids)
    service.add("New", NOON - HOUR + 60, NOON)
    return ids


@pytest.mark.parametrize("status", [404, 410])
def test_an_entry_that_is_gone_goes_and_the_others_stay(
    account: Account, service: Service, three: list[str], status: int
) -> None:
    service.refused = {three[1]: status}
    result = pull(account, DAY, DAY, whose=MINE)
    assert (result.changed, result.removed, result.unread, result.withdrawn) == (1, 1, [], [])
    assert stored(account) == ["3", "1", "New"]


def test_an_entry_that_is_not_ours_to_see_any_more_goes_and_is_named(
    account: Account, service: Service, three: list[str]
) -> None:
    service.refused = {three[1]: 403}
    result = pull(account, DAY, DAY, whose=MINE)
    assert (result.removed, [entry.description for entry in result.withdrawn]) == (1, ["2"])
    assert stored(account) == ["3", "1", "New"]


@pytest.mark.parametrize("status", [400, 402, 405, 409, 422, 451, 500])
def test_an_entry_that_is_refused_is_named_and_stays_and_the_others_come(
    account: Account, service: Service, three: list[str], status: int
) -> None:
    service.refused = {three[1]: status}
    result = pull(account, DAY, DAY, whose=MINE)
    assert (result.changed, result.removed, result.unread) == (1, 0, [three[1]])
    assert stored(account) == ["3", "2", "1", "New"]


@pytest.mark.usefixtures("three")
def test_where_nobody_answers_for_single_entries_few_are_asked_for(
    account: Account, service: Service
) -> None:
    service.read_faults = ["ok", *["page 404"] * 3]
    result = pull(account, DAY, DAY, whose=MINE)
    assert (result.changed, result.removed, len(result.unread), result.unchecked) == (1, 0, 2, 1)
    assert stored(account) == ["3", "2", "1", "New"]


def test_of_many_missing_entries_some_are_asked_for_in_each_pull(
    account: Account, service: Service, clock: Clock
) -> None:
    for number in range(45):
        service.add(str(number), NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    clock.now += HOUR
    service.entries.clear()
    removed = [pull(account, DAY, DAY, whose=MINE) for _ in range(3)]
    assert [(result.removed, result.unchecked) for result in removed] == [(20, 25), (20, 5), (5, 0)]
