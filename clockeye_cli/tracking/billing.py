"""The rules for invoices: what one bills is frozen, and no entry is billed twice from this store."""

from __future__ import annotations

import json

from clockeye_cli.core.json_text import json_text
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError
from clockeye_cli.store import bills
from clockeye_cli.store.bills import MADE, OUTSIDE, Bill, Billed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write


class InvoiceLine(NamedTuple):
    """A line of an invoice: the time of a project at a rate, as it was when it was billed.

    Attributes:
        project_id: The project's id; None for no project.
        project: Its name then; empty for no project.
        seconds: Exact seconds.
        rounded: Rounded seconds.
        rate: An hour's price, a decimal number; None without a price.
        currency: ISO 4217; None without a price.
        minor: What it costs, in the currency's smallest unit.
    """

    project_id: str | None
    project: str
    seconds: int
    rounded: int
    rate: str | None = None
    currency: str | None = None
    minor: int = 0


class Draft(NamedTuple):
    """What is to be billed.

    Attributes:
        client_id: Whose entries they are; None for entries without a client.
        client: The client's name; empty without one.
        entries: What is billed of each entry; the invoice's id is still to come.
        lines: The lines of the invoice.
        first: The first day of the entries, `2026-11-02`.
        last: The last day.
        rules: How it was rounded, as sentences.
        sender: Who bills: the lines of a name and an address; empty if nobody is set.
        recipient: The client's name and address, in lines; empty without a client.
    """

    client_id: str | None
    client: str
    entries: Sequence[Billed]
    lines: Sequence[InvoiceLine]
    first: str
    last: str
    rules: Sequence[str] = ()
    sender: Sequence[str] = ()
    recipient: Sequence[str] = ()


def add(write: Write, number: str, draft: Draft, issued_on: str) -> Bill:
    """Bill entries: with a new invoice, or with one of the same client that has this number.

    Args:
        write: The transaction, in which the entries were found not to be billed.
        number: The invoice's number; `outside` for what was billed elsewhere, by whatever numbers.
        draft: What is billed.
        issued_on: The day, `2026-11-30`.

    Raises:
        ClashError: The invoice of this number is another client's.
    """
    present = bills.by_number(write.connection, number)
    if present is not None and present.client_id != draft.client_id and number != OUTSIDE:
        raise ClashError(
            f"Invoice {number} belongs to another client.",
            hint="Nothing was stored. Give another number; `clockeye invoices` lists those that exist.",
            code="invoice_exists",
        )
    bill = Bill(
        present.id if present else bills.next_id(write.connection),
        number,
        None if number == OUTSIDE else draft.client_id,
        OUTSIDE if number == OUTSIDE else MADE,
        None if number == OUTSIDE else issued_on,
        _about(present, draft),
    )
    write.change(present, bill)
    for billed in draft.entries:
        write.change(None, billed._replace(bill_id=bill.id))
    return bill


def remove(write: Write, number: str) -> tuple[Bill, int]:
    """Take an invoice back, so that its entries can be billed again. Returns it, and how many these are.

    Raises:
        ClashError: There is no such invoice.
    """
    bill = find(write.connection, number)
    entries = bills.billed_by(write.connection, bill.id)
    for billed in entries:
        write.change(billed, None)
    write.change(bill, None)
    return bill, len(entries)


def find(connection: Connection, number: str) -> Bill:
    """The invoice with a number.

    Raises:
        ClashError: There is none.
    """
    bill = bills.by_number(connection, number)
    if bill is None:
        from clockeye_cli.core.nearest import unknown

        numbers = [each.number for each in bills.every(connection)]
        raise unknown(
            "invoice",
            number,
            numbers,
            hint="`clockeye invoices` lists the invoices.",
            code="invoice_not_found",
            error=ClashError,
        )
    return bill


def lines_of(bill: Bill) -> list[InvoiceLine]:
    """The lines of an invoice, exactly as they were billed."""
    return [InvoiceLine(**line) for line in about_of(bill).get("lines", [])]


def about_of(bill: Bill) -> dict[str, Any]:
    """What is kept with an invoice: `client`, `from`, `to`, `rules`, `lines`, `sender` and `recipient`."""
    about: dict[str, Any] = json.loads(bill.about)
    return about


def merged_about(first: Bill, second: Bill) -> str:
    """What is kept with an invoice that was two: the lines of both, equal ones once."""
    before, more = about_of(first), about_of(second)
    lines = [line for line in more.get("lines", []) if line not in before.get("lines", [])]
    return _merged(before, {**more, "lines": lines})


def _about(present: Bill | None, draft: Draft) -> str:
    about = {
        "client": draft.client,
        "from": draft.first,
        "to": draft.last,
        "rules": list(draft.rules),
        "lines": [line._asdict() for line in draft.lines],
        "sender": list(draft.sender),
        "recipient": list(draft.recipient),
    }
    return _merged(about_of(present) if present else {}, about)


def _merged(before: dict[str, Any], more: dict[str, Any]) -> str:
    days = [each[end] for each in (before, more) for end in ("from", "to") if end in each]
    return json_text(
        {
            **more,
            **before,
            **({"from": min(days), "to": max(days)} if days else {}),
            "rules": list(dict.fromkeys([*before.get("rules", []), *more.get("rules", [])])),
            "lines": [*before.get("lines", []), *more.get("lines", [])],
        }
    )
