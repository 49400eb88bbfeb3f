"""What a report adds up, exactly or rounded and priced, and which parts of it are drawn."""

from __future__ import annotations

from clockeye_cli.core.duration import quoted
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.totals import KEYS, Subtotal
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import Everybody
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.sums import sum_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.charges import Charged
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.store.state import Read


def keys_of(by: str) -> list[str]:
    """The keys in the value of `--by`; `project` if it is empty.

    Raises:
        UsageError: One is unknown, missing or named twice.
    """
    keys = [key.strip().lower() for key in by.split(",")] if by else ["project"]
    if "" in keys:
        named = ",".join(filter(None, keys))
        raise UsageError(
            f"--by {quoted(by)} has no key {'after' if keys[-1] == '' else 'before'} a comma.",
            hint=f"Type --by {named}, or name another key: {', '.join(KEYS)}."
            if named
            else f"Known: {', '.join(KEYS)}.",
        )
    for key in keys:
        if key not in KEYS:
            from clockeye_cli.core.nearest import unknown  # late: most keys are known

            raise unknown("key of --by", key, KEYS)
    if len(set(keys)) < len(keys):
        raise UsageError(f"--by {by[:60]} has a key twice.", hint="Name each key once.")
    return keys


def own_rules(ctx: Context) -> str:
    """The value of `--round` for what is handed in: the rules of the settings, empty if there are none.

    A client sees exact and rounded figures side by side.

    Raises:
        UsageError: A setting that it depends on is invalid.
    """
    from clockeye_cli.core.rounding import CONFIGURED  # late: few reports are handed in
    from clockeye_cli.interpret.terms import has_rules

    return CONFIGURED if has_rules(ctx) else ""


class ReportSums(NamedTuple):
    """The result of a calculation.

    Attributes:
        selection: What the report is about.
        sums: Its sums.
        charged: How they were rounded and priced; None for exact seconds without prices.
    """

    selection: Selection
    sums: Sums
    charged: Charged | None


class ReportView(NamedTuple):
    """What a person sees of a report on a terminal.

    Attributes:
        keys: The keys of `--by`.
        measures: The measures.
        top: How many rows are shown; None for all.
        is_year: Whether it is a report of a year, which has its chart without being asked for it.
        is_plain: Whether neither keys nor measures were asked for.
    """

    keys: Sequence[str]
    measures: Sequence[str]
    top: int | None
    is_year: bool
    is_plain: bool


class Calculation:
    """A report that is to be calculated.

    Args:
        ctx: The run.
        question: The period and the filter.
        keys: The keys of the report.
        rounding: The rule; empty for exact seconds.
        is_priced: Whether billable time is priced.
    """

    def __init__(
        self, ctx: Context, question: Query, keys: Sequence[str], rounding: str, *, is_priced: bool
    ) -> None:
        self.ctx = ctx
        self.question = question
        self.keys = keys
        self._rounding = rounding
        self._is_priced = is_priced

    def run(self, read: Read) -> ReportSums:
        """Add up the entries in the state of the store that `read` gives.

        Raises:
            UsageError: The rule or a setting is not understood.
        """
        charged: Charged | None = None
        if self._rounding or self._is_priced:
            from clockeye_cli.interpret.charges import charge_up

            charged = charge_up(
                self.ctx, self.question, self.keys, self._rounding, is_priced=self._is_priced, read=read
            )
            selection, sums = charged.selection, charged.sums
        else:
            selection, (sums,) = sum_up(self.ctx, self.question, self.keys, read=read)
        if "user" in self.keys and isinstance(self.question.wanted.whose, Everybody):
            sums.groups.extend(_with_nothing(selection, self.keys, sums.groups))
        return ReportSums(selection, sums, charged)


def _with_nothing(selection: Selection, keys: Sequence[str], groups: Sequence[Subtotal]) -> list[Subtotal]:
    """An empty group for each user without entries, so that a missing week is noticed."""
    place = keys.index("user")
    listed = {group.labels[place] or selection.me for group in groups}
    missing = [user_id for user_id in selection.people if user_id not in listed]
    return [Subtotal(tuple(user_id if key == "user" else None for key in keys), Sum()) for user_id in missing]
