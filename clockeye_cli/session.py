"""The Session: everything that the runs of one process share, each part created on first use.

All runs share the world, the settings and the store of the profile; the state of a single run is in its
Context. A test replaces the world by creating a Session, and `--help` or `prompt` pay for nothing that they
do not use.
"""

from __future__ import annotations

from functools import cached_property

from clockeye_cli.config import account, paths, profiles, zone
from clockeye_cli.config.content import UNFINISHED, read_config
from clockeye_cli.config.settings import Settings
from clockeye_cli.core.day import LAST_INSTANT, DayRule
from clockeye_cli.core.safe_text import variable
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, ClockeyeError
from clockeye_cli.store.database import BUSY_SECONDS
from clockeye_cli.store.state import Store, exists

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo
    from typing import Any, TextIO

    from clockeye_cli.api.access import Access
    from clockeye_cli.config import credentials
    from clockeye_cli.config.account import AccountSettings
    from clockeye_cli.core.actor import Actor
    from clockeye_cli.store.guards import Closed

FAST_BUSY_SECONDS = 0.2
"""How long a prompt waits while another command writes."""

STREAMS_OF_A_PERSON = 2
"""How many of its three streams are a terminal when a person runs a command: one may be a pipe or a file."""


class World(NamedTuple):
    """The surroundings of a process.

    Attributes:
        environ: The environment variables.
        stdin: Answers to questions.
        stdout: Results.
        stderr: Everything else.
        clock: Returns the current instant.
    """

    environ: Mapping[str, str]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    clock: Callable[[], int]


class Session:
    """Everything that the runs of one process share.

    Args:
        world: The environment, the streams and the clock.
        chosen_profile: The value of `-P`; empty if it was not given. It can be set until the profile is used.
        key: The key of the profile's account, if already known.

    Attributes:
        is_in_a_hurry: The run only reads and must be as quick as a prompt: it waits no longer for the store,
            and nothing follows it.
        run_line: Runs a command line in another world, and returns the exit code (`__main__.py: run`).
    """

    def __init__(self, world: World, chosen_profile: str = "", key: credentials.Key | None = None) -> None:
        self.world = world
        self.chosen_profile = chosen_profile
        self.is_in_a_hurry = False
        self.run_line: Callable[[list[str], World], int] = lambda _args, _world: 0
        self._key = key

    @property
    def config_path(self) -> str:
        """The path of the config file."""
        return paths.config_file(self.world.environ)

    @cached_property
    def config(self) -> dict[str, Any]:
        """The contents of the config file."""
        config = read_config(self.config_path)
        if UNFINISHED in config:
            from clockeye_cli import moving  # late: it loads tomlkit

            moving.finish(self.world.environ)
            config = read_config(self.config_path)
        return config

    @cached_property
    def profile(self) -> profiles.Choice:
        """The current profile, and where the choice comes from."""
        return profiles.chosen(self.chosen_profile, self.world.environ, self.config)

    @cached_property
    def settings(self) -> Settings:
        """The settings of the profile."""
        return Settings(self.world.environ, self.config, self.config_path, self.profile.name)

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone in which times are read and shown."""
        return self.settings.zone or zone.of_computer(self.world.environ)

    @cached_property
    def rule(self) -> DayRule:
        """When days and weeks begin."""
        return DayRule(self.zone, self.settings.day_start, self.settings.week_start)

    @property
    def closed(self) -> Closed | None:
        """The closed period, in which no command changes an entry; None for none."""
        until = self.settings.closed_until
        if until is None:
            return None
        from clockeye_cli.core.day import ONE_DAY  # late, as the next: few people close their books
        from clockeye_cli.store.guards import Closed

        return Closed(until.isoformat(), self.rule.start(until + ONE_DAY))

    @cached_property
    def store(self) -> Store:
        """The profile's state file."""
        return self.store_of(self.profile.name)

    @cached_property
    def account(self) -> AccountSettings | None:
        """The profile's account; None if the profile exists on this computer only."""
        return account.of(self.profile.name, self.world.environ, self.config)

    @cached_property
    def actor(self) -> Actor:
        """Who runs the commands of this process.

        Raises:
            UsageError: The name in CLOCKEYE_ACTOR is not valid.
        """
        from clockeye_cli.core.actor import actor  # late: a prompt only reads

        streams = (self.world.stdin, self.world.stdout, self.world.stderr)
        terminals = [stream for stream in streams if stream is not None and stream.isatty()]
        return actor(self.world.environ, at_terminal=len(terminals) >= STREAMS_OF_A_PERSON)

    def clock(self) -> int:
        """The present instant.

        Raises:
            ClockeyeError: The computer's clock shows a time that no entry can have.
        """
        now = self.world.clock()
        if not 0 <= now <= LAST_INSTANT:
            raise ClockeyeError(
                f"This computer's clock is wrong: it shows {now} seconds since 1970.",
                hint="Nothing was changed. Set the clock, and try again.",
                code="clock_wrong",
            )
        return now

    def store_of(self, profile: str) -> Store:
        """The state file of any profile."""
        has_account = account.of(profile, self.world.environ, self.config) is not None
        busy = FAST_BUSY_SECONDS if self.is_in_a_hurry else BUSY_SECONDS
        path = paths.store_file(self.world.environ, profile)
        return Store(path, self.clock, busy=busy, to_account=has_account)

    def damage(self) -> ClockeyeError | None:
        """The error for a damaged store; None for a sound one, or if the store has not been used."""
        if not self.has_store or not exists(self.store.path):
            return None
        from clockeye_cli.store.database_errors import damaged
        from clockeye_cli.store.soundness import check

        try:
            self.store.close()
            problems = check(self.store.path)
        except Exception:  # a store that cannot be looked at now explains nothing
            return None
        return damaged(self.store.path, f"is damaged ({problems[0]})") if problems else None

    def require_account(self) -> AccountSettings:
        """The profile's account.

        Raises:
            ClashError: The profile has no account.
        """
        if self.account is None:
            login = "auth login -P NAME" if self.chosen_profile else "auth login"
            raise ClashError(
                f"The profile {self.profile.name} has no account: it exists on this computer only.",
                hint=f"`clockeye {login}` creates a profile with an account.",
                code="no_account",
            )
        return self.account

    def key(self, *, can_ask: bool) -> credentials.Key:
        """The key of the profile's account, read once.

        Args:
            can_ask: Whether somebody can be asked to unlock a keyring, which then gets more time.

        Raises:
            ClashError: The profile has no account.
            KeyMissingError: No key is stored, or it cannot be read.
        """
        from clockeye_cli.config import credentials

        if self._key is None:
            seconds = credentials.keyring_seconds(can_ask=can_ask)
            is_named = bool(self.chosen_profile or self.world.environ.get("CLOCKEYE_PROFILE"))
            settings = self.require_account()
            self._key = account.key(settings, self.world.environ, is_named=is_named, seconds=seconds)
        return self._key

    def access(self, key: credentials.Key) -> Access:
        """The address of the profile's account, with this key.

        Raises:
            ClashError: The profile has no account.
        """
        from clockeye_cli.api.access import Access

        settings = self.require_account()
        return Access(
            settings.url,
            key.text,
            key.digest,
            environ=self.world.environ,
            now=self.clock,
            claimed=variable(self.world.environ, "CLOCKEYE_USER"),
            of_profile=settings.user,
            settle=self.settings.sync_settle,
            posts_timer=self.settings.sync_timer,
        )

    @property
    def has_store(self) -> bool:
        """Whether the store has been used."""
        return "store" in vars(self)

    def close(self) -> None:
        """Close the store."""
        if self.has_store:
            self.store.close()
