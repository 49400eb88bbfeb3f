"""The input of hooks: the event and its entries, in the form of `--json`."""

from __future__ import annotations

from clockeye_cli.config import hooks
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import Column, Record, Section, Table
from clockeye_cli.present.entries import ENTRY, entry_row
from clockeye_cli.store import former_ids, projects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.history import Change

Item = TimeEntry | Timer | None

WAS = Column("was", "Was", "record")
"""The entry before `edit` changed it."""


def run_hooks(ctx: Context, changes: Iterable[Change]) -> None:
    """Run the hooks for the changes of a run: each hook once, with all entries of its event.

    The event follows from the change, not from the command: `undo` of a `delete` is an `add`.
    """
    events: dict[str, list[tuple[Item, Item]]] = {}
    for before, after in _whole(changes):
        if event := _event(before, after):
            events.setdefault(event, []).append((before, after))
    hooked = {event: pairs for event, pairs in events.items() if hooks.path_of(event, ctx.world.environ)}
    if not hooked:
        return
    touched = [item.local_id for pairs in hooked.values() for pair in pairs for item in pair if item]
    with ctx.store.read() as connection:
        names, ids = projects.names(connection), former_ids.account_ids(connection, touched)

    def row(item: Item) -> Row:
        assert item is not None  # noqa: S101 (an event has an entry before or after it)
        return entry_row(item, names, ctx.now, ids.get(item.local_id))

    for event, pairs in hooked.items():
        if event == "edit":
            rows = [(*row(after), Record(ENTRY, row(before))) for before, after in pairs]
            run_hook(ctx, event, Table((*ENTRY, WAS), [Section("", rows)]))
        else:
            rows = [row(after or before) for before, after in pairs]
            run_hook(ctx, event, Table(ENTRY, [Section("", rows)]))


def run_hook(ctx: Context, event: str, content: Table | Record) -> None:
    """Run the hook for an event, if installed, and show its output or its failure.

    Args:
        ctx: The run.
        event: The hook's name.
        content: Passed to the hook as JSON: a list, or one object.
    """
    path = hooks.path_of(event, ctx.world.environ)
    if path is None:
        return
    from clockeye_cli.output import json
    from clockeye_cli.output.formats import RenderOptions

    single = isinstance(content, Record)
    table = Table(content.columns, [Section("", [content.row])]) if isinstance(content, Record) else content
    table = table._replace(meta={"event": event, "profile": ctx.session.profile.name})
    options = RenderOptions(zone=lambda: ctx.zone, single=single)
    document = "".join(json.render(table, options)).encode()
    # A key in the environment chooses the profile env; the hook does not get the key.
    environ = {**ctx.world.environ, "CLOCKEYE_PROFILE": ctx.session.profile.name}
    try:
        for line in hooks.run(path, document, environ, seconds=ctx.settings.hooks_timeout):
            ctx.out.notice(line)
    except UsageError as error:
        ctx.out.notice(f"The hook {path} was not run: {error.message}")


def _whole(changes: Iterable[Change]) -> list[tuple[Item, Item]]:
    """Each entry before all changes and after them, in the order in which the changes reach them."""
    first: dict[str, Item] = {}
    last: dict[str, Item] = {}
    for before, after in changes:
        if isinstance(before, TimeEntry | Timer):
            first.setdefault(before.local_id, before)
            last[before.local_id] = None
        if isinstance(after, TimeEntry | Timer):
            first.setdefault(after.local_id, None)
            last[after.local_id] = after
    return [(first[local_id], last[local_id]) for local_id in first]


def _event(before: Item, after: Item) -> str:
    """The event for the change of an entry; empty if it did not change."""
    if before == after:
        return ""
    if after is None:
        return "delete"
    if before is None:
        return "start" if isinstance(after, Timer) else "add"
    was_running, is_running = (isinstance(item, Timer) or item.is_open for item in (before, after))
    return "stop" if was_running and not is_running else "edit"
