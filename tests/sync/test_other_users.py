"""Entries of a colleague that come to be again: on the account they are the colleague's, or nobody's."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.whose import EVERYBODY
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries, outbox, users
from clockeye_cli.sync import decisions
from clockeye_cli.sync.binding import bind
from clockeye_cli.sync.pull import pull
from clockeye_cli.sync.push import push
from clockeye_cli.tracking import entries as rules
from clockeye_cli.tracking import undo
from tests.sync.service import COLLEAGUE, ME, NOON, Clock, Service
from tests.tracking.tracker import last_step

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.sync.account import Account

HOUR = 3_600


@pytest.fixture
def hers(account: Account, service: Service) -> TimeEntry:
    """A colleague's entry, read here."""
    service.add("Compiler", NOON - HOUR, NOON, user=COLLEAGUE)
    pull(account, None, None, whose=EVERYBODY)
    with account.store.read() as connection:
        (entry,) = entries.between(connection, None, None, whose=EVERYBODY)
    assert entry.user_id == COLLEAGUE
    return entry


def delete(account: Account, entry: TimeEntry) -> None:
    with account.store.write(["delete"], UTC) as write:
        rules.delete(write, entry)


def take_back(account: Account) -> None:
    with account.store.write(["undo"], UTC) as write:
        undo.reverse(write, last_step(write.connection))


def on_the_account(service: Service) -> list[tuple[str, str]]:
    return [(row["description"], row["user_id"]) for row in service.entries.values()]


def waiting(account: Account) -> list[tuple[str, str, str]]:
    with account.store.read() as connection:
        return [(row.what, row.state, row.reason) for row in outbox.rows(connection)]


def until_quiet(account: Account, clock: Clock) -> None:
    for _ in range(6):
        push(account)
        clock.now += account.settle + 1


def test_an_undone_delete_gives_the_entry_back_to_its_user(
    account: Account, service: Service, hers: TimeEntry
) -> None:
    delete(account, hers)
    push(account)
    assert on_the_account(service) == []
    take_back(account)
    push(account)
    assert on_the_account(service) == [("Compiler", COLLEAGUE)]
    with account.store.read() as connection:
        assert entries.by_id(connection, hers.local_id) == hers


@pytest.mark.parametrize("faults", [["drop_before"], ["drop_after"], ["502"], ["refuse", "drop_after"]])
def test_an_entry_of_hers_whose_answer_was_lost_is_looked_for_among_hers(
    account: Account, service: Service, hers: TimeEntry, clock: Clock, faults: list[str]
) -> None:
    delete(account, hers)
    push(account)
    service.add("Compiler", NOON - HOUR, NOON)  # mine, which says the same
    service.faults = faults
    take_back(account)
    until_quiet(account, clock)
    assert sorted(on_the_account(service)) == [("Compiler", COLLEAGUE), ("Compiler", ME)]
    assert waiting(account) == []


def test_an_entry_that_the_service_gives_to_another_user_goes_again_and_is_rejected(
    account: Account, service: Service, hers: TimeEntry
) -> None:
    delete(account, hers)
    push(account)
    service.users_of_others = "ignores"
    take_back(account)
    pushed = push(account)
    assert pushed.stopped is None
    assert on_the_account(service) == []
    reason = f"ClockEye stored this entry for user {ME} instead of {COLLEAGUE}; its deletion is queued."
    assert waiting(account) == [("create", "rejected", reason)]
    pull(account, None, None, whose=EVERYBODY)
    with account.store.read() as connection:
        assert entries.between(connection, None, None, whose=EVERYBODY) == [hers]


def test_its_deletion_waits_for_the_network_too(
    account: Account, service: Service, hers: TimeEntry, clock: Clock
) -> None:
    delete(account, hers)
    push(account)
    service.users_of_others = "ignores"
    service.faults = ["ok", "refuse", "drop_before"]
    take_back(account)
    push(account)
    assert on_the_account(service) == [("Compiler", ME)]
    pull(account, None, None, whose=EVERYBODY)  # which does not make it mine meanwhile
    with account.store.read() as connection:
        assert entries.between(connection, None, None) == []
    until_quiet(account, clock)
    assert on_the_account(service) == []
    assert [(what, state) for what, state, _ in waiting(account)] == [("create", "rejected")]


def test_a_service_that_refuses_users_is_not_tried_again(
    account: Account, service: Service, hers: TimeEntry
) -> None:
    service.add("Linker", NOON, NOON + HOUR, user=COLLEAGUE)
    pull(account, None, None, whose=EVERYBODY)
    with account.store.read() as connection:
        linker = entries.between(connection, NOON, None, whose=EVERYBODY)[0]
    service.users_of_others = "refuses"
    delete(account, hers)
    push(account)
    take_back(account)
    push(account)
    refused = ("create", "rejected", "ClockEye rejected the request: user_id is no field.")
    assert waiting(account) == [refused]

    # Before the account has heard of it, a delete is taken back as ever.
    delete(account, linker)
    take_back(account)
    assert waiting(account) == [refused, ("update", "queued", "")]
    push(account)
    delete(account, linker)
    push(account)
    with pytest.raises(ClashError, match="accepts no new entries for other users") as error:
        take_back(account)
    assert error.value.code == "user_refused"
    assert waiting(account) == [refused]
    with account.store.read() as connection:
        assert entries.by_id(connection, linker.local_id) is None

    bind(account.store, account.client.base.origin, ME, "another key", [])  # which may be allowed more
    service.users_of_others = "takes"
    take_back(account)
    push(account)
    assert on_the_account(service) == [("Linker", COLLEAGUE)]


def test_a_split_keeps_the_user_or_is_refused(account: Account, service: Service, hers: TimeEntry) -> None:
    with account.store.write(["split"], UTC) as write:
        rules.split(write, hers, NOON - HOUR // 2, 0)
    push(account)
    assert on_the_account(service) == [("Compiler", COLLEAGUE), ("Compiler", COLLEAGUE)]
    with account.store.exchange() as connection:
        users.forget_refused(connection)
        users.remember_refused(connection)
        half = entries.by_id(connection, hers.local_id)
    assert half is not None
    with pytest.raises(ClashError), account.store.write(["split"], UTC) as write:
        rules.split(write, half, half.started_at + 60, 0)
    assert waiting(account) == []


def test_an_entry_of_hers_that_is_kept_is_made_anew_as_hers(
    account: Account, service: Service, hers: TimeEntry
) -> None:
    with account.store.write(["edit"], UTC) as write:
        rules.edit(write, hers, hers._replace(description="Kept"))
    service.entries.clear()
    push(account)
    assert [state for _, state, _ in waiting(account)] == ["conflict"]
    with account.store.write(["sync", "resolve"], UTC) as write:
        decisions.keep_mine(write, outbox.of(write.connection, hers.local_id)[0])
    push(account)
    assert on_the_account(service) == [("Kept", COLLEAGUE)]


def test_a_service_that_has_taken_one_is_not_thought_to_refuse_the_next(
    account: Account, service: Service, hers: TimeEntry
) -> None:
    """The user may be gone: that says nothing about the others."""
    for mode in ("takes", "refuses"):
        with account.store.read() as connection:
            entry = entries.by_id(connection, hers.local_id)
        assert entry is not None
        delete(account, entry)
        push(account)
        service.users_of_others = mode
        take_back(account)
        push(account)
    assert [state for _, state, _ in waiting(account)] == ["rejected"]
    with account.store.read() as connection:
        assert users.takes_entries_of_others(connection)
