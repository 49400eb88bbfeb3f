"""Turns rows of the state file into values and back, by name: a field is stored in the column of its name.

A new field of a value needs a column (`schema.MIGRATIONS`) and a default, and no change here. What no version
can have stored is damage, and ends here: every value that leaves the file is checked by its annotations.
Reading was measured, because a year has many entries: `tuple.__new__` takes half the time of the value's own
constructor, letting SQLite call the function that makes a bool costs less than a loop over the rows, and
checking column by column less than checking each value.
"""

from __future__ import annotations

from itertools import repeat

from clockeye_cli.core.day import LAST_INSTANT
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store.database import BOOLEAN, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, TypeVar

    from clockeye_cli.store.database import Connection

    Value = TypeVar("Value", bound=NamedTuple)

INSTANTS = frozenset({"started_at", "ended_at", "at"})
"""The fields and columns that are instants: seconds since 1970, up to LAST_INSTANT."""

OWN = "user_id IS NULL"
"""The entries of the profile's own user; those of others have their user's id."""

AT_ONCE = 2_000
"""How many values are checked at a time."""

_TYPES = {"int": int, "str": str, "bool": bool, "What": str, "State": str}
"""The types of annotations; the last two are the outbox's words."""

_checks: dict[type[NamedTuple], list[tuple[str, int, frozenset[type]]]] = {}
"""The fields of each kind of values whose type is checked: their names, their places and their types."""


def columns(kind: type[NamedTuple]) -> str:
    """The columns to SELECT for `values`."""
    return ", ".join(
        f'{field} AS "{field} [{BOOLEAN}]"' if _is_boolean(kind, field) else field for field in kind._fields
    )


def values(kind: type[Value], rows: Iterable[tuple[Any, ...]]) -> list[Value]:
    """Turn rows with the `columns` of a value into values; all of them are read.

    Raises:
        DatabaseError: A row is damaged (see `check`).
    """
    read_values = list(map(tuple.__new__, repeat(kind), rows))
    check(kind, read_values)
    return read_values


def value(kind: type[Value], row: tuple[Any, ...] | None) -> Value | None:
    """The value of one row; None for no row. Raises the same error as `values`."""
    return None if row is None else values(kind, [row])[0]


def check(kind: type[NamedTuple], values: Sequence[tuple[Any, ...]]) -> None:
    """Refuse values that no version can have stored.

    Raises:
        DatabaseError: A field is not of its type, an instant is not possible, or an end is before its start.
    """
    checks = _checks.get(kind) or _checks_of(kind)
    for start in range(0, len(values), AT_ONCE):
        columns = [*zip(*values[start : start + AT_ONCE], strict=True)]
        spans: list[tuple[int, ...]] = []
        for field, place, types in checks:
            column = columns[place]
            is_possible = types.issuperset(map(type, column))
            if is_possible and field in INSTANTS:
                is_possible = min(column) >= 0 and max(column) <= LAST_INSTANT
                spans.append(column)
            if not is_possible:
                raise UnreadableError(f"a {kind.__name__} has an impossible {field}")
        if len(spans) > 1 and any(map(int.__gt__, *spans)):
            raise UnreadableError(f"a {kind.__name__} ends before it starts")


def check_types(value: NamedTuple) -> None:
    """Refuse a value whose fields are not of their types; its times may stand for others, such as `last`.

    Raises:
        DatabaseError: A field is not of its type.
    """
    kind = type(value)
    for field, place, types in _checks.get(kind) or _checks_of(kind):
        if type(value[place]) not in types:
            raise UnreadableError(f"a {kind.__name__} has an impossible {field}")


def check_instants(instants: Iterable[object]) -> None:
    """Refuse instants that no version can have stored; None is one of these, too.

    Raises:
        DatabaseError: An instant is not possible.
    """
    if not all(map(is_instant, instants)):
        raise UnreadableError("an impossible instant")


def is_instant(value: object) -> bool:
    """Whether a stored value can be an instant."""
    return type(value) is int and 0 <= value <= LAST_INSTANT


def insert(
    connection: Connection, table: str, row: NamedTuple, /, on_conflict: str = "", **other_columns: object
) -> None:
    """Store a value in a new row.

    Args:
        connection: The store, in a write transaction.
        table: A table with a column for each field.
        row: The value.
        on_conflict: The end of the statement, for an existing row.
        other_columns: Columns that are not fields of the value.
    """
    names = (*row._fields, *other_columns)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) {on_conflict}",
        (*row, *other_columns.values()),
    )


def _checks_of(kind: type[NamedTuple]) -> list[tuple[str, int, frozenset[type]]]:
    checks = _checks[kind] = []
    for place, field in enumerate(kind._fields):
        name, _, optional = kind.__annotations__[field].partition(" | ")
        if name in _TYPES:
            checks.append((field, place, frozenset({_TYPES[name], type(None) if optional else _TYPES[name]})))
    return checks


def _is_boolean(kind: type[NamedTuple], field: str) -> bool:
    # The values' modules import annotations from `__future__`, so these are texts.
    return kind.__annotations__[field] in ("bool", "bool | None")
