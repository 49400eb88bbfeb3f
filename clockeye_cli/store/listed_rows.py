"""ListedRows: the rows of a long list of the account, kept out of memory while the list is read."""

from __future__ import annotations

import marshal
import zlib

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store.database import connect_temporary, storage_errors
from clockeye_cli.store.remote_batches import with_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

IN_MEMORY = 2_000
"""KiB of the rows and their ids that stay in memory."""

QUICK = 1
"""The level of compression; rows repeat their names, so that more work would save little."""

FILE = "A temporary file"
"""What errors name instead of a path: the file has none."""

TABLES = (
    "CREATE TABLE pages (number INTEGER PRIMARY KEY, rows BLOB NOT NULL)",
    "CREATE TABLE ids (id TEXT PRIMARY KEY, page INTEGER NOT NULL, is_listed INTEGER NOT NULL DEFAULT 1)"
    " WITHOUT ROWID",
)


class ListedRows:
    """The rows of a list, one per id, as often as they are needed; any method may raise StorageError.

    They are in a database of this process alone; what is more than IN_MEMORY, SQLite writes to an unlinked
    file. The rows of a page are compressed; marshal, which only this process reads again, takes a tenth of
    json's time.
    """

    def __init__(self) -> None:
        self._connection = connect_temporary(IN_MEMORY)
        self._pages = 0
        self._outdated: set[int] = set()
        for table in TABLES:
            self._connection.execute(table)

    def add(self, rows: dict[str, dict[str, Any]]) -> int:
        """Add the rows of a page, by their ids; they replace earlier ones. Returns how many ids are new."""
        connection, number = self._connection, self._pages
        packed = zlib.compress(marshal.dumps(([*rows], [*rows.values()])), QUICK)
        with storage_errors(FILE):
            connection.execute("BEGIN")
            connection.execute("INSERT INTO pages VALUES (?, ?)", (number, packed))
            before = connection.total_changes
            connection.executemany(
                "INSERT OR IGNORE INTO ids (id, page) VALUES (?, ?)", [(row_id, number) for row_id in rows]
            )
            new = connection.total_changes - before
            if new < len(rows):
                self._outdated |= {*self._latest([*rows]).values()} - {number}
                connection.executemany(
                    "UPDATE ids SET page = ? WHERE id = ?", [(number, row_id) for row_id in rows]
                )
            connection.execute("COMMIT")
        self._pages += 1
        return new

    def clear(self) -> None:
        """Forget all rows."""
        with storage_errors(FILE):
            for table in ("pages", "ids"):
                self._connection.execute(f"DELETE FROM {table}")
        self._pages, self._outdated = 0, set()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number in range(self._pages):
            with storage_errors(FILE):
                query = "SELECT rows FROM pages WHERE number = ?"
                (packed,) = self._connection.execute(query, (number,)).fetchone()
                ids, rows = marshal.loads(zlib.decompress(packed))  # noqa: S302 (written above)
                latest = self._latest(ids) if number in self._outdated else {}
            yield from (
                row for row_id, row in zip(ids, rows, strict=True) if latest.get(row_id, number) == number
            )

    def mark_deleted(self, ids: Iterable[str]) -> None:
        """From now on, `unlisted` gives these ids, too."""
        with storage_errors(FILE):
            self._connection.executemany(
                "UPDATE ids SET is_listed = 0 WHERE id = ?", ((row_id,) for row_id in ids)
            )

    def unlisted(self, ids: Sequence[str]) -> set[str]:
        """Those of these ids that no row has."""
        with storage_errors(FILE):
            query = "SELECT id FROM ids WHERE is_listed = 1 AND id IN"
            return {*ids}.difference(row_id for (row_id,) in with_ids(self._connection, query, ids))

    def fingerprint(self) -> bytes:
        """A value that two lists share if they have the same ids."""
        from hashlib import sha256  # late: most lists are steady the first time

        digest = sha256()
        with storage_errors(FILE):
            for (row_id,) in self._connection.execute("SELECT id FROM ids ORDER BY id"):
                digest.update(f"{row_id}\0".encode())
        return digest.digest()

    def close(self) -> None:
        """Delete the rows."""
        self._connection.close()

    def _latest(self, ids: Sequence[str]) -> dict[str, int]:
        """The numbers of the pages with the latest rows of these ids."""
        return dict(with_ids(self._connection, "SELECT id, page FROM ids WHERE id IN", ids))
