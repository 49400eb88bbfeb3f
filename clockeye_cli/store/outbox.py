"""The outbox: what was done here and the account has not got yet, a queue of rows.

A row is written in the transaction of what it tells of, so an acknowledged entry is either delivered or in
here. From `sending` on it keeps exactly what was sent; later changes of the same thing are rows behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from clockeye_cli.core.entry import Project, TimeEntry
from clockeye_cli.store import remote

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Change

What = Literal["project", "create", "update", "delete"]
State = Literal["queued", "sending", "unknown", "rejected", "conflict", "ask"]

FREE = ("queued", "rejected")
"""States in which nothing of a row is on its way, so that it can still become something else."""


FOR_A_PERSON = ("rejected", "conflict", "ask")
"""States that only a person ends."""


class Row(NamedTuple):
    """One thing that the account is to be told.

    Attributes:
        id: Counts up: the order of delivery.
        what: Which kind of request.
        local_id: The entry, or for `project` the project.
        state: How far it has come.
        body: JSON as sent, from `sending` on.
        reason: Why it is rejected, or what is to be decided.
        theirs: JSON of the account's version of a conflict; None if it was deleted there.
        status: The HTTP status with which it was rejected.
        looks: How often it was looked for on the account without being found.
        looked_at: Instant of the first of those looks.
    """

    id: int
    what: What
    local_id: str
    state: State
    body: str | None = None
    reason: str = ""
    theirs: str | None = None
    status: int | None = None
    looks: int = 0
    looked_at: int | None = None


FIELDS = ", ".join(Row._fields)


def record(connection: Connection, change: Change) -> None:
    """Queue what the account must be told of a change; timers and keys are this computer's own."""
    before, after = change
    if isinstance(after, Project) and before is None:
        _queue(connection, "project", after.id)
    elif isinstance(before, Project) and after is None:
        _drop_free(connection, before.id)
    elif isinstance(after, TimeEntry):
        _queue_entry(connection, after.local_id)
    elif isinstance(before, TimeEntry):
        queue_delete(connection, before.local_id)


def is_to_be_made(connection: Connection, local_id: str) -> bool:
    """Whether the account is still to get an entry as a new one."""
    return any(row.what == "create" for row in of(connection, local_id))


def rows(connection: Connection) -> list[Row]:
    """All rows, in the order of delivery."""
    return [Row(*row) for row in connection.execute(f"SELECT {FIELDS} FROM outbox ORDER BY id").fetchall()]


def of(connection: Connection, local_id: str) -> list[Row]:
    """The rows of one entry or project, in the order of delivery."""
    found = connection.execute(f"SELECT {FIELDS} FROM outbox WHERE local_id = ? ORDER BY id", (local_id,))
    return [Row(*row) for row in found.fetchall()]


def pending_ids(connection: Connection) -> set[str]:
    """The entries and projects that have a row."""
    return {row[0] for row in connection.execute("SELECT DISTINCT local_id FROM outbox").fetchall()}


def put(connection: Connection, row: Row) -> None:
    """Change a row."""
    connection.execute(f"INSERT OR REPLACE INTO outbox ({FIELDS}) VALUES ({', '.join('?' * len(row))})", row)


def done(connection: Connection, row: Row) -> None:
    """The account has it."""
    connection.execute("DELETE FROM outbox WHERE id = ?", (row.id,))


def forget(connection: Connection, local_id: str) -> None:
    """Nothing of this entry is to be told any more."""
    connection.execute("DELETE FROM outbox WHERE local_id = ?", (local_id,))


def reject(connection: Connection, row: Row, reason: str, status: int) -> None:
    """The account refuses a row: it is kept, unless it was overtaken by what was done here meanwhile."""
    there = of(connection, row.local_id)
    behind = [other for other in there if other.id > row.id]
    if not behind:
        for mine in there:
            put(connection, mine._replace(state="rejected", reason=reason, status=status))
        return
    # What it told of has changed since: mending or deleting it is the row behind, and must not wait for ever.
    done(connection, row)
    for other in behind:
        if (row.what, other.what) == ("create", "update"):
            put(connection, other._replace(what="create"))
        elif (row.what, other.what) == ("delete", "create"):
            put(connection, other._replace(what="update"))
        elif row.what == "create":
            done(connection, other)  # the account never had what was deleted


def queue_forbidden(connection: Connection) -> None:
    """What a key was not allowed to do is tried once more, with another key or another permission."""
    connection.execute(
        "UPDATE outbox SET state = 'queued', reason = '', status = NULL"
        " WHERE state = 'rejected' AND status = 403"
    )


def take_over(connection: Connection) -> None:
    """Of rows whose sender has died it is unknown whether they arrived. For the lock's holder."""
    connection.execute(
        "UPDATE outbox SET state = 'unknown', looks = 0, looked_at = NULL WHERE state = 'sending'"
    )


def _queue_entry(connection: Connection, local_id: str) -> None:
    there = of(connection, local_id)
    if there and there[-1].what == "delete" and there[-1].state in FREE:
        done(connection, there.pop())  # brought back before the account heard of it
    last = there[-1] if there else None
    if last and last.state in FREE:
        put(connection, last._replace(state="queued", reason="", status=None))
    elif last and last.what == "delete":
        _queue(connection, "create", local_id)
    else:
        _queue(connection, "update" if last or remote.of(connection, local_id) else "create", local_id)


def queue_delete(connection: Connection, local_id: str) -> None:
    """Queue that the account's entry goes, if it has it or may have it."""
    for row in of(connection, local_id):
        if row.state in FREE:
            done(connection, row)
    if remote.of(connection, local_id) is not None or of(connection, local_id):
        _queue(connection, "delete", local_id)


def _queue(connection: Connection, what: What, local_id: str) -> None:
    connection.execute("INSERT INTO outbox (what, local_id, state) VALUES (?, ?, 'queued')", (what, local_id))


def _drop_free(connection: Connection, local_id: str) -> None:
    connection.execute(
        f"DELETE FROM outbox WHERE local_id = ? AND state IN ({', '.join('?' * len(FREE))})",
        (local_id, *FREE),
    )
