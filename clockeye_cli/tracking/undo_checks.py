"""What an `undo` or `redo` refuses: what has changed since, and what later commands have made impossible."""

from __future__ import annotations

from clockeye_cli.core.entry import Project, TimeEntry, Timer, folded
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import add_keys, adopted, entries, former_ids, history, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.store.add_keys import AddKey

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Change, Value
    from clockeye_cli.store.rare_kinds import Rare


def refuse_changed(connection: Connection, expected: Value | None, change: Change) -> None:
    """Make sure that a row still is as a command has left it.

    Args:
        connection: The store.
        expected: The row as the command has left it, with what is known of it since; None for none.
        change: The command's change of that row.

    Raises:
        ClashError: It is not.
    """
    _refuse_adopted(connection, change)
    present = _present(connection, change)
    if isinstance(expected, Timer):
        expected = expected._replace(local_id=former_ids.present_id(connection, expected.local_id))
    if isinstance(present, AddKey) and isinstance(expected, AddKey):
        expected = expected._replace(content=present.content)  # one text may have an older form
    if present != expected:
        name = _name(expected if expected is not None else present)
        raise _changed(f"The {change.kind} {name} has changed since that command.".replace("  ", " "))


def refuse_impossible(connection: Connection, back: Change) -> None:
    """Refuse what later commands, of another actor or not, have made impossible: an entry needs its project.

    Raises:
        ClashError: A row that the change needs is gone, or a row that needs what it takes away has come.
    """
    before, after = back
    if back.kind not in history.KINDS:
        _refuse_impossible_rare(connection, before, after)  # type: ignore[arg-type] # a change has one kind
    elif isinstance(after, TimeEntry | Timer) and after.project_id is not None:
        if projects.by_id(connection, after.project_id) is None:
            raise _changed(f"The project of {after.local_id} has been deleted since that command.")
    elif isinstance(after, Project):
        name = folded(after.name)
        others = [each for each in projects.every(connection) if each.id != after.id]
        if any(folded(other.name) == name for other in others):
            raise _changed(f"Another project has taken the name {after.name} since that command.")
        _refuse_without_client(connection, after.client_id, after.name)
    elif isinstance(before, Project) and after is None:
        running = timers.running(connection)
        if projects.entry_count(connection, before.id) or (running and running.project_id == before.id):
            raise _changed(f"The project {before.name} has been used for other entries since that command.")


def _refuse_impossible_rare(connection: Connection, before: Rare | None, after: Rare | None) -> None:
    from clockeye_cli.core.customer import Customer  # late, as everywhere: few commands need these
    from clockeye_cli.store import bills, clients, origins, runs
    from clockeye_cli.store.bills import Bill, Billed
    from clockeye_cli.store.origins import Origin
    from clockeye_cli.store.runs import StoredRun

    if isinstance(after, Customer):
        others = [each for each in clients.every(connection) if each.id != after.id]
        if any(folded(other.name) == folded(after.name) for other in others):
            raise _changed(f"Another client has taken the name {after.name} since that command.")
    elif isinstance(after, Bill):
        namesake = bills.by_number(connection, after.number)
        if namesake is not None and namesake.id != after.id:
            raise _changed(f"Another invoice has taken the number {after.number} since that command.")
        _refuse_without_client(connection, after.client_id, f"the invoice {after.number}")
    elif isinstance(after, Billed):
        entry = entries.by_id(connection, after.local_id)
        if entry is None or entry.duration != after.seconds or not bills.by_id(connection, after.bill_id):
            raise _changed(f"The entry {after.local_id} has changed since that command.")
    elif isinstance(after, Origin) and runs.by_id(connection, after.run_id) is None:
        raise _changed(f"The import {after.run_id} has been undone since that command.")
    elif isinstance(before, Customer) and after is None and clients.is_used(connection, before.id):
        raise _changed(f"The client {before.name} now has other projects or invoices.")
    elif isinstance(before, Bill) and after is None and bills.billed_by(connection, before.id):
        raise _changed(f"The invoice {before.number} has billed other entries since that command.")
    elif isinstance(before, StoredRun) and after is None and origins.of_run(connection, before.id):
        raise _changed(f"The import {before.id} has changed since that command.")


def _refuse_without_client(connection: Connection, client_id: str | None, owner: str) -> None:
    from clockeye_cli.store import clients

    if client_id is not None and clients.by_id(connection, client_id) is None:
        raise _changed(f"The client of {owner} has been deleted since that command.")


def _changed(message: str) -> ClashError:
    return ClashError(
        message,
        hint="`clockeye history` shows past commands; `clockeye edit ENTRY` changes an entry.",
        code="changed_since",
    )


def _refuse_adopted(connection: Connection, change: Change) -> None:
    """Refuse to bring back here what another profile has adopted, and to undo an adoption."""
    value = change.after if change.after is not None else change.before
    if change.kind == "adoption":
        raise ClashError(
            f"Adopting the profile {getattr(value, 'profile', '')} cannot be undone:"
            " its entries may already be on the account.",
            hint="`clockeye delete ENTRY` deletes an entry; `clockeye history` shows past commands.",
            code="adopted",
        )
    local_id = getattr(value, "local_id", None)
    adoption = local_id and adopted.beginning_with(connection, former_ids.present_id(connection, local_id))
    if adoption:
        adopted_id, profile = adoption
        raise ClashError(
            f"{adopted_id} was moved to the profile {profile} and can no longer be changed here.",
            hint=f"`clockeye -P {profile} log --all` shows it there.",
            code="adopted",
        )


def _present(connection: Connection, change: Change) -> Value | None:
    value = change.after if change.after is not None else change.before
    if isinstance(value, TimeEntry):
        return entries.by_id(connection, value.local_id)
    if isinstance(value, Project):
        return projects.by_id(connection, value.id)
    if isinstance(value, AddKey):
        return add_keys.of(connection, value.key)
    if value is None or isinstance(value, Timer):
        return timers.running(connection)
    from clockeye_cli.store import rare_kinds

    return rare_kinds.stored(connection, value)


def _name(value: Value | None) -> str:
    """What a message calls a row: an entry's id, or a client's name; empty for others."""
    return str(getattr(value, "local_id", "") or getattr(value, "number", "") or getattr(value, "name", ""))
