"""Reads tables: finds the delimiter and the header of a file, and gives its rows as cells."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.importers.incoming import Problem
from clockeye_cli.importers.text import Encoding, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (",", ";", "\t")
FIRST_ROWS = 10
"""Rows among which the header is looked for: reports may begin with a few lines about themselves."""

LONGEST_CELL = 2 * 1024 * 1024
"""Characters: our own files may have a description as long as in JSON."""


class Header(NamedTuple):
    """The header of a table.

    Attributes:
        names: The names of its columns, as written.
        row: Its place among the rows, from 0 on.
        delimiter: What stands between the cells.
    """

    names: tuple[str, ...]
    row: int
    delimiter: str

    @property
    def folded(self) -> tuple[str, ...]:
        """The names, as they are compared."""
        return tuple(folded(name) for name in self.names)


class TableFile(NamedTuple):
    """A table that is being read.

    Attributes:
        header: Its header.
        encoding: How its bytes become text.
        is_quoted: Whether a cell may stand between quotes; in our own TSV a quote is a character like others.
    """

    header: Header
    encoding: Encoding
    is_quoted: bool = True

    def rows(self, file: BinaryIO) -> Iterator[tuple[int, list[str]] | Problem]:
        """Each row below the header, with the line that it begins in; blank rows are left out.

        A row that has more cells than the header, or cannot be divided into cells, is a problem.

        Raises:
            UsageError: The text is not in the table's encoding.
        """
        reader = csv.reader(
            self.encoding.lines(file),
            delimiter=self.header.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.is_quoted else csv.QUOTE_NONE,
        )
        width = len(self.header.names)
        left, line = self.header.row + 1, 1
        while True:
            try:
                for cells in reader:
                    begins, line = line, reader.line_num + 1
                    if left:
                        left -= 1
                    elif len(cells) == width and any(cells):  # by far the most
                        yield begins, cells
                    elif len(cells) > width and any(cells[width:]):
                        yield Problem(begins, "bad_row", f"has {len(cells)} cells, and the header {width}")
                    elif any(cells):
                        yield begins, cells + [""] * (width - len(cells))
                return
            except csv.Error as error:
                yield Problem(line, "bad_row", f"cannot be divided into cells: {error}")
                left, line = max(0, left - 1), reader.line_num + 1


def headers(text: str) -> Iterator[Header]:
    """What may be the header of a table that begins with a text: the first rows, by each delimiter."""
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        try:
            for row, cells in enumerate(islice(rows, FIRST_ROWS)):
                names = tuple(cell.strip() for cell in cells)
                if sum(map(bool, names)) > 1:
                    yield Header(names, row, delimiter)
        except csv.Error:
            continue


def open_table(file: BinaryIO, header: Header, encoding: str) -> TableFile:
    """A table whose header is known."""
    csv.field_size_limit(LONGEST_CELL)
    return TableFile(header, opened(file, encoding))
