"""Changes of the history in words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from clockeye_cli.core import phrases
from clockeye_cli.core.entry import Project, TimeEntry, Timer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clockeye_cli.context import Context
    from clockeye_cli.store.history import Change, Step, Value


def command_line(step: Step) -> str:
    """The command of a step as it can be typed again."""
    return shlex.join(["clockeye", *step.command])


def project_names(steps: Iterable[Step], names: Mapping[str, str]) -> dict[str, str]:
    """The names of projects by id, those included that are gone since."""
    values = (value for step in steps for change in step.changes for value in change)
    return {value.id: value.name for value in values if isinstance(value, Project)} | dict(names)


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
        return f"{value.local_id}: {phrases.told(value, names, ctx.zone, ctx.now)}"
    if isinstance(value, Timer):
        return f"timer: {phrases.told(value, names, ctx.zone, ctx.now)}"
    if isinstance(value, Project):
        return f"project: {value.name}{' (archived)' if value.archived else ''}"
    return f"key: {value.key}"
