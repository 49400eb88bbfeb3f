"""The output of commands: results, notices and errors.

Plain lines are written here. Typed cells are rendered (as a table, as JSON, to a file) by `results.py`, which
is imported only when needed, because the fast lane uses this module too.
"""

from __future__ import annotations

from contextlib import contextmanager

from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import tzinfo
    from typing import Any, TextIO

    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.output.cells import Record, Table
    from clockeye_cli.output.document import Document, Look
    from clockeye_cli.output.formats import Format
    from clockeye_cli.output.results import Results

NOTHING_STORED = "Nothing is stored: --dry-run."


class Out:
    """Writes results, notices and errors.

    Args:
        stdout: For results; None if it was closed when the process started.
        stderr: For everything else; None likewise.
        format: The value of `-o`; empty for the default.
        quiet: Omit success messages, notices and the pager.
        dry_run: Mark results: nothing is stored.
        profile: The profile that an option has chosen, for the command lines in messages; empty for none.
        color: `auto`, `always` or `never`.
        columns: The value of `--columns`.
        decimal: Show durations to people as hours with two decimals.
        save: The file to write results to instead of standard output.
        force: Overwrite that file.
        zone: The zone of local times, or a function that returns it, called once when a time is shown.
        environ: The environment.
    """

    def __init__(
        self,
        *,
        stdout: TextIO | None,
        stderr: TextIO | None,
        format: str = "",  # noqa: A002 (the word of the option)
        quiet: bool = False,
        dry_run: bool = False,
        profile: str = "",
        color: str = "auto",
        columns: str = "",
        decimal: bool = False,
        save: str = "",
        force: bool = False,
        zone: tzinfo | Callable[[], tzinfo],
        environ: Mapping[str, str],
    ) -> None:
        self._stdout = streams.Stdout(stdout, environ, color)
        self._stderr, self._color = stderr, color
        self._format, self._columns, self._decimal = format, columns, decimal
        self._quiet, self._dry_run, self._profile = quiet, dry_run, profile
        self._save, self._force = save, force
        self._zone, self._environ = zone, environ
        self._kept: list[str] | None = None
        self._cached_results: Results | None = None

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self._stdout.is_terminal

    @property
    def width(self) -> int:
        """Columns to draw in, from 40 to 200."""
        return self._stdout.width

    def bold(self, text: str) -> str:
        """A word of a text for standard output, bold where that is allowed."""
        is_bold = streams.has_styles(self._stdout.stream, self._environ, self._color)
        return f"{streams.BOLD}{text}{streams.USUAL}" if is_bold else text

    def check_save(self, own: Mapping[str, str] | None = None) -> str:
        """Check `-o`, `--save` and `--force` before anything is computed or stored.

        Returns:
            The one of the command's `own` formats (see `file`) that is chosen; empty for none.

        Raises:
            UsageError: A format or ending is unknown, the two conflict, or the file exists without `--force`.
            StorageError: The file's folder does not exist.
        """
        return self._results().check(own or {}) if self._format or self._save else ""

    @property
    def page_format(self) -> Format | None:
        """The format of results, if it draws a document of several blocks; None for one of lists."""
        return self._results().page_format if self._format or self._save else None

    def done(self, line: str | list[str], record: Record | Table | None = None) -> None:
        """Report a change that a command has made.

        Without `-o`, this prints the line, unless `-q` is given; with `-o`, it prints the record.

        Args:
            line: What happened, in one or several lines. Shown as safe text.
            record: The change for programs: a Table where `data` is a list in JSON; None for JSON's null.
        """
        if self._format or self._save or not self._quiet:
            self.result(line, record)

    def result(
        self,
        line: str | list[str],
        record: Record | Table | None = None,
        meta: dict[str, Any] | None = None,
    ) -> None:
        """Print a single result; like `done`, but not affected by `-q`.

        Args:
            line: The result for people, in one or several lines. Shown as safe text.
            record: The result for programs; None for JSON's null and for no row in tsv, csv and the like.
            meta: The `meta` object of JSON.
        """
        mark = {"dry_run": True} if self._dry_run else {}
        if self._format or self._save:
            self._results().single(lambda: self._say(line), record, {**(meta or {}), **mark})
        else:
            self._say(line)
        if mark and not self._format:
            self._say(NOTHING_STORED)
        elif mark and self._format != "json":
            self.notice(NOTHING_STORED)

    def table(self, table: Table, look: Look | None = None, page: Document | None = None) -> None:
        """Print a list: as a table on a terminal, as tsv elsewhere, or as `-o`, `--save` and `--columns` say.

        Args:
            table: The list.
            look: Returns, for a width, the tables to draw instead for people. Not used with `--columns`, or
                for a list that is certainly empty.
            page: The document for formats that draw one (see `page_format`); by default the list alone.

        Raises:
            UsageError: The value of `--columns`, `-o` or `--save` is invalid.
            StorageError: The file or standard output cannot be written.
        """
        self.prepared(table, look, page)()

    def prepared(
        self, table: Table, look: Look | None = None, page: Document | None = None
    ) -> Callable[[], None]:
        """Write a list completely. Returns the function that prints it; both raise the errors of `table`."""
        return self._results().prepared(table, look, page)

    def drawn(self, tables: list[Table]) -> list[str]:
        """The lines of tables that are drawn again every second, for people on this terminal."""
        return self._results().drawn(tables, is_live=True)

    def document(self, text: str) -> None:
        """Write a complete document (a completion script, a man page) unchanged."""
        self._stdout.write_bytes(text.encode(self._stdout.encoding, "backslashreplace"))

    def text(self, text: str) -> None:
        """Write a text for people, through a pager if it is taller than the terminal."""
        stream, height = self._stdout.stream, self._stdout.height
        if stream is not None and height and text.count("\n") >= height and not self._quiet:
            from clockeye_cli.output.terminal.pager import page

            if page(text, stream, self._environ):
                return
        self._stdout.write(text)

    def file(self, pieces: Iterable[bytes]) -> Callable[[], None]:
        """Take a document in a format of the command's own. Returns the function that saves or prints it."""
        return self._results().file(pieces)

    def progress(self, title: str) -> AbstractContextManager[Callable[[int, int | None], None]]:
        """Show a progress bar titled `Sending` or the like on standard error during a long block.

        Only on a terminal, and not with `-q`. The block receives a function to call with the amount done and
        the total (None if unknown).
        """
        from clockeye_cli.output.terminal.progress import progress

        is_shown = (
            not self._quiet
            and streams.is_terminal(self._stderr)
            and self._environ.get("TERM") != "dumb"  # it cannot return to the start of a line
        )
        color = streams.has_color(self._color, self._environ, on_terminal=is_shown)
        return progress(title, self._stderr if is_shown else None, color=color)

    def manual(self, roff: str) -> bool:
        """Show a manual page with `man` on a terminal, or write it unchanged elsewhere.

        Returns:
            False if standard output is a terminal and `man` cannot show the page.
        """
        if (stream := self._stdout.stream) is None or not self.is_terminal:
            self.document(roff)
            return True
        from clockeye_cli.output.terminal.pager import manual

        return manual(roff, stream, self._environ)

    def notice(self, text: str | list[str]) -> None:
        """Print a notice on standard error as safe text, unless `-q` is given."""
        lines = [text] if isinstance(text, str) else text
        if self._kept is not None:
            self._kept += lines
        elif not self._quiet:
            self._write_stderr(streams.fitted(self._shown(lines), self._stderr, self._environ))

    @contextmanager
    def keep_notices(self) -> Iterator[list[str]]:
        """Collect the notices of a block for the caller instead of printing them."""
        self._kept = []
        try:
            yield self._kept
        finally:
            self._kept = None

    def error(self, error: ClockeyeError, json: bool = False) -> None:
        """Print an error and its hint on standard error.

        Args:
            error: The error. If its message has several lines, all but the first are indented.
            json: Print it as a JSON object.
        """
        if json:
            from clockeye_cli.output.json import render_error

            encoding, on_terminal = streams.encoding_of(self._stderr), streams.is_terminal(self._stderr)
            self._write_stderr(render_error(error, encoding, on_terminal=on_terminal))
            return
        from clockeye_cli.output.complaint import complaint

        self._write_stderr(complaint(error, self._stderr, self._environ, self._color))

    def flush(self) -> None:
        """Flush both streams.

        Raises:
            StorageError: Standard output cannot be written (a full disk).
            BrokenPipeError: Its reader has exited (`| head`), which is not our failure.
        """
        self._stdout.flush()
        self._write_stderr("")

    def _results(self) -> Results:
        if self._cached_results is None:
            from clockeye_cli.output.results import Results

            self._cached_results = Results(
                self._stdout,
                self.notice,
                self.text,
                format=self._format,
                columns=self._columns,
                decimal=self._decimal,
                save=self._save,
                force=self._force,
                zone=self._local_zone,
                progress=self.progress,
            )
        return self._cached_results

    def _local_zone(self) -> tzinfo:
        if callable(self._zone):
            self._zone = self._zone()
        return self._zone

    def _say(self, line: str | list[str]) -> None:
        lines = [line] if isinstance(line, str) else line
        self._stdout.write(streams.fitted(self._shown(lines), self._stdout.stream, self._environ))

    def _shown(self, lines: list[str]) -> list[str]:
        if self._profile:
            from clockeye_cli.core.command_lines import in_profile  # late: few choose a profile

            lines = [in_profile(line, self._profile) for line in lines]
        return [*map(safe, lines)]

    def _write_stderr(self, text: str) -> None:
        """Write to standard error and ignore failures, which could not be reported anywhere."""
        if self._stderr is None:
            return
        try:
            self._stderr.write(streams.for_people(text, streams.encoding_of(self._stderr)))
            self._stderr.flush()
        except OSError:
            return
