"""push: every acknowledged change gets to the account once, whatever happens on the way."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING

import httpx
import pytest

from clockeye_cli.api import wire
from clockeye_cli.api.client import Client
from clockeye_cli.core.entry import Project, TimeEntry
from clockeye_cli.core.whose import MINE
from clockeye_cli.errors import KeyMissingError, LimitedError
from clockeye_cli.store import entries, outbox, remote, state
from clockeye_cli.store.state import Store
from clockeye_cli.sync.lock import sender_lock
from clockeye_cli.sync.pull import pull
from clockeye_cli.sync.push import push
from tests.sync.service import COLLEAGUE, ME, NOON, URL, Clock, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.account import Account

ENTRY = TimeEntry("te_aaaaaaaaaaaa", "Fix the bug", None, NOON - 3600, NOON - 1800, True)


def change(account: Account, before: TimeEntry | None, after: TimeEntry | None) -> None:
    with account.store.write(["test"], UTC) as write:
        write.change(before, after)


def states(account: Account) -> list[tuple[str, str]]:
    with account.store.read() as connection:
        return [(row.what, row.state) for row in outbox.rows(connection)]


def until_quiet(account: Account, clock: Clock) -> None:
    """Sync again and again, as a user would over the day."""
    for _ in range(6):
        push(account)
        clock.now += account.settle + 1


class LookedAt(Store):
    """A store that calls `look` after each read."""

    look: Callable[[], None] = staticmethod(lambda: None)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with super().read() as connection:
            yield connection
        self.look()


def test_what_is_left_to_a_sender_after_its_last_look_at_the_outbox_is_sent(
    account: Account, service: Service
) -> None:
    """A command that finds the lock taken goes away; the holder may have seen an empty outbox already."""
    store = LookedAt(account.store.path, account.now, to_account=True)
    left: list[bool] = []

    def another_command() -> None:
        if states(account) or left:
            return
        with sender_lock(state.sender_lock(store.path)) as lock:
            is_free = lock is not None
        if not is_free:
            change(account, None, ENTRY._replace(local_id="te_bbbbbbbbbbbb", description="Left to it"))
            left.append(push(account).is_sender)

    change(account, None, ENTRY)
    store.look = another_command
    pushed = push(account._replace(store=store))
    store.close()
    assert left == [False]
    assert (pushed.delivered, pushed.is_sender, states(account)) == (2, True, [])
    assert sorted(row[0] for row in service.mine()) == ["Fix the bug", "Left to it"]


@pytest.mark.parametrize(
    "faults",
    [
        ["refuse"],
        ["drop_before"],
        ["drop_after"],
        ["500"],
        ["502"],
        ["unreadable"],
        ["drop_after", "drop_after"],
        ["drop_before", "drop_after", "500", "502"],
        ["refuse", "refuse", "refuse", "drop_after"],
    ],
    ids=" ".join,
)
def test_an_entry_gets_there_once(
    account: Account, service: Service, clock: Clock, faults: list[str]
) -> None:
    service.faults = faults
    change(account, None, ENTRY)
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == ["Fix the bug"]
    assert states(account) == []


def test_a_lost_answer_is_not_sent_again_before_it_was_looked_for_twice(
    account: Account, service: Service, clock: Clock
) -> None:
    service.faults = ["drop_before"]
    change(account, None, ENTRY)
    push(account)
    assert states(account) == [("create", "unknown")]
    push(account)
    clock.now += 29
    push(account)
    assert service.requests.count("POST /v1/time-entries") == 1
    clock.now += 1
    push(account)
    assert service.requests.count("POST /v1/time-entries") == 2
    assert len(service.mine()) == 1


@pytest.mark.parametrize("is_read_in_between", [False, True])
@pytest.mark.parametrize(
    "changes",
    [
        {"end_time": wire.stamp(ENTRY.ended_at + 600)},
        {"start_time": wire.stamp(ENTRY.started_at - 600)},
        {"start_time": wire.stamp(ENTRY.started_at + 30), "description": "Fix another bug"},
    ],
    ids=", ".join,
)
def test_one_that_was_changed_there_before_it_was_looked_for_is_asked_about(
    account: Account, service: Service, clock: Clock, changes: dict[str, str], *, is_read_in_between: bool
) -> None:
    service.faults = ["drop_after"]
    change(account, None, ENTRY)
    push(account)
    (row,) = service.entries.values()
    row |= changes
    if is_read_in_between:
        pull(account, None, None, whose=MINE)
    until_quiet(account, clock)
    assert len(service.mine()) == 1
    assert states(account) == [("create", "ask")]
    with account.store.read() as connection:
        assert [entry.local_id for entry in entries.every(connection)] == [ENTRY.local_id]


def test_two_equal_entries_are_two(account: Account, service: Service, clock: Clock) -> None:
    service.faults = ["drop_after", "drop_after"]
    change(account, None, ENTRY)
    change(account, None, ENTRY._replace(local_id="te_bbbbbbbbbbbb"))
    until_quiet(account, clock)
    assert len(service.mine()) == 2
    assert states(account) == []


def test_a_colleagues_equal_entry_is_not_ours(account: Account, service: Service, clock: Clock) -> None:
    service.add("Fix the bug", ENTRY.started_at, ENTRY.ended_at, user=COLLEAGUE)
    service.faults = ["drop_before"]
    change(account, None, ENTRY)
    until_quiet(account, clock)
    assert len(service.mine()) == 1


def test_a_service_that_trims_and_writes_times_otherwise_has_it_once(
    account: Account, service: Service, clock: Clock
) -> None:
    service.trims = True
    service.faults = ["drop_after"]
    change(account, None, ENTRY._replace(description="  Fix   the bug "))
    until_quiet(account, clock)
    assert len(service.entries) == 1
    assert states(account) == []


def test_an_edit_while_the_answer_is_missing_gets_there_too(
    account: Account, service: Service, clock: Clock
) -> None:
    service.faults = ["drop_after"]
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, ENTRY._replace(description="Fixed"))
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == ["Fixed"]


def test_a_delete_while_the_answer_is_missing_gets_there_too(
    account: Account, service: Service, clock: Clock
) -> None:
    service.faults = ["drop_after"]
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, None)
    until_quiet(account, clock)
    assert service.mine() == []
    assert states(account) == []


def test_an_entry_deleted_before_it_was_sent_is_never_sent(account: Account, service: Service) -> None:
    change(account, None, ENTRY)
    change(account, ENTRY, ENTRY._replace(description="Other"))
    change(account, ENTRY._replace(description="Other"), None)
    push(account)
    assert service.requests == []


def test_a_refused_entry_is_kept_and_named_and_the_others_pass(account: Account, service: Service) -> None:
    service.faults = ["400"]
    change(account, None, ENTRY)
    change(account, None, ENTRY._replace(local_id="te_bbbbbbbbbbbb", description="Other"))
    assert push(account).delivered == 1
    with account.store.read() as connection:
        (row,) = outbox.rows(connection)
        assert entries.by_id(connection, ENTRY.local_id) == ENTRY
    assert (row.state, row.reason, row.status) == (
        "rejected",
        "ClockEye rejected the request: told to answer 400.",
        400,
    )
    assert [item[0] for item in service.mine()] == ["Other"]


def test_fixing_a_refused_entry_sends_it(account: Account, service: Service) -> None:
    service.faults = ["400"]
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, ENTRY._replace(description="Better"))
    push(account)
    assert [item[0] for item in service.mine()] == ["Better"]


@pytest.mark.parametrize(("fault", "error"), [("401", KeyMissingError), ("429", LimitedError)])
def test_a_refused_key_and_a_limit_stop_the_push_and_drop_nothing(
    account: Account, service: Service, fault: str, error: type[Exception]
) -> None:
    service.faults = ["ok", fault]
    for number in range(3):
        change(account, None, ENTRY._replace(local_id=f"te_bbbbbbbbbbb{number}", description=str(number)))
    pushed = push(account)
    assert (pushed.delivered, type(pushed.stopped)) == (1, error)
    assert states(account) == [("create", "queued"), ("create", "queued")]
    push(account)
    assert len(service.mine()) == 3


def test_a_sender_that_died_while_sending_is_looked_after(
    account: Account, service: Service, clock: Clock
) -> None:
    change(account, None, ENTRY)
    service.faults = ["drop_after"]
    push(account)
    with account.store.exchange() as connection:
        (row,) = outbox.rows(connection)
        outbox.put(connection, row._replace(state="sending"))
    until_quiet(account, clock)
    assert len(service.mine()) == 1


def test_changes_of_different_fields_merge(account: Account, service: Service) -> None:
    change(account, None, ENTRY)
    push(account)
    (there,) = service.entries.values()
    there["billable"] = False
    there["mood"] = "good"
    change(account, ENTRY, ENTRY._replace(description="Fixed"))
    push(account)
    assert (there["description"], there["billable"], there["mood"]) == ("Fixed", False, "good")


def test_a_field_that_both_changed_is_a_conflict_and_both_versions_are_kept(
    account: Account, service: Service
) -> None:
    change(account, None, ENTRY)
    push(account)
    (there,) = service.entries.values()
    there["description"] = "Theirs"
    change(account, ENTRY, ENTRY._replace(description="Ours"))
    push(account)
    with account.store.read() as connection:
        (row,) = outbox.rows(connection)
        assert entries.by_id(connection, ENTRY.local_id) == ENTRY._replace(description="Ours")
    assert row.state == "conflict"
    assert '"Theirs"' in (row.theirs or "")
    assert there["description"] == "Theirs"


def test_deleted_there_and_changed_here_is_a_conflict_and_the_reverse_too(
    account: Account, service: Service
) -> None:
    other = ENTRY._replace(local_id="te_bbbbbbbbbbbb", description="Other")
    change(account, None, ENTRY)
    change(account, None, other)
    push(account)
    first, second = service.entries
    del service.entries[first]
    service.entries[second]["description"] = "Changed"
    change(account, ENTRY, ENTRY._replace(description="Ours"))
    change(account, other, None)
    push(account)
    assert states(account) == [("update", "conflict"), ("delete", "conflict")]
    assert list(service.entries) == [second]


def test_a_new_project_goes_before_its_entries_and_is_not_made_twice(
    account: Account, service: Service, clock: Clock
) -> None:
    service.faults = ["drop_after"]
    with account.store.write(["test"], UTC) as write:
        write.change(None, Project("prj_aaaaaaaaaaaa", "acme"))
        write.change(None, ENTRY._replace(project_id="prj_aaaaaaaaaaaa"))
    until_quiet(account, clock)
    names = [project["name"] for project in service.projects.values()]
    assert names == ["web", "acme"]
    (there,) = service.entries.values()
    assert service.projects[there["project_id"]]["name"] == "acme"


def test_an_answer_with_a_foreign_user_stops_the_push(account: Account, service: Service) -> None:
    service.user = COLLEAGUE
    change(account, None, ENTRY)
    change(account, None, ENTRY._replace(local_id="te_bbbbbbbbbbbb"))
    pushed = push(account)
    assert isinstance(pushed.stopped, KeyMissingError)
    assert service.requests.count("POST /v1/time-entries") == 1


def test_undoing_a_delete_that_was_delivered_makes_it_anew_under_one_name(
    account: Account, service: Service
) -> None:
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, None)
    push(account)
    change(account, None, ENTRY)
    push(account)
    assert len(service.entries) == 1
    with account.store.read() as connection:
        seen = remote.of(connection, ENTRY.local_id)
    assert seen
    assert seen.account_id in service.entries
    assert service.entries[seen.account_id]["user_id"] == ME


def meanwhile(account: Account, service: Service, method: str, act: Callable[[], None]) -> Account:
    """The account, where another command does something while the first request of a kind is answered."""
    acts = [act]

    def handle(request: httpx.Request) -> httpx.Response:
        if request.method == method and "/time-entries" in request.url.path and acts:
            acts.pop()()
        return service.handle(request)

    return account._replace(client=Client(URL, "key", {}, transport=httpx.MockTransport(handle)))


def here(account: Account) -> list[str]:
    with account.store.read() as connection:
        return [entry.description for entry in entries.between(connection, None, None)]


EDITED = ENTRY._replace(description="Edited")
AGAIN = ENTRY._replace(description="Edited again")


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize("last", [AGAIN, None])
def test_what_is_done_while_an_edit_is_on_its_way_gets_there_too(
    account: Account, service: Service, method: str, last: TimeEntry | None
) -> None:
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, EDITED)
    push(meanwhile(account, service, method, lambda: change(account, EDITED, last)))
    push(account)
    assert [row[0] for row in service.mine()] == ([last.description] if last else [])
    assert here(account) == ([last.description] if last else [])
    assert states(account) == []


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_entry_that_is_brought_back_while_its_delete_is_on_its_way_is_there(
    account: Account, service: Service, clock: Clock, method: str
) -> None:
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, None)
    push(meanwhile(account, service, method, lambda: change(account, None, ENTRY)))
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == here(account) == [ENTRY.description]
    assert states(account) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("last", [EDITED, None])
def test_a_refused_entry_that_was_changed_on_its_way_is_what_it_has_become(
    account: Account, service: Service, clock: Clock, method: str, last: TimeEntry | None
) -> None:
    service.faults = ["drop_before", "400"]
    change(account, None, ENTRY)
    push(account)  # lost: it is looked for, then sent again, then refused
    clock.now += 60
    push(account)
    clock.now += 60
    push(meanwhile(account, service, method, lambda: change(account, ENTRY, last)))
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == here(account) == (["Edited"] if last else [])
    assert states(account) == []


@pytest.mark.parametrize("status", [302, 404, 405])
def test_a_look_that_is_refused_says_nothing_about_what_is_looked_for(
    account: Account, service: Service, clock: Clock, status: int
) -> None:
    service.faults = ["drop_after"]
    change(account, None, ENTRY)
    push(account)
    elsewhere = httpx.MockTransport(lambda _: httpx.Response(status, headers={"Location": "http://portal"}))
    push(account._replace(client=Client(URL, "key", {}, transport=elsewhere)))
    assert states(account) == [("create", "unknown")]
    change(account, ENTRY, EDITED)
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == ["Edited"]


def test_a_portal_that_redirects_refuses_nothing(account: Account, service: Service, clock: Clock) -> None:
    change(account, None, ENTRY)
    portal = httpx.MockTransport(lambda _: httpx.Response(302, headers={"Location": "http://portal"}))
    push(account._replace(client=Client(URL, "key", {}, transport=portal)))
    assert states(account) == [("create", "unknown")]
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == [ENTRY.description]


def test_a_clock_that_is_set_back_delays_a_look_by_no_more_than_it_takes(
    account: Account, service: Service, clock: Clock
) -> None:
    service.faults = ["drop_before"]
    change(account, None, ENTRY)
    clock.now += 3600
    push(account)
    push(account)
    clock.now -= 3600
    push(account)
    clock.now += account.settle
    push(account)
    assert [row[0] for row in service.mine()] == [ENTRY.description]


def test_a_project_is_not_made_twice_where_the_service_lags(
    account: Account, service: Service, clock: Clock
) -> None:
    with account.store.write(["test"], UTC) as write:
        write.change(None, Project("prj_aaaaaaaaaaaa", "garden"))
    service.faults = ["drop_after"]
    push(account)
    made = service.projects.popitem()
    push(account)  # it does not show yet
    service.projects |= dict([made])
    until_quiet(account, clock)
    assert [project["name"] for project in service.projects.values()] == ["web", "garden"]


@pytest.mark.parametrize("fault", ["502", "drop_after", "drop_before", "unreadable"])
@pytest.mark.parametrize("text", ["the bug, with tests", None], ids=["edited again", "deleted"])
def test_an_edit_that_got_no_answer_is_no_change_of_theirs(
    account: Account, service: Service, clock: Clock, fault: str, text: str | None
) -> None:
    change(account, None, ENTRY)
    push(account)
    unanswered = ENTRY._replace(description="the bug")
    change(account, ENTRY, unanswered)
    service.faults = [fault]
    push(account)
    change(account, unanswered, None if text is None else unanswered._replace(description=text))
    service.faults = []
    until_quiet(account, clock)
    assert states(account) == []
    assert [row["description"] for row in service.entries.values()] == ([] if text is None else [text])


PAGES = [302, 400, 401, 402, 403, 404, 405, 407, 410, 413, 422, 451, 503]


@pytest.mark.parametrize("status", PAGES)
@pytest.mark.parametrize("what", ["create", "update", "delete"])
def test_a_page_of_somebody_in_between_decides_nothing(
    account: Account, service: Service, clock: Clock, what: str, status: int
) -> None:
    if what != "create":
        change(account, None, ENTRY)
        push(account)
    service.faults = [f"page {status}"]
    before, after = {"create": (None, ENTRY), "update": (ENTRY, EDITED), "delete": (ENTRY, None)}[what]
    change(account, before, after)
    push(account)
    assert states(account) == [(what, "unknown")]
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == ([after.description] if after else [])
    assert states(account) == []


@pytest.mark.parametrize("status", PAGES)
@pytest.mark.parametrize("last", [EDITED, None])
def test_a_page_in_place_of_the_entry_is_neither_a_conflict_nor_a_deletion(
    account: Account, service: Service, clock: Clock, last: TimeEntry | None, status: int
) -> None:
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, last)
    service.read_faults = [f"page {status}"] * (3 if status == 503 else 1)  # that one is worth more tries
    push(account)
    assert [state for _, state in states(account)] == ["unknown"]
    until_quiet(account, clock)
    assert [row[0] for row in service.mine()] == ([last.description] if last else [])


@pytest.mark.parametrize("fault", ["404", "410"])
@pytest.mark.parametrize("last", [EDITED, None])
def test_an_entry_is_not_gone_while_the_list_does_not_answer_or_has_it(
    account: Account, service: Service, last: TimeEntry | None, fault: str
) -> None:
    """Who answers `not found` to everything, in whatever form, knows nothing of this entry."""
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, last)
    service.read_faults = [fault, fault]
    push(account)
    assert [state for _, state in states(account)] == ["unknown"]
    service.read_faults = [fault]  # only by its id: the list has it
    push(account)
    assert [row[0] for row in service.mine()] == ([last.description] if last else [])
    assert states(account) == []


@pytest.mark.parametrize("fault", ["404", "410"])
def test_a_change_that_is_answered_with_gone_is_a_conflict_only_if_it_is(
    account: Account, service: Service, fault: str
) -> None:
    change(account, None, ENTRY)
    push(account)
    change(account, ENTRY, EDITED)
    service.faults = [fault]
    push(account)
    assert states(account) == [("update", "unknown")]
    push(account)
    assert [row[0] for row in service.mine()] == ["Edited"]
    change(account, EDITED, None)
    service.faults = [fault]
    push(account)
    assert states(account) == [("delete", "unknown")]
    push(account)
    assert (service.mine(), states(account)) == ([], [])
