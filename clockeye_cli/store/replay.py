"""Compares the rows of a store with what its history says: finds damage that still looks like a row."""

from __future__ import annotations

from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import (
    add_keys,
    former_ids,
    history,
    projects,
    rare_kinds,
    remembered,
    remote_batches,
    timer,
)
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.store.bills import Billed
from clockeye_cli.store.facts import Facts
from clockeye_cli.store.origins import Origin
from clockeye_cli.store.rare_kinds import Adoption

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Value

AT_ONCE = 1_000
"""How many commands are read at a time."""


class Comparison(NamedTuple):
    """The result.

    Attributes:
        compared: The number of rows that the history covers from the beginning, and that only commands wrote.
        differing: The ids of those that are not as the history says.
    """

    compared: int
    differing: list[str]


def compare(connection: Connection) -> Comparison:
    """Replay the history, and compare it with the rows.

    Rows that an account or an adoption may have written are left out: of these the history knows less.

    Raises:
        DatabaseError: The history cannot be read.
    """
    latest: dict[tuple[str, str], Value | None] = {}
    created: dict[tuple[str, str], str] = {}  # each with the id of the entry that it belongs to, if any
    first = int(remembered.get(connection, remembered.REPLAYED_FROM) or 0)
    before: int | None = None
    while page := [step for step in history.steps(connection, AT_ONCE, before) if step.id > first]:
        before = page[-1].id
        for change in (change for step in page for change in reversed(step.changes)):
            if isinstance(change.after, Adoption):
                continue
            if change.after is not None:
                latest.setdefault((change.kind, _id(change.after)), change.after)
            if change.before is not None:
                latest.setdefault((change.kind, _id(change.before)), None)
            elif change.after is not None:
                created[change.kind, _id(change.after)] = _entry_id(change.after)
    elsewhere = _written_elsewhere(connection, {name for _, name in created}, {*created.values()})
    is_on_account = remembered.get(connection, remembered.ACCOUNT_ORIGIN) is not None
    covered = [
        key
        for key, entry_id in created.items()
        if not elsewhere & {key[1], entry_id} and not (is_on_account and key[0] == "project")
    ]
    stored = _stored(connection, [name for kind, name in covered if kind == "entry"])
    return Comparison(len(covered), sorted(key[1] for key in covered if latest[key] != stored.get(key)))


def accept(connection: Connection) -> None:
    """Accept the rows as they are: from now on, they are compared only with later steps of the history."""
    latest = history.steps(connection, 1)
    remembered.put(connection, remembered.REPLAYED_FROM, str(latest[0].id if latest else 0))


def _stored(connection: Connection, entry_ids: list[str]) -> dict[tuple[str, str], Value]:
    """The rows by their kinds and ids; of the entries only these: an account may have written many others."""
    runs = timer.running(connection)
    values: list[tuple[str, Value]] = [
        *(("entry", each) for each in remote_batches.entries_by_id(connection, entry_ids).values()),
        *(("project", each) for each in projects.every(connection)),
        *(("key", each) for each in add_keys.every(connection)),
        *rare_kinds.every(connection),
        *([("timer", runs)] if runs else ()),
    ]
    return {(kind, _id(value)): value for kind, value in values}


def _written_elsewhere(connection: Connection, ids: set[str], entry_ids: set[str]) -> set[str]:
    """Those of these ids, of rows and of their entries, whose entry was written elsewhere, too.

    It was on an account, under an id not among `ids`, or went to another profile.
    """
    on_account = {
        local_id
        for former, local_id in former_ids.every(connection)
        if former not in ids and (local_id in ids or local_id in entry_ids)
    }
    return on_account.union(*connection.execute("SELECT local_id FROM adopted"))


def _id(value: Value) -> str:
    if isinstance(value, AddKey):
        return value.key
    if isinstance(value, TimeEntry | Timer):
        return value.local_id
    if isinstance(value, Project):
        return value.id
    return " ".join(map(str, rare_kinds.key_of(value)))


def _entry_id(value: Value) -> str:
    """The entry that a row of another table belongs to; empty for other rows."""
    return value.local_id if isinstance(value, Origin | Facts | Billed) else ""
