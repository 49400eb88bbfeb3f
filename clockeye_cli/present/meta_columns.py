"""The fields of `meta` that lists and sums have, as columns: `clockeye schema` describes them.

They are those that `selection.py: meta`, `budgets.py: budgets_meta` and `targets.py: Due.about` fill in.
"""

from __future__ import annotations

from clockeye_cli.core.measures import USUAL
from clockeye_cli.output.cells import Column
from clockeye_cli.present.sums import sum_columns

DAYS = (Column("from", "", "day", is_nullable=True), Column("to", "", "day", is_nullable=True))

OF_PERIOD = (
    *DAYS,
    Column("zone", ""),
    Column("day_start", "", pattern=r"\d\d:\d\d"),
    Column("as_of", "", "instant", is_nullable=True),
    Column("unread_days", "", "records", of=DAYS, is_optional=True),
    Column("closed_changes", "", "words", is_optional=True),
)
"""The fields about a period; the last two only on an account."""

COUNTED = "as ClockEye counts"
"""The source of ClockEye's own sums: its days are UTC days, and an entry counts on the day it starts."""

OF_ENTRIES = (*OF_PERIOD, *sum_columns(USUAL), Column("source", "", values=("entries",)))
"""The fields about entries and their sum."""

OF_TARGET = (
    Column("target", "", "duration", is_optional=True),
    Column("balance", "", "balance", is_optional=True),
)
"""The time to work, if one is set."""

OF_BUDGETS = (
    Column(
        "budgets",
        "",
        "records",
        is_optional=True,
        of=(
            Column("project", "", is_optional=True),
            Column("client", "", is_optional=True),
            Column("budget", ""),
            Column("used", "", "measure", is_nullable=True),
            Column("left", "", "measure", is_nullable=True),
        ),
    ),
)
"""The budgets, if any are set."""
