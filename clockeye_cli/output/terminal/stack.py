"""Draws names and values one below the other: paths and messages are whole, so that they can be copied."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.wrapping import wrapped
from clockeye_cli.output.choice import shown
from clockeye_cli.output.spelling import people
from clockeye_cli.output.terminal.measure import steady

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clockeye_cli.output.cells import Table
    from clockeye_cli.output.formats import RenderOptions


YELLOW = "33"
LEFT_OUT = frozenset({"record", "bar"})


def stacked(table: Table, options: RenderOptions, styled: Callable[[str, str], str]) -> Iterator[str]:
    """The lines of a table whose `stack` is set; empty values are left out.

    Args:
        table: The table.
        options: The capabilities of the terminal.
        styled: Puts a text into a style.
    """
    places = shown(table, without=LEFT_OUT)
    spell = {place: people(column.kind, options) for place, column in places}
    for row in table.rows:
        texts = [(column, spell[place](row[place])) for place, column in places if row[place] is not None]
        if table.stack == "cells":
            for column, text in texts:
                if text:
                    yield styled(column.title, YELLOW)
                    yield from _below(text, options)
            continue
        (_, name), *values = texts
        yield styled(steady(name, options.encoding), YELLOW)
        for number, (column, text) in enumerate(values):
            if text and column.kind != "flag":
                yield from _below(f"{column.title}: {text}" if number else text, options)


def _below(text: str, options: RenderOptions) -> list[str]:
    safe_text = steady(text, options.encoding)
    return [f"  {line}" for line in wrapped(safe_text, options.width - 2)]
