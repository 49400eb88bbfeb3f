"""What is summed up: the measures, what each is called and how it is shown, and a Sum with a value for each.

To add a measure, add a field to Sum here and compute it in `core/totals.py`. The columns of `report`, and
what JSON says about a whole period, follow from the fields.
"""

# No `from __future__ import annotations`: what the fields of Sum are annotated with is read below.
from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple, Self


class Measure(NamedTuple):
    """How a measure is shown.

    Attributes:
        title: The heading that people read.
        kind: What its values are: seconds, or a number of things.
        drop: As of a column: where a terminal is too narrow, the highest goes first; 0 stays.
    """

    title: str
    kind: Literal["duration", "count"]
    drop: int = 0


class Sum(NamedTuple):
    """What was worked, measure by measure. The fields are named and ordered as in JSON and TSV.

    Attributes:
        duration: Seconds.
        billable_duration: Those of them that are billable.
        entries: How many entries have a part in it.
    """

    duration: Annotated[int, Measure("Duration", "duration")] = 0
    billable_duration: Annotated[int, Measure("Billable", "duration", drop=2)] = 0
    entries: Annotated[int, Measure("Entries", "count", drop=1)] = 0

    @classmethod
    def of(cls, sums: Iterable[Self]) -> Self:
        """The sum of sums, measure by measure."""
        return cls(*map(sum, zip(*sums, strict=True)))


MEASURES: dict[str, Measure] = {
    name: annotation.__metadata__[0] for name, annotation in Sum.__annotations__.items()
}
"""The measures by name, in the order in which they are shown."""
