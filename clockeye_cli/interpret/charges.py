"""The rounded time and the price of the billable entries that a command is about."""

from __future__ import annotations

from clockeye_cli.core.charges import Charged, charges, labelled, with_charges
from clockeye_cli.core.rounding import CONFIGURED
from clockeye_cli.core.totals import cut
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.pages import pages
from clockeye_cli.interpret.sums import sums_in
from clockeye_cli.interpret.terms import Agreed, parties_of
from clockeye_cli.store import clients
from clockeye_cli.store.sums import extent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.store.state import Read


def charge_up(
    ctx: Context,
    query: Query,
    keys: Sequence[str],
    rounding: str,
    *,
    is_priced: bool,
    read: Read | None = None,
) -> Charged:
    """The sums by some keys, with what is billable rounded and priced.

    Args:
        ctx: For the store and the settings.
        query: The question.
        keys: Some of `core.totals.KEYS`.
        rounding: The value of `--round`; empty for exact seconds.
        is_priced: Whether rates are looked up.
        read: Begins the read of the store, if it is one of several (`Store.steadily`).

    Raises:
        UsageError: The rule is not understood, or a setting that is needed.
    """
    if read is None:
        return ctx.store.steadily(
            lambda read: charge_up(ctx, query, keys, rounding, is_priced=is_priced, read=read)
        )
    with read() as connection:
        selection, (sums,) = sums_in(ctx, connection, query, [keys])
        running = next((each for each in selection.entries if each.local_id == selection.running_id), None)
        parties, whole = parties_of(connection), extent(connection, running)
        customers = clients.of_projects(connection)
    agreed = Agreed(ctx, parties, rounding)
    if rounding == CONFIGURED:
        agreed.require_rules()
    terms = agreed.terms(with_rates=is_priced)
    if whole is None or not sums.whole.entries:
        return Charged(selection, sums, [], [])
    cuts = cut((*keys, "day"), ctx.rule, selection.span, whole)
    listed = (entry for page in pages(ctx, read, query) for entry in page.entries)
    charged = charges(listed, cuts, terms, labelled(keys, customers))
    rules = {terms.rule(charge.project_id) for charge in charged}
    sums = with_charges(sums, keys, charged, is_priced=is_priced)
    return Charged(selection, sums, charged, [rule for rule in rules if rule])
