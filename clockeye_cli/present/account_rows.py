"""What `doctor` says about the account: how its service reads the API, what it lacks and what it changed."""

from __future__ import annotations

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.dialect import dialect_words
from clockeye_cli.store import bills, dialects, remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.context import Context

NOT_THERE = "ClockEye's API has no invoices"


def account_rows(ctx: Context) -> Iterator[tuple[str, str]]:
    """What is known of the account, and what it is about."""
    with ctx.store.read() as connection:
        dialect = dialect_words(dialects.get(connection))
        count = len(bills.every(connection))
        changed = remembered.get(connection, remembered.CLOSED_CHANGES)
    if dialect:
        yield "service", dialect
    if ctx.account is not None:
        yield (
            "invoices",
            f"{counted(count, 'invoice', 'invoices')}, on this computer only: {NOT_THERE}, so another"
            " computer can bill the same entries",
        )
    if changed:
        yield "closed", f"the account last changed entries of the closed period {changed}"


def say_unbilled(ctx: Context) -> None:
    """Say that what other computers have billed is unknown here, on an account."""
    if ctx.account is not None:
        ctx.out.notice(f"What another computer has billed is unknown here: {NOT_THERE}.")
