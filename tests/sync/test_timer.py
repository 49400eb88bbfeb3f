"""The timer on the account: what each side does to it, offline, cut off, and on two computers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.api import wire
from clockeye_cli.store import entries, outbox
from clockeye_cli.sync import decisions
from clockeye_cli.sync.push import push
from clockeye_cli.tracking import entries as entry_rules
from clockeye_cli.tracking import timer as rules
from clockeye_cli.tracking.timer import Work
from tests.sync.computer import Computer
from tests.sync.service import NOON, Clock, Service

if TYPE_CHECKING:
    from pathlib import Path


HOUR = 3_600
ENDED, BOTH, DELETED = ["timer ended"], ["timer ended on both sides"], ["timer deleted"]


@pytest.fixture
def computer(service: Service, tmp_path: Path, clock: Clock) -> Computer:
    return Computer(service, tmp_path, clock)


@pytest.fixture
def other(service: Service, tmp_path: Path, clock: Clock) -> Computer:
    return Computer(service, tmp_path, clock, "other")


def there(service: Service) -> list[tuple[str, int, int | None]]:
    """The same as `Computer.here`, of the account."""
    return [
        (text, (wire.instant(start) or 0) - NOON, None if end is None else (wire.instant(end) or 0) - NOON)
        for text, start, end in service.mine()
    ]


def writes(service: Service) -> list[str]:
    """The methods of the requests so far, which are forgotten."""
    methods = [request.split()[0] for request in service.requests]
    service.requests.clear()
    return methods


def edit_there(service: Service, **fields: Any) -> None:
    (row,) = service.entries.values()
    row |= fields


def test_start_is_a_post_stop_a_put_cancel_a_delete_and_a_switch_both(
    computer: Computer, service: Service
) -> None:
    writes(service)
    computer.start("One")
    computer.sync()
    assert (writes(service), there(service)) == (["POST"], [("One", 0, None)])
    computer.start("Two", after=600)
    computer.sync()
    assert writes(service) == ["GET", "PUT", "POST"]
    switched = computer.here[0][2]
    assert there(service) == [("One", 0, switched), ("Two", switched, None)]
    computer.stop(after=600)
    computer.sync()
    assert writes(service) == ["GET", "PUT"]
    assert there(service) == computer.here
    computer.start("Three")
    computer.sync()
    writes(service)
    computer.cancel()
    computer.sync()
    assert writes(service) == ["GET", "DELETE"]
    assert there(service) == computer.here
    assert computer.rows == []


def test_an_edited_timer_is_edited_there(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.sync()
    computer.describe("Better")
    computer.sync()
    assert there(service) == [("Better", 0, None)]
    assert computer.runs == "Better"


def test_offline_the_account_gets_what_became_of_it(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.start("Two", after=600)
    computer.stop(after=600)
    computer.start("Gone")
    computer.cancel()
    computer.start("Three")
    assert computer.rows == [("create", "queued")] * 3
    computer.sync()
    assert there(service) == [("One", 0, 600), ("Three", 1200, None), ("Two", 600, 1200)]
    assert writes(service).count("POST") == 3


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500", "502", "unreadable", "refuse"])
@pytest.mark.parametrize("then", ["runs on", "stops", "is cancelled"])
def test_no_answer_to_the_post(computer: Computer, service: Service, fault: str, then: str) -> None:
    computer.start("One")
    service.faults = [fault]
    push(computer.account)
    if then == "stops":
        computer.stop(after=600)
    elif then == "is cancelled":
        computer.cancel()
    computer.sync(times=3)
    expected = {"runs on": [("One", 0, None)], "stops": [("One", 0, 600)], "is cancelled": []}[then]
    assert there(service) == expected
    assert computer.rows == []
    computer.pull()
    assert computer.here == [entry for entry in expected if entry[2] is not None]
    assert computer.runs == ("One" if then == "runs on" else None)


@pytest.mark.parametrize("has_arrived", [False, True])
def test_killed_after_the_post(computer: Computer, service: Service, *, has_arrived: bool) -> None:
    computer.start("One")
    service.faults = ["drop_after" if has_arrived else "drop_before"]
    push(computer.account)
    with computer.account.store.exchange() as connection:
        (row,) = outbox.rows(connection)
        outbox.put(connection, row._replace(state="sending"))
    computer.pull()
    assert computer.here == []  # what may be ours is no other timer
    computer.sync(times=3)
    assert there(service) == [("One", 0, None)]
    computer.stop(after=600)
    computer.sync(times=2)
    assert there(service) == computer.here
    assert len(computer.here) == 1


@pytest.mark.parametrize("then", ["stopped", "cancelled"])
def test_the_next_start_waits_for_what_became_of_the_one_before(
    computer: Computer, service: Service, then: str
) -> None:
    computer.start("One")
    computer.sync()
    if then == "cancelled":
        computer.cancel()
    service.read_faults = ["500"] * 3
    computer.start("Two", after=600)
    push(computer.account)
    assert [text for text, _, _ in there(service)] == ["One"]
    computer.sync()
    two = ("Two", computer.timer.started_at - NOON, None)
    assert there(service) == ([] if then == "cancelled" else [("One", 0, two[1])]) + [two]
    assert (computer.rows, computer.news) == ([], [])


def test_ended_there_while_it_runs_here(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.sync()
    edit_there(service, end_time=wire.stamp(NOON + 600))
    computer.pull()
    assert (computer.here, computer.runs, computer.news) == ([("One", 0, 600)], None, ENDED)
    computer.pull()
    assert (computer.here, computer.news) == ([("One", 0, 600)], [])
    assert there(service) == [("One", 0, 600)]


def test_ended_there_and_edited_here(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.sync()
    edit_there(service, end_time=wire.stamp(NOON + 600))
    computer.describe("Better")
    computer.sync()
    assert (computer.here, computer.runs, computer.news) == ([("Better", 0, 600)], None, ENDED)
    assert there(service) == [("Better", 0, 600)]


@pytest.mark.parametrize(
    ("end", "kept", "news"),
    [(600, 600, BOTH), (1800, 1200, BOTH), (1200, 1200, []), (0, 0, BOTH)],
)
def test_ended_there_and_stopped_here(
    computer: Computer, service: Service, end: int, kept: int, news: list[str]
) -> None:
    computer.start("One")
    computer.sync()
    edit_there(service, end_time=wire.stamp(NOON + end))
    computer.clock.now = NOON + 1200
    computer.stop()
    computer.sync()
    assert computer.here == there(service) == [("One", 0, kept)]
    assert (computer.news, computer.rows) == (news, [])


def test_changed_there_the_fields_merge(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.sync()
    edit_there(service, description="Better", start_time=wire.stamp(NOON - 600))
    computer.pull()
    assert (computer.timer.description, computer.timer.started_at) == ("Better", NOON - 600)
    edit_there(service, billable=False)
    computer.clock.now = NOON + 1200
    computer.stop()
    computer.sync()
    computer.pull()
    assert computer.here == there(service) == [("Better", -600, 1200)]
    assert [row["billable"] for row in service.entries.values()] == [False]


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_deleted_there_it_runs_on_here_and_stop_asks(computer: Computer, service: Service, keep: str) -> None:
    computer.start("One")
    computer.sync()
    service.entries.clear()
    computer.pull()
    computer.pull()
    assert (computer.runs, computer.news) == ("One", DELETED)
    computer.clock.now = NOON + 600
    computer.stop()
    computer.sync()
    assert computer.rows == [("update", "conflict")]
    with computer.account.store.read() as connection:
        (row,) = outbox.rows(connection)
    computer.do(decisions.keep_mine if keep == "mine" else decisions.keep_theirs, row)
    computer.sync()
    assert computer.here == there(service) == ([("One", 0, 600)] if keep == "mine" else [])
    assert computer.rows == []


def test_deleted_there_and_cancelled_here(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.sync()
    service.entries.clear()
    computer.cancel()
    computer.sync()
    assert (computer.runs, computer.rows) == (None, [])


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_both_changed_the_running_timer(computer: Computer, service: Service, keep: str) -> None:
    computer.start("One")
    computer.sync()
    edit_there(service, description="Theirs")
    computer.describe("Mine")
    computer.sync()
    assert computer.rows == [("update", "conflict")]
    with computer.account.store.read() as connection:
        (row,) = outbox.rows(connection)
    computer.do(decisions.keep_mine if keep == "mine" else decisions.keep_theirs, row)
    computer.sync()
    kept = keep.capitalize()
    assert (computer.runs, computer.here, there(service)) == (kept, [], [(kept, 0, None)])


def test_a_timer_that_the_account_lacks_is_kept_when_its_row_is_dropped(
    computer: Computer, service: Service
) -> None:
    computer.start("One")
    service.faults = ["403"]
    push(computer.account)
    assert computer.rows == [("create", "rejected")]
    with computer.account.store.read() as connection:
        (row,) = outbox.rows(connection)
    computer.do(decisions.drop, row)
    assert (computer.runs, computer.rows) == ("One", [])
    computer.stop(after=600)
    computer.sync()
    assert there(service) == computer.here == [("One", 0, 600)]


@pytest.mark.parametrize("how", ["refuses", "refuses without a field"])
def test_a_service_that_takes_none_is_asked_once(computer: Computer, service: Service, how: str) -> None:
    service.running = how
    computer.start("One")
    computer.sync()
    assert (computer.rows, computer.runs, there(service)) == ([], "One", [])
    computer.stop(after=600)
    computer.sync()
    assert there(service) == computer.here
    writes(service)
    computer.start("Two")
    assert computer.rows == []
    computer.sync()
    computer.stop(after=600)
    computer.sync()
    assert writes(service) == ["POST"]
    assert there(service) == computer.here


def test_a_refusal_of_another_field_is_not_remembered(computer: Computer, service: Service) -> None:
    service.running, service.refused_field = "refuses", "description"
    computer.start("One")
    computer.sync()
    assert (computer.rows, computer.runs) == ([], "One")
    service.running = "runs"
    computer.describe("Better")
    computer.sync()
    assert there(service) == [("Better", 0, None)]


def test_refused_while_it_is_stopped_it_is_sent_with_its_end(computer: Computer, service: Service) -> None:
    service.running = "refuses"
    computer.start("One")
    service.meanwhile = lambda: computer.stop(after=600)
    computer.sync()
    assert there(service) == computer.here == [("One", 0, 600)]
    assert computer.rows == []


def test_an_end_of_the_service_s_own_is_none(computer: Computer, service: Service) -> None:
    service.running = "ends"
    computer.start("One")
    computer.sync()
    computer.pull()
    assert (computer.runs, computer.here, computer.news) == ("One", [], [])
    computer.clock.now = NOON + 600
    computer.stop()
    computer.sync()
    assert there(service) == computer.here == [("One", 0, 600)]


def test_two_computers(computer: Computer, other: Computer, service: Service) -> None:
    computer.start("One")
    computer.sync()
    other.pull()
    assert (other.runs, other.here) == ("One", [("One", 0, None)])
    other.clock.now = NOON + 600
    other.start("Two")  # it ends the one before
    assert other.here == [("One", 0, 600)]
    other.sync()
    assert there(service) == [("One", 0, 600), ("Two", 600, None)]
    computer.pull()
    assert (computer.here, computer.runs) == ([("One", 0, 600), ("Two", 600, None)], "Two")
    assert computer.news == ENDED
    computer.clock.now = NOON + 1200
    computer.stop()
    computer.sync()
    other.pull()
    assert computer.here == other.here == there(service) == [("One", 0, 600), ("Two", 600, 1200)]
    assert (other.runs, other.news) == (None, ENDED)


def test_two_computers_that_know_nothing_of_each_other(
    computer: Computer, other: Computer, service: Service
) -> None:
    computer.start("One")
    computer.sync()
    computer.clock.now = NOON + 600
    other.start("Two")
    other.sync()
    assert there(service) == [("One", 0, 600), ("Two", 600, None)]
    computer.clock.now = NOON + 1200
    computer.stop()  # of One, which has ended
    computer.sync()
    computer.pull()
    assert (computer.here, computer.news) == ([("One", 0, 600), ("Two", 600, None)], BOTH)
    assert there(service) == [("One", 0, 600), ("Two", 600, None)]


def test_the_one_elsewhere_has_ended_before_it_is_stopped_here(computer: Computer, service: Service) -> None:
    service.add("Web", NOON - HOUR, None)
    computer.pull()
    edit_there(service, end_time=wire.stamp(NOON - 600))
    computer.stop(after=600)
    computer.sync()
    assert computer.here == there(service) == [("Web", -HOUR, -600)]
    assert computer.news == BOTH


def test_cancel_and_edit_of_one_that_runs_elsewhere(computer: Computer, service: Service) -> None:
    service.add("Web", NOON - HOUR, None)
    computer.pull()
    with computer.account.store.read() as connection:
        (entry,) = entries.every(connection)
    computer.do(entry_rules.edit, entry, entry._replace(description="Better"))
    computer.sync()
    assert there(service) == [("Better", -HOUR, None)]
    computer.cancel()
    computer.sync()
    assert (computer.here, there(service)) == ([], [])


def test_undo_of_a_posted_stop_is_a_delete_and_a_post(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.sync()
    computer.stop(after=600)
    computer.sync()
    writes(service)
    computer.undo()
    computer.sync()
    assert sorted(writes(service)) == ["DELETE", "GET", "POST"]
    assert (there(service), computer.here, computer.runs) == ([("One", 0, None)], [], "One")


def test_undo_of_a_stop_elsewhere_is_the_same(computer: Computer, service: Service) -> None:
    service.add("Web", NOON - HOUR, None)
    computer.pull()
    computer.stop()
    computer.sync()
    computer.undo()
    computer.sync()
    assert (there(service), computer.here, computer.runs) == ([("Web", -HOUR, None)], [], "Web")
    assert computer.timer.description == "Web"


@pytest.mark.parametrize("is_known", [True, False])
def test_ended_by_another_computer_before_it_was_looked_for(
    computer: Computer, other: Computer, service: Service, *, is_known: bool
) -> None:
    if is_known:
        computer.start("Zero")
        computer.sync()
        computer.stop()
        computer.sync()
        service.entries.clear()
    service.faults = ["drop_after"]
    computer.start("One")
    push(computer.account)
    other.start("Two", after=600)
    other.sync()
    computer.sync()
    computer.pull()
    assert (computer.runs, computer.is_running_here) == ("Two", False)
    assert computer.news == ENDED
    (one,) = [entry for entry in computer.here if entry[0] == "One"]
    assert one in there(service)
    assert one[2] == one[1] + 600


@pytest.mark.parametrize("undone", ["stop", "cancel", "stop, redone"])
@pytest.mark.parametrize("reads", ["", "while it is gone", "at the end", "while it is gone, at the end"])
def test_undone_on_another_computer_it_is_the_same_timer_under_a_new_id(
    computer: Computer, other: Computer, service: Service, undone: str, reads: str
) -> None:
    computer.start("One")
    computer.sync()
    other.pull()
    is_redone = undone == "stop, redone"
    if undone == "cancel":
        other.cancel()
    else:
        other.stop(after=600)
    other.sync()
    if not is_redone and reads.startswith("while") and undone == "cancel":
        computer.pull()
    other.undo()
    other.sync()
    if is_redone:
        other.redo()
        other.sync()
    if reads.endswith("at the end"):
        computer.pull()
        assert computer.runs == (None if is_redone else "One")
        assert computer.here == (there(service) if is_redone else [])
    if computer.is_running_here:
        computer.stop(after=600)
        computer.sync()
    computer.pull()
    other.pull()
    assert computer.rows == other.rows == []
    assert computer.here == other.here == there(service)
    assert [row[:2] for row in there(service)] == [("One", 0)]
    assert (computer.runs, other.runs) == (None, None)


@pytest.mark.parametrize("is_here", [True, False])
def test_undo_of_a_stop_that_was_not_sent_sends_nothing(
    computer: Computer, other: Computer, service: Service, *, is_here: bool
) -> None:
    computer.start("One")
    computer.sync()
    other.pull()
    writes(service)
    one = computer if is_here else other
    one.stop(after=600)
    one.undo()
    one.sync()
    assert (writes(service), one.rows) == (["GET"], [])
    one.stop(after=600)
    one.undo()
    one.redo()
    one.sync()
    assert [method for method in writes(service) if method != "GET"] == ["PUT"]
    assert one.here == there(service)
    assert one.rows == []


def test_undone_on_both_computers_offline_it_is_one_timer(
    computer: Computer, other: Computer, service: Service
) -> None:
    computer.start("One")
    computer.sync()
    other.pull()
    for one in (computer, other):
        one.stop(after=600)
        one.undo()
    computer.sync()
    other.sync()
    assert there(service) == [("One", 0, None)]
    other.stop(after=600)
    other.sync()
    computer.pull()
    assert computer.here == other.here == there(service)
    assert len(there(service)) == 1
    assert computer.rows == other.rows == []


def test_an_equal_entry_that_was_sent_here_is_not_taken_for_the_timer(
    computer: Computer, other: Computer, service: Service
) -> None:
    computer.start("One")
    computer.sync()
    other.pull()
    other.cancel()
    other.sync()
    computer.stop(after=600)
    service.add("Two", 0, NOON, user="usr_colleague")
    service.add("One", NOON + 60, NOON + 600)
    computer.sync()
    assert computer.rows == [("update", "conflict")]


@pytest.mark.parametrize("is_sent", [False, True])
def test_undo_of_start_switch_and_cancel(computer: Computer, service: Service, *, is_sent: bool) -> None:
    def sync() -> None:
        if is_sent:
            computer.sync()

    computer.start("One")
    sync()
    computer.cancel()
    sync()
    computer.undo()
    sync()
    assert computer.runs == "One"
    begun = computer.timer.started_at - NOON
    computer.start("Two", after=600)
    sync()
    computer.undo()
    sync()
    assert (computer.runs, computer.here) == ("One", [])
    computer.sync()
    assert there(service) == [("One", begun, None)]
    computer.undo()  # the start itself
    computer.sync()
    assert (there(service), computer.rows) == ([], [])
    assert computer.runs is None


def test_a_timer_that_is_to_stay_here_is_sent_once_it_has_stopped(
    computer: Computer, service: Service
) -> None:
    writes(service)
    work = Work("One", computer.project, billable=True)
    computer.do(rules.start, work, None, posts_timer=False)
    computer.sync()
    assert (computer.rows, there(service), writes(service)) == ([], [], [])
    computer.do(rules.stop, None, posts_timer=False)
    computer.sync()
    assert there(service) == computer.here
    assert writes(service) == ["POST"]


def test_one_that_waits_when_the_setting_is_changed_stays_here(computer: Computer, service: Service) -> None:
    computer.start("One")
    computer.account = computer.account._replace(posts_timer=False)
    computer.sync()
    assert (computer.rows, there(service), computer.runs) == ([], [], "One")
