"""Templates for the prompt and for status bars: `{project} {description} {elapsed} {today}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clockeye_cli.core.phrases import work
from clockeye_cli.core.safe_text import safe
from clockeye_cli.store import entries

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Timer

BRIEF = "{work} {elapsed}"
"""What a prompt or a bar shows unless told otherwise."""

LONGEST = 60
"""So many characters of a name or a description have room there."""

FIELDS = ("project", "description", "work", "elapsed", "today")
FIELD = re.compile(r"\{(\w*)\}")


def check(template: str) -> None:
    """Make sure that a template holds only known fields.

    Raises:
        UsageError: It holds another one; names it.
    """
    for name in FIELD.findall(template):
        if name not in FIELDS:
            from clockeye_cli.core.nearest import unknown

            raise unknown("field", f"{{{name}}}", [f"{{{field}}}" for field in FIELDS])


def fill(ctx: Context, template: str, runs: Timer | None, names: dict[str, str]) -> str:
    """The template with its fields filled in; nothing if no timer runs, unless it asks for `{today}` only.

    Args:
        ctx: For the clock and the store.
        template: With fields in braces; a field is never looked for in what another one gave.
        runs: The timer.
        names: Projects' names by id.

    Raises:
        UsageError: The template holds a field that there is not.
    """
    check(template)
    if runs is None and FIELD.findall(template) != ["today"]:
        return ""
    project = names.get(runs.project_id or "", "") if runs else ""
    description = runs.description if runs else ""
    found = {
        "project": project,
        "description": description,
        "work": work(project, description),
        "elapsed": _hours(max(0, ctx.now - runs.started_at) if runs else 0),
        "today": _hours(_today(ctx, runs)) if "{today}" in template else "",
    }
    return FIELD.sub(lambda match: found[match[1]], template)


def brief(ctx: Context, template: str, runs: Timer | None, names: dict[str, str]) -> str:
    """`fill` where there is little room: on one line, as safe text, long names and descriptions cut.

    Args:
        ctx: For the clock and the store.
        template: As `fill` takes it; empty for project, description and time.
        runs: The timer.
        names: Projects' names by id.

    Raises:
        UsageError: The template holds a field that there is not.
    """
    if runs:
        runs = runs._replace(description=_cut(runs.description))
    return safe(fill(ctx, template or BRIEF, runs, {key: _cut(name) for key, name in names.items()}))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _today(ctx: Context, runs: Timer | None) -> int:
    today = ctx.rule.day_of(ctx.now)
    start, end = ctx.rule.starts(today, today)
    with ctx.store.read() as connection:
        done = entries.between(connection, start, end)
    seconds = sum(min(end, entry.ended_at) - max(start, entry.started_at) for entry in done)
    return seconds + (max(0, ctx.now - max(start, runs.started_at)) if runs else 0)


def _hours(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"
