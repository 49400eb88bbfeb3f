"""What `clockeye report` prints as JSON: sums, or the lines of an invoice."""

from __future__ import annotations

from clockeye_cli.core.measures import MEASURES, USUAL
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape
from clockeye_cli.present import invoices, targets
from clockeye_cli.present.meta_columns import COUNTED, DAYS, OF_BUDGETS, OF_PERIOD, OF_TARGET
from clockeye_cli.present.sums import LABELS, sum_columns

if TYPE_CHECKING:
    from collections.abc import Iterable


def _some(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns that only some reports have."""
    return tuple(column._replace(is_optional=True) for column in columns)


ASKED_FOR = sum_columns([name for name in MEASURES if name not in (*USUAL, "target", "balance")])
"""The measures of options: what is rounded, priced or compared."""

SUMS = JsonShape(
    (
        *_some(column for columns in LABELS.values() for column in columns),
        *sum_columns(USUAL),
        *_some(ASKED_FOR),
        *_some(targets.COLUMNS),
    ),
    (
        *OF_PERIOD,
        *sum_columns(USUAL),
        Column("source", "", values=("entries", COUNTED)),
        *_some(ASKED_FOR),
        *OF_TARGET,
        Column("counted_twice", "", "duration", is_optional=True),
        *OF_BUDGETS,
        *_some(column._replace(key=f"before_{column.key}", is_nullable=False) for column in DAYS),
    ),
    is_list=True,
    has_meta=True,
)

INVOICE = JsonShape(invoices.LINES, invoices.COLUMNS, is_list=True, has_meta=True)
