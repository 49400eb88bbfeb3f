"""What hooks are told: which event, and the entries that it is about, as `--json` has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.config import hooks
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import Column, Record, Section, Table
from clockeye_cli.present.entries import ENTRY, entry_row
from clockeye_cli.store import projects, remote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.history import Change

Item = TimeEntry | Timer | None

WAS = Column("was", "Was", "record")
"""What `edit` found."""


def tell_of_changes(ctx: Context, changes: Iterable[Change]) -> None:
    """Run the hooks for what a run has changed: each once, with all the entries that it is about.

    What a command is called does not matter: `undo` of a `delete` is an `add`.
    """
    happened: dict[str, list[tuple[Item, Item]]] = {}
    for before, after in _whole(changes):
        if event := _event(before, after):
            happened.setdefault(event, []).append((before, after))
    waiting = {event: each for event, each in happened.items() if hooks.path_of(event, ctx.world.environ)}
    if not waiting:
        return
    touched = [item.local_id for each in waiting.values() for pair in each for item in pair if item]
    with ctx.store.read() as connection:
        names, ids = projects.names(connection), remote.account_ids(connection, touched)

    def row(item: Item) -> Row:
        assert item is not None  # noqa: S101 (what an event is about was there before it or after it)
        return entry_row(item, names, ctx.now, ids.get(item.local_id))

    for event, each in waiting.items():
        if event == "edit":
            rows = [(*row(after), Record(ENTRY, row(before))) for before, after in each]
            tell(ctx, event, Table((*ENTRY, WAS), [Section("", rows)]))
        else:
            tell(ctx, event, Table(ENTRY, [Section("", [row(after or before) for before, after in each])]))


def tell(ctx: Context, event: str, what: Table | Record) -> None:
    """Run the hook for an event, if there is one, and show what it prints and how it fails.

    Args:
        ctx: What the command works with.
        event: The hook's name.
        what: It gets this as JSON: a list, or one object.
    """
    path = hooks.path_of(event, ctx.world.environ)
    if path is None:
        return
    from clockeye_cli.output import json
    from clockeye_cli.output.formats import RenderOptions

    single = isinstance(what, Record)
    table = Table(what.columns, [Section("", [what.row])]) if isinstance(what, Record) else what
    table = table._replace(meta={"event": event, "profile": ctx.session.profile.name})
    document = json.render(table, RenderOptions(zone=lambda: ctx.zone, single=single)).encode()
    # Without the key in the environment, that alone would no longer choose the profile.
    environ = {**ctx.world.environ, "CLOCKEYE_PROFILE": ctx.session.profile.name}
    try:
        for line in hooks.run(path, document, environ, seconds=ctx.settings.hooks_timeout):
            ctx.out.notice(line)
    except UsageError as error:
        ctx.out.notice(f"The hook {path} was not run: {error.message}")


def _whole(changes: Iterable[Change]) -> list[tuple[Item, Item]]:
    """What was and what is of each entry, in the order in which the changes come to them."""
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
    """The word for what became of an entry; empty if it is as it was."""
    if before == after:
        return ""
    if after is None:
        return "delete"
    if before is None:
        return "start" if isinstance(after, Timer) else "add"
    return "stop" if isinstance(before, Timer) and isinstance(after, TimeEntry) else "edit"
