"""The dialect of a profile's service, as far as its answers have shown it."""

from __future__ import annotations

from clockeye_cli.core.dialect import Dialect, dialect_of, dialect_text
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import remembered

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


def get(connection: Connection) -> Dialect:
    """The dialect; an empty one for a service that has shown nothing yet."""
    return dialect_of(remembered.get(connection, remembered.DIALECT) or "")


def put(connection: Connection, dialect: Dialect, now: int) -> None:
    """Store the dialect at the instant `now`; at 0, what was refused is tried again with the next request."""
    learned = get(connection).learned(dialect, now)
    remembered.put(connection, remembered.DIALECT, dialect_text(learned))
