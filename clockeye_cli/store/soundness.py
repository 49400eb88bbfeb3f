"""Checks a state file: problems that SQLite finds, and rows that it can read but whose content is invalid."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from clockeye_cli.core.day import LAST_INSTANT
from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.store import add_keys, history, notices, remembered, rows, stored_json
from clockeye_cli.store.database import DAMAGE_ERRORS, DatabaseError, connect
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from clockeye_cli.store.tables import saved_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.tables import StoredTable


def check(path: str) -> list[str]:
    """The problems of a state file; empty if there are none.

    Raises:
        StorageError: It is newer than this program, or cannot be opened at all.
    """
    try:
        with closing(connect(path, MIGRATIONS, APPLICATION_ID)) as connection:
            return problems(connection)
    except StorageError as error:
        if error.code != "storage_damaged":
            raise
        return [error.message]


def problems(connection: Connection) -> list[str]:
    """Problems that SQLite finds; else rows with invalid content; else rows that contradict each other."""
    reasons = sqlite_problems(connection)
    try:
        for table in saved_tables().values() if not reasons else ():
            for row in connection.execute(f"SELECT * FROM {table.name}"):
                if not is_sound(table, row):
                    reasons.append(f"{table.name}: a row has invalid content")
        reasons += [
            f"{name}: {problem}"
            for name, problem, query in UNRELATED
            if not reasons and connection.execute(query).fetchone()[0]
        ]
    except DAMAGE_ERRORS as error:
        reasons.append(str(error))
    return reasons


def sqlite_problems(connection: Connection) -> list[str]:
    """Problems that SQLite finds in the file and its foreign keys; empty if there are none."""
    try:
        reasons = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        reasons += [
            f"{row[0]}: a row refers to a missing {row[2]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    except DAMAGE_ERRORS as error:
        return [str(error)]
    return [reason for reason in reasons if reason != "ok"]


UNDONE_BY_ANOTHER = (
    "FROM history AS step JOIN history AS other ON other.id = step.undone_by WHERE other.id != step.id"
    " AND CASE WHEN step.undoes IS NULL THEN other.undoes IS NULL OR other.undoes NOT IN (step.id, other.id)"
    " ELSE other.undoes IS NOT NULL END"
)
"""The commands that are marked as undone, or redone, by a command that did something else."""

UNDONE_UNMARKED = (
    "FROM history AS other JOIN history AS step ON step.id = other.undoes"
    " WHERE other.id != step.id AND step.undone_by IS NOT other.id"
)
"""The commands that were undone without being marked so."""

UNNOTED = (
    "FROM (SELECT started_at, max(ended_at) OVER (ORDER BY started_at, ended_at, local_id"
    " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended_before FROM entries"
    " WHERE user_id IS NULL AND ended_at > started_at AND local_id NOT IN (SELECT local_id FROM overlapping))"
    " WHERE ended_before > started_at"
)
"""The entries that overlap another one, neither of which is in `overlapping`."""

UNREADABLE_DAY = (
    f"FROM pulled WHERE (day != '' AND date(day) IS NOT day) OR at NOT BETWEEN 0 AND {LAST_INSTANT}"
)
"""The days that are no dates, or were read at an impossible instant; the empty one stands for all days."""

UNRELATED = (
    ("history", "an undo does not match what it undid", f"SELECT EXISTS (SELECT 1 {UNDONE_BY_ANOTHER})"),
    ("history", "an undo does not match what it undid", f"SELECT EXISTS (SELECT 1 {UNDONE_UNMARKED})"),
    ("notices", "a row has invalid content", f"SELECT EXISTS (SELECT 1 {notices.UNREADABLE})"),
    ("pulled", "a row has invalid content", f"SELECT EXISTS (SELECT 1 {UNREADABLE_DAY})"),
    ("overlapping", "an overlap of two entries is missing", f"SELECT EXISTS (SELECT 1 {UNNOTED})"),
)
"""What rows say about each other, and a query that tells whether it is wrong: table, problem, query."""


def is_sound(table: StoredTable, row: tuple[object, ...]) -> bool:
    """Whether a row's content is valid: its instants are possible, and its JSON texts can be read."""
    values = dict(zip(table.columns, row, strict=False))
    if not all(rows.is_instant(value) for name, value in values.items() if name in rows.INSTANTS):
        return False
    texts = {f"{table.name}.{name}": value for name, value in values.items() if value is not None}
    if not all(stored_json.is_readable(name, texts[name]) for name in texts.keys() & stored_json.SHAPES):
        return False
    readable = READABLE.get(table.name)
    return readable is None or readable(values)


def _is_change(values: dict[str, object]) -> bool:
    return history.is_change(values["what"], values["before"], values["after"])


def _is_key(values: dict[str, object]) -> bool:
    key = add_keys.AddKey(*(str(values[field]) for field in add_keys.AddKey._fields))
    try:
        return key.asked_for is not None
    except DatabaseError:
        return False


def _has_color(values: dict[str, object]) -> bool:
    return values.get("color") in (None, *range(len(PALETTE)))


def _is_flag(column: str) -> Callable[[dict[str, object]], bool]:
    return lambda values: values[column] in (0, 1)


def _is_bill(values: dict[str, object]) -> bool:
    day = values["issued_on"]
    try:
        return day is None or bool(date.fromisoformat(str(day)))
    except ValueError:
        return False


def _is_billed(values: dict[str, object]) -> bool:
    rate, currency = values["rate"], values["currency"]
    lengths = (values["seconds"], values["rounded"])
    is_priced = rate is None or (_is_rate(str(rate)) and currency is not None)
    return is_priced and all(isinstance(length, int) and 0 <= length <= LAST_INSTANT for length in lengths)


def _is_rate(text: str) -> bool:
    whole, _, part = text.partition(".")
    return f"{whole}{part}".isdecimal()


def _is_remembered(values: dict[str, object]) -> bool:
    return values["what"] not in remembered.NUMBERS or str(values["value"]).isdecimal()


READABLE = {
    "changes": _is_change,
    "add_keys": _is_key,
    "projects": _has_color,
    "clients": _is_flag("archived"),
    "facts": _is_flag("is_clock_made"),
    "bills": _is_bill,
    "billed": _is_billed,
    "remembered": _is_remembered,
}
"""Tables whose values can be wrong although SQLite takes them, and how to check a row."""
