"""What Rich draws on: a console that keeps what is printed, and tables of fixed widths without lines."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.streams import for_people
from clockeye_cli.output.terminal.measure import steady

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from rich.console import ConsoleOptions, RenderableType
    from rich.segment import Segment

    from clockeye_cli.output.formats import RenderOptions

BOLD, DIM = Style(bold=True), Style(dim=True)
NOTHING = Text()
WIDEST = 100_000
"""Columns of the console: wider than any table, because ids, times and sums are never cut."""


class Paper:
    """Keeps what is drawn as lines of text, with escape sequences only where colours are allowed.

    Args:
        options: The capabilities of the terminal.
    """

    def __init__(self, options: RenderOptions) -> None:
        self.options = options
        has_lines = for_people("…─", options.encoding) == "…─"
        self.ellipsis, self.rule = ("…", "─") if has_lines else ("~", "-")
        self._file = StringIO()
        # All that Rich would otherwise find out from the process is decided by `output/streams.py`.
        self._console = Console(
            file=self._file,
            width=WIDEST,
            height=WIDEST,  # else it asks the terminal for its size, for each row
            color_system=_COLORS[options.colors],
            no_color=False,
            force_terminal=True,
            force_jupyter=False,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def plain(self, text: str) -> str:
        """The text as one line of safe text, with the same width on all terminals."""
        return steady(text, self.options.encoding)

    def color(self, slot: int | None) -> Style | None:
        """The style of a project's colour; None without a slot.

        Args:
            slot: Its place in the palette. On a terminal of 16 colours it is one of those.
        """
        if slot is None:
            return None
        color = PALETTE[slot]
        return Style(color=f"color({color.code if self.options.colors > 16 else _number(color.basic)})")  # noqa: PLR2004

    def draw(self, *shapes: RenderableType) -> None:
        """Draw a shape below the others, wrapped between words if it is a text; a blank line without one."""
        wide = WIDEST if shapes and isinstance(shapes[0], RichTable) else self.options.width
        self._console.print(*shapes, width=wide, crop=False)

    def draw_whole(self, text: Text) -> None:
        """Draw a text on one line, however long it is."""
        self._console.print(text)

    def text(self) -> str:
        """What was drawn: lines, without the blanks with which Rich fills their ends."""
        lines = self._file.getvalue().split("\n")
        return "\n".join([line.rstrip(" ") for line in lines])


_COLORS: dict[int, Literal["standard", "256"] | None] = {0: None, 16: "standard", 256: "256"}


def _number(sgr: int) -> int:
    """The number of one of the first 16 colours by its SGR code: 30 to 37, or 90 to 97 for a bright one."""
    return sgr - 30 if sgr < 90 else sgr - 82  # noqa: PLR2004


class Cell(Text):
    """Lines that fit their column: Rich need not wrap or cut them, which takes half of its time."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        """Yield the lines as they are."""
        return self.render(console)


def grid(cells: Sequence[Text], widths: Sequence[int], gap: int) -> RichTable:
    """One row of a Rich table without lines, in columns of fixed widths.

    Args:
        cells: The cells, of one or more lines.
        widths: The width of each column.
        gap: Blanks between two columns. They widen the column before them, or are one after a text that Rich
            has to wrap. Padding would make Rich draw each cell twice.
    """
    table = RichTable.grid()
    spaced: list[Text] = []
    for place, (cell, wide) in enumerate(zip(cells, widths, strict=True), 1):
        spaced.append(cell)
        if place == len(cells):
            table.add_column(width=wide)
        elif isinstance(cell, Cell):
            table.add_column(width=wide + gap)
        else:
            table.add_column(width=wide)
            table.add_column(width=gap)
            spaced.append(NOTHING)
    table.add_row(*spaced)
    return table
