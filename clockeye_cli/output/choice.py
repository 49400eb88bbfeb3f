"""The columns that a format shows: `--columns`, hours, details, and kinds it cannot show."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column

if TYPE_CHECKING:
    from clockeye_cli.output.cells import Row, Table

HOURS = Column("hours", "Hours", "hours")


def pick(table: Table, keys: str) -> Table:
    """The table with the given columns, in the given order.

    Args:
        table: The whole table.
        keys: The value of `--columns`: keys separated by commas. Empty for all columns.

    Raises:
        UsageError: A key is unknown.
    """
    wanted = list(dict.fromkeys(key.strip() for key in keys.split(",") if key.strip()))
    if not wanted:
        return table
    if HOURS.key in wanted:
        table = with_hours(table)
    places = {column.key: place for place, column in enumerate(table.columns)}
    for key in wanted:
        if key not in places:
            from clockeye_cli.core.nearest import unknown

            raise unknown("column", key, places)
    order = [places[key] for key in wanted]

    def picked(row: Row) -> Row:
        return tuple([row[place] for place in order])

    return table._replace(
        columns=tuple(table.columns[place]._replace(is_detail=False, drop=0) for place in order),
        sections=[
            section._replace(
                rows=map(picked, section.rows), total=None if section.total is None else picked(section.total)
            )
            for section in table.sections
        ],
        total=None if table.total is None else picked(table.total),
        target=None if table.target is None else picked(table.target),
    )


def with_hours(table: Table) -> Table:
    """The table with the duration in hours, too, if it has a duration."""
    keys = [column.key for column in table.columns]
    if "duration" not in keys or HOURS.key in keys:
        return table
    place = keys.index("duration")

    def widened(row: Row) -> Row:
        return (*row[: place + 1], row[place], *row[place + 1 :])

    return table._replace(
        columns=(*table.columns[: place + 1], HOURS, *table.columns[place + 1 :]),
        sections=[
            section._replace(
                rows=map(widened, section.rows),
                total=None if section.total is None else widened(section.total),
            )
            for section in table.sections
        ],
        total=None if table.total is None else widened(table.total),
        target=None if table.target is None else widened(table.target),
    )


def by_currency(table: Table) -> Table:
    """The table with a column of amounts for each currency in place of one with all of them."""
    places = [place for place, column in enumerate(table.columns) if column.kind == "money"]
    if not places:
        return table
    table = table.whole()
    rows = [*table.rows, *(section.total for section in table.sections if section.total)]
    currencies = {
        place: sorted({money.currency for row in rows for money in row[place] or ()}) for place in places
    }

    def columns(place: int, column: Column) -> list[Column]:
        if place not in currencies:
            return [column]
        stem = column.key.removesuffix("s")
        return [
            column._replace(
                key=f"{stem}_{currency.lower()}", title=f"{column.title} {currency}", kind="amount"
            )
            for currency in currencies[place]
        ]

    def cells(row: Row) -> Row:
        spread: list[object] = []
        for place, cell in enumerate(row):
            amounts = {money.currency: money.amount for money in cell or ()} if place in currencies else {}
            spread += [amounts.get(each) for each in currencies[place]] if place in currencies else [cell]
        return tuple(spread)

    return table._replace(
        columns=tuple(new for place, column in enumerate(table.columns) for new in columns(place, column)),
        sections=[
            section._replace(
                rows=[cells(row) for row in section.rows],
                total=None if section.total is None else cells(section.total),
            )
            for section in table.sections
        ],
        total=None if table.total is None else cells(table.total),
    )


def shown(table: Table, *, without: frozenset[str]) -> list[tuple[int, Column]]:
    """The columns that a format shows, with their places: no details, and no kinds in `without`."""
    return [
        (place, column)
        for place, column in enumerate(table.columns)
        if not column.is_detail and column.kind not in without
    ]
