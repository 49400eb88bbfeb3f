"""What the tables of the state file look like, as its schema says: for reading damaged files.

Read off an empty database that goes through all migrations, so a new column or table is known here at once.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.store.database import connect_empty
from clockeye_cli.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

READ_AGAIN = {"pulled", "users", "budget"}
"""Tables that are not saved from a damaged file: the account gives their rows again."""

NUMBER, NOTHING, OTHER = "i", "-", "?"
ENTRY_ID, PROJECT_ID, TEXT = "e", "p", "t"
"""The letters of a shape. Ids begin with `te_` and `prj_`; TEXT is any other text."""

TEXTS = {
    "local_id": ENTRY_ID,
    "outbox.local_id": ENTRY_ID + PROJECT_ID,
    "project_id": PROJECT_ID,
    "id": ENTRY_ID + PROJECT_ID,
    **dict.fromkeys(("what", "state", "value", "profile"), TEXT),
}
"""What columns of text can hold, by name, where that is not any text: it tells similar tables apart."""


class Table(NamedTuple):
    """One table.

    Attributes:
        name: Its name.
        columns: All of them, in order.
        lengths: How many of them a row can have: one that is older than a column does not have it.
        stored: The columns in the order in which a row is stored, where a key may come first.
        letters: The letters that the value of each stored column can have.
        rowid: The column that stands in the row's number and not in the row; empty if none does.
    """

    name: str
    columns: tuple[str, ...]
    lengths: frozenset[int]
    stored: tuple[str, ...]
    letters: tuple[str, ...]
    rowid: str

    def fits(self, shape: str) -> bool:
        """Whether a stored row of such letters can be one of this table."""
        return len(shape) in self.lengths and all(map(str.__contains__, self.letters, shape))

    def arranged(self, rowid: int, values: tuple[object, ...]) -> tuple[object, ...]:
        """A stored row in the order of the table's columns."""
        by_name = dict(zip(self.stored, values, strict=False))
        if self.rowid:
            by_name[self.rowid] = rowid
        return tuple(by_name[column] for column in self.columns[: len(values)])


@cache
def saved_tables() -> dict[str, Table]:
    """The tables that are saved from a damaged file, by name, in the order in which they were made."""
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
    return ENTRY_ID if value.startswith("te_") else PROJECT_ID if value.startswith("prj_") else TEXT


def _names(connection: Connection) -> list[str]:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in named.fetchall()]


class _Column(NamedTuple):
    """A row of `PRAGMA table_info`; `key` counts the columns of the primary key from 1, 0 is none of them."""

    place: int
    name: str
    type: str
    is_required: int
    default: str | None
    key: int


def _columns(connection: Connection, table: str) -> list[_Column]:
    return [_Column(*row) for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]


def _table(connection: Connection, name: str, lengths: set[int]) -> Table:
    columns = _columns(connection, name)
    without_rowid = connection.execute(
        "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (name,)
    ).fetchone()[0]
    key = sorted((column for column in columns if column.key), key=lambda column: column.key)
    stored = [*key, *(column for column in columns if not column.key)] if without_rowid else columns
    # A whole number that is the only key is the row's number itself.
    rowid = key[0] if not without_rowid and [column.type for column in key] == ["INTEGER"] else None
    return Table(
        name,
        tuple(column.name for column in columns),
        frozenset(lengths),
        tuple(column.name for column in stored),
        tuple(NOTHING if column is rowid else _letters(name, column) for column in stored),
        rowid.name if rowid else "",
    )


def _letters(table: str, column: _Column) -> str:
    texts = TEXTS.get(f"{table}.{column.name}", TEXTS.get(column.name, ENTRY_ID + PROJECT_ID + TEXT))
    letters = {"INTEGER": NUMBER, "TEXT": texts}.get(column.type, OTHER)
    return letters if column.is_required or column.key else letters + NOTHING
