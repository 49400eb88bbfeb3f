"""`clockeye history`: the changes made by commands, the latest first."""

from __future__ import annotations

from clockeye_cli.core.actor import PERSON, SCRIPT, UNKNOWN, in_words
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.phrases import stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.present.changes import command_line, describe_changes, project_names
from clockeye_cli.store import clients, projects
from clockeye_cli.store import history as stored_history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.history import Step
    from clockeye_cli.store.state import Read

COLUMNS = (
    Column("at", "When", "instant"),
    Column("command", "Command"),
    Column("changes", "Changes"),
    Column("undone", "Undone", "flag", drop=1),
    Column("entries", "Entries", "words", is_detail=True),
    Column("step", "Step", "count", is_detail=True),
    Column("actor", "Actor", is_detail=True),
)


LATEST = 20
"""How many commands a person sees who asks for no number."""

PAGE = 2_000
"""Commands read at once, for which a writer waits."""

SHAPE = JsonShape(COLUMNS, is_list=True)


def history(ctx: Context, *, count: int | None = None, actor: str = "") -> None:
    """List the steps.

    Args:
        ctx: The run.
        count: How many to list at most; None for all, or for the latest on a terminal.
        actor: Only commands of this actor; empty for all.
    """
    is_short = count is None and ctx.out.is_terminal and not ctx.options.format
    most = LATEST if is_short else count
    first_listed = None

    def pages(read: Read) -> Iterator[tuple[list[Step], dict[str, str]]]:
        nonlocal first_listed
        with read() as connection:
            names = projects.names(connection) | clients.names(connection)
        rest, first_listed = most, None
        while rest is None or rest > 0:
            size = PAGE if rest is None else min(rest, PAGE)
            with read() as connection:
                steps = stored_history.steps(connection, size, first_listed, actor or None)
            names = project_names(steps, names)
            yield steps, names
            if len(steps) < size:
                return
            rest, first_listed = None if rest is None else rest - size, steps[-1].id

    def prepared(read: Read) -> Callable[[], None]:
        rows = (_row(ctx, step, names) for steps, names in pages(read) for step in steps)
        empty = "No command has changed anything yet."
        return ctx.out.prepared(
            Table(COLUMNS, [Section("", rows)], empty=empty),
            look=lambda _width: [
                Table((Column("changes", ""),), [*_sections(ctx, pages(read))], empty=empty)
            ],
        )

    ctx.store.steadily(prepared)()
    if is_short and first_listed is not None:
        with ctx.store.read() as connection:
            has_more = stored_history.steps(connection, 1, first_listed, actor or None)
        if has_more:
            ctx.out.notice(f"Only the latest {LATEST} commands are shown; `-n COUNT` shows more.")


def _sections(ctx: Context, pages: Iterable[tuple[list[Step], dict[str, str]]]) -> Iterator[Section]:
    """One section per command, with one line per change."""
    for steps, names in pages:
        for step in steps:
            undone = "  (undone)" if step.undone_by is not None else ""
            by = f"  (by {in_words(step.actor)})" if step.actor not in (PERSON, SCRIPT, UNKNOWN) else ""
            title = f"{stamp(step.at, ctx.zone)}  {command_line(step)}{by}{undone}"
            yield Section(title, [(f"  {line}",) for line in describe_changes(ctx, step.changes, names)])


def _row(ctx: Context, step: Step, names: dict[str, str]) -> Row:
    touched = [change.after if change.after is not None else change.before for change in step.changes]
    ids = dict.fromkeys(item.local_id for item in touched if isinstance(item, TimeEntry | Timer))
    changes = "; ".join(describe_changes(ctx, step.changes, names))
    return step.at, command_line(step), changes, step.undone_by is not None, list(ids), step.id, step.actor
