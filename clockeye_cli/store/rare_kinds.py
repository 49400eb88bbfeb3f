"""The kinds of rows that few commands change: clients, imports, facts, invoices, adoptions.

They are loaded only where a change is of such a kind. Each has a table with a column for each field, and is
stored, found and undone by its primary key; only an adoption is no more than a line of the history.
"""

from __future__ import annotations

from clockeye_cli.core.customer import Customer
from clockeye_cli.core.entry import folded
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import rows
from clockeye_cli.store.bills import Bill, Billed
from clockeye_cli.store.facts import Facts
from clockeye_cli.store.origins import Origin
from clockeye_cli.store.runs import StoredRun

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.store.database import Connection


class Adoption(NamedTuple):
    """The adoption of another profile: one line of the history, which cannot be undone.

    Attributes:
        profile: The profile adopted from.
        entries: The number of adopted entries.
        projects: The number of new projects.
    """

    profile: str
    entries: int
    projects: int


Rare = Customer | StoredRun | Origin | Facts | Bill | Billed | Adoption


class Kind(NamedTuple):
    """A kind of rows: its class, its table, and the fields of the table's primary key."""

    value: type[Any]
    table: str
    key: tuple[str, ...]


KINDS = {
    "client": Kind(Customer, "clients", ("id",)),
    "run": Kind(StoredRun, "runs", ("id",)),
    "origin": Kind(Origin, "origins", ("source", "external_id")),
    "facts": Kind(Facts, "facts", ("local_id",)),
    "bill": Kind(Bill, "bills", ("id",)),
    "billed": Kind(Billed, "billed", ("local_id",)),
    "adoption": Kind(Adoption, "", ()),
}
"""The kinds by their stored names. What is referred to comes first."""


def kind_of(value: object) -> str:
    """The name in KINDS of a value's kind."""
    return next(name for name, kind in KINDS.items() if isinstance(value, kind.value))


def key_of(value: Rare) -> tuple[object, ...]:
    """The primary key of a value's row."""
    return tuple(getattr(value, field) for field in KINDS[kind_of(value)].key)


def stored(connection: Connection, value: Rare) -> Rare | None:
    """The row with the key of a value, as it is stored; None if there is none, as for an adoption."""
    kind = KINDS[kind_of(value)]
    if not kind.table:
        return None
    query = f"SELECT {rows.columns(kind.value)} FROM {kind.table} WHERE {_is_key(kind)}"
    row: Rare | None = rows.value(kind.value, connection.execute(query, key_of(value)).fetchone())
    return row


def every(connection: Connection) -> list[tuple[str, Rare]]:
    """All rows of these kinds, each with the name of its kind."""
    return [
        (name, value)
        for name, kind in KINDS.items()
        if kind.table
        for value in rows.values(
            kind.value, connection.execute(f"SELECT {rows.columns(kind.value)} FROM {kind.table}")
        )
    ]


def put(connection: Connection, before: Rare | None, after: Rare | None) -> None:
    """Store a value, change it (both given), or remove it (`after` is None)."""
    value = after if after is not None else before
    if value is None or isinstance(value, Adoption):
        return
    kind = KINDS[kind_of(value)]
    if after is None:
        connection.execute(f"DELETE FROM {kind.table} WHERE {_is_key(kind)}", key_of(value))
        return
    other_columns = {"folded": folded(after.name)} if isinstance(after, Customer) else {}
    # Updated in place: other rows refer to this one. A new row never replaces one that is stored.
    changed = ", ".join(f"{column} = excluded.{column}" for column in (*after._fields, *other_columns))
    on_conflict = f"ON CONFLICT ({', '.join(kind.key)}) DO UPDATE SET {changed}" if before is not None else ""
    rows.insert(connection, kind.table, after, on_conflict, **other_columns)


def _is_key(kind: Kind) -> str:
    return " AND ".join(f"{field} = ?" for field in kind.key)
