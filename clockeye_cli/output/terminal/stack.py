"""Draws names and values one below the other: paths and messages are whole, so that they can be copied."""

from __future__ import annotations

from rich.text import Text

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.wrapping import wrapped
from clockeye_cli.output.choice import shown
from clockeye_cli.output.spelling import people
from clockeye_cli.output.terminal.paper import BOLD

if TYPE_CHECKING:
    from clockeye_cli.output.cells import Table
    from clockeye_cli.output.terminal.paper import Paper


LEFT_OUT = frozenset({"record", "records", "bar"})


def stack(table: Table, paper: Paper) -> None:
    """Draw a table whose `stack` is set; empty values are left out."""
    places = shown(table, without=LEFT_OUT)
    spell = {place: people(column.kind, paper.options) for place, column in places}
    for row in table.rows:
        texts = [(column, spell[place](row[place])) for place, column in places if row[place] is not None]
        if table.stack == "cells":
            for column, text in texts:
                if text:
                    paper.draw(Text(column.title, BOLD))
                    _draw_below(text, paper)
            continue
        (_, name), *values = texts
        paper.draw_whole(Text(paper.plain(name), BOLD))
        for number, (column, text) in enumerate(values):
            if text and column.kind != "flag":
                _draw_below(f"{column.title}: {text}" if number else text, paper)


def _draw_below(text: str, paper: Paper) -> None:
    for line in wrapped(paper.plain(text), paper.options.width - 2):
        paper.draw_whole(Text(f"  {line}"))
