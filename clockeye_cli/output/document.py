"""A Document: what a page, a PDF or a spreadsheet shows, before one of them draws it.

All of them draw the same blocks, and every number is a typed cell (`cells.py`). A chart has no numbers of its
own: it names columns of a Table, so it cannot show others than the Table does.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.cells import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Literal

    from clockeye_cli.output.cells import Kind

    Look = Callable[[int], list[Table]]
    """The tables to draw for people on a terminal of some columns."""


class Heading(NamedTuple):
    """The heading of the blocks that follow."""

    text: str


class Figure(NamedTuple):
    """One number that matters.

    Attributes:
        key: Its name in JSON.
        title: Its name for people.
        value: A value of its kind; None for none.
        kind: A kind of cell; `money` has one amount.
    """

    key: str
    title: str
    value: Any
    kind: Kind = "duration"


class Figures(NamedTuple):
    """The numbers that matter most, in a row."""

    figures: tuple[Figure, ...]


class Chart(NamedTuple):
    """A picture of columns of a table, which stands in the document, too.

    Attributes:
        kind: `days`: a bar for each row, divided into the columns of `values`; `shares`: one bar for each
            row; `heat`: a field for each day, darker for more.
        title: What it shows.
        of: The table.
        label: The key of the column that names the rows; for `heat` the first days of weeks.
        values: The keys of the columns with the durations: one for `shares`; for `heat` the days of the week.
        colors: The slot of a colour (`core/palette.py`) for each column of `days`, by its key, or for each
            row of `shares`, by its label; what is not named here has the colour of the text.
    """

    kind: Literal["days", "shares", "heat"]
    title: str
    of: Table
    label: str
    values: tuple[str, ...]
    colors: Mapping[str, int] = {}


class Text(NamedTuple):
    """A paragraph."""

    text: str


Block = Heading | Figures | Table | Chart | Text
"""What a document consists of."""


class About(NamedTuple):
    """Who hands a document to whom, and where it comes from. Empty values are left out.

    Attributes:
        sender: The lines of who hands it in: a name and an address, or only the person.
        recipient: The lines of the client: the name, then the address.
        made: How it was made, by what and when, in one line.
        made_at: The instant at which it was made.
        zone: The time zone of its times, and of date-times in a spreadsheet.
    """

    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    made: str = ""
    made_at: int = 0
    zone: str = ""


class Document(NamedTuple):
    """What is drawn.

    Attributes:
        title: The period, or what is listed.
        about: Who hands it to whom.
        blocks: In their order. Formats for programs write only the first table.
    """

    title: str
    about: About
    blocks: tuple[Block, ...]

    @property
    def table(self) -> Table:
        """The first table: all of a document that formats of a single table can write."""
        return next(block for block in self.blocks if isinstance(block, Table))

    @classmethod
    def of(cls, table: Table) -> Document:
        """The document of a list that is nothing but a table."""
        return cls(table.heading or "clockeye", About(), (table, *map(Text, table.notes)))
