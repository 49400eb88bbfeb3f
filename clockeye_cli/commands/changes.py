"""Changes of the history in words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.phrases import entry, span, stamp, work

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.store.history import Change, Step, Value


def command_line(step: Step) -> str:
    """The command of a step as it can be typed again."""
    return shlex.join(["clockeye", *step.command])


def told(ctx: Context, change: Change, names: dict[str, str]) -> str:
    """One change in a line: what came, went, or became what."""
    if change.before is None and change.after is not None:
        return f"+ {_value(ctx, change.after, names)}"
    if change.after is None and change.before is not None:
        return f"- {_value(ctx, change.before, names)}"
    assert change.before is not None  # noqa: S101 (a change has a side)
    assert change.after is not None  # noqa: S101 (a change has a side)
    return f"~ {_value(ctx, change.before, names)} → {_value(ctx, change.after, names)}"


def _value(ctx: Context, value: Value, names: dict[str, str]) -> str:
    if isinstance(value, TimeEntry):
        when = span(value.started_at, value.ended_at, ctx.zone, ctx.now)
        return f"{value.local_id}: {entry(names.get(value.project_id or ''), value.description, when, value.duration)}"
    if isinstance(value, Timer):
        since = stamp(value.started_at, ctx.zone, ctx.now)
        return f"timer: {work(names.get(value.project_id or ''), value.description)}, since {since}"
    if isinstance(value, Project):
        return f"project: {value.name}{' (archived)' if value.archived else ''}"
    return f"key: {value.key}"
