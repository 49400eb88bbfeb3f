"""An entry that was billed here and changed on the account: a person decides, and the invoice stays."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.whose import MINE
from clockeye_cli.store import bills, entries, outbox
from clockeye_cli.store.bills import MADE, Bill, Billed
from clockeye_cli.sync import decisions
from clockeye_cli.sync.pull import pull
from clockeye_cli.sync.push import push
from tests.sync.service import NOON, Clock, Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.sync.account import Account

DAY = date(2026, 11, 20)
HOUR = 3_600


@pytest.fixture
def there(account: Account, service: Service) -> str:
    """The id on the account of an entry that was read and billed here."""
    entry_id = service.add("Call", NOON - HOUR, NOON)
    pull(account, DAY, DAY, whose=MINE)
    with account.store.write(["invoices", "add"], UTC) as write:
        (entry,) = entries.every(write.connection)
        write.change(None, Bill(1, "2026-14", None, MADE, None, "{}"))
        write.change(None, Billed(entry.local_id, 1, entry.duration, entry.duration, None, None))
    return entry_id


def here(account: Account) -> list[TimeEntry]:
    with account.store.read() as connection:
        return entries.every(connection)


def rows(account: Account) -> list[tuple[str, str, str]]:
    with account.store.read() as connection:
        return [(row.what, row.state, row.reason) for row in outbox.rows(connection)]


def decide(account: Account, decision: Callable[..., None]) -> None:
    with account.store.write(["sync", "resolve"], UTC) as write:
        decision(write, outbox.rows(write.connection)[0])


def change(service: Service, entry_id: str) -> None:
    service.entries[entry_id]["description"] = "Long call"


def delete(service: Service, entry_id: str) -> None:
    del service.entries[entry_id]


CHANGES = pytest.mark.parametrize(
    ("do", "word"), [(change, "was changed on the account since"), (delete, "is gone from the account")]
)


@CHANGES
def test_a_change_on_the_account_is_a_conflict(
    do: Callable[[Service, str], None], word: str, account: Account, service: Service, there: str
) -> None:
    before = here(account)
    do(service, there)
    for _ in range(2):
        pull(account, DAY, DAY, whose=MINE)
        assert here(account) == before
        assert rows(account) == [("update", "conflict", f"It was billed on invoice 2026-14, and {word}.")]


@CHANGES
def test_ours_can_be_kept(
    do: Callable[[Service, str], None],
    word: str,
    account: Account,
    service: Service,
    there: str,
    clock: Clock,
) -> None:
    assert word
    do(service, there)
    pull(account, DAY, DAY, whose=MINE)
    decide(account, decisions.keep_mine)
    push(account)
    clock.now += 60
    pull(account, DAY, DAY, whose=MINE)
    assert ([entry.description for entry in here(account)], rows(account)) == (["Call"], [])
    assert [row["description"] for row in service.entries.values()] == ["Call"]


@CHANGES
def test_theirs_can_be_taken_and_the_invoice_stays(
    do: Callable[[Service, str], None], word: str, account: Account, service: Service, there: str
) -> None:
    assert word
    do(service, there)
    pull(account, DAY, DAY, whose=MINE)
    decide(account, decisions.keep_theirs)
    left = [] if do is delete else ["Long call"]
    assert ([entry.description for entry in here(account)], rows(account)) == (left, [])
    with account.store.read() as connection:
        assert [billed.seconds for billed in bills.every_billed(connection)] == [HOUR]


def test_what_did_not_change_is_no_conflict(account: Account, service: Service, there: str) -> None:
    assert there
    pull(account, DAY, DAY, whose=MINE)
    service.add("Other", NOON - 3 * HOUR, NOON - 2 * HOUR)
    pull(account, DAY, DAY, whose=MINE)
    assert (len(here(account)), rows(account)) == (2, [])
