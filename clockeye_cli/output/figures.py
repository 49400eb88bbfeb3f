"""The figures of a table as people see them: in one form, and rounded so that they add up as they are shown.

Programs get every value as it is; see `cells.py`.
"""

from __future__ import annotations

from clockeye_cli.core.apportion import apportion, nearest
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.cells import in_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from clockeye_cli.output.cells import Row, Table
    from clockeye_cli.output.formats import RenderOptions

FINEST = 10**9
"""Parts of a whole in which shares are counted: floats would not add up."""


class Coarse(NamedTuple):
    """How values are rounded that are finer than what people see of them.

    Attributes:
        unit: What is shown in whole numbers.
        scale: What a value is multiplied by to be a whole number itself.
    """

    unit: int
    scale: int

    def rounded(self, values: Sequence[Any], exact: Any, shown: Any) -> list[Any]:
        """Values as they are shown; None stays None.

        Args:
            values: The values.
            exact: Their total; None if they have none.
            shown: The total as it is shown. If the values add up to `exact`, the results add up to this.
        """
        counts = [round((value or 0) * self.scale) for value in values]
        if exact is not None and abs(sum(counts) - round(exact * self.scale)) < self.scale**0.5:
            units = apportion(counts, self.unit, round(shown * self.scale) // self.unit)
        else:
            units = [nearest(count, self.unit) for count in counts]
        return [
            None if value is None else self._value(each) for value, each in zip(values, units, strict=True)
        ]

    def nearest(self, value: Any) -> Any:
        """A single value as it is shown."""
        return None if value is None else self._value(nearest(round(value * self.scale), self.unit))

    def _value(self, units: int) -> Any:
        return units * self.unit if self.scale == 1 else units * self.unit / self.scale


DIFFERENCES = (
    ("balance", "duration", "target"),
    ("balance", "total", "target"),
    ("difference", "duration", "before"),
)
"""Columns that are the difference of two others."""

HOURS = Coarse(36, 1)
"""Seconds, shown in hundredths of an hour."""

SHARES = Coarse(FINEST // 100, FINEST)
"""Shares, shown in percent."""


def as_shown(table: Table, options: RenderOptions) -> tuple[Table, RenderOptions]:
    """A table whose figures add up in what people see of them, and the options to render it with.

    Durations are exact, and without seconds where all of the table are whole minutes. Hours with two decimals
    and shares are rounded: a total to the nearest unit, the values below it by largest remainder. A row of
    days is rounded to its total, so that the column of a day may be off by one unit.

    Args:
        table: The table; all of its rows are read. Many that add up to nothing are kept in a file.
        options: The options that were given.
    """
    coarse = {"hours": HOURS, "share": SHARES} | ({"duration": HOURS} if options.decimal else {})
    if _is_still_to_be_read(table):
        return _one_by_one(table, options, coarse)
    figures = _Figures(table.whole())
    options = options._replace(minutes=all(seconds % 60 == 0 for seconds in figures.durations()))
    across = [column.key for column in table.columns].index(table.across) if table.across else None
    beside = [place for place in figures.places if across is not None and place < across]
    for place, column in enumerate(table.columns):
        if column.kind in coarse and place not in beside:
            figures.round_column(place, coarse[column.kind])
    if across is not None and options.decimal:
        figures.round_rows(beside, across)
    figures.differences()
    return figures.table(), options


def _is_still_to_be_read(table: Table) -> bool:
    """Whether a table has one list of rows, which are read as they are taken, and no sums of them."""
    kinds = {column.kind for column in table.columns}
    return (
        len(table.sections) == 1
        and not isinstance(table.sections[0].rows, list)
        and not any((*table.sections[0][2:], table.total, table.target, table.across))
        and not kinds & {"share", "balance", "change"}
    )


def _one_by_one(
    table: Table, options: RenderOptions, coarse: Mapping[str, Coarse]
) -> tuple[Table, RenderOptions]:
    """A table whose rows add up to nothing: each figure is rounded by itself."""
    from clockeye_cli.output.spool import SpooledRows  # late: most tables are short lists

    kinds = [column.kind for column in table.columns]
    durations = [place for place, kind in enumerate(kinds) if kind == "duration"]
    rounded = {place: coarse[kind] for place, kind in enumerate(kinds) if kind in coarse}
    has_seconds = False

    def pieces() -> Iterator[list[Row]]:
        nonlocal has_seconds
        for rows in in_pieces(table.rows):
            seconds = (row[place] or 0 for row in rows for place in durations)
            has_seconds = has_seconds or any(value % 60 for value in seconds)
            yield rows

    def shown(row: Row) -> Row:
        return tuple([rounded[n].nearest(cell) if n in rounded else cell for n, cell in enumerate(row)])

    rows: Iterable[Row] = SpooledRows(pieces())
    section = table.sections[0]._replace(rows=map(shown, rows) if rounded else rows)
    return table._replace(sections=[section]), options._replace(minutes=not has_seconds)


class _Figures:
    """A table, and the cells of it that are replaced by what is shown of them.

    Attributes:
        exact: The table.
        places: The columns of durations. The totals in the titles of sections belong to the first one.
    """

    def __init__(self, exact: Table) -> None:
        self.exact = exact
        self.places = [place for place, column in enumerate(exact.columns) if column.kind == "duration"]
        self._rows = [[[*row] for row in section.rows] for section in exact.sections]
        self._totals = [[*(section.total or ())] for section in exact.sections]
        self._titles = [section.title_total for section in exact.sections]
        self._title_targets = [section.title_target for section in exact.sections]
        self._whole = [*(exact.total or ())]
        self._target = [*(exact.target or ())]

    def durations(self) -> Iterator[int]:
        """All durations that are not empty."""
        for row in (*self.exact.rows, *filter(None, (*self._totals, self._whole, self._target))):
            yield from (row[place] for place in self.places if row[place])
        yield from filter(None, (*self._titles, *self._title_targets))

    def round_column(self, place: int, kind: Coarse) -> None:
        """Round a column: the whole, the totals of its sections, and their rows."""
        if self._target:
            self._target[place] = kind.nearest(self._target[place])
        if kind is HOURS and place in self.places[:1]:
            self._title_targets = [*map(kind.nearest, self._title_targets)]
        whole = self._whole[place] if self._whole else None
        totals = [self._total_of(number, place) for number in range(len(self._rows))]
        has_totals = None not in totals
        values = totals if has_totals else [row[place] for row in self.exact.rows]
        if whole is None and kind is SHARES:
            whole = sum(value or 0 for value in values)
        elif self._whole:
            self._whole[place] = kind.nearest(whole)
        shown = kind.rounded(values, whole, kind.nearest(whole))
        if not has_totals:
            for row, value in zip((row for rows in self._rows for row in rows), shown, strict=True):
                row[place] = value
            return
        for number, (rows, total, value) in enumerate(zip(self._rows, totals, shown, strict=True)):
            for row, cell in zip(rows, kind.rounded([row[place] for row in rows], total, value), strict=True):
                row[place] = cell
            if self._totals[number] and self._totals[number][place] is not None:
                self._totals[number][place] = value
            if self._titles[number] is not None and place in self.places[:1]:
                self._titles[number] = value

    def round_rows(self, places: Sequence[int], across: int) -> None:
        """Round the durations of each row to the row's total, which is rounded already."""
        sums = [*(section.total for section in self.exact.sections), self.exact.total, self.exact.target]
        exact_rows = [*self.exact.rows, *sums]
        rows = [*(row for rows in self._rows for row in rows), *self._totals, self._whole, self._target]
        for row, exact in zip(rows, exact_rows, strict=True):
            if exact:
                cells = HOURS.rounded([exact[place] for place in places], exact[across], row[across])
                for place, cell in zip(places, cells, strict=True):
                    row[place] = cell

    def differences(self) -> None:
        """Compute the differences of rows from what is shown of both."""
        places = {column.key: place for place, column in enumerate(self.exact.columns)}
        for names in DIFFERENCES:
            if places.keys() >= set(names):
                over, done, due = (places[name] for name in names)
                for row in [*(row for rows in self._rows for row in rows), *self._totals, self._whole]:
                    if row and row[over] is not None:
                        row[over] = (row[done] or 0) - row[due]

    def table(self) -> Table:
        """The table with these cells."""
        sections = [
            section._replace(
                rows=[tuple(row) for row in rows],
                total=tuple(total) or None,
                title_total=title,
                title_target=target,
            )
            for section, rows, total, title, target in zip(
                self.exact.sections,
                self._rows,
                self._totals,
                self._titles,
                self._title_targets,
                strict=True,
            )
        ]
        return self.exact._replace(
            sections=sections, total=tuple(self._whole) or None, target=tuple(self._target) or None
        )

    def _total_of(self, number: int, place: int) -> Any:
        total = self._totals[number]
        if total and total[place] is not None:
            return total[place]
        return self._titles[number] if place in self.places[:1] else None
