"""The Account that push and pull work with: the two sides of a profile."""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli.core.dialect import TRY_AGAIN
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple, assert_never
from clockeye_cli.core.whose import Everybody, Mine, OneUser
from clockeye_cli.errors import StorageError
from clockeye_cli.store import dialects, users
from clockeye_cli.sync.binding import bound_user
from clockeye_cli.sync.pause import note_skew
from clockeye_cli.sync.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from clockeye_cli.api.access import Access
    from clockeye_cli.api.client import Client
    from clockeye_cli.api.early import EarlyConnection
    from clockeye_cli.core.dialect import Dialect
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.state import Store

INTERACTIVE_SECONDS = 5.0
"""How long an interactive command may wait for the rate limit, and for each answer of the service."""


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
