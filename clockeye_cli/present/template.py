"""Templates for the prompt and for status bars: `{project} {description} {elapsed} {today}`."""

from __future__ import annotations

import re

from clockeye_cli.core.phrases import work
from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Timer

BRIEF = "{work} {elapsed}"
"""The default template for prompts and bars."""

LONGEST = 60
"""Names and descriptions are cut to this many characters in prompts and bars."""

FIELDS = ("project", "description", "work", "elapsed", "today")
FIELD = re.compile(r"\{(\w*)\}")


def check(template: str) -> None:
    """Check that a template has only known fields.

    Raises:
        UsageError: The template has an unknown field.
    """
    for name in FIELD.findall(template):
        if name not in FIELDS:
            from clockeye_cli.core.nearest import unknown

            raise unknown("field", f"{{{name}}}", [f"{{{field}}}" for field in FIELDS])


def fill(ctx: Context, template: str, runs: Timer | None, names: dict[str, str]) -> str:
    """The template with its fields filled in; empty if no timer is running, unless it has only `{today}`.

    Args:
        ctx: For the clock and the store.
        template: With fields in braces; the values of fields are not expanded again.
        runs: The timer.
        names: Projects' names by id.

    Raises:
        UsageError: The template has an unknown field.
    """
    check(template)
    if runs is None and FIELD.findall(template) != ["today"]:
        return ""
    project = names.get(runs.project_id or "", "") if runs else ""
    description = runs.description if runs else ""
    values = {
        "project": project,
        "description": description,
        "work": work(project, description),
        "elapsed": _hours(max(0, ctx.now - runs.started_at) if runs else 0),
        "today": _hours(_today(ctx, runs)) if "{today}" in template else "",
    }
    return FIELD.sub(lambda match: values[match[1]], template)


def brief(ctx: Context, template: str, runs: Timer | None, names: dict[str, str]) -> str:
    """`fill` for little room: on one line, as safe text, with long names and descriptions cut.

    Args:
        ctx: For the clock and the store.
        template: As for `fill`; empty for project, description and time.
        runs: The timer.
        names: Projects' names by id.

    Raises:
        UsageError: The template has an unknown field.
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
