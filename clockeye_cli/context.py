"""The Context: everything that a run may touch outside of itself, each made when it is first asked for.

Commands get the clock, the store, the settings and the terminal from here and from nowhere else; so a test
replaces the world by making a Context, and `--help` or `prompt` pay for nothing that they do not use.
"""

# No `from __future__ import annotations`: see `core/entry.py`.
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, TypeVar

from clockeye_cli.config import account, paths, profiles, zone
from clockeye_cli.config.account import AccountSettings
from clockeye_cli.config.settings import Settings, read_config
from clockeye_cli.core.day import DayRule
from clockeye_cli.errors import ClashError
from clockeye_cli.output.out import Out
from clockeye_cli.store.database import BUSY_SECONDS
from clockeye_cli.store.state import Store, Write

if TYPE_CHECKING:
    from clockeye_cli.api.access import Access
    from clockeye_cli.config import credentials
    from clockeye_cli.output.questions import Questions
    from clockeye_cli.store.history import Change

Made = TypeVar("Made")

FAST_BUSY_SECONDS = 0.2
"""How long a prompt waits for another command's write."""


class World(NamedTuple):
    """What a run finds around it.

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


class Options(NamedTuple):
    """The options that all commands take."""

    profile: str = ""
    quiet: bool = False
    no_input: bool = False
    debug: bool = False
    color: str = "auto"
    format: str = ""
    yes: bool = False


class Listing(NamedTuple):
    """The options of commands that list things."""

    columns: str = ""
    decimal: bool = False
    save: str = ""
    force: bool = False


class Context:
    """One run.

    Args:
        args: The arguments as typed, for the history.
        world: What is around.
        options: What was asked of the run as a whole.
    """

    def __init__(self, args: Sequence[str], world: World, options: Options) -> None:
        self.args = args
        self.world = world
        self.options = options
        self.listing = Listing()
        self._busy = BUSY_SECONDS
        self.is_in_a_hurry = False
        self.has_named_timers = False
        self.has_written = False
        self.has_listed_outbox = False
        """Whether nothing more is to be said of what waits for the account."""
        self.exit_code = 0
        """How a run ends that did not fail: 1 where `check` has found what it looks for."""
        self.changes: list[Change] = []
        """What this run has changed in the store, in order."""
        self.follow: Callable[[], None] = lambda: None
        """Does what follows a run (`after.py`); for a command that goes on after it has changed something."""
        self._made: dict[str, Any] = {}

    @property
    def now(self) -> int:
        """The instant of this run. A command that writes takes it once it holds the store (see `write`)."""
        return self._once("now", self.world.clock)

    @property
    def config_path(self) -> str:
        """The file of the settings."""
        return paths.config_file(self.world.environ)

    @property
    def config(self) -> dict[str, Any]:
        """What the config file holds."""
        return self._once("config", lambda: read_config(self.config_path))

    @property
    def profile(self) -> profiles.Choice:
        """The profile that this run works on, and what chose it."""
        return self._once(
            "profile", lambda: profiles.choose(self.options.profile, self.world.environ, self.config)
        )

    @property
    def settings(self) -> Settings:
        """The settings, as they are for the profile."""
        return self._once(
            "settings", lambda: Settings(self.world.environ, self.config, self.config_path, self.profile.name)
        )

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are read and said."""
        return self._once("zone", self._find_zone)

    @property
    def rule(self) -> DayRule:
        """How days and weeks are counted."""
        return self._once(
            "rule",
            lambda: DayRule(self.zone, self.settings.read("day_start"), self.settings.read("week_start")),
        )

    @property
    def store(self) -> Store:
        """The profile's state file."""
        return self._once("store", lambda: self.store_of(self.profile.name))

    @property
    def out(self) -> Out:
        """Where results, notices and errors go."""
        return self._once("out", self._make_out)

    @property
    def questions(self) -> "Questions":
        """Whom to ask."""
        return self._once("questions", self._make_questions)

    @property
    def account(self) -> AccountSettings | None:
        """The account that the profile works on; None if it is this computer's own."""
        return self._once("account", lambda: account.of(self.profile.name, self.world.environ, self.config))

    @property
    def key(self) -> "credentials.Key":
        """The key of the profile's account.

        Raises:
            KeyMissingError: There is none, or what should give it fails.
        """
        return self._once("key", self._find_key)

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

    def access(self) -> "Access":
        """How the profile's account is reached.

        Raises:
            ClashError: The profile has none.
            KeyMissingError: There is no key.
        """
        from clockeye_cli.api.access import Access

        works_on = self.require_account()
        return Access(
            works_on.url,
            self.key.text,
            self.key.digest,
            environ=self.world.environ,
            now=self.world.clock,
            claimed=self.world.environ.get("CLOCKEYE_USER", ""),
            of_profile=works_on.user,
            settle=self.settings.read("sync.settle"),
        )

    def store_of(self, profile: str) -> Store:
        """The state file of any profile."""
        works_on = account.of(profile, self.world.environ, self.config)
        path = paths.store_file(self.world.environ, profile)
        return Store(path, self.world.clock, busy=self._busy, to_account=works_on is not None)

    @contextmanager
    def write(self) -> Iterator[Write]:
        """Change the store: the whole block, or nothing. What it says comes after it.

        The instant of the run is taken inside, so that commands which wait for each other see time pass.
        """
        self.settings.read("max_timer")  # which is needed to tell of the result: refused before, not after
        with self.store.write(self.args, self.zone) as write:
            self._made["now"] = write.now
            yield write
        self.has_written = True
        self.changes += write.changes

    def work_on(self, profile: str, key: "credentials.Key") -> None:
        """Work on another profile from here on: the one that a login has just made, with its key."""
        self.close()
        self.options = self.options._replace(profile=profile)
        self._made = {"key": key}

    def hurry(self) -> None:
        """Make this a look at what runs: it waits no longer than a prompt may, and nothing follows it."""
        self._busy = FAST_BUSY_SECONDS
        self.is_in_a_hurry = True

    def renew(self) -> None:
        """Take the instant anew, in a run that goes on and on."""
        self._made["now"] = self.world.clock()

    def close(self) -> None:
        """Let go of the store and send what was written."""
        if self.has_store:
            self.store.close()

    @property
    def has_store(self) -> bool:
        """Whether this run used the store."""
        return "store" in self._made

    def _once(self, name: str, make: Callable[[], Made]) -> Made:
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    def _find_zone(self) -> tzinfo:
        chosen: tzinfo | None = self.settings.read("zone")
        return chosen or zone.of_computer(self.world.environ)

    def _find_key(self) -> "credentials.Key":
        from clockeye_cli.config import credentials

        assert self.account is not None  # noqa: S101 (only asked for with an account)
        is_named = bool(self.options.profile or self.world.environ.get("CLOCKEYE_PROFILE"))
        seconds = credentials.UNLOCK_SECONDS if self.questions.can_ask else credentials.KEYRING_SECONDS
        return account.key(self.account, self.world.environ, is_named=is_named, seconds=seconds)

    def _make_out(self) -> Out:
        return Out(
            stdout=self.world.stdout,
            stderr=self.world.stderr,
            format=self.options.format,
            quiet=self.options.quiet,
            color=self.options.color,
            columns=self.listing.columns,
            decimal=self.listing.decimal,
            save=self.listing.save,
            force=self.listing.force,
            zone=lambda: self.zone,
            environ=self.world.environ,
        )

    def _make_questions(self) -> "Questions":
        from clockeye_cli.output.questions import Questions

        return Questions(
            self.world.stdin, self.world.stderr, no_input=self.options.no_input, yes=self.options.yes
        )
