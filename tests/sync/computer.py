"""A computer of the account's user, with the verbs of a person, over the service in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from clockeye_cli.core.actor import SOMEBODY
from clockeye_cli.core.whose import MINE
from clockeye_cli.store import entries, notices, outbox, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.sync.pull import pull, pull_projects
from clockeye_cli.sync.push import push
from clockeye_cli.tracking import entries as entry_rules
from clockeye_cli.tracking import timer as rules
from clockeye_cli.tracking import undo as undoing
from clockeye_cli.tracking.timer import Work
from tests.sync.service import NOON, Clock, Service, account_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clockeye_cli.core.entry import TimeEntry, Timer
    from clockeye_cli.store.state import Write
    from clockeye_cli.sync.account import Account

DAY = datetime(2026, 11, 20, tzinfo=UTC).date()


class Computer:
    """One computer of the user's, with the verbs of a person."""

    def __init__(self, service: Service, folder: Path, clock: Clock, name: str = "work") -> None:
        self.service, self.clock = service, clock
        self.account: Account = account_of(service, folder, clock, name)
        pull_projects(self.account)
        with self.account.store.read() as connection:
            self.project = next(project.id for project in projects.every(connection))

    def do(self, rule: Callable[..., Any], *args: Any, posts_timer: bool = True, **options: Any) -> Any:
        with self.account.store.write(["test"], UTC) as write:
            write.posts_timer = posts_timer
            return rule(write, *args, **options)

    def start(self, text: str, *, after: int = 0) -> None:
        self.clock.now += after
        self.do(rules.start, Work(text, self.project, billable=True), None)

    def stop(self, *, after: int = 0) -> TimeEntry:
        self.clock.now += after
        entry: TimeEntry = self.do(rules.stop, None)
        return entry

    def cancel(self) -> None:
        self.do(rules.cancel)

    def describe(self, text: str) -> None:
        timer = self.timer
        self.do(entry_rules.edit, timer, timer._replace(description=text))

    def undo(self) -> None:
        def last(write: Write) -> None:
            undoing.reverse(write, undoing.to_undo(write.connection, SOMEBODY.undoable)[0])

        self.do(last)

    def redo(self) -> None:
        def last(write: Write) -> None:
            undoing.reverse(write, undoing.to_redo(write.connection, SOMEBODY)[0])

        self.do(last)

    def sync(self, *, times: int = 1) -> None:
        for _ in range(times):
            push(self.account)
            self.clock.now += self.account.settle + 1

    def pull(self) -> None:
        self.clock.now += self.account.settle + 1
        pull(self.account, DAY, DAY, whose=MINE)

    @property
    def timer(self) -> Timer:
        with self.account.store.read() as connection:
            timer = timers.running(connection)
        assert timer is not None
        return timer

    @property
    def is_running_here(self) -> bool:
        with self.account.store.read() as connection:
            return timers.running(connection) is not None

    @property
    def runs(self) -> str | None:
        """The description of the current timer, here or on the account."""
        with self.account.store.read() as connection:
            timer = timers.current(connection)
        return timer.description if timer else None

    @property
    def here(self) -> list[tuple[str, int, int | None]]:
        """Description, start and end of the entries here, in seconds from NOON; None for one that runs."""
        with self.account.store.read() as connection:
            return [
                (e.description, e.started_at - NOON, None if e.is_open else e.ended_at - NOON)
                for e in entries.every(connection)
            ]

    @property
    def rows(self) -> list[tuple[str, str]]:
        with self.account.store.read() as connection:
            return [(row.what, row.state) for row in outbox.rows(connection)]

    @property
    def news(self) -> list[str]:
        """What is to be told, each once."""
        with self.account.store.exchange() as connection:
            every_notice = notices.every(connection)
            for notice in every_notice:
                notices.forget(connection, notice)
        return [
            notice.what + (" on both sides" if notice.details.get("is_here") else "")
            for notice in every_notice
        ]
