"""Invoices in the store, and what each of them has billed.

The tables are called `bills` and `billed`; commands and messages say invoice. The primary key of `billed` is
the entry, so that no entry is billed twice, whatever runs at once.
"""

from __future__ import annotations

from itertools import islice

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import rows
from clockeye_cli.store.database import UnreadableError
from clockeye_cli.store.former_ids import IDS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from clockeye_cli.store.database import Connection

OUTSIDE = "outside"
"""The state of an invoice that was not made here: nothing is known but what it billed."""

MADE = "made"
"""The state of an invoice that `invoices add` made."""


class Bill(NamedTuple):
    """An invoice.

    Attributes:
        id: Ascending, and never given out twice (`next_id`).
        number: As the user wrote it; unique.
        client_id: Whose it is; None for entries without a client, and where several clients share it.
        state: `made` here, or `outside`.
        issued_on: The day, `2026-11-30`; None if unknown.
        about: A JSON object: its period, and how it was reckoned.
    """

    id: int
    number: str
    client_id: str | None
    state: str
    issued_on: str | None
    about: str


class Billed(NamedTuple):
    """What an invoice has billed of one entry, frozen.

    Attributes:
        local_id: The entry.
        bill_id: The invoice.
        seconds: The entry's length then.
        rounded: The same as rounded for the invoice.
        rate: An hour's price, a decimal number; None if the invoice is without prices.
        currency: ISO 4217, such as `EUR`; None without a rate.
    """

    local_id: str
    bill_id: int
    seconds: int
    rounded: int
    rate: str | None
    currency: str | None


BILL, BILLED = rows.columns(Bill), rows.columns(Billed)


def every(connection: Connection, file: str = "main") -> list[Bill]:
    """All invoices, in the order of their making; `file` is the name of an attached file."""
    return _sound(connection.execute(f"SELECT {BILL} FROM {file}.bills ORDER BY id"))


def by_id(connection: Connection, bill_id: int) -> Bill | None:
    """The invoice with this id."""
    cursor = connection.execute(f"SELECT {BILL} FROM bills WHERE id = ?", (bill_id,))
    return next(iter(_sound(cursor)), None)


def by_number(connection: Connection, number: str) -> Bill | None:
    """The invoice with this number."""
    cursor = connection.execute(f"SELECT {BILL} FROM bills WHERE number = ?", (number,))
    return next(iter(_sound(cursor)), None)


def next_id(connection: Connection) -> int:
    """The id for a new invoice: one that none ever had here."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'bills'").fetchone()
    return int(row[0]) + 1 if row else 1


def billed_by(connection: Connection, bill_id: int) -> list[Billed]:
    """What an invoice has billed, by the entries' ids."""
    query = f"SELECT {BILLED} FROM billed WHERE bill_id = ? ORDER BY local_id"
    return rows.values(Billed, connection.execute(query, (bill_id,)))


def every_billed(connection: Connection, file: str = "main") -> list[Billed]:
    """What all invoices have billed; `file` is the name of an attached file."""
    return rows.values(Billed, connection.execute(f"SELECT {BILLED} FROM {file}.billed ORDER BY local_id"))


def of_entry(connection: Connection, local_id: str) -> Bill | None:
    """The invoice that has billed an entry, if any."""
    names = ", ".join(f"bills.{field}" for field in Bill._fields)
    query = f"SELECT {names} FROM billed JOIN bills ON bills.id = bill_id WHERE local_id = ?"
    return next(iter(_sound(connection.execute(query, (local_id,)))), None)


def _sound(cursor: Iterable[tuple[Any, ...]]) -> list[Bill]:
    invoices = rows.values(Bill, cursor)
    if any(each.state not in (MADE, OUTSIDE) for each in invoices):
        raise UnreadableError("an invoice has an impossible state")
    return invoices


def billed_of(connection: Connection, local_ids: Iterable[str]) -> list[Billed]:
    """What invoices have billed of some entries."""
    billed: list[Billed] = []
    rest = iter(local_ids)
    while some := [*islice(rest, IDS_AT_ONCE)]:
        query = f"SELECT {BILLED} FROM billed WHERE local_id IN ({', '.join('?' * len(some))})"
        billed += rows.values(Billed, connection.execute(query, some))
    return billed


def numbers(connection: Connection) -> dict[str, str]:
    """The number of the invoice that has billed each entry, by the entry's id."""
    query = "SELECT local_id, number FROM billed JOIN bills ON bills.id = bill_id"
    return dict(connection.execute(query).fetchall())
