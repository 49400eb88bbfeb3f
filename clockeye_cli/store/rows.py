"""Turns rows of the state file into values and back, by name: a field is stored in the column of its name.

A new field of a value needs a column (`schema.MIGRATIONS`) and a default, and no change here. Reading was
measured, because a year has many entries: `tuple.__new__` takes half the time of the value's own constructor,
and letting SQLite call the function that makes a bool costs less than a loop over the rows.
"""

from __future__ import annotations

from itertools import repeat

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store.database import BOOLEAN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeVar

    from clockeye_cli.store.database import Connection

    Value = TypeVar("Value", bound=NamedTuple)


def columns(kind: type[NamedTuple]) -> str:
    """The columns to SELECT for `values`."""
    return ", ".join(
        f'{field} AS "{field} [{BOOLEAN}]"' if _is_boolean(kind, field) else field for field in kind._fields
    )


def values(kind: type[Value], rows: Iterable[tuple[Any, ...]]) -> list[Value]:
    """Turn rows with the `columns` of a value into values; all of them are read."""
    return list(map(tuple.__new__, repeat(kind), rows))


def value(kind: type[Value], row: tuple[Any, ...] | None) -> Value | None:
    """The value of one row; None for no row."""
    return None if row is None else values(kind, [row])[0]


def insert(
    connection: Connection, table: str, row: NamedTuple, /, on_conflict: str = "", **others: object
) -> None:
    """Store a value in a new row.

    Args:
        connection: The store, in a write transaction.
        table: A table with a column for each field.
        row: The value.
        on_conflict: The end of the statement, for an existing row.
        others: Columns that are not fields of the value.
    """
    names = (*row._fields, *others)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) {on_conflict}",
        (*row, *others.values()),
    )


def _is_boolean(kind: type[NamedTuple], field: str) -> bool:
    # The values' modules import annotations from `__future__`, so these are texts.
    return kind.__annotations__[field] in ("bool", "bool | None")
