"""Decisions about a row: what is here, what the account is told afterwards, and what undo can take back."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.api import wire
from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries, outbox, projects, remembered, remote
from clockeye_cli.store.outbox import Row
from clockeye_cli.store.state import Store
from clockeye_cli.sync import decisions
from tests.sync.service import ME, Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

NOON = 1_795_000_000 - 1_795_000_000 % 3600
ENTRY = TimeEntry("te_aaaaaaaaaaaa", "Here", None, NOON - 3600, NOON - 1800, True)
OTHER = TimeEntry("te_bbbbbbbbbbbb", "Here", None, NOON - 3600, NOON - 1800, True)
GARDEN = Project("prj_garden", "garden")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """With one entry that the account has not got, and nothing in the outbox."""
    made = Store(str(tmp_path / "work.db"), Clock(NOON), to_account=True)
    with changed(made) as write:
        remembered.put(write.connection, remembered.ACCOUNT_USER, ME)
        write.change(None, ENTRY)
        outbox.forget(write.connection, ENTRY.local_id)
    return made


@contextmanager
def changed(store: Store) -> Iterator[Write]:
    with store.write(["test"], UTC) as write:
        yield write


def fields_of(description: str, *, user: str = ME) -> dict[str, Any]:
    """An entry as the account has it."""
    body = wire.body(
        project_id=None,
        description=description,
        started_at=NOON - 3600,
        ended_at=NOON - 1800,
        billable=True,
    )
    return {"id": "te_there", "user_id": user, **body}


def waiting(store: Store, row: Row, seen: dict[str, Any] | None = None) -> Row:
    """The row is in the outbox; the account was last seen to have this."""
    with changed(store) as write:
        outbox.put(write.connection, row)
        if seen is not None:
            remote.put(write.connection, remote.Seen(row.local_id, "te_there", seen, 0))
    return row


def decided(store: Store, decide: Callable[[Write], None]) -> tuple[str | None, list[Row], int]:
    """The entry's description here, the outbox, and how many changes an undo would take back."""
    with changed(store) as write:
        decide(write)
    with store.read() as connection:
        entry = entries.by_id(connection, ENTRY.local_id)
        return entry.description if entry else None, outbox.rows(connection), len(write.changes)


def base_of(store: Store) -> dict[str, Any] | None:
    with store.read() as connection:
        seen = remote.of(connection, ENTRY.local_id)
        return seen.fields if seen else None


def conflict(theirs: dict[str, Any] | None, what: outbox.What = "update") -> Row:
    return Row(
        1, what, ENTRY.local_id, "conflict", reason="both", theirs=json.dumps(theirs) if theirs else None
    )


def test_mine_goes_over_what_the_account_has(store: Store) -> None:
    theirs = fields_of("There")
    row = waiting(store, conflict(theirs), fields_of("Before"))
    assert decided(store, lambda write: decisions.keep_mine(write, row)) == (
        "Here",
        [row._replace(state="queued", reason="", theirs=None)],
        0,
    )
    assert base_of(store) == theirs


def test_mine_is_made_anew_where_it_was_deleted(store: Store) -> None:
    row = waiting(store, conflict(None), fields_of("Before"))
    assert decided(store, lambda write: decisions.keep_mine(write, row)) == (
        "Here",
        [row._replace(what="create", state="queued", reason="", body=None)],
        0,
    )
    assert base_of(store) is None


def test_theirs_comes_here_and_nothing_of_ours_is_sent(store: Store) -> None:
    row = waiting(store, conflict(fields_of("There")), fields_of("Before"))
    assert decided(store, lambda write: decisions.keep_theirs(write, row)) == ("There", [], 1)
    assert base_of(store) == fields_of("There")


def test_theirs_goes_from_here_where_it_was_deleted(store: Store) -> None:
    row = waiting(store, conflict(None), fields_of("Before"))
    assert decided(store, lambda write: decisions.keep_theirs(write, row)) == (None, [], 1)
    assert base_of(store) is None


def test_theirs_keeps_the_colleague_whose_entry_it_is(store: Store) -> None:
    row = waiting(store, conflict(fields_of("There", user="usr_colleague")), fields_of("Before"))
    decided(store, lambda write: decisions.keep_theirs(write, row))
    with store.read() as connection:
        entry = entries.by_id(connection, ENTRY.local_id)
    assert entry is not None
    assert entry.user_id == "usr_colleague"


def asked(what: outbox.What = "create") -> Row:
    body = json.dumps(fields_of("Here"))
    return Row(1, what, ENTRY.local_id, "ask", body=body, reason="may have arrived", looks=2)


def test_it_arrived_as_an_id_that_is_not_known_yet(store: Store) -> None:
    row = waiting(store, asked())
    assert decided(store, lambda write: decisions.take_id(write, row, "te_there")) == ("Here", [], 0)
    with store.read() as connection:
        assert remote.of(connection, ENTRY.local_id) == remote.Seen(
            ENTRY.local_id, "te_there", fields_of("Here"), NOON
        )


def read_meanwhile(store: Store, settled_at: int) -> None:
    with changed(store) as write:
        entries.put(write.connection, None, OTHER)
        remote.put(write.connection, remote.Seen(OTHER.local_id, "te_there", fields_of("Here"), settled_at))


def test_it_arrived_as_one_that_was_read_meanwhile_and_stays_one(store: Store) -> None:
    row = waiting(store, asked())
    read_meanwhile(store, settled_at=0)
    decided(store, lambda write: decisions.take_id(write, row, "te_there"))
    with store.read() as connection:
        assert [entry.local_id for entry in entries.between(connection, None, None)] == [ENTRY.local_id]
        assert remote.of(connection, OTHER.local_id) is None


def test_an_id_that_another_entry_was_delivered_as_is_refused(store: Store) -> None:
    row = waiting(store, asked())
    read_meanwhile(store, settled_at=NOON - 60)
    with pytest.raises(ClashError, match="te_there already belongs to the entry te_bbbbbbbbbbbb") as refused:
        decided(store, lambda write: decisions.take_id(write, row, "te_there"))
    assert refused.value.hint == "Use --same-as ID, --send or --drop."


def test_what_did_not_arrive_is_queued_again(store: Store) -> None:
    row = waiting(store, asked()._replace(state="rejected", status=422))
    assert decided(store, lambda write: decisions.send_again(write, row)) == (
        "Here",
        [row._replace(state="queued", reason="", status=None, looks=0)],
        0,
    )


@pytest.mark.parametrize(("seen", "kept"), [(fields_of("Before"), "Before"), (None, None)])
def test_what_is_dropped_becomes_what_the_account_has(
    store: Store, seen: dict[str, Any] | None, kept: str | None
) -> None:
    row = waiting(store, asked("update" if seen else "create"), seen)
    assert decided(store, lambda write: decisions.drop(write, row)) == (kept, [], 1)


@pytest.mark.parametrize("user", ["entry", "timer", "nothing"])
def test_a_project_is_dropped_once_nothing_here_is_in_it(store: Store, user: str) -> None:
    row = waiting(store, Row(1, "project", GARDEN.id, "rejected"))
    with changed(store) as write:
        projects.put(write.connection, None, GARDEN)
        if user == "entry":
            entries.put(write.connection, None, OTHER._replace(project_id=GARDEN.id))
        elif user == "timer":
            write.change(None, Timer(GARDEN.id, "", GARDEN.id, NOON, True))
    if user == "nothing":
        assert decided(store, lambda write: decisions.drop(write, row)) == ("Here", [], 1)
        return
    with pytest.raises(ClashError, match="The project garden is in use"):
        decided(store, lambda write: decisions.drop(write, row))


@pytest.mark.parametrize("decide", [decisions.send_again, decisions.drop])
def test_a_conflict_is_decided_by_what_to_keep_only(
    store: Store, decide: Callable[[Write, Row], None]
) -> None:
    row = waiting(store, conflict(None))
    with pytest.raises(ClashError) as refused:
        decided(store, lambda write: decide(write, row))
    assert refused.value.hint == "Use --keep mine or --keep theirs."


@pytest.mark.parametrize("decide", [decisions.keep_mine, decisions.keep_theirs])
def test_what_to_keep_decides_a_conflict_only(store: Store, decide: Callable[[Write, Row], None]) -> None:
    row = waiting(store, asked())
    with pytest.raises(ClashError, match="whose state is ask") as refused:
        decided(store, lambda write: decide(write, row))
    assert refused.value.hint == "Use --same-as ID, --send or --drop."


@pytest.mark.parametrize(
    ("text", "named"), [(ENTRY.local_id, True), ("aaaa", True), ("bbbb", False), ("last", False)]
)
def test_a_row_is_named_by_its_entrys_id(store: Store, text: str, named: bool) -> None:
    row = waiting(store, asked())
    waiting(store, Row(2, "create", OTHER.local_id, "queued"))
    with store.read() as connection:
        assert decisions.row_named(connection, text) == (row if named else None)


def test_an_entry_that_only_waits_needs_no_decision(store: Store) -> None:
    row = waiting(store, asked())
    waiting(store, Row(2, "create", OTHER.local_id, "queued"))

    def row_of(connection: Connection, entry: TimeEntry) -> Row:
        return decisions.row_of(connection, entry.local_id, "last")

    with store.read() as connection:
        assert row_of(connection, ENTRY) == row
        with pytest.raises(ClashError, match="No decision needed for 'last'"):
            row_of(connection, OTHER)
