"""Tables and single results: drawn, rendered in a format, or saved to a file.

Imported only when needed; plain lines do not need it.
"""

from __future__ import annotations

from contextlib import contextmanager

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.output import formats
from clockeye_cli.output.cells import Record, Section, Table
from clockeye_cli.output.choice import by_currency, pick, with_hours
from clockeye_cli.output.document import Document
from clockeye_cli.output.formats import FORMATS, RenderOptions
from clockeye_cli.output.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import tzinfo
    from typing import Any

    from clockeye_cli.output.document import Look
    from clockeye_cli.output.formats import Format
    from clockeye_cli.output.streams import Stdout

SHOWN_AFTER = 0.6
"""Seconds after which a bar is shown: `terminal/progress.py` shows none before."""


class Results:
    """Writes tables and single results as the command's options say.

    Args:
        stdout: Standard output.
        notice: Prints a notice on standard error.
        show: Writes a drawn text, through a pager if it is tall.
        format: The value of `-o`; empty for a table on a terminal and tsv elsewhere.
        columns: The value of `--columns`.
        decimal: Show durations to people as hours with two decimals.
        save: The file to write to instead of standard output; empty for none.
        force: Overwrite that file.
        zone: Returns the zone of local times.
        progress: Shows a progress bar, as `Out.progress` does.
    """

    def __init__(
        self,
        stdout: Stdout,
        notice: Callable[[str], None],
        show: Callable[[str], None],
        *,
        format: str,  # noqa: A002 (the word of the option)
        columns: str,
        decimal: bool,
        save: str,
        force: bool,
        zone: Callable[[], tzinfo],
        progress: Callable[[str], AbstractContextManager[Callable[[int, int | None], None]]],
    ) -> None:
        self._stdout = stdout
        self._notice = notice
        self._show = show
        self._format = format
        self._columns = columns
        self._decimal = decimal
        self._path = save
        self._force = force
        self._zone = zone
        self._progress = progress

    def check(self, own: Mapping[str, str]) -> str:
        """See `Out.check_save`."""
        name = self._format
        if name and name not in own:
            formats.check(name)
        if self._path:
            name = formats.of_file(self._path, own)
            if self._format not in ("", name):
                raise UsageError(
                    f"-o {self._format} conflicts with the file name {self._path} ({name}).",
                    hint="Omit -o, or change the file extension.",
                )
            from clockeye_cli.output import save  # late: most results are printed

            save.check(self._path, force=self._force)
        return name if name in own else ""

    def file(self, pieces: Iterable[bytes]) -> Callable[[], None]:
        """See `Out.file`."""
        document = Spool(lambda file: file.writelines(pieces))
        return lambda: self.save(document) if self._path else self._print(document)

    @property
    def page_format(self) -> Format | None:
        """See `Out.page_format`; with `--columns`, a list is wanted."""
        chosen = FORMATS[self._name()]
        return chosen if chosen.is_page and not self._columns else None

    def prepared(
        self,
        table: Table,
        look: Look | None = None,
        page: Document | None = None,
        *,
        single: bool = False,
    ) -> Callable[[], None]:
        """See `Out.prepared`; `single`: in JSON an object and not a list."""
        name = self._name()
        formats.check(name)
        look = None if self._columns or table.is_empty else look
        table = pick(table, self._columns)
        if self._decimal and name in formats.DATA and not self._columns:
            table = with_hours(table)
        if name in formats.FLAT:
            table = by_currency(table)
        document = page or Document.of(table)
        if self._path:
            options = RenderOptions(self._zone, decimal=self._decimal, single=single)
            with self._waiting(name):
                saved = _written(name, document, options)
            return lambda: self.save(saved)
        if name == "table":
            text = "".join(f"{line}\n" for line in self.drawn(look(self._stdout.width) if look else [table]))
            return lambda: self._show(text)
        options = self._options(single=single)
        if name in formats.UTF8 and not self._stdout.is_terminal:
            options = options._replace(encoding="utf-8")
        printed = _written(name, document, options)
        return lambda: self._print(printed)

    def single(self, line: Callable[[], None], content: Record | Table | None, meta: dict[str, Any]) -> None:
        """Write a single result.

        Args:
            line: Prints the result for people; used for `-o table` without a result.
            content: The result; None for JSON's null.
            meta: The `meta` object of JSON.
        """
        if content is not None:
            single = isinstance(content, Record)
            if isinstance(content, Record):
                content = Table(
                    content.columns, [Section("", [content.row])], stack="cells" if content.is_stacked else ""
                )
            table = content._replace(meta={**content.meta, **meta})
            self.prepared(table, single=single)()
        elif self._format == "json" and not self._path:
            from clockeye_cli.output.json import render_nothing

            options = self._options()
            self._stdout.write_bytes(formats.encoded(render_nothing(meta, options), options))
        elif self._format == "table":
            line()

    def drawn(self, tables: list[Table], *, is_live: bool = False) -> list[str]:
        """The lines of tables, drawn for people on this terminal.

        Args:
            tables: The tables.
            is_live: They are drawn again every second, so durations keep their seconds also on whole minutes.
        """
        from clockeye_cli.output.figures import as_shown
        from clockeye_cli.output.terminal.table import render

        options = self._options()
        shown = [as_shown(table, options) for table in tables]
        drawings = [
            "".join(render(table, each._replace(minutes=each.minutes and not is_live)))
            for table, each in shown
        ]
        return "\n".join(drawings).split("\n")[:-1]

    def save(self, document: Iterable[bytes]) -> None:
        """Write the file of `--save`, and print a notice.

        Raises:
            UsageError: The file exists and `--force` is not given.
            StorageError: The file cannot be written.
        """
        from clockeye_cli.output import save  # late: most results are printed

        save.save(self._path, document, force=self._force)
        self._notice(f"Saved to {self._path}.")

    def _name(self) -> str:
        """The name of the format."""
        if self._path:
            return formats.of_file(self._path)
        return self._format or ("table" if self._stdout.is_terminal else "tsv")

    @contextmanager
    def _waiting(self, name: str) -> Iterator[None]:
        """Show a bar while a page is drawn, if that takes long: nobody knows how far it is."""
        if not FORMATS[name].is_page:
            yield
            return
        from threading import Timer

        with self._progress("Drawing") as update:
            timer = Timer(SHOWN_AFTER, update, (0, None))
            timer.start()
            try:
                yield
            finally:
                timer.cancel()
                timer.join()

    def _print(self, document: Iterable[bytes]) -> None:
        for piece in document:
            self._stdout.write_bytes(piece)

    def _options(self, *, single: bool = False) -> RenderOptions:
        return RenderOptions(
            zone=self._zone,
            decimal=self._decimal,
            width=self._stdout.width,
            colors=self._stdout.colors,
            encoding=self._stdout.encoding,
            on_terminal=self._stdout.is_terminal,
            single=single,
        )


def _written(name: str, document: Document, options: RenderOptions) -> Spool:
    """A document, completely written in a format."""
    if name not in formats.DATA and not FORMATS[name].is_page:
        from clockeye_cli.output.figures import as_shown  # late: what programs read does not need it

        table, options = as_shown(document.table, options)
        document = Document.of(table)
    return Spool(lambda file: FORMATS[name].write(document, options, file))
