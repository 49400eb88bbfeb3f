"""Values as strings: for people (table, markdown) and for programs (tsv, csv). JSON has its own rules."""

from __future__ import annotations

from functools import partial

from clockeye_cli.core.day import local
from clockeye_cli.core.duration import changed, clock, decimal, signed, whole_minutes
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import BALANCE, TARGET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from clockeye_cli.output.cells import Column, Field, Kind, Row, Section, Table
    from clockeye_cli.output.formats import RenderOptions

TEXTUAL: frozenset[str] = frozenset({"text", "id", "words", "marked"})
"""Kinds that contain external text, which each format must escape in its own way."""

NUMERIC: frozenset[str] = frozenset(
    {"duration", "balance", "change", "hours", "money", "amount", "count", "share"}
)
"""Kinds that are aligned to the right."""

FIELDS = "·░▒▓█"
TO_THE_DAY, TO_THE_MINUTE = len("2026-11-26 "), len("2026-11-26 09:05")
EIGHTHS = " ▏▎▍▌▋▊▉█"


def people(kind: Kind, options: RenderOptions) -> Callable[[Any], str]:
    """A function that formats values of a kind for people; None becomes empty. Text is not escaped."""
    return _spelled({**_BOTH, **_PEOPLE}[kind](options))


def programs(kind: Kind, options: RenderOptions) -> Callable[[Iterable[Any]], list[str]]:
    """A function that formats the values of a column for programs; None becomes empty. Text is not escaped.

    It formats many at once, as lists are long: a call for each takes half as long again.
    """
    spell = {**_BOTH, **_PROGRAMS}[kind](options)
    return lambda values: ["" if value is None else spell(value) for value in values]


def title_of(section: Section, options: RenderOptions) -> str:
    """The text after a section's title: `7:59 of 8:00  −0:01`, or `7:59`; empty without a total."""
    if section.title_total is None:
        return ""
    form = people("duration", options)
    if section.title_target is None:
        return form(section.title_total)
    over = signed(section.title_total - section.title_target, form)
    return f"{form(section.title_total)} of {form(section.title_target)}  {over}"


def differences(table: Table, columns: Iterable[tuple[int, Column]], options: RenderOptions) -> list[str]:
    """The cells of the row below a table's target, for the columns with these places; empty without one."""
    row = balance(table)
    if row is None:
        return []
    return [
        signed(row[place], people(column.kind, options)) if isinstance(row[place], int) else row[place] or ""
        for place, column in columns
    ]


def bar(share: float | None, cells: int, encoding: str = "utf-8") -> str:
    """A bar of at most `cells` columns, visible if `share` is over 0; of `#` if the encoding lacks blocks.

    Args:
        share: 0 to 1; other values are clipped.
        cells: The width of a full bar.
        encoding: The encoding of the stream.
    """
    part = max(0.0, min(1.0, share or 0.0))
    try:
        EIGHTHS.encode(encoding)
    except UnicodeEncodeError:
        return "#" * max(round(part * cells), part > 0)
    full, rest = divmod(max(round(part * cells * 8), part > 0), 8)
    return (EIGHTHS[8] * full + EIGHTHS[rest]).rstrip()


def fields(encoding: str) -> str:
    """The signs of the levels of a day, from 0 to 4, in characters that the encoding has."""
    try:
        FIELDS.encode(encoding)
    except UnicodeEncodeError:
        return ".-+#@"
    return FIELDS


def _field(options: RenderOptions) -> Callable[[Any], str]:
    signs = fields(options.encoding)

    def spell(value: Field) -> str:
        time = "" if value.seconds is None else f" {whole_minutes(value.seconds):>4}"
        return f"{value.day:>2} {signs[value.level]}{time}"

    return spell


def _spelled(spell: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value is None else spell(value)


def _instants(first: int) -> Callable[[RenderOptions], Callable[[Any], str]]:
    """Instants as `2026-11-26 09:05`, from the character `first` on; `strftime` takes twice as long."""

    def make(options: RenderOptions) -> Callable[[Any], str]:
        zone = options.zone()
        return lambda value: local(value, zone).isoformat(" ", "minutes")[first:TO_THE_MINUTE]

    return make


def _rfc3339(options: RenderOptions) -> Callable[[Any], str]:
    zone = options.zone()
    return lambda value: local(value, zone).isoformat()


def _form(options: RenderOptions) -> Callable[[int], str]:
    return decimal if options.decimal else whole_minutes if options.minutes else clock


_BOTH: dict[str, Callable[[RenderOptions], Callable[[Any], str]]] = {
    "text": lambda _: str,
    "id": lambda _: str,
    "words": lambda _: " ".join,
    "day": lambda _: lambda value: str(value.isoformat()),
    "amount": lambda _: str,
    "money": lambda _: lambda amounts: " + ".join(map(str, amounts)) or "–",
    "count": lambda _: str,
}
_PEOPLE: dict[str, Callable[[RenderOptions], Callable[[Any], str]]] = {
    "instant": _instants(0),
    "clock": _instants(TO_THE_DAY),
    "duration": _form,
    "balance": lambda options: partial(signed, form=_form(options)),
    "change": lambda options: partial(changed, form=_form(options)),
    "hours": lambda _: decimal,
    "marked": lambda _: str,
    "field": _field,
    "flag": lambda _: lambda value: "yes" if value else "",
    "share": lambda _: lambda value: f"{value * 100:.0f} %",
}
_PROGRAMS: dict[str, Callable[[RenderOptions], Callable[[Any], str]]] = {
    "instant": _rfc3339,
    "clock": _rfc3339,
    "duration": lambda _: str,
    "balance": lambda _: str,
    "change": lambda _: str,
    "hours": lambda _: lambda value: f"{value / 3600:.4f}",
    "marked": lambda _: lambda value: getattr(value, "text", value),
    "flag": lambda _: lambda value: "true" if value else "false",
    "share": lambda _: lambda value: f"{value:.4f}",
}


def balance(table: Table) -> Row | None:
    """The row of differences below a table's target: how far the total is over it; None without a target."""
    if table.target is None or table.total is None:
        return None

    def over(due: Any, done: Any) -> Any:
        return BALANCE if due == TARGET else None if due in (None, "") else (done or 0) - due

    return tuple(over(*pair) for pair in zip(table.target, table.total, strict=True))
