"""The end of every command that writes entries: its result, then the notices that belong to it."""

from __future__ import annotations

from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.present.entries import entry_record, entry_table
from clockeye_cli.present.timers import say_long_timer
from clockeye_cli.store import former_ids, projects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Record, Table
    from clockeye_cli.store.history import Change
    from clockeye_cli.store.state import Write


class Written(NamedTuple):
    """What a command has written, with what it takes to show it once the store is let go.

    Attributes:
        items: The entries, and the timer, in the order in which they are shown.
        names: Projects' names by id.
        account_ids: The ids on the account of the items that it has, by their ids here.
        new_projects: The names of the projects that the command has created.
    """

    items: Sequence[TimeEntry | Timer]
    names: dict[str, str]
    account_ids: dict[str, str]
    new_projects: list[str]

    def record(self, ctx: Context) -> Record:
        """The first item as a single result."""
        item = self.items[0]
        return entry_record(item, self.names, ctx.now, self.account_ids.get(item.local_id))

    def table(self, ctx: Context) -> Table:
        """All items as a list."""
        return entry_table(self.items, self.names, ctx.now, self.account_ids)

    def lines(self, ctx: Context, *, exact: bool = False) -> list[str]:
        """One line per item, with its id: `te_4k7d…: web: Fix the login bug, 09:15–10:30 (1:15:00)`.

        Exact ones have the seconds of their times.
        """
        return [
            f"{'timer' if isinstance(item, Timer) else item.local_id}:"
            f" {describe(item, self.names, ctx.zone, ctx.now, exact=exact)}"
            for item in self.items
        ]


def written(write: Write, *items: TimeEntry | Timer) -> Written:
    """What a command has written, read at the end of its transaction."""
    account_ids = former_ids.account_ids(write.connection, (item.local_id for item in items))
    return Written(items, projects.names(write.connection), account_ids, made_projects(write.changes))


def touched(changes: Iterable[Change]) -> list[TimeEntry | Timer]:
    """The entries and the timer that changes leave, in their order."""
    return [change.after for change in changes if isinstance(change.after, TimeEntry | Timer)]


def adjusted_lines(ctx: Context, changes: Sequence[Change], names: Mapping[str, str]) -> list[str]:
    """The changes to other entries that made room for the one that a command has written, one per line."""
    if not changes:
        return []
    from clockeye_cli.present.changes import describe_change  # late: it loads shlex, and few commands need it

    return [f"  {describe_change(ctx, change, names, exact=True)}" for change in changes]


def say_written(
    ctx: Context,
    lines: str | list[str],
    result: Record | Table | None,
    new_projects: Iterable[str] = (),
    notes: Iterable[str | list[str]] = (),
    timed: Iterable[TimeEntry | Timer] = (),
    name: str = "",
) -> None:
    """Print the result of a command that writes, and the notices that belong to it.

    Args:
        ctx: The run.
        lines: The result as text.
        result: The same as cells.
        new_projects: The names of projects that were created.
        notes: Notices about the times, a list for one of several lines.
        timed: Whatever got new times: pointed out if it is over `max_timer`.
        name: How the command line names it; empty for its id.
    """
    ctx.out.done(lines, result)
    say_projects(ctx, new_projects)
    for note in notes:
        ctx.out.notice(note)
    for item in timed:
        say_long_timer(ctx, item, name)


def made_projects(changes: Sequence[Change]) -> list[str]:
    """The names of the projects that a command has created, by its changes."""
    return [c.after.name for c in changes if isinstance(c.after, Project) and c.before is None]


def say_projects(ctx: Context, names: Iterable[str]) -> None:
    """Name the projects that were created along with an entry or a timer."""
    for name in names:
        ctx.out.notice(f"Created the project {name}. (`clockeye undo` reverts this.)")
