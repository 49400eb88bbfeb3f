"""The outbox: the queue of changes that the account has not received yet.

A row is written in the transaction of its change, so an acknowledged entry is either delivered or in the
outbox. From `sending` on a row keeps exactly what was sent; later changes of the same entry or project are
rows behind it.
"""

from __future__ import annotations

from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import remote
from clockeye_cli.store.attention import FOR_A_PERSON
from clockeye_cli.store.rows import values

if TYPE_CHECKING:
    from typing import Literal

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Change

    What = Literal["project", "create", "update", "delete"]
    State = Literal["queued", "sending", "unknown", "rejected", "conflict", "ask"]

FREE = ("queued", "rejected")
"""States in which no request of a row is on its way, so that the row can still be changed."""


class Row(NamedTuple):
    """One change to send to the account.

    Attributes:
        id: Ascending, in the order of delivery.
        what: The kind of request.
        local_id: The entry's id; for `project` the project's id.
        state: The state of the delivery.
        body: The JSON that was sent, from `sending` on.
        reason: Why it was rejected, or what a person must decide.
        theirs: For a conflict, the account's version as JSON; None if it was deleted on the account.
        status: The HTTP status of the rejection.
        looks: How often the entry was searched for on the account in vain.
        looked_at: The instant of the first search.
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


def record(connection: Connection, change: Change, *, posts_timer: bool) -> None:
    """Queue the request for a change; keys stay on this computer.

    The timer is an entry without an end. Stopping it takes it away and adds the entry that it becomes; both
    together are one change of that entry.

    Args:
        connection: The store.
        change: The change.
        posts_timer: Whether a timer is sent when it starts; else only once it has been stopped.
    """
    before, after = change
    is_same = isinstance(after, Timer) and isinstance(before, Timer) and after.local_id == before.local_id
    if isinstance(before, Timer) and not is_same:
        queue_delete(connection, before.local_id)
    if isinstance(after, Timer):
        _queue_entry(connection, after.local_id, may_create=posts_timer and _takes_timer(connection))
    if isinstance(after, Project) and before is None:
        _queue(connection, "project", after.id)
    elif isinstance(before, Project) and after is None:
        _drop_free(connection, before.id)
    elif isinstance(after, TimeEntry):
        _queue_entry(connection, after.local_id)
    elif isinstance(before, TimeEntry):
        queue_delete(connection, before.local_id)


def is_to_be_made(connection: Connection, local_id: str) -> bool:
    """Whether an entry is still to be created on the account."""
    return any(row.what == "create" for row in of(connection, local_id))


def has_unsent(connection: Connection) -> bool:
    """Whether a row waits to be sent, or to be looked for on the account."""
    query = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state NOT IN (?, ?, ?))"
    return bool(connection.execute(query, FOR_A_PERSON).fetchone()[0])


def rows(connection: Connection) -> list[Row]:
    """All rows, in the order of delivery."""
    return values(Row, connection.execute(f"SELECT {FIELDS} FROM outbox ORDER BY id"))


def of(connection: Connection, local_id: str) -> list[Row]:
    """The rows of one entry or project, in the order of delivery."""
    cursor = connection.execute(f"SELECT {FIELDS} FROM outbox WHERE local_id = ? ORDER BY id", (local_id,))
    return values(Row, cursor)


def pending_ids(connection: Connection) -> set[str]:
    """The ids of the entries and projects that have a row."""
    return {row[0] for row in connection.execute("SELECT DISTINCT local_id FROM outbox").fetchall()}


def put(connection: Connection, row: Row) -> None:
    """Change a row."""
    connection.execute(f"INSERT OR REPLACE INTO outbox ({FIELDS}) VALUES ({', '.join('?' * len(row))})", row)


def done(connection: Connection, row: Row) -> None:
    """Delete a delivered row."""
    connection.execute("DELETE FROM outbox WHERE id = ?", (row.id,))


def forget(connection: Connection, local_id: str) -> None:
    """Delete all rows of an entry or project."""
    connection.execute("DELETE FROM outbox WHERE local_id = ?", (local_id,))


def reject(connection: Connection, row: Row, reason: str, status: int) -> None:
    """Mark a row as rejected by the account, or drop it if later changes have superseded it."""
    queued = of(connection, row.local_id)
    behind = [other for other in queued if other.id > row.id]
    if not behind:
        for mine in queued:
            put(connection, mine._replace(state="rejected", reason=reason, status=status))
        return
    # The row behind it fixes or deletes the rejected entry, and must not wait for ever.
    done(connection, row)
    for other in behind:
        if (row.what, other.what) == ("create", "update"):
            put(connection, other._replace(what="create"))
        elif (row.what, other.what) == ("delete", "create"):
            put(connection, other._replace(what="update"))
        elif row.what == "create":
            done(connection, other)  # the account never had what was deleted


def queue_forbidden(connection: Connection) -> None:
    """Queue again what was forbidden (403): another key, or a new permission, may allow it."""
    connection.execute(
        "UPDATE outbox SET state = 'queued', reason = '', status = NULL"
        " WHERE state = 'rejected' AND status = 403"
    )


def add_conflict(connection: Connection, local_id: str, reason: str, theirs: str | None) -> None:
    """Ask a person which version of an entry counts: the one here, or the account's, None for deleted."""
    connection.execute(
        "INSERT INTO outbox (what, local_id, state, reason, theirs) VALUES ('update', ?, 'conflict', ?, ?)",
        (local_id, reason, theirs),
    )


def take_over(connection: Connection) -> None:
    """Mark rows whose sender has died as `unknown`: they may have arrived. Call it while holding the lock."""
    connection.execute(
        "UPDATE outbox SET state = 'unknown', looks = 0, looked_at = NULL WHERE state = 'sending'"
    )


def _takes_timer(connection: Connection) -> bool:
    """Whether the service takes an entry that is still running, as far as it has shown."""
    from clockeye_cli.store import dialects  # late: only a timer needs it

    return dialects.get(connection).takes_timer is not False


def _queue_entry(connection: Connection, local_id: str, *, may_create: bool = True) -> None:
    """Queue the request for the present state of an entry; a POST only if `may_create`."""
    queued = of(connection, local_id)
    if queued and queued[-1].what == "delete" and queued[-1].state in FREE:
        done(connection, queued.pop())  # restored before the deletion was sent
    last = queued[-1] if queued else None
    if last and last.state in FREE:
        put(connection, last._replace(state="queued", reason="", status=None))
    elif (last and last.what != "delete") or (last is None and remote.of(connection, local_id)):
        _queue(connection, "update", local_id)
    elif may_create:
        _queue(connection, "create", local_id)


def queue_delete(connection: Connection, local_id: str) -> None:
    """Queue the deletion of an entry, if the account has it or may have it."""
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
