"""Typed cells: the results of a command, before a format renders them.

Values keep their type until they are rendered, because a terminal, a pipe and JSON need different strings for
the same value. The kinds of values:

=============  =========================================  =======================  ==================
kind           Python value (None: empty, JSON null)      table, markdown          tsv, csv
=============  =========================================  =======================  ==================
``text``       str                                        safe to show, may wrap   exact, escaped
``id``         str                                        never cut                the same
``words``      list[str]                                  joined by spaces         the same
``marked``     Marked, or str without a mark              its mark and text        its text
``field``      Field                                      16 ▓ 7:59                omitted
``instant``    int, seconds since 1970 UTC                local date and time      RFC 3339 with offset
``clock``      int, seconds since 1970 UTC                local time, 09:15        RFC 3339 with offset
``day``        datetime.date                              2026-11-20               the same
``duration``   int, seconds                               1:15, 1:15:00, or 1.25   whole seconds
``balance``    int, seconds, over or under                +0:15, or −0.25          whole seconds
``change``     int, seconds more or fewer                 ↑ 0:15, or ↓ 0.25         whole seconds
``hours``      int, seconds                               1.25                     1.2500, in hours
``money``      tuple[Money, ...], one per currency        1,250.00 EUR, or –       a column per currency
``amount``     Decimal                                    1250.00                  the same
``count``      int                                        12                       the same
``flag``       bool                                       yes, or nothing          true, false
``share``      float, 0 to 1                              62 %                     0.6200
``bar``        float, 0 to 1                              a bar as wide as fits    omitted
``record``     Record                                     omitted                  omitted
``records``    list[Record]                               omitted                  omitted
=============  =========================================  =======================  ==================

JSON has instants in UTC, durations in whole seconds, amounts as text, exact text, and no bars. What people
see adds up (see `figures.py`); programs get each value as it is. Shapes alone have ``measure`` (int, or the
fields of Money) and ``json`` (any value).
"""

from __future__ import annotations

from itertools import chain, islice

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from typing import Any, Literal

    from clockeye_cli.core.strip import Strip

    Kind = Literal[
        "text",
        "id",
        "words",
        "marked",
        "field",
        "instant",
        "clock",
        "day",
        "duration",
        "balance",
        "change",
        "hours",
        "money",
        "amount",
        "count",
        "flag",
        "share",
        "bar",
        "record",
        "records",
        "measure",
        "json",
    ]
    Row = tuple[Any, ...]
    """One value per column, in their order."""


TARGET, BALANCE = "Target", "Balance"


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        key: The JSON field, the TSV and CSV heading, and the word for `--columns`.
        title: The heading for people.
        kind: See the table above.
        is_detail: Only JSON has it, unless it is named in `--columns`.
        drop: On a narrow terminal, columns with the highest number are dropped first; 0 is never dropped.
        is_nullable: Whether a cell may be None: JSON's null.
        of: The columns of each Record, if that is its kind.
        values: All texts that a cell can have; empty if they cannot be listed.
        pattern: A regular expression for the whole text of a cell; empty for any text.
        is_optional: Whether some runs do not have the column.
    """

    key: str
    title: str
    kind: Kind = "text"
    is_detail: bool = False
    drop: int = 0
    is_nullable: bool = False
    of: tuple[Column, ...] = ()
    values: tuple[str, ...] = ()
    pattern: str = ""
    is_optional: bool = False


class JsonShape(NamedTuple):
    """What a command prints as JSON, for `clockeye schema`.

    Attributes:
        columns: Those of `data`: of the object, or of each object of the list. Empty for null.
        meta: The fields of `meta`, as columns without titles; empty if there is none.
        is_list: Whether `data` is a list.
        is_nullable: Whether an object may be null: there is nothing to show.
        has_meta: Whether `meta` is always there; otherwise it is left out where it is empty.
    """

    columns: tuple[Column, ...] = ()
    meta: tuple[Column, ...] = ()
    is_list: bool = False
    is_nullable: bool = False
    has_meta: bool = False


class Marked(NamedTuple):
    """A name with the sign that stands for it in a chart: for a project.

    Attributes:
        text: The name.
        slot: Its colour in `core/palette.py`, and that of the bars of its row; None for none.
        mark: A letter before the name; empty for none.
    """

    text: str
    slot: int | None = None
    mark: str = ""

    def __str__(self) -> str:
        """The name with its mark, for people."""
        return f"{self.mark} {self.text}" if self.mark else self.text


class Field(NamedTuple):
    """A day of a calendar, for people.

    Attributes:
        day: Its number in the month.
        level: How much was worked, 0 for nothing to 4.
        seconds: How long; None if there is no room for it.
    """

    day: int
    level: int
    seconds: int | None


class Record(NamedTuple):
    """A single result: in JSON, `data` is an object.

    Attributes:
        columns: What it consists of.
        row: One value per column.
        is_stacked: Whether people see each value below its title, and not a table.
    """

    columns: tuple[Column, ...]
    row: Row
    is_stacked: bool = False


class Section(NamedTuple):
    """A group of rows with a heading and a sum.

    Attributes:
        title: The heading above the rows; empty for none.
        rows: The rows: a list, or an iterator that reads them while a format writes them.
        total: The sum, as a row; None for none.
        title_total: Seconds, shown in the line of the title, above the durations; None for none.
        title_target: Seconds to work, shown after it with the difference; None for none.
        day: The day that the title names; None if it names none.
        is_group: For people, the sum is a line above the rows, which are indented.
        strip: For people, what was tracked when, drawn below the title; None for none.
    """

    title: str
    rows: Iterable[Row]
    total: Row | None = None
    title_total: int | None = None
    title_target: int | None = None
    day: date | None = None
    is_group: bool = False
    strip: Strip | None = None


class Table(NamedTuple):
    """A list of results.

    Attributes:
        columns: The columns of the rows.
        sections: The rows in groups; most tables have one section without a title.
        meta: The `meta` object of JSON. Formats look at it after the rows, so reading those may fill it in.
        total: The sum of all sections, for people only.
        target: For people, the time to work as a row below the total, with the word TARGET in one cell; the
            difference follows (see `balance`). None for none.
        heading: A line above the table, for people only.
        empty: The text for people when there are no rows.
        stack: For people: `rows` are a name with its values below it, `cells` each a title with its value
            below it, wrapped so that nothing is cut; `heat` are days, a field for each; empty for a table.
        across: The key of the column with the sum of the other durations of its row; empty for none.
        notes: What must be known of a list that is handed on: sentences below it.
    """

    columns: tuple[Column, ...]
    sections: list[Section]
    meta: dict[str, Any] = {}  # noqa: RUF012 (the default of a NamedTuple, never modified)
    total: Row | None = None
    target: Row | None = None
    heading: str = ""
    empty: str = "Nothing to list."
    stack: Literal["", "rows", "cells", "heat"] = ""
    across: str = ""
    notes: Sequence[str] = ()

    @property
    def rows(self) -> Iterator[Row]:
        """All rows of all sections, in their order."""
        return chain.from_iterable(section.rows for section in self.sections)

    @property
    def is_empty(self) -> bool:
        """Whether it certainly has no rows; rows that are still to be read may turn out to be none."""
        return not any(section.rows or section.is_group for section in self.sections)

    def whole(self) -> Table:
        """The table with all rows read."""
        return self._replace(sections=[section._replace(rows=[*section.rows]) for section in self.sections])


def shows_seconds(table: Table) -> bool:
    """Whether a table that is read has a duration that is not whole minutes."""
    places = [place for place, column in enumerate(table.columns) if column.kind == "duration"]
    return any(row[place] and row[place] % 60 for row in table.rows for place in places)


def in_pieces(rows: Iterable[Row], most: int = 200) -> Iterator[list[Row]]:
    """Rows in lists of at most `most`, so that a format works on many at once and never on all."""
    rest = iter(rows)
    while piece := list(islice(rest, most)):
        yield piece
