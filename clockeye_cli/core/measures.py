"""The measures of a report: their names, how each is shown, and a Sum with a value for each.

To add a measure, add a field to Sum here and compute it in `core/totals.py: parts` and, in SQL, in
`store/sums.py: MEASURES`. The columns of `report` and the totals in JSON follow from the fields.
"""

# No `from __future__ import annotations`: what the fields of Sum are annotated with is read below.

from clockeye_cli.core.typing import TYPE_CHECKING, Annotated, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal, Self


class Measure(NamedTuple):
    """How a measure is shown.

    Attributes:
        title: The heading of its column.
        kind: Whether its values are seconds or numbers.
        drop: As for a column: on a narrow terminal the highest is dropped first; 0 always stays.
    """

    title: str
    kind: "Literal['duration', 'count']"
    drop: int = 0


class Sum(NamedTuple):
    """The totals of some entries, one field per measure. Names and order are those of JSON and TSV.

    Attributes:
        duration: Seconds.
        billable_duration: Billable seconds.
        entries: The number of entries that contribute.
    """

    duration: Annotated[int, Measure("Duration", "duration")] = 0
    billable_duration: Annotated[int, Measure("Billable", "duration", drop=2)] = 0
    entries: Annotated[int, Measure("Entries", "count", drop=1)] = 0

    @classmethod
    def of(cls, sums: "Iterable[Self]") -> "Self":
        """Add sums up, measure by measure."""
        return cls(*map(sum, zip(*sums, strict=True)))


MEASURES: dict[str, Measure] = {name: measure for name, (_, measure) in Sum.__annotations__.items()}
"""The measures by name, in display order."""
