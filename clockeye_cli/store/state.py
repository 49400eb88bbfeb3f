"""The Store: a profile's state file, opened on first use, read in snapshots, written in transactions."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, nullcontext, suppress

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store.database import (
    BUSY_SECONDS,
    connect,
    connect_empty,
    data_version,
    snapshot,
    storage_errors,
    transaction,
)
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import tzinfo
    from typing import TypeVar

    from clockeye_cli.core.actor import Actor
    from clockeye_cli.store import guards, history
    from clockeye_cli.store.database import Connection

    Result = TypeVar("Result")
    Read = Callable[[], AbstractContextManager[Connection]]
    """Begins one of the reads of a longer piece of work: `with read() as connection`."""

READ_IN_PIECES = 2  # how often a long piece of work is tried with several reads before it is done in one


class _ChangedMeanwhileError(Exception):
    """The store is no longer what the read before has seen."""


class Write:
    """A command's write transaction: its one `now`, its time zone, and its changes so far.

    Attributes:
        connection: The store, inside the transaction.
        command: The arguments as typed, for the history.
        now: The instant, taken under the write lock: commands that wait for each other see time pass.
        zone: The time zone for instants in messages.
        to_the_minute: Whether the clock's own time is taken to the minute (the setting `precision`).
        actor: Who runs the command.
        is_guarded: Whether what was billed, or is in the closed period, is kept as it is.
        closed: The closed period, in which no entry is changed; None for none.
        to_account: Whether the changes must be sent to an account, too.
        posts_timer: Whether it is sent a timer when that starts, and not only once it stops.
        changes: The changes so far, in order.
        recorded: How many of them the history has already: an `undo` records each of its steps itself.
    """

    def __init__(
        self, connection: Connection, command: Sequence[str], now: int, zone: tzinfo, actor: Actor
    ) -> None:
        self.connection, self.command, self.now = connection, command, now
        self.zone, self.actor, self.is_guarded = zone, actor, True
        self.closed: guards.Closed | None = None
        self.to_the_minute, self.to_account, self.posts_timer, self.recorded = False, False, True, 0
        self.changes: list[history.Change] = []

    def change(self, before: history.Value | None, after: history.Value | None) -> None:
        """Replace `before` by `after`, if `guards` allow it, and record the change for `undo`."""
        from clockeye_cli.store import guards, history, outbox  # late: a prompt only reads, and needs none

        change = history.Change(before, after)
        if self.is_guarded:
            guards.refuse(self.connection, change, self.closed, self.changes)
        history.apply(self.connection, change)
        if self.to_account:
            outbox.record(self.connection, change, posts_timer=self.posts_timer)
        self.changes.append(change)


class Store:
    """A profile's state file.

    Args:
        path: The file; created when something is first written.
        clock: Returns the present instant.
        busy: Seconds to wait for another command's lock.
        to_account: Whether changes must be sent to an account, too.
    """

    def __init__(
        self, path: str, clock: Callable[[], int], *, busy: float = BUSY_SECONDS, to_account: bool = False
    ) -> None:
        self.path, self._clock, self._busy, self._to_account = path, clock, busy, to_account
        self._open: Connection | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One state of the store; an empty one if there is no file yet. Keep no cursor open after the block.

        Raises:
            StorageError: The file cannot be read.
        """
        if self._open is None and not exists(self.path):
            with closing(connect_empty(MIGRATIONS)) as empty:
                yield empty
        else:
            with storage_errors(self.path), snapshot(connection := self._connection()):
                yield connection

    def steadily(self, work: Callable[[Read], Result]) -> Result:
        """Do work that needs several reads, and let it see one state of the store all the same.

        No read stays open in between, so writers do not wait for the whole work. If one has changed the store
        meanwhile, the work begins again; the third time, it is done within one read.

        Args:
            work: Takes a function that begins a read; it must end each before it waits for anything else.

        Raises:
            StorageError: The file cannot be read.
        """
        for _ in range(READ_IN_PIECES):
            with suppress(_ChangedMeanwhileError):
                return work(self._reading_one_state())
        with self.read() as connection:
            return work(lambda: nullcontext(connection))

    def _reading_one_state(self) -> Read:
        versions: set[int] = set()

        @contextmanager
        def read() -> Iterator[Connection]:
            with self.read() as connection:
                versions.add(data_version(connection))
                if len(versions) > 1:
                    raise _ChangedMeanwhileError
                yield connection

        return read

    @contextmanager
    def write(
        self, command: Sequence[str], zone: tzinfo, keep: int | None = None, actor: Actor | None = None
    ) -> Iterator[Write]:
        """Change the store: all of the block's changes are committed when it ends, or none.

        Args:
            command: The arguments as typed, for the history.
            zone: The time zone for instants in messages.
            keep: How many of the latest commands the history keeps; None for all.
            actor: Who runs the command, for the history; None if that does not matter.

        Raises:
            StorageError: The file cannot be created or written.
        """
        from clockeye_cli.core.actor import SOMEBODY  # late: reading needs none of it

        with storage_errors(self.path), transaction(connection := self._connection()):
            write = Write(connection, command, self._clock(), zone, actor or SOMEBODY)
            write.to_account = self._to_account
            yield write
            if write.changes:
                from clockeye_cli.store import history  # late: reading needs none of it

                changes = write.changes[write.recorded :]
                history.record(connection, write.now, command, changes, write.actor.name)
                if keep is not None:
                    from clockeye_cli.store.pruning import prune  # late: all is kept by default

                    prune(connection, keep)

    @contextmanager
    def exchange(self) -> Iterator[Connection]:
        """Change the store without recording it in the history: for deliveries to the account and reads.

        Raises:
            StorageError: The file cannot be created or written.
        """
        with storage_errors(self.path), transaction(connection := self._connection()):
            yield connection

    @contextmanager
    def beside(self, other: Store) -> Iterator[None]:
        """Attach another profile's file as `store.adopted.OTHER`: writes then change both files or neither.

        Raises:
            StorageError: One of the two cannot be written.
        """
        from clockeye_cli.store.adopted import OTHER  # late, here and below: a prompt needs nothing of it
        from clockeye_cli.store.two_files import attach, detach

        # Opened again after this: Python keeps prepared statements, and a `BEGIN IMMEDIATE` that was prepared
        # before ATTACH would leave the other file unlocked until its first row is written.
        for store in (self, other):
            with store.exchange():
                pass  # migrates it; and if it cannot be written, the error names it
            store.close()
        with storage_errors(self.path):
            attach(connection := self._connection(), other.path, OTHER, writable=True)
        try:
            yield
        finally:
            detach(connection, OTHER)

    def backup(self, path: str) -> None:
        """Copy the whole store into a new file, while other commands may go on writing.

        Raises:
            StorageError: The new file exists or cannot be written, or the store is damaged.
        """
        from clockeye_cli.store.two_files import back_up

        with storage_errors(self.path):
            connection = self._connection()
        back_up(connection, self.path, path)

    def leave_file(self) -> None:
        """From now on, work on a copy in memory. Raises StorageError where a write to the file would."""
        from clockeye_cli.store.two_files import copy_in_memory  # late: only a dry run needs it

        self._open = copy_in_memory(self.path, self._connection() if exists(self.path) else self._open)

    def close(self) -> None:
        """Close the file."""
        if self._open:
            self._open.close()
            self._open = None

    def _connection(self) -> Connection:
        if self._open is None:
            self._open = connect(self.path, MIGRATIONS, APPLICATION_ID, busy=self._busy)
        return self._open


def sender_lock(path: str) -> str:
    """The lock of the process that sends a store's changes: `local.sender.lock`, next to `local.db`."""
    return f"{path.removesuffix('.db')}.sender.lock"


def exists(path: str) -> bool:
    """Whether there is a file to open; an inaccessible one counts, so that opening it gives the error.

    A broken link counts too: its target's disk may not be mounted.
    """
    try:
        os.lstat(path)
    except OSError as error:
        return not isinstance(error, FileNotFoundError)
    return True
