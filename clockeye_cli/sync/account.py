"""The Account that push and pull work with, and conversion between its entries and the store's."""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli.api import wire
from clockeye_cli.core.dialect import TRY_AGAIN
from clockeye_cli.core.entry import Project, TimeEntry, Timer, folded, new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple, assert_never
from clockeye_cli.core.whose import Everybody, Mine, OneUser
from clockeye_cli.errors import StorageError
from clockeye_cli.store import dialects, projects, remote, users
from clockeye_cli.sync.binding import bound_user
from clockeye_cli.sync.pause import note_skew
from clockeye_cli.sync.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from clockeye_cli.api.access import Access
    from clockeye_cli.api.client import Client
    from clockeye_cli.api.early import EarlyConnection
    from clockeye_cli.core.dialect import Dialect
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Store

INTERACTIVE_SECONDS = 5.0
"""How long an interactive command may wait for the rate limit, and for each answer of the service."""


BLANK = TimeEntry(local_id="", description="", project_id=None, started_at=0, ended_at=0, billable=False)
"""The initial values of a new entry, before the account's values are filled in."""


class Account(NamedTuple):
    """The two sides of a profile: its store and the service.

    Attributes:
        store: The profile's store.
        client: The client of the service.
        now: Returns the current instant.
        settle: Seconds until the service must show a change that it has accepted.
        posts_timer: Whether a running timer may be sent.
    """

    store: Store
    client: Client
    now: Callable[[], int]
    settle: int = 30
    posts_timer: bool = True

    def __enter__(self) -> Account:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        note_skew(self.store, self.client.skew)

    @property
    def user_id(self) -> str | None:
        """The profile's own user on the account; None while it is unknown.

        Read from the store each time: another process may bind the profile in the meantime.
        """
        with self.store.read() as connection:
            return users.own(connection)

    def filter_of(self, whose: Whose) -> str | None:
        """The `user_id` filter of a request; None for everybody, and while your own user is unknown."""
        if isinstance(whose, Mine):
            return self.user_id
        if isinstance(whose, OneUser):
            return whose.user_id
        if isinstance(whose, Everybody):
            return None
        assert_never(whose)


def connect(
    store: Store,
    access: Access,
    *,
    patience: float | None = INTERACTIVE_SECONDS,
    deadline: float | None = None,
    early: EarlyConnection | None = None,
) -> Account:
    """Connect to an account, after checking that the key belongs to the profile's user.

    Args:
        store: The profile's store.
        access: How to reach the account.
        patience: Seconds that may be spent waiting for the rate limit, and for each answer; None for no
            limit.
        deadline: A monotonic time after which nothing is waited for; None for no limit.
        early: A connection to the API that is already being made; None to begin here.

    Raises:
        KeyMissingError: The key is refused, or may belong to another user.
        UnreachableError: The service does not answer.
    """
    from clockeye_cli.api.early import begin  # late, like the client: what converts entries needs no network

    early = early or begin(access.url, access.environ)
    from clockeye_cli.api.client import Client  # takes as long to load as the connection to be made

    waiting = Waiting(store, patience=patience)

    def keep(dialect: Dialect) -> None:
        with store.exchange() as connection:
            dialects.put(connection, dialect, access.now())

    client = Client(
        access.url,
        access.key,
        access.environ,
        before=waiting.before,
        after=waiting.after,
        patience=patience,
        deadline=deadline,
        early=early,
        dialect=_dialect(store, access.now()),
        keep=keep,
    )
    try:
        bound_user(store, client, access.digest, access.claimed, access.of_profile)
    except BaseException:
        client.close()
        raise
    return Account(store, client, access.now, access.settle, access.posts_timer)


def _dialect(store: Store, now: int) -> Dialect:
    """The dialect to make requests with at the instant `now`: what was refused a day ago is tried again."""
    with store.read() as connection:
        dialect = dialects.get(connection)
    plain = dialect.without_refusals()
    if plain == dialect or 0 <= now - dialect.refused_at < TRY_AGAIN:
        return dialect
    with suppress(StorageError), store.exchange() as connection:  # a read-only store stays as it is
        dialects.put(connection, plain, now)
    return plain


def is_running(item: TimeEntry | Timer) -> bool:
    """Whether an entry has no end: it is the running timer, or runs elsewhere on the account."""
    return isinstance(item, Timer) or item.is_open


def body_of(connection: Connection, entry: TimeEntry | Timer) -> dict[str, Any]:
    """The body of a POST of an entry or the timer; it names the user if the entry is another user's."""
    dialect = dialects.get(connection)
    project_id = remote.project_id(connection, entry.project_id) if entry.project_id else None
    user_id = entry.user_id if isinstance(entry, TimeEntry) else None
    return wire.body(
        project_id=dialect.sent_id("project", project_id) if project_id else None,
        description=entry.description,
        started_at=entry.started_at,
        ended_at=None if isinstance(entry, Timer) or entry.is_open else entry.ended_at,
        billable=entry.billable,
        user_id=dialect.sent_id("user", user_id) if user_id else None,
    )


def entry_of(
    connection: Connection, remote_entry: wire.RemoteEntry, local: TimeEntry | None, local_id: str
) -> TimeEntry:
    """An entry of the account, converted for the store; an unknown project is added.

    Fields that the account does not have keep their local values.

    Args:
        connection: The store.
        remote_entry: The entry.
        local: The local version of the entry; None for a new one.
        local_id: Its local id.
    """
    return (local or BLANK)._replace(
        local_id=local_id,
        description=remote_entry.description,
        project_id=_project(connection, remote_entry.project_id) if remote_entry.project_id else None,
        started_at=remote_entry.started_at,
        ended_at=remote_entry.started_at if remote_entry.ended_at is None else remote_entry.ended_at,
        billable=remote_entry.billable,
        user_id=user_of(remote_entry.user_id, local, users.own(connection)),
        is_open=remote_entry.ended_at is None,
    )


def user_of(user_id: str | None, local: TimeEntry | None, own_user: str | None) -> str | None:
    """The `user_id` of an entry in the store: None for the profile's own user.

    In the API reference every entry has a user. An account that gives none belongs to one person: a new entry
    is yours, and a known one keeps its user. While your own user is unknown, entries that were read keep the
    account's user, but entries created here are yours.

    Args:
        user_id: The user that the account gives; None if it gives none.
        local: The local version of the entry; None for a new one.
        own_user: The profile's own user; None while it is unknown.
    """
    if user_id is None:
        return local.user_id if local else None
    if own_user is None and local and local.is_own:
        return None
    return None if user_id == own_user else user_id


def put_projects(connection: Connection, listed: list[wire.RemoteProject]) -> None:
    """Update the store's projects from the account's: add new ones, rename renamed ones."""
    local_ids = remote.project_ids(connection)
    for project in listed:
        local_id = local_ids.get(project.id)
        if local_id is None:
            add_project(connection, project)
            continue
        before = projects.by_id(connection, local_id)
        if before and before.name != project.name:
            projects.put(connection, before, before._replace(name=_free_name(connection, project, local_id)))


def add_project(connection: Connection, project: wire.RemoteProject) -> str:
    """Add a project of the account to the store. Returns its local id."""
    local_id = new_id("prj")
    projects.put(connection, None, Project(id=local_id, name=_free_name(connection, project, local_id)))
    remote.put_project(connection, local_id, project.id)
    return local_id


def _project(connection: Connection, account_id: str) -> str:
    local_id = remote.local_project_id(connection, account_id)
    return local_id or add_project(connection, wire.RemoteProject(account_id, account_id))


def _free_name(connection: Connection, project: wire.RemoteProject, local_id: str) -> str:
    # Two projects of an account may have the same name; in the store, names are unique.
    taken = {folded(other.name) for other in projects.every(connection) if other.id != local_id}
    name = " ".join(project.name.split()) or project.id
    return name if folded(name) not in taken else f"{name} ({project.id})"
