"""What the billable entries that a command is about count for: rounded, and priced."""

from __future__ import annotations

from clockeye_cli.core.charges import Charged, charges, labelled, with_charges
from clockeye_cli.core.rounding import CONFIGURED
from clockeye_cli.core.totals import Span, cut
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.selection import stored
from clockeye_cli.interpret.sums import sums_in
from clockeye_cli.interpret.terms import Agreed, parties_of

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
    with (read or ctx.store.read)() as connection:
        selection, (sums,) = sums_in(ctx, connection, query, [keys])
        listed = stored(ctx, connection, query.period, query.wanted, query.reading).entries
        parties = parties_of(connection)
    agreed = Agreed(ctx, parties, rounding)
    if rounding == CONFIGURED:
        agreed.require_rules()
    terms = agreed.terms(with_rates=is_priced)
    if not listed:
        return Charged(selection, sums, [], [])
    extent = Span(min(entry.started_at for entry in listed), max(entry.ended_at for entry in listed))
    cuts = cut((*keys, "day"), ctx.rule, selection.span, extent)
    charged = charges(listed, cuts, terms, labelled(keys))
    rules = {terms.rule(charge.project_id) for charge in charged}
    sums = with_charges(sums, keys, charged, is_priced=is_priced)
    return Charged(selection, sums, charged, [rule for rule in rules if rule])
