"""A Document as a workbook: one sheet per table, in cells that a spreadsheet can compute with.

Durations are numbers of days, shown as `[h]:mm:ss`, and not differences of times, which would be wrong over a
clock change. Times are local and without a zone, which their headings name. A sum is a formula together with
its value, because viewers that do not compute would show 0. Rows are written as they are read.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.output.cells import Table, in_pieces
from clockeye_cli.output.choice import by_currency, shown
from clockeye_cli.output.document import About, Figures, Heading, Text
from clockeye_cli.output.xlsx.cells import NUMBER_FORMATS, QUOTED, number, number_cell, spelled, text_cell
from clockeye_cli.output.xlsx.names import SheetNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal
    from typing import BinaryIO

    from clockeye_cli.output.cells import Column
    from clockeye_cli.output.document import Document, Figure
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"bar", "record", "records"})
ADDED_UP = ("duration", "hours", "amount")
"""Kinds whose columns get a sum, also if the table has none."""

MOST_ROWS = 1_048_576
"""Of a sheet: Excel's limit, which other programs share."""

WIDTHS = {"instant": 19, "clock": 19, "day": 12, "duration": 11, "id": 18, "text": 22, "words": 18}
WIDE = {"description": 48}
"""The widths of columns in characters, by their kind or key; others are as wide as their title."""


class Rows(Worksheet):  # type: ignore[misc] # xlsxwriter has no types
    """A worksheet whose rows are written whole, to where xlsxwriter puts finished ones."""

    last = 0
    """The number of the last row, from 1."""

    def write_cells(self, rows: Iterable[Iterable[str]], letters: Sequence[str]) -> None:
        """Write the next rows.

        Args:
            rows: The cells of each (see `cells.py`), one for each letter; empty for none.
            letters: The letters of the columns.

        Raises:
            StorageError: The sheet is full.
        """
        at = self.last
        lines = []
        for row in rows:
            at += 1
            cells = [f'<c r="{letter}{at}{cell}' for letter, cell in zip(letters, row, strict=False) if cell]
            lines.append(f'<row r="{at}">{"".join(cells)}</row>')
        if at > MOST_ROWS:
            raise StorageError(
                f"A spreadsheet holds at most {MOST_ROWS:,} rows, but this list is longer.",
                hint="Choose a shorter period, or save it as .csv.",
            )
        self.row_data_fh.write("".join(lines))
        self._check_dimensions(max(at - 1, 0), max(len(letters) - 1, 0))  # so it knows how large it is
        self.last = self.previous_row = at


def write(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write a workbook: a sheet for each table; who hands it in, and the figures, are on the first one.

    Raises:
        StorageError: A text or a list is too long for a spreadsheet, or a temporary file cannot be written.
    """
    try:
        with TemporaryDirectory(prefix="clockeye-") as folder:
            Book(Workbook(file, {"constant_memory": True, "tmpdir": folder}), document, options).fill()
    except (OSError, XlsxWriterException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageError(f"Cannot write a temporary file: {reason}.") from error


class Book:
    """A workbook while it is written.

    Args:
        workbook: An empty one.
        document: What to write.
        options: For the zone of local times.
    """

    def __init__(self, workbook: Workbook, document: Document, options: RenderOptions) -> None:
        workbook.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 (the same bytes each time)
        self._workbook, self._document = workbook, document
        self._zone = options.zone()
        self._zone_name = document.about.zone or getattr(self._zone, "key", str(self._zone))
        self._names = SheetNames()
        self._styles = self._added()
        self._bold = self._added(bold=True)
        self._sums = self._added(bold=True, top=1)

    def fill(self) -> None:
        """Write everything."""
        above, below = self._around()
        try:
            heading = ""
            for block in self._document.blocks:
                if isinstance(block, Heading):
                    heading = block.text
                elif isinstance(block, Table):
                    self._add(by_currency(block), heading or block.heading, above, below)
                    heading, above, below = "", [], []
            self._workbook.close()
        except BaseException:
            for sheet in self._workbook.worksheets():
                with suppress(OSError):
                    sheet.row_data_fh.close()
            raise

    def _added(self, **look: object) -> dict[str, int]:
        """The numbers of the styles of all kinds that have one, each with some look in common."""
        formats = {kind: {**look, "num_format": text} for kind, text in NUMBER_FORMATS.items()}
        formats[QUOTED] = {**look, "quote_prefix": True}
        formats |= {"count": look, "text": look} if look else {}
        return {kind: self._workbook.add_format(each)._get_xf_index() for kind, each in formats.items()}  # noqa: SLF001 (cells name a style by its number)

    def _around(self) -> tuple[list[list[str]], list[list[str]]]:
        """The rows above and below the first table: who hands in what to whom, the figures, other texts."""
        about, blocks = self._document.about, self._document.blocks
        figures = [each for block in blocks if isinstance(block, Figures) for each in block.figures]
        texts = [block.text for block in blocks if isinstance(block, Text)]
        if about._replace(zone="") == About() and not figures and not texts:
            return [], []
        above = [[text_cell(self._document.title, self._bold)], []]
        for lines in (about.sender, about.recipient):
            above += [*([self._text(line)] for line in lines), *([[]] if lines else [])]
        above += [*map(self._figure, figures), *([[]] if figures else [])]
        return above, [[], *([self._text(text)] for text in (*texts, about.made) if text)]

    def _figure(self, figure: Figure) -> list[str]:
        if figure.kind == "money":
            (each,) = figure.value
            figure = figure._replace(
                title=f"{figure.title} {each.currency}", value=each.amount, kind="amount"
            )
        return [self._text(figure.title), spelled(figure.kind, self._styles, self._zone)(figure.value)]

    def _text(self, text: str) -> str:
        return text_cell(text, self._styles)

    def _add(self, table: Table, name: str, above: list[list[str]], below: list[list[str]]) -> None:
        usual = "Entries" if any(column.key == "started_at" for column in table.columns) else "List"
        sheet: Rows = self._workbook.add_worksheet(self._names.new(name or usual), Rows)
        places = [place for place, _ in shown(table, without=LEFT_OUT)]
        columns = [table.columns[place] for place in places]
        letters = [xl_col_to_name(number) for number in range(max(len(columns), 2))]
        sheet.write_cells(above, letters)
        titles = [self._title(column) for column in columns]
        sheet.write_cells([[text_cell(title, self._bold) for title in titles]], letters)
        first = sheet.last
        sheet.freeze_panes(first, 0)
        for at, (column, title) in enumerate(zip(columns, titles, strict=True)):
            width = WIDE.get(column.key) or WIDTHS.get(column.kind, 0)
            sheet.set_column(at, at, max(width, len(title) + 2))
        spells = [spelled(column.kind, self._styles, self._zone) for column in columns]
        sums = {at: 0 for at, column in enumerate(columns) if column.kind in (*ADDED_UP, "count")}
        for rows in in_pieces(table.rows):
            cells = [*zip(*rows, strict=True)]
            shown_cells = [cells[place] for place in places]
            for at in sums:
                sums[at] += sum(filter(None, shown_cells[at]))
            columns_of_cells = [[*map(spell, of)] for spell, of in zip(spells, shown_cells, strict=True)]
            sheet.write_cells(zip(*columns_of_cells, strict=True), letters)
        if sheet.last > first:
            sheet.autofilter(first - 1, 0, sheet.last - 1, len(columns) - 1)
            total = None if table.total is None else [table.total[place] for place in places]
            sheet.write_cells([self._total(columns, sums, total, first + 1, sheet.last, letters)], letters)
        else:
            sheet.write_cells([[self._text(table.empty)]], letters)
        sheet.write_cells(below, letters)

    def _total(
        self,
        columns: Sequence[Column],
        sums: Mapping[int, int | Decimal],
        total: Sequence[object] | None,
        first: int,
        last: int,
        letters: Sequence[str],
    ) -> list[str]:
        """The row of sums: that of the table or, where it has none, one of its durations and amounts.

        A sum that is not the sum of its column, such as one over tags, is no formula.

        Args:
            columns: The columns that are shown.
            sums: The sum of each column that has one, by its place.
            total: The table's own row of sums.
            first: The number of the first row, from 1.
            last: The number of the last one.
            letters: The letters of the columns.
        """
        if total is None:
            own = [sums[at] if column.kind in ADDED_UP else None for at, column in enumerate(columns)]
            if not any(column.kind in ADDED_UP for column in columns):
                return []
            total = own if own[0] is not None else ["Total", *own[1:]]
        cells = []
        for at, (column, value) in enumerate(zip(columns, total, strict=True)):
            if value in (None, ""):
                cells.append("")
            elif isinstance(value, str):
                cells.append(text_cell(value, self._sums))
            else:
                is_sum = at in sums and value == sums[at]
                formula = f"SUM({letters[at]}{first}:{letters[at]}{last})" if is_sum else ""
                cells.append(
                    number_cell(column.kind, number(column.kind, self._zone)(value), self._sums, formula)
                )
        return cells

    def _title(self, column: Column) -> str:
        return f"{column.title} ({self._zone_name})" if column.kind in ("instant", "clock") else column.title
