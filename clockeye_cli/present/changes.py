"""Steps and changes of the history as text."""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.command_lines import joined
from clockeye_cli.core.customer import Customer
from clockeye_cli.core.duration import clock
from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store.add_keys import AddKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.store.history import Change, Step, Value
    from clockeye_cli.store.rare_kinds import Adoption, Rare

MOST, SHOWN = 1000, 20
"""Up to how many changes of a step are all shown; of more, how many."""


def command_line(step: Step) -> str:
    """The command of a step, quoted so that it can be typed again."""
    return joined(["clockeye", *step.command])


def project_names(steps: Iterable[Step], names: Mapping[str, str]) -> dict[str, str]:
    """The names of projects and clients by id, including those that have been deleted since."""
    values = (value for step in steps for change in step.changes for value in change)
    return {value.id: value.name for value in values if isinstance(value, Project | Customer)} | dict(names)


def describe_change(ctx: Context, change: Change, names: Mapping[str, str], *, exact: bool = False) -> str:
    """One change in one line: something added (`+`), removed (`-`) or changed (`~`); exact with seconds."""
    before, after = change
    if before is not None and after is not None:
        # Two times that differ by seconds would look equal.
        exact = exact or _times(ctx, before) != _times(ctx, after)
        former = ", ".join(_former(ctx, before, after, names))
        return f"~ {_value(ctx, after, names, exact=exact)}{former and '; was '}{former}"
    value = _value(ctx, before if after is None else after, names, exact=exact)
    return f"- {value}" if after is None else f"+ {value}"


def describe_changes(ctx: Context, changes: Sequence[Change], names: Mapping[str, str]) -> list[str]:
    """The changes of a step, a line for each; of a long import only the first ones, and how many more."""
    if len(changes) <= MOST:
        return [describe_change(ctx, change, names) for change in changes]
    lines = [describe_change(ctx, change, names) for change in changes[:SHOWN]]
    return [*lines, f"and {len(changes) - SHOWN:,} more changes"]


def _former(ctx: Context, before: Value, after: Value, names: Mapping[str, str]) -> list[str]:
    """The former values of whatever has changed."""
    if isinstance(before, Project | Customer):
        return [] if _value(ctx, before, names) == _value(ctx, after, names) else [_value(ctx, before, names)]
    if not isinstance(before, TimeEntry | Timer) or not isinstance(after, TimeEntry | Timer):
        return []
    parts = []
    if _times(ctx, before) != _times(ctx, after):
        parts.append(_times(ctx, before))
    if (before.project_id, before.description) != (after.project_id, after.description):
        parts.append(phrases.work(names.get(before.project_id or ""), before.description))
    if before.billable != after.billable:
        parts.append("billable" if before.billable else "not billable")
    return parts


def _times(ctx: Context, item: Value) -> str:
    if isinstance(item, Timer) or (isinstance(item, TimeEntry) and item.is_open):
        return f"since {phrases.stamp(item.started_at, ctx.zone, ctx.now, exact=True)}"
    if isinstance(item, TimeEntry):
        return phrases.span(item.started_at, item.ended_at, ctx.zone, ctx.now, exact=True)
    return ""


def _value(ctx: Context, value: Value | None, names: Mapping[str, str], *, exact: bool = False) -> str:
    if isinstance(value, TimeEntry):
        return f"{value.local_id}: {phrases.describe(value, names, ctx.zone, ctx.now, exact=exact)}"
    if isinstance(value, Timer):
        return f"timer: {phrases.describe(value, names, ctx.zone, ctx.now, exact=exact)}"
    if isinstance(value, Project):
        client = f", client {names[value.client_id or '']}" if value.client_id in names else ""
        return f"project: {value.name}{client}{' (archived)' if value.archived else ''}"
    if isinstance(value, AddKey):
        return f"key: {value.key}"
    return "" if value is None else _rare_value(value)


def _rare_value(value: Rare) -> str:
    from clockeye_cli.store.rare_kinds import kind_of  # late: few commands need it

    return RARE[kind_of(value)](value)


def adopted(adoption: Adoption) -> str:
    """`12 entries and 2 new projects`: the things that were adopted."""
    entries = phrases.counted(adoption.entries, "entry", "entries")
    return f"{entries} and {phrases.counted(adoption.projects, 'new project', 'new projects')}"


RARE: dict[str, Callable[[Any], str]] = {
    "client": lambda client: f"client: {client.name}{' (archived)' if client.archived else ''}",
    "run": lambda run: f"import: {run.source}",
    "origin": lambda origin: f"{origin.local_id}: imported from {origin.source}",
    "facts": lambda facts: f"{facts.local_id}: facts",
    "bill": lambda bill: f"invoice: {bill.number}",
    "billed": lambda billed: f"{billed.local_id}: {clock(billed.seconds)} billed",
    "adoption": lambda adoption: f"{adopted(adoption)} of the profile {adoption.profile}",
}
"""The rows of `store/rare_kinds.py: KINDS` in words."""
