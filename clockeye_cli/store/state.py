"""The Store: a profile's state file, opened when it is first needed, read in snapshots, written whole."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from clockeye_cli.store.database import (
    BUSY_SECONDS,
    connect,
    connect_as_it_is,
    connect_empty,
    new_database,
    snapshot,
    storage_errors,
    transaction,
)
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import tzinfo

    from clockeye_cli.store import history
    from clockeye_cli.store.database import Connection


class Write:
    """One command's write transaction: its one `now`, its zone, and what it has changed so far.

    Attributes:
        connection: The store, inside the transaction.
        now: Instant, taken after the write lock was held, so that commands that wait for each other
            see time pass in the order in which they write.
        zone: In which instants are said.
        undoes: The step that this command takes back, if it is an `undo`.
    """

    def __init__(self, connection: Connection, now: int, zone: tzinfo, *, to_account: bool = False) -> None:
        self.connection = connection
        self.now = now
        self.zone = zone
        self._to_account = to_account
        self.changes: list[history.Change] = []
        self.undoes: int | None = None

    def change(self, before: history.Value | None, after: history.Value | None) -> None:
        """Put `after` in the place of `before`, and remember how to take that back."""
        from clockeye_cli.store import history, outbox  # late: a prompt only reads, and needs neither

        change = history.Change(before, after)
        history.apply(self.connection, change)
        if self._to_account:
            outbox.record(self.connection, change)
        self.changes.append(change)


class Store:
    """A profile's state file.

    Args:
        path: Where it is, or will be once something is written.
        clock: Gives the present instant.
        busy: Seconds to wait for another command's lock.
        to_account: What is changed has to get to an account, too.
    """

    def __init__(
        self, path: str, clock: Callable[[], int], *, busy: float = BUSY_SECONDS, to_account: bool = False
    ) -> None:
        self._to_account = to_account
        self.path = path
        self._clock = clock
        self._busy = busy
        self._open: Connection | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One state of the store; an empty one where there is no file yet. Keep nothing open after it.

        Raises:
            StorageError: The file cannot be read.
        """
        if self._open is None and not exists(self.path):
            with closing(connect_empty(MIGRATIONS)) as empty:
                yield empty
        else:
            with storage_errors(self.path), snapshot(connection := self._connection()):
                yield connection

    @contextmanager
    def write(self, command: Sequence[str], zone: tzinfo) -> Iterator[Write]:
        """Change the store: all of the block, on disk once it is left, or nothing.

        Args:
            command: The arguments as typed, for the history.
            zone: In which instants are said.

        Raises:
            StorageError: The file cannot be made or written.
        """
        with storage_errors(self.path):
            connection = self._connection()
            with transaction(connection):
                write = Write(connection, self._clock(), zone, to_account=self._to_account)
                yield write
                if write.changes:
                    from clockeye_cli.store import history  # late: reading needs none of it

                    history.record(connection, write.now, command, write.changes, write.undoes)

    @contextmanager
    def exchange(self) -> Iterator[Connection]:
        """Change the store as no user's command does, so without a place in the history: deliveries, reads.

        Raises:
            StorageError: The file cannot be made or written.
        """
        with storage_errors(self.path), transaction(connection := self._connection()):
            yield connection

    @contextmanager
    def beside(self, other: Store) -> Iterator[None]:
        """Let writes reach another profile's file too, as `store.adopted.OTHER`: both change, or neither.

        Raises:
            StorageError: One of the two cannot be written.
        """
        # Late, here and below: a prompt needs nothing of it.
        from clockeye_cli.store.adopted import OTHER
        from clockeye_cli.store.two_files import attach, detach

        with other.exchange():
            pass  # brought up to date; and if it cannot be written, the error names it
        other.close()
        with storage_errors(self.path):
            attach(connection := self._connection(), other.path, OTHER, writable=True)
        try:
            yield
        finally:
            detach(connection, OTHER)

    def backup(self, path: str) -> None:
        """Copy the whole store into a new file, while others may go on writing.

        Raises:
            StorageError: It exists, cannot be written, or would be the copy of a damaged store.
        """
        from clockeye_cli.store.database_errors import damaged
        from clockeye_cli.store.soundness import sqlite_problems
        from clockeye_cli.store.two_files import copy

        with storage_errors(self.path):
            connection = self._connection()
        with storage_errors(path), new_database(path) as draft:
            copy(connection, draft)
            with closing(connect_as_it_is(draft)) as copied:
                problems = sqlite_problems(copied)
            if problems:
                raise damaged(self.path, f"is damaged ({problems[0]}), and a copy of it would be no backup")

    def close(self) -> None:
        """Let go of the file."""
        if self._open:
            self._open.close()
            self._open = None

    def _connection(self) -> Connection:
        if self._open is None:
            self._open = connect(self.path, MIGRATIONS, APPLICATION_ID, busy=self._busy)
        return self._open


def exists(path: str) -> bool:
    """Whether there is a file to open; one that cannot be looked at counts, so that the error names it.

    A link that leads nowhere counts too: its disk may not be mounted.
    """
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True
