"""The Context: one run of a command in a session, with its options and the changes it has made.

Commands get the clock, the store, the settings and the terminal from here and nowhere else.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import cached_property

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import StorageError
from clockeye_cli.output import streams
from clockeye_cli.output.out import Out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import tzinfo

    from clockeye_cli.api.access import Access
    from clockeye_cli.config import credentials
    from clockeye_cli.config.account import AccountSettings
    from clockeye_cli.config.settings import Settings
    from clockeye_cli.core.actor import Actor
    from clockeye_cli.core.day import DayRule
    from clockeye_cli.output.questions import Questions
    from clockeye_cli.session import Session, World
    from clockeye_cli.store.history import Change
    from clockeye_cli.store.state import Store, Write


class Options(NamedTuple):
    """The options shared by all commands."""

    profile: str = ""
    quiet: bool = False
    no_input: bool = False
    debug: bool = False
    color: str = "auto"
    format: str = ""
    yes: bool = False
    dry_run: bool = False


class Listing(NamedTuple):
    """The options of commands that list things; `chart` is None if neither of its options was given."""

    columns: str = ""
    decimal: bool = False
    save: str = ""
    force: bool = False
    chart: bool | None = None
    is_export: bool = False


class Context:
    """One run.

    Args:
        args: The arguments as typed, for the history; an alias is replaced by what it stands for.
        session: Shared with other runs.
        options: The options shared by all commands.

    Attributes:
        listing: How lists are shown.
        exit_code: The exit code of a run that did not fail: 1 if `check` reports something.
        has_written: Whether this run has changed the store.
        changes: The changes it has made, in order.
        has_named_timers: Whether it has named the timers of other profiles.
        has_named_zone: Whether a notice about the time zone was shown or is not needed.
        has_listed_outbox: Whether to print no notice about changes that wait for the account.
        follow: Does everything that follows a run (`after.py`).
    """

    def __init__(self, args: Sequence[str], session: Session, options: Options) -> None:
        self.args = args
        self.session = session
        self.options = options
        self.listing = Listing()
        self.exit_code, self.has_written = 0, False
        self.changes: list[Change] = []
        self.has_named_timers, self.has_named_zone, self.has_listed_outbox = False, False, False
        self.follow: Callable[[Context], None] = lambda _run: None

    def another(self) -> Context:
        """Another run in the same session, for a command that keeps running."""
        run = Context(self.args, self.session, self.options)
        run.follow = self.follow
        return run

    def choose(self, options: Options) -> None:
        """Set the options, once they have been read from the command line."""
        self.options, self.session.chosen_profile = options, options.profile

    def work_on(self, session: Session) -> None:
        """Switch to another session: that of the profile that a login has just created."""
        self.session.close()
        self.session = session

    @property
    def world(self) -> World:
        """The environment, the streams and the clock."""
        return self.session.world

    @property
    def settings(self) -> Settings:
        """The settings of the profile."""
        return self.session.settings

    @property
    def own_work_hours(self) -> tuple[int, int] | None:
        """The working hours, in seconds after midnight, if the user has set any."""
        return None if self.settings.value("work_hours").source == "default" else self.settings.work_hours

    @property
    def has_target(self) -> bool:
        """Whether a time to work is set; `present/targets.py` reads it."""
        return bool(self.settings.value("target").text)

    @property
    def zone(self) -> tzinfo:
        """The time zone in which times are read and shown."""
        return self.session.zone

    @property
    def rule(self) -> DayRule:
        """When days and weeks begin."""
        return self.session.rule

    @property
    def store(self) -> Store:
        """The profile's state file."""
        return self.session.store

    @property
    def account(self) -> AccountSettings | None:
        """The profile's account; None if the profile exists on this computer only."""
        return self.session.account

    @property
    def actor(self) -> Actor:
        """Who runs this command."""
        return self.session.actor

    @cached_property
    def now(self) -> int:
        """The instant of this run; a command that writes sets it once it holds the store (see `write`)."""
        return self.session.clock()

    @cached_property
    def out(self) -> Out:
        """Where results, notices and errors go."""
        return Out(
            stdout=self.world.stdout,
            stderr=self.world.stderr,
            format=self.options.format,
            quiet=self.options.quiet,
            dry_run=self.options.dry_run,
            profile=self.options.profile,
            color=self.options.color,
            columns=self.listing.columns,
            decimal=self.listing.decimal,
            save=self.listing.save,
            force=self.listing.force,
            zone=lambda: self.zone,
            environ=self.world.environ,
        )

    @property
    def can_ask(self) -> bool:
        """Whether somebody can be asked; the same as `questions.can_ask`, without loading what asks."""
        return self._has_user and not self.options.dry_run

    @property
    def _has_user(self) -> bool:
        on_terminal = streams.is_terminal(self.world.stdin) and streams.is_terminal(self.world.stderr)
        return on_terminal and not self.options.no_input

    @cached_property
    def questions(self) -> Questions:
        """Asks the user, if there is somebody to ask."""
        from clockeye_cli.output.questions import Questions

        world, no_input = self.world, not self.can_ask
        # A dry run asks nothing: a yes that the user could give is taken as given.
        yes = self.options.yes or (self.options.dry_run and self._has_user)
        return Questions(world.stdin, world.stderr, world.environ, no_input=no_input, yes=yes)

    @property
    def key(self) -> credentials.Key:
        """The key of the profile's account; the keyring gets more time if somebody can be asked to unlock it.

        Raises:
            ClashError: The profile has no account.
            KeyMissingError: No key is stored, or it cannot be read.
        """
        return self.session.key(can_ask=self.questions.can_ask)

    def access(self) -> Access:
        """The address and the key of the profile's account.

        Raises:
            ClashError: The profile has no account.
            KeyMissingError: No key is stored, or it cannot be read.
        """
        return self.session.access(self.key)

    @contextmanager
    def write(self) -> Iterator[Write]:
        """Change the store: the whole block, or nothing. Print results only after the block.

        The instant of the run is taken inside, so that commands which wait for each other see time pass.
        """
        # Needed once the changes are stored: an invalid value fails before, not after.
        _ = self.settings.max_timer, self.settings.sync_background
        to_the_minute, posts_timer = self.settings.to_the_minute, self.settings.sync_timer
        closed = self.session.closed
        if self.options.dry_run:
            self.store.leave_file()  # what follows reads what would be stored, and stores nothing
        with self.store.write(self.args, self.zone, self.settings.history_keep, self.actor) as write:
            write.to_the_minute, write.posts_timer, write.closed = to_the_minute, posts_timer, closed
            self.now = write.now
            yield write
        self.has_written = True
        self.changes += write.changes

    def say_once_a_day(self, text: str) -> None:
        """Print a notice about the surroundings of a command, unless it was given on the same day already.

        What was refused or is pending is always shown: it belongs to `out.notice`.
        """
        from clockeye_cli.store import remembered  # late: most commands say nothing

        day = str(self.rule.day_of(self.now))
        with self.store.read() as connection:
            of_day = (remembered.get(connection, remembered.NOTICES_OF_DAY) or "").split("\n\n")
        texts = of_day[1:] if of_day[0] == day else []
        if self.options.quiet or text in texts:
            return
        self.out.notice(text)
        if not self.options.dry_run:
            with suppress(StorageError), self.store.exchange() as connection:  # it may be read-only
                remembered.put(connection, remembered.NOTICES_OF_DAY, "\n\n".join([day, *texts, text]))

    def close(self) -> None:
        """Close the store."""
        self.session.close()
