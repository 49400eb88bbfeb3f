"""Templates for the prompt and for status bars: `{project} {description} {elapsed} {today} {attention}`."""

from __future__ import annotations

from clockeye_cli.core.phrases import work
from clockeye_cli.core.safe_text import one_line, safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries
from clockeye_cli.store import timer as timers
from clockeye_cli.store.attention import is_needed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Timer

BRIEF = "{work} {elapsed}"
"""The default template for bars."""

PROMPT = "{work} {elapsed} {attention}"
"""The default template for prompts."""

MARK = "!"
"""Shown where a change was refused by the account, or nothing can be sent to it."""

LONGEST = 60
"""Names and descriptions are cut to this many characters in prompts and bars."""

FIELDS = ("project", "description", "work", "elapsed", "today", "attention")
WITHOUT_A_TIMER = {"today", "attention"}
"""Fields that have a value even if no timer is running."""

OTHER_FORMATS = {
    "waybar": "status --format waybar",
    "tmux": "status --format tmux",
    "json": "status --json",
}
"""What people type for a template, with the command that has it."""


def pieces(template: str) -> list[str]:
    """A template in pieces: texts, each but the last followed by the name of a field.

    A field is a word in braces, or nothing in them. (`re` would take a prompt 8 ms to import.)
    """
    parts = [""]
    while template:
        text, brace, rest = template.partition("{")
        name, end, after = rest.partition("}")
        if brace and end and all(letter.isalnum() or letter == "_" for letter in name):
            parts[-1] += text
            parts += [name, ""]
            template = after
        else:
            parts[-1] += text + brace
            template = rest
    return parts


def check(template: str) -> None:
    """Check that a template has only known fields, and is not the name of a format of `status`.

    Raises:
        UsageError: The template has an unknown field, or is such a name.
    """
    if template in OTHER_FORMATS:
        from clockeye_cli.errors import UsageError

        raise UsageError(
            f"{template!r} is not a template.",
            hint=f"`clockeye {OTHER_FORMATS[template]}` prints that format.",
        )
    for name in pieces(template)[1::2]:
        if name not in FIELDS:
            from clockeye_cli.core.nearest import unknown

            raise unknown("field", f"{{{name}}}", [f"{{{field}}}" for field in FIELDS])


def attention(ctx: Context) -> str:
    """The mark if a person must look at what was sent to the account, else empty."""
    if ctx.account is None:
        return ""
    with ctx.store.read() as connection:
        return MARK if is_needed(connection) else ""


def fill(
    ctx: Context,
    template: str,
    runs: Timer | None,
    names: dict[str, str],
    shown: Callable[[str], str] = str,
) -> str:
    """The template with its fields filled in.

    If no timer is running, it is empty but for `{attention}`, unless `{today}` is its only other field.

    Args:
        ctx: For the clock and the store.
        template: With fields in braces; the values of fields are not expanded again.
        runs: The timer.
        names: Projects' names by id.
        shown: Makes text safe to show; everything but the mark goes through it.

    Raises:
        UsageError: The template has an unknown field.
    """
    check(template)
    fields = set(pieces(template)[1::2])
    mark = attention(ctx) if "attention" in fields else ""
    if runs is None and not (fields and fields <= WITHOUT_A_TIMER):
        return mark
    project = names.get(runs.project_id or "", "") if runs else ""
    description = one_line(runs.description) if runs else ""
    values = {
        "project": shown(project),
        "description": shown(description),
        "work": shown(work(project, description)),
        "elapsed": _hours(max(0, ctx.now - runs.started_at) if runs else 0),
        "today": _hours(_today(ctx)) if "today" in fields else "",
        "attention": mark,
    }
    texts = pieces(template)
    return "".join(values[each] if place % 2 else shown(each) for place, each in enumerate(texts))


def brief(
    ctx: Context,
    template: str,
    runs: Timer | None,
    names: dict[str, str],
    escapes: Mapping[int, str] | None = None,
) -> str:
    """`fill` for little room: on one line, as safe text, with long names and descriptions cut.

    Args:
        ctx: For the clock and the store.
        template: As for `fill`.
        runs: The timer.
        names: Projects' names by id.
        escapes: Replacements of characters that would not be shown as they are.

    Raises:
        UsageError: The template has an unknown field.
    """
    if runs:
        runs = runs._replace(description=_cut(runs.description))
    cut_names = {key: _cut(name) for key, name in names.items()}
    return fill(ctx, template, runs, cut_names, lambda text: safe(text).translate(escapes or {}))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _today(ctx: Context) -> int:
    today = ctx.rule.day_of(ctx.now)
    start, end = ctx.rule.starts(today, today)
    with ctx.store.read() as connection:
        done = entries.between(connection, start, end)
        runs = timers.running(connection)  # not one on the account: that counts once it has an end
    seconds = sum(min(end, entry.ended_at) - max(start, entry.started_at) for entry in done)
    return seconds + (max(0, ctx.now - max(start, runs.started_at)) if runs else 0)


def _hours(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"
