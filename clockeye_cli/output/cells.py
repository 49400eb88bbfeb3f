"""Typed cells: what a command hands over, before any format has decided how it looks.

A value keeps its type until the last moment, because a terminal, a pipe and JSON want different strings
of one value. What each kind's value is:

=============  =========================================  =======================  ==================
kind           Python value (None: empty, JSON null)      table, markdown          tsv, csv
=============  =========================================  =======================  ==================
``text``       str                                        safe to show, may wrap   exact, escaped
``id``         str                                        never cut                the same
``words``      list[str]                                  joined by spaces         the same
``instant``    int, seconds since 1970 UTC                local date and time      RFC 3339 with offset
``clock``      int, seconds since 1970 UTC                local time, 09:15        RFC 3339 with offset
``day``        datetime.date                              2026-11-20               the same
``duration``   int, seconds                               1:15:00, or 1.25         whole seconds
``count``      int                                        12                       the same
``flag``       bool                                       yes, or nothing          true, false
``share``      float, 0 to 1                              62 %                     0.6200
``bar``        float, 0 to 1                              a bar as wide as fits    left out
``record``     Record                                     left out                 left out
=============  =========================================  =======================  ==================

JSON gives instants in UTC, durations in whole seconds, text exactly, and leaves bars out.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Kind = Literal[
    "text", "id", "words", "instant", "clock", "day", "duration", "count", "flag", "share", "bar", "record"
]


class Column(NamedTuple):
    """What stands in one column.

    Attributes:
        key: The JSON field, the TSV and CSV heading, and the word for `--columns`.
        title: The heading that people read.
        kind: See the table above.
        is_detail: Left out by every format for people and by tsv and csv unless `--columns` asks for it;
            JSON always has it.
        drop: On a terminal that is too narrow, columns with the highest number go first; 0 stays.
    """

    key: str
    title: str
    kind: Kind = "text"
    is_detail: bool = False
    drop: int = 0


Row = tuple[Any, ...]
"""One value for each column, in their order."""


class Record(NamedTuple):
    """One thing, as a single result: JSON's `data` is then an object."""

    columns: tuple[Column, ...]
    row: Row


class Section(NamedTuple):
    """Rows that belong together under a heading of their own, with their sum.

    Attributes:
        title: Stands above the rows; empty for none.
        rows: One value a column each.
        total: A row like the others, shown as the sum; None for none.
        title_total: Seconds, shown in the title's line, above the durations; None for none.
    """

    title: str
    rows: list[Row]
    total: Row | None = None
    title_total: int | None = None


class Table(NamedTuple):
    """A list of things.

    Attributes:
        columns: What the rows hold.
        sections: The rows; most tables have one section without a title.
        meta: What JSON says beside the data.
        total: The sum under everything, for people only.
        heading: A line above everything, for people only.
        empty: What people read when there is no row.
    """

    columns: tuple[Column, ...]
    sections: list[Section]
    meta: dict[str, Any] = {}  # noqa: RUF012 (never changed: a NamedTuple's default)
    total: Row | None = None
    heading: str = ""
    empty: str = "Nothing to list."

    @property
    def rows(self) -> list[Row]:
        """All rows of all sections, in their order."""
        return [row for section in self.sections for row in section.rows]
