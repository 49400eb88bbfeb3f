"""The form of the state file's tables, taken from the schema: for reading damaged files.

It is read from an empty database with all migrations, so new columns and tables need no change here.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store.database import connect_empty
from clockeye_cli.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

READ_AGAIN = {"pulled", "users", "budget", "notices", "overlapping"}
"""Tables that are not saved from a damaged file: their rows are read or found again, or only talk."""

NUMBER, NOTHING, OTHER = "i", "-", "?"
ENTRY_ID, PROJECT_ID, CLIENT_ID, TEXT = "e", "p", "c", "t"
ANY_TEXT = ENTRY_ID + PROJECT_ID + CLIENT_ID + TEXT
"""The letters of a shape. Ids begin with `te_`, `prj_` and `cl_`; TEXT is any other text."""

PREFIXES = {"te": ENTRY_ID, "prj": PROJECT_ID, "cl": CLIENT_ID}

TEXTS = {
    "local_id": ENTRY_ID,
    "outbox.local_id": ENTRY_ID + PROJECT_ID,
    "project_id": PROJECT_ID,
    "id": ENTRY_ID + PROJECT_ID,
    "client_id": CLIENT_ID,
    "clients.id": CLIENT_ID,
    **dict.fromkeys(("what", "state", "value", "profile", "kind", "source", "issued_on"), TEXT),
    **dict.fromkeys(("rate", "currency"), TEXT),
}
"""The possible letters of text columns that cannot contain all texts: they tell similar tables apart."""


class StoredTable(NamedTuple):
    """The form of one table.

    Attributes:
        name: Its name.
        columns: All columns, in order.
        lengths: The possible lengths of a row: a row older than a column lacks it.
        stored: The columns in the order in which a row is stored, where a key may come first.
        letters: The possible letters of each stored column's value.
        rowid: The column that is stored as the rowid and not in the record; empty if there is none.
    """

    name: str
    columns: tuple[str, ...]
    lengths: frozenset[int]
    stored: tuple[str, ...]
    letters: tuple[str, ...]
    rowid: str

    def fits(self, shape: str) -> bool:
        """Whether a record of this shape can belong to the table."""
        return len(shape) in self.lengths and all(map(str.__contains__, self.letters, shape))

    def arranged(self, rowid: int, values: tuple[object, ...]) -> tuple[object, ...]:
        """A record's values in the order of the table's columns."""
        by_name = dict(zip(self.stored, values, strict=False))
        if self.rowid:
            by_name[self.rowid] = rowid
        return tuple(by_name[column] for column in self.columns[: len(values)])


@cache
def saved_tables() -> dict[str, StoredTable]:
    """The tables to save from a damaged file, by name, in the order of their creation."""
    lengths: dict[str, set[int]] = {}
    for version in range(1, len(MIGRATIONS) + 1):
        with closing(connect_empty(MIGRATIONS[:version])) as connection:
            for name in _names(connection):
                lengths.setdefault(name, set()).add(len(_columns(connection, name)))
    with closing(connect_empty(MIGRATIONS)) as connection:
        return {
            name: _table(connection, name, lengths[name])
            for name in _names(connection)
            if name not in READ_AGAIN
        }


def letter(value: object) -> str:
    """The letter of a value in a shape."""
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return NUMBER
    if not isinstance(value, str):
        return OTHER
    return PREFIXES.get(value.partition("_")[0], TEXT) if "_" in value else TEXT


def _names(connection: Connection) -> list[str]:
    cursor = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in cursor.fetchall() if not name.startswith("sqlite_")]


class _Column(NamedTuple):
    """A row of `PRAGMA table_info`; `key` is the column's place in the primary key, from 1, or 0."""

    place: int
    name: str
    type: str
    is_required: int
    default: str | None
    key: int


def _columns(connection: Connection, table: str) -> list[_Column]:
    return [_Column(*row) for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]


def _table(connection: Connection, name: str, lengths: set[int]) -> StoredTable:
    columns = _columns(connection, name)
    without_rowid = connection.execute(
        "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (name,)
    ).fetchone()[0]
    key = sorted((column for column in columns if column.key), key=lambda column: column.key)
    stored = [*key, *(column for column in columns if not column.key)] if without_rowid else columns
    # An INTEGER PRIMARY KEY is the rowid itself.
    rowid = key[0] if not without_rowid and [column.type for column in key] == ["INTEGER"] else None
    return StoredTable(
        name,
        tuple(column.name for column in columns),
        frozenset(lengths),
        tuple(column.name for column in stored),
        tuple(NOTHING if column is rowid else _letters(name, column) for column in stored),
        rowid.name if rowid else "",
    )


def _letters(table: str, column: _Column) -> str:
    texts = TEXTS.get(f"{table}.{column.name}", TEXTS.get(column.name, ANY_TEXT))
    letters = {"INTEGER": NUMBER, "TEXT": texts}.get(column.type, OTHER)
    return letters if column.is_required or column.key else letters + NOTHING
