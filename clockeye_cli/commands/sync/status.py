"""`clockeye sync --status`: the changes that the account does not have yet, with the reasons."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.present.outbox import row_subject
from clockeye_cli.store import outbox, remembered
from clockeye_cli.store.attention import FOR_A_PERSON

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row as Cells
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row

COLUMNS = (
    Column("id", "Id", "id"),
    Column("what", "What", values=("project", "create", "update", "delete")),
    Column("state", "State", values=("queued", "sending", "unknown", "rejected", "conflict", "ask")),
    Column("description", "Entry or project"),
    Column("reason", "Reason"),
    Column("theirs", "On the account", is_detail=True, is_nullable=True),
)

SHAPE = JsonShape(COLUMNS, is_list=True)


def sync_status(ctx: Context) -> None:
    """List the changes that the account does not have yet, with the reasons."""
    with ctx.store.read() as connection:
        failure = remembered.get(connection, remembered.SENDING_FAILED) or ""
        rows = [_cells(ctx, connection, row, failure) for row in outbox.rows(connection)]
    ctx.has_listed_outbox = True
    ctx.out.table(Table(COLUMNS, [Section("", rows)], empty="Everything has been sent."))


def _cells(ctx: Context, connection: Connection, row: Row, failure: str) -> Cells:
    # What needs no decision waits for what ended the last attempt: the key, a certificate, the network …
    reason = row.reason or ("" if row.state in FOR_A_PERSON else failure)
    return row.local_id, row.what, row.state, row_subject(ctx, connection, row), reason, row.theirs
