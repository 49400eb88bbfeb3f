"""Invoices and their lines as cells."""

from __future__ import annotations

from datetime import date

from clockeye_cli.core.money import Money, added
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.store import bills, clients
from clockeye_cli.tracking.billing import about_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.bills import Bill
    from clockeye_cli.store.database import Connection
    from clockeye_cli.tracking.billing import InvoiceLine

COLUMNS = (
    Column("invoice", "Invoice", "id"),
    Column("client", "Client", is_nullable=True),
    Column("from", "From", "day", drop=2, is_nullable=True),
    Column("to", "To", "day", drop=3, is_nullable=True),
    Column("entries", "Entries", "count", drop=4),
    Column("duration", "Duration", "duration", drop=5),
    Column("rounded_duration", "Rounded", "duration"),
    Column("amounts", "Amount", "money"),
    Column("issued_on", "Date", "day", drop=1, is_nullable=True),
    Column("state", "State", is_detail=True, values=(bills.MADE, bills.OUTSIDE)),
    Column("client_id", "Client id", "id", is_detail=True, is_nullable=True),
)

LINES = (
    Column("project", "Project", is_nullable=True),
    Column("duration", "Duration", "duration"),
    Column("rounded_duration", "Rounded", "duration"),
    Column("rate", "Rate", is_nullable=True),
    Column("amounts", "Amount", "money"),
    Column("project_id", "Project id", "id", is_detail=True, is_nullable=True),
)


def invoice_row(connection: Connection, bill: Bill) -> Row:
    """The row of an invoice."""
    entries, about, lines = bills.billed_by(connection, bill.id), about_of(bill), lines_of(bill)
    name = about["client"] if "client" in about else clients.names(connection).get(bill.client_id or "")
    return (
        bill.number,
        name or None,
        _day(about.get("from")),
        _day(about.get("to")),
        len(entries),
        sum(each.seconds for each in lines or entries),
        sum(each.rounded for each in lines or entries),
        amounts(lines),
        _day(bill.issued_on),
        bill.state,
        bill.client_id,
    )


def invoice_table(connection: Connection, listed: Iterable[Bill], empty: str = "Nothing to list.") -> Table:
    """Invoices as a list."""
    return Table(COLUMNS, [Section("", [invoice_row(connection, bill) for bill in listed])], empty=empty)


def lines_table(connection: Connection, bill: Bill) -> Table:
    """The lines of an invoice, with their sum, exactly as they were billed."""
    row = dict(zip((column.key for column in COLUMNS), invoice_row(connection, bill), strict=True))
    lines = lines_of(bill)
    rows = [
        (line.project or None, line.seconds, line.rounded, _rate(line), amounts([line]), line.project_id)
        for line in lines
    ]
    total = ("Total", row["duration"], row["rounded_duration"], None, row["amounts"], None)
    about = {key: str(each) if isinstance(each, date) else each for key, each in row.items()}
    about["amounts"] = [money.fields for money in row["amounts"]]
    days = f", {row['from']} to {row['to']}" if row["from"] else ""
    owner = f", {row['client']}" if row["client"] else ""
    heading = f"Invoice {bill.number}{owner}{days}"
    empty = f"{counted(row['entries'], 'entry', 'entries')}, billed outside of clockeye."
    return Table(LINES, [Section("", rows)], about, total=total, heading=heading, empty=empty)


def amounts(lines: Sequence[InvoiceLine]) -> tuple[Money, ...]:
    """What lines cost, one amount for each currency."""
    return added([[Money(line.currency, line.minor)] for line in lines if line.currency])


def _rate(line: InvoiceLine) -> str | None:
    return f"{line.rate} {line.currency}" if line.rate else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
