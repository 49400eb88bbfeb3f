"""Cells of a sheet in its XML (ECMA-376, part 1, 18.3.1.4), by the kinds of `output/cells.py`.

A cell is written as the text after its reference: `<c r="A1` comes before it. xlsxwriter's own methods for
cells take five times as long, which a long list cannot afford.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from clockeye_cli.core.day import DAY_SECONDS, EPOCH, local
from clockeye_cli.core.duration import quoted
from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo
    from typing import Any

MOST_CHARACTERS = 32_767
"""Of a cell, in UTF-16 units: Excel's limit, which other programs share."""

OFTEN = 1_000
"""How many different texts of a column are kept: names and descriptions come again and again."""

HOUR = 3_600

FIRST_DAY = 25_569
"""The number of 1970-01-01: days count from 1899-12-30 (18.17.4.1)."""

ORDINAL = EPOCH.toordinal() - FIRST_DAY

NUMBER_FORMATS = {
    "instant": "yyyy-mm-dd hh:mm:ss",
    "clock": "yyyy-mm-dd hh:mm:ss",
    "day": "yyyy-mm-dd",
    "duration": "[h]:mm:ss",
    "hours": "0.00",
    "balance": '+0.00" h";-0.00" h";0.00" h"',
    "change": '+0.00" h";-0.00" h";0.00" h"',
    "amount": "#,##0.00",
    "share": "0 %",
}
"""How numbers of a kind are shown, where it is not as they are.

Differences are in hours, because Excel shows no negative times.
"""

QUOTED = "quoted"
"""The style of texts that a spreadsheet would take for a formula if somebody edited the cell."""

FORMULA_STARTS = ("=", "+", "-", "@")
LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def text_cell(text: str, styles: Mapping[str, int]) -> str:
    """A text.

    Raises:
        StorageError: It is too long for a cell.
    """
    shown = safe(text, keep_newlines=True)
    if 2 * len(shown) > MOST_CHARACTERS and len(shown.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        raise StorageError(
            f"A cell of a spreadsheet holds {MOST_CHARACTERS:,} characters; this text has {len(shown):,}:"
            f" {quoted(shown)}.",
            hint="Save it as .csv, which has no such limit.",
        )
    if "_x" in shown:  # `_x000A_` would be read as a newline (22.9.2.19)
        shown = LIKE_AN_ESCAPE.sub("_x005F_", shown)
    kind = QUOTED if shown.startswith(FORMULA_STARTS) else "text"
    style = f'" s="{styles[kind]}' if kind in styles else ""
    return f'{style}" t="inlineStr"><is><t xml:space="preserve">{shown.translate(MARKUP)}</t></is></c>'


def number_cell(kind: str, number: object, styles: Mapping[str, int], formula: str = "") -> str:
    """A number in the style of its kind; with a formula, as that one's value."""
    style = f'" s="{styles[kind]}' if kind in styles else ""
    return f'{style}">{f"<f>{formula}</f>" if formula else ""}<v>{number}</v></c>'


def number(kind: str, zone: tzinfo) -> Callable[[Any], object]:
    """A function that gives the number that a value of a kind is in a cell, as a text or as it is written."""
    offsets: dict[int, int | None] = {}

    def offset(instant: int) -> int:
        ahead = local(instant, zone).utcoffset()
        return int(ahead.total_seconds()) if ahead else 0

    def moment(instant: int) -> str:
        day = instant // DAY_SECONDS
        if day not in offsets:  # on most days clocks do not change: one look at the zone is enough
            ends = {offset(day * DAY_SECONDS), offset((day + 1) * DAY_SECONDS)}
            offsets[day] = ends.pop() if len(ends) == 1 else None
        ahead = offsets[day]
        seconds = instant + (offset(instant) if ahead is None else ahead)
        return repr(seconds / DAY_SECONDS + FIRST_DAY)

    makers: dict[str, Callable[[Any], object]] = {
        "instant": moment,
        "clock": moment,
        "day": lambda day: day.toordinal() - ORDINAL,
        "duration": lambda seconds: repr(seconds / DAY_SECONDS),
        **dict.fromkeys(("hours", "balance", "change"), lambda seconds: repr(seconds / HOUR)),
        "share": repr,
    }
    return makers.get(kind, str)


def spelled(kind: str, styles: Mapping[str, int], zone: tzinfo) -> Callable[[Any], str]:
    """A function that writes values of a kind; for None and an empty text, it returns an empty text: no cell.

    Args:
        kind: A kind of `output/cells.py`.
        styles: The number of the style of each kind that has one, and of QUOTED.
        zone: The zone of local times.
    """
    if kind == "flag":
        return lambda value: "" if value is None else f'" t="b"><v>{value:d}</v></c>'
    if kind in TEXTS:
        join, cell = TEXTS[kind], lru_cache(OFTEN)(partial(text_cell, styles=styles))
        return lambda value: cell(join(value)) if value else ""
    exact = number(kind, zone)

    def spell(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, str):  # a week in a column of days, or the word for a sum
            return text_cell(value, styles)
        return number_cell(kind, exact(value), styles)

    return spell


TEXTS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "id": str,
    "words": " ".join,
    "money": lambda amounts: " + ".join(map(str, amounts)),
}
