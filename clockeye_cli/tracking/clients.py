"""The rules for clients: find one by id, name or the beginning of a name; give projects one; rename, archive.

Names are compared, and refused, as those of projects are.
"""

from __future__ import annotations

from clockeye_cli.core import nearest
from clockeye_cli.core.command_lines import command_line
from clockeye_cli.core.customer import Customer
from clockeye_cli.core.entry import new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError
from clockeye_cli.store import clients, projects
from clockeye_cli.tracking.names import (
    changed,
    checked_name,
    exact,
    free_name,
    is_slip,
    match,
    means_none,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.core.entry import Project
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write


def find(connection: Connection, text: str) -> Customer:
    """The client that a text names, archived ones included.

    Raises:
        ClashError: No client matches (the message names the nearest), or several do.
    """
    every_client = clients.every(connection)
    client = match(every_client, one_line(text), "client")
    if client is None:
        raise _unknown(every_client, text)
    return client


def similar_to_new(connection: Connection, text: str) -> list[Customer]:
    """The clients for whose names a text is likely a typing error; none if the text names one."""
    every_client = clients.every(connection)
    if match(every_client, one_line(text), "client"):
        return []
    return [client for client in every_client if is_slip(text, client.name)]


def for_project(write: Write, text: str, *, may_be_similar: bool = False) -> Customer:
    """The client for a project: an existing one, or a new one if no name is similar.

    Args:
        write: The transaction.
        text: An id, a name or its beginning.
        may_be_similar: Whether it may be created even if its name looks like a typing error for another.

    Raises:
        ClashError: Several match, it is archived, or the name looks like a typing error for another.
        UsageError: The name is not allowed.
    """
    text = one_line(text)
    every_client = clients.every(write.connection)
    client = match([client for client in every_client if not client.archived], text, "client")
    named = exact(every_client, text)
    if named is not None and named.archived:
        raise ClashError(
            f"The client {named.name} is archived.",
            hint=f"{command_line('clients', 'unarchive', named.name)} restores it.",
            code="client_archived",
        )
    if client is not None:
        return client
    if text.startswith("cl_") or (similar_to_new(write.connection, text) and not may_be_similar):
        raise _unknown(every_client, text)
    client = Customer(new_id("cl"), checked_name(text, "client"))
    write.change(None, client)
    return client


class ProjectEdit(NamedTuple):
    """What `projects edit` changes of a project; None leaves as it is.

    Attributes:
        client: A client's id, name or beginning of a name, or `none`.
        billable: The default for new entries.
        slot: The colour, a place in the palette.
        may_be_similar: Whether a new client's name may look like a typing error for another.
    """

    client: str | None = None
    billable: bool | None = None
    slot: int | None = None
    may_be_similar: bool = False


def edit_project(write: Write, project: Project, edit: ProjectEdit) -> Project:
    """Change a project's client, default and colour. Returns it as it is now.

    The colour is stored in this transaction, but it is no part of the history.

    Raises:
        ClashError: Several clients match, it is archived, or the name looks like a typing error for another.
        UsageError: The name of the client is not allowed.
    """
    after = project
    if edit.client is not None and means_none(edit.client):
        after = after._replace(client_id=None)
    elif edit.client is not None:
        client = for_project(write, edit.client, may_be_similar=edit.may_be_similar)
        after = after._replace(client_id=client.id)
    if edit.billable is not None:
        after = after._replace(billable=edit.billable)
    changed(write, project, after)
    if edit.slot is not None:
        projects.put_color(write.connection, project.id, edit.slot)
    return after


def rename(write: Write, text: str, name: str) -> tuple[Customer, Customer]:
    """Rename a client. Returns it before and after.

    Raises:
        ClashError: No such client, or another client has the name.
        UsageError: The name is not allowed.
    """
    client = find(write.connection, text)
    other_clients = [each for each in clients.every(write.connection) if each.id != client.id]
    name = free_name(name, "client", other_clients, _exists)
    return client, changed(write, client, client._replace(name=name))


def archive(write: Write, text: str, *, archived: bool = True) -> Customer:
    """Archive a client, or restore it.

    Raises:
        ClashError: No such client.
    """
    client = find(write.connection, text)
    return changed(write, client, client._replace(archived=archived))


def _exists(client: Customer) -> ClashError:
    return ClashError(f"A client {client.name} already exists ({client.id}).", code="client_exists")


def _unknown(every_client: Sequence[Customer], text: str) -> ClockeyeError:
    return nearest.unknown(
        "client",
        one_line(text),
        [client.name for client in every_client],
        hint="`clockeye clients list --all` lists all clients; with -y, `projects edit` creates a new one.",
        code="client_not_found",
        error=ClashError,
    )
