"""`clockeye users`: the users of the account."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.sync.account import connect
from clockeye_cli.sync.pull import pull_users

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (
    Column("email", "User"),
    Column("role", "Role"),
    Column("you", "You", "flag"),
    Column("user_id", "Id", "id", drop=1),
)

SHAPE = JsonShape(COLUMNS, is_list=True)


def users(ctx: Context) -> None:
    """List the users that the key may see."""
    ctx.out.check_save()
    with connect(ctx.store, ctx.access()) as account:
        listed = pull_users(account)
        own = account.user_id
    rows = [(user.email, user.role, user.id == own, user.id) for user in listed]
    ctx.out.table(Table(COLUMNS, [Section("", list(rows))], empty="No users are visible to this key."))
