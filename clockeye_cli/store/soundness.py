"""Checks a state file: problems that SQLite finds, and rows that it can read but whose content is invalid."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date

from clockeye_cli.core.day import LAST_INSTANT
from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.store import add_keys, history
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
    """Problems that SQLite finds; if there are none, tables with rows whose content is invalid."""
    reasons = sqlite_problems(connection)
    try:
        for table in saved_tables().values() if not reasons else ():
            for row in connection.execute(f"SELECT * FROM {table.name}"):
                if not is_sound(table, row):
                    reasons.append(f"{table.name}: a row has invalid content")
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


def is_sound(table: StoredTable, row: tuple[object, ...]) -> bool:
    """Whether a row's content is valid: its instants are possible, and its JSON texts can be read."""
    values = dict(zip(table.columns, row, strict=False))
    if not all(_is_instant(value) for name, value in values.items() if name in INSTANTS):
        return False
    readable = READABLE.get(table.name)
    return readable is None or readable(values)


INSTANTS = ("started_at", "ended_at", "at")


def _is_instant(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= LAST_INSTANT


def _is_command(values: dict[str, object]) -> bool:
    try:
        return isinstance(json.loads(str(values["command"])), list)
    except ValueError:
        return False


def _is_change(values: dict[str, object]) -> bool:
    return history.is_change(values["what"], values["before"], values["after"])


def _is_key(values: dict[str, object]) -> bool:
    key = add_keys.AddKey(*(str(values[field]) for field in add_keys.AddKey._fields))
    try:
        return isinstance(key.asked_for.started_at, int)
    except DatabaseError:
        return False


def _is_object(column: str) -> Callable[[dict[str, object]], bool]:
    def is_object(values: dict[str, object]) -> bool:
        try:
            return isinstance(json.loads(str(values[column])), dict)
        except ValueError:
            return False

    return is_object


def _has_color(values: dict[str, object]) -> bool:
    return values.get("color") in (None, *range(len(PALETTE)))


def _is_flag(column: str) -> Callable[[dict[str, object]], bool]:
    return lambda values: values[column] in (0, 1)


def _is_bill(values: dict[str, object]) -> bool:
    day = values["issued_on"]
    try:
        return (day is None or bool(date.fromisoformat(str(day)))) and _is_object("about")(values)
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


READABLE = {
    "history": _is_command,
    "changes": _is_change,
    "add_keys": _is_key,
    "projects": _has_color,
    "clients": _is_flag("archived"),
    "runs": _is_object("about"),
    "origins": _is_object("was"),
    "facts": lambda values: _is_flag("is_clock_made")(values) and _is_object("more")(values),
    "bills": _is_bill,
    "billed": _is_billed,
}
"""Tables whose values can be wrong although SQLite takes them, and how to check a row."""
