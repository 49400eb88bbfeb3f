"""The Session: what the runs of one process share, each part made when it is first asked for.

The world, the settings and the store of the profile are one for all runs; what belongs to one run alone is in
its Context. So a test replaces the world by making a Session, and `--help` or `prompt` pay for nothing that
they do not use.
"""

# No `from __future__ import annotations`: see `core/entry.py`.
from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from clockeye_cli.config import account, paths, profiles, zone
from clockeye_cli.config.account import AccountSettings
from clockeye_cli.config.settings import Settings, read_config
from clockeye_cli.core.day import DayRule
from clockeye_cli.errors import ClashError
from clockeye_cli.store.database import BUSY_SECONDS
from clockeye_cli.store.state import Store

if TYPE_CHECKING:
    from clockeye_cli.api.access import Access
    from clockeye_cli.config import credentials

FAST_BUSY_SECONDS = 0.2
"""How long a prompt waits for another command's write."""


class World(NamedTuple):
    """What a process finds around it.

    Attributes:
        environ: The environment variables.
        stdin: Where answers come from.
        stdout: Where results go.
        stderr: Where everything else goes.
        clock: Gives the present instant.
    """

    environ: Mapping[str, str]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    clock: Callable[[], int]


class Session:
    """What the runs of one process share.

    Args:
        world: What is around.
        chosen_profile: The value of `-P`; empty if it was not given. It may be set until the profile is used.
        key: The key of the profile's account, if it is at hand.

    Attributes:
        is_in_a_hurry: What runs is only looked at: it waits no longer than a prompt may, and nothing follows.
    """

    def __init__(self, world: World, chosen_profile: str = "", key: "credentials.Key | None" = None) -> None:
        self.world = world
        self.chosen_profile = chosen_profile
        self.is_in_a_hurry = False
        self._key = key

    @property
    def config_path(self) -> str:
        """The file of the settings."""
        return paths.config_file(self.world.environ)

    @cached_property
    def config(self) -> dict[str, Any]:
        """What the config file holds."""
        return read_config(self.config_path)

    @cached_property
    def profile(self) -> profiles.Choice:
        """The profile that is worked on, and what chose it."""
        return profiles.chosen(self.chosen_profile, self.world.environ, self.config)

    @cached_property
    def settings(self) -> Settings:
        """The settings, as they are for the profile."""
        return Settings(self.world.environ, self.config, self.config_path, self.profile.name)

    @cached_property
    def zone(self) -> tzinfo:
        """The zone in which times are read and shown."""
        return self.settings.zone or zone.of_computer(self.world.environ)

    @cached_property
    def rule(self) -> DayRule:
        """How days and weeks are counted."""
        return DayRule(self.zone, self.settings.day_start, self.settings.week_start)

    @cached_property
    def store(self) -> Store:
        """The profile's state file."""
        return self.store_of(self.profile.name)

    @cached_property
    def account(self) -> AccountSettings | None:
        """The account that the profile works on; None if it is this computer's own."""
        return account.of(self.profile.name, self.world.environ, self.config)

    def store_of(self, profile: str) -> Store:
        """The state file of any profile."""
        works_on = account.of(profile, self.world.environ, self.config)
        busy = FAST_BUSY_SECONDS if self.is_in_a_hurry else BUSY_SECONDS
        path = paths.store_file(self.world.environ, profile)
        return Store(path, self.world.clock, busy=busy, to_account=works_on is not None)

    def require_account(self) -> AccountSettings:
        """The account that the profile works on.

        Raises:
            ClashError: The profile has none.
        """
        if self.account is None:
            raise ClashError(
                f"The profile {self.profile.name} is on this computer alone.",
                hint="`clockeye auth login` makes one that works on an account.",
                code="no_account",
            )
        return self.account

    def key(self, *, can_ask: bool) -> "credentials.Key":
        """The key of the profile's account, looked for once.

        Args:
            can_ask: Whether somebody is there to unlock a keyring: then it may take longer.

        Raises:
            ClashError: The profile has no account.
            KeyMissingError: There is no key, or what should give it fails.
        """
        from clockeye_cli.config import credentials

        if self._key is None:
            seconds = credentials.keyring_seconds(can_ask=can_ask)
            is_named = bool(self.chosen_profile or self.world.environ.get("CLOCKEYE_PROFILE"))
            works_on = self.require_account()
            self._key = account.key(works_on, self.world.environ, is_named=is_named, seconds=seconds)
        return self._key

    def access(self, key: "credentials.Key") -> "Access":
        """How the profile's account is reached, with this key.

        Raises:
            ClashError: The profile has none.
        """
        from clockeye_cli.api.access import Access

        works_on = self.require_account()
        return Access(
            works_on.url,
            key.text,
            key.digest,
            environ=self.world.environ,
            now=self.world.clock,
            claimed=self.world.environ.get("CLOCKEYE_USER", ""),
            of_profile=works_on.user,
            settle=self.settings.sync_settle,
        )

    @property
    def has_store(self) -> bool:
        """Whether the store was asked for."""
        return "store" in vars(self)

    def close(self) -> None:
        """Let go of the store."""
        if self.has_store:
            self.store.close()
