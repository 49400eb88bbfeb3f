"""Reading days from the account before they are shown, where the profile has an account."""

from __future__ import annotations

from clockeye_cli.core.selection import DaysRead
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import MINE, Mine

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Reading, TypedWhose


def refresh(
    ctx: Context,
    period: Period,
    typed_whose: TypedWhose = MINE,
    how: Reading = "usual",
    *,
    needs_all: bool = False,
) -> DaysRead:
    """Read the days of a period from the account, if the profile has one and they are not fresh.

    If that fails, a notice says why, as of when the stored days are known, and which were never read.

    Args:
        ctx: For the clock, the store and the account.
        period: The days.
        typed_whose: Whose entries, as typed.
        how: Whether to read from the account.
        needs_all: Fail if some of the days were never read and cannot be read now.

    Raises:
        UnreachableError: The account cannot be read, but it must be, or the user is unknown here.
        KeyMissingError: Likewise.
        RejectedError: Likewise.
        UsageError: The key sees no such user, or several.
        ClashError: A user was named, and the profile has no account.
    """
    if ctx.account is None:
        if not isinstance(typed_whose, Mine):
            ctx.session.require_account()
        return DaysRead(ctx.now)
    from clockeye_cli.interpret.account_days import refreshed  # late: most profiles have no account

    return refreshed(ctx, period, typed_whose, how, needs_all=needs_all)
