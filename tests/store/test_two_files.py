"""Two profiles' files at once: a transaction holds both of them, or waits for both."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.store import remembered
from clockeye_cli.store.adopted import OTHER
from clockeye_cli.store.database import connect_as_it_is, transaction
from clockeye_cli.store.state import Store

if TYPE_CHECKING:
    from pathlib import Path


def store(folder: Path, name: str) -> Store:
    """A store that has been written, on the connection that it goes on with."""
    made = Store(str(folder / f"{name}.db"), lambda: 0)
    with made.exchange() as connection:
        remembered.put(connection, "name", name)
    return made


def test_a_transaction_over_two_files_locks_both_from_its_beginning(tmp_path: Path) -> None:
    adopting, other = store(tmp_path, "work"), store(tmp_path, "local")
    with adopting.beside(other):
        for _ in range(2):
            with (
                adopting.write((), UTC),
                closing(sqlite3.connect(other.path, timeout=0)) as third,
                pytest.raises(sqlite3.OperationalError, match="database is locked"),
            ):
                third.execute("BEGIN IMMEDIATE")
    with adopting.write((), UTC), closing(connect_as_it_is(other.path)) as third, transaction(third):
        pass  # detached again


def test_a_transaction_over_two_files_waits_for_another_one(tmp_path: Path) -> None:
    holds = threading.Event()

    def another() -> None:
        second = store(tmp_path, "second")
        with second.beside(store(tmp_path, "local")), second.write((), UTC) as write:
            holds.set()
            time.sleep(0.2)
            write.connection.execute(f"INSERT INTO {OTHER}.adopted VALUES ('te_2', 'second')")
        second.close()

    adopting = store(tmp_path, "work")
    with adopting.beside(store(tmp_path, "local")):
        thread = threading.Thread(target=another)
        thread.start()
        holds.wait()
        with adopting.write((), UTC) as write:
            adopted = f"SELECT local_id FROM {OTHER}.adopted"
            assert write.connection.execute(adopted).fetchall() == [("te_2",)]
            write.connection.execute(f"INSERT INTO {OTHER}.adopted VALUES ('te_1', 'work')")
        thread.join()
