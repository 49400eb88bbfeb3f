"""The measures of a report: their names, how each is shown and added up, and a Sum with a value for each.

To add a measure, add a field to Sum here, and compute it where its figures come from: a usual one in
`core/totals.py: parts` and, in SQL, in `store/sums.py: MEASURES`. Columns, totals and JSON follow from it.
"""

# No `from __future__ import annotations`: what the fields of Sum are annotated with is read below.

from clockeye_cli.core.typing import TYPE_CHECKING, Annotated, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, Literal, Self

    from clockeye_cli.core.money import Money


class Measure(NamedTuple):
    """How a measure is shown and added up.

    Attributes:
        title: The heading of its column.
        kind: Its values: seconds, seconds over or under, more or fewer, a number, or one amount per currency.
        drop: As for a column: on a narrow terminal the highest is dropped first; 0 always stays.
        is_usual: Whether every report has it; the others are there only where they are asked for.
        add: Adds its values up.
    """

    title: str
    kind: "Literal['duration', 'balance', 'change', 'count', 'money']"
    drop: int = 0
    is_usual: bool = True
    add: "Callable[[Iterable[Any]], Any]" = sum


def _added_amounts(amounts: "Iterable[Sequence[Money]]") -> "Sequence[Money]":
    listed = [each for each in amounts if each]
    if not listed:
        return ()
    from clockeye_cli.core.money import added  # late: few reports have amounts

    return added(listed)


def _added_known(values: "Iterable[int | None]") -> int | None:
    """The sum of the values that are not None; None if all are."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


class Sum(NamedTuple):
    """The totals of some entries, one field per measure. Names and order are those of JSON and TSV.

    Attributes:
        duration: Seconds, always exact.
        billable_duration: Billable seconds, exact.
        entries: The number of entries that contribute.
        rounded_duration: Billable seconds, rounded by the rules that apply.
        amounts: What the rounded seconds cost, one amount for each currency.
        unpriced_duration: Billable seconds, exact, for which there is no rate.
        target: Seconds of working time that were due; None where there is no target.
        balance: How far the duration is over the target, in seconds; None where there is no target.
        before: The seconds in the period before, where two are compared.
        difference: How many seconds more it is than before.
    """

    duration: Annotated[int, Measure("Duration", "duration")] = 0
    billable_duration: Annotated[int, Measure("Billable", "duration", drop=2)] = 0
    entries: Annotated[int, Measure("Entries", "count", drop=1)] = 0
    rounded_duration: Annotated[int, Measure("Rounded", "duration", is_usual=False)] = 0
    amounts: Annotated["Sequence[Money]", Measure("Amount", "money", is_usual=False, add=_added_amounts)] = ()
    unpriced_duration: Annotated[int, Measure("Without a rate", "duration", drop=3, is_usual=False)] = 0
    target: Annotated[int | None, Measure("Target", "duration", is_usual=False, add=_added_known)] = None
    balance: Annotated[int | None, Measure("Balance", "balance", is_usual=False, add=_added_known)] = None
    before: Annotated[int, Measure("Before", "duration", is_usual=False)] = 0
    difference: Annotated[int, Measure("±", "change", is_usual=False)] = 0

    @classmethod
    def of(cls, sums: "Iterable[Self]") -> "Self":
        """Add sums up, measure by measure."""
        columns = zip(*sums, strict=True)
        return cls(*[each.add(column) for each, column in zip(MEASURES.values(), columns, strict=False)])

    def plus(self, other: "Self") -> "Self":
        """The sum of both."""
        return self.of([self, other])


MEASURES: dict[str, Measure] = {name: measure for name, (_, measure) in Sum.__annotations__.items()}
"""The measures by name, in display order."""

USUAL = tuple(name for name, measure in MEASURES.items() if measure.is_usual)
"""The measures that every report has."""

ROUNDED = ("rounded_duration",)
"""Those of a report with `--round`."""

PRICED = ("amounts", "unpriced_duration")
"""Those of a report with `--money`."""

COMPARED = ("before", "difference")
"""Those of a report with `--compare`."""
