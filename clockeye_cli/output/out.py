"""Where commands hand over what they have to say: results, notices and errors.

A plain line is written here. What becomes of typed cells (a table, JSON, a file) is decided in `results.py`,
which is imported where it is needed: the fast lane passes here too.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from clockeye_cli.core.safe_text import safe
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import tzinfo
    from typing import TextIO

    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.output.cells import Record, Table
    from clockeye_cli.output.results import Results


class Out:
    """Where results, notices and errors go.

    Args:
        stdout: Results; None if it was closed before we began.
        stderr: Everything else; None likewise.
        format: What `-o` asked for; empty for nothing.
        quiet: Drop lines of success, notices and the pager.
        color: `auto`, `always` or `never`.
        columns: What `--columns` asked for.
        decimal: Durations for people as hours with two decimals.
        save: The file that results go to instead of standard output.
        force: Overwrite that file.
        zone: The zone of local times, or what gives it: called once, when a time is shown.
        environ: The environment.
    """

    def __init__(
        self,
        *,
        stdout: TextIO | None,
        stderr: TextIO | None,
        format: str = "",  # noqa: A002 (the word of the option)
        quiet: bool = False,
        color: str = "auto",
        columns: str = "",
        decimal: bool = False,
        save: str = "",
        force: bool = False,
        zone: tzinfo | Callable[[], tzinfo],
        environ: Mapping[str, str],
    ) -> None:
        self._stdout = streams.Stdout(stdout, environ, color)
        self._stderr = stderr
        self._format = format
        self._quiet = quiet
        self._color = color
        self._columns = columns
        self._decimal = decimal
        self._save = save
        self._force = force
        self._zone = zone
        self._environ = environ
        self._kept: list[str] | None = None
        self._made: Results | None = None

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self._stdout.is_terminal

    @property
    def width(self) -> int:
        """Columns to draw in, from 40 to 200."""
        return self._stdout.width

    def check_save(self, own: str = "") -> bool:
        """Refuses options that cannot work, before anything is computed or stored.

        Args:
            own: The ending of a file that the command writes itself (see `file`); empty for none.

        Returns:
            Whether it is to write such a file.

        Raises:
            UsageError: `-o` or the file's name means no format, both mean different ones, or the file
                exists and `--force` is not given.
            StorageError: The file's folder is not there.
        """
        return bool(self._format or self._save) and self._results().check(own)

    def done(self, line: str | list[str], record: Record | Table | None = None) -> None:
        """Says that a command has written something.

        Without a format that is the line, which `-q` drops; with one it is the record, also with `-q`.

        Args:
            line: What happened; a list for several lines. Shown as safe text.
            record: The same for programs: a Table where JSON's data is a list; None is JSON's null.
        """
        if self._format or self._save:
            self._results().single(lambda: self._say(line), record, {})
        elif not self._quiet:
            self._say(line)

    def result(
        self,
        line: str | list[str],
        record: Record | Table | None = None,
        meta: dict[str, Any] | None = None,
    ) -> None:
        """Gives the single result of a reading command; like `done`, but `-q` never drops it.

        Args:
            line: The result for people; a list for several lines. Shown as safe text.
            record: The result for programs; None is JSON's null, and prints no row in tsv, csv and the like.
            meta: What JSON says beside it.
        """
        if self._format or self._save:
            self._results().single(lambda: self._say(line), record, meta or {})
        else:
            self._say(line)

    def table(self, table: Table, look: Callable[[int], list[Table]] | None = None) -> None:
        """Gives a list: a table on a terminal, tsv elsewhere, or what `-o`, `--save` and `--columns` ask for.

        Args:
            table: The list.
            look: Given the width, what to draw in its place where it is drawn for people, there is
                a row, and no columns were picked.

        Raises:
            UsageError: Of `--columns`, `-o` or `--save`.
            StorageError: The file or standard output cannot be written.
        """
        self._results().table(table, look)

    def drawn(self, tables: list[Table]) -> list[str]:
        """The lines of tables as they are drawn for people on this terminal."""
        return self._results().drawn(tables)

    def document(self, text: str) -> None:
        """Writes what is already a whole text (a completion script, a man page) as it is."""
        self._stdout.write_bytes(text.encode(self._stdout.encoding, "backslashreplace"))

    def text(self, text: str) -> None:
        """Writes a whole text for people; through a pager if it is taller than the terminal."""
        stream, height = self._stdout.stream, self._stdout.height
        if stream is not None and height and text.count("\n") >= height and not self._quiet:
            from clockeye_cli.output.terminal.pager import page

            if page(text, stream, self._environ):
                return
        self._stdout.write(text)

    def file(self, document: bytes) -> None:
        """Writes the file that `--save` names, where that is of the command's own kind.

        Raises:
            StorageError: It cannot be written.
        """
        self._results().save(document)

    def progress(self, title: str) -> AbstractContextManager[Callable[[int, int | None], None]]:
        """Shows a bar on standard error while a block runs that may take over a second.

        Only on a terminal, and not with `-q`. The block gets what is to be told how much is done, of how
        much (None where nobody knows).

        Args:
            title: What is done: `Sending`.
        """
        from clockeye_cli.output.terminal.progress import progress

        is_shown = (
            not self._quiet
            and streams.is_terminal(self._stderr)
            and self._environ.get("TERM") != "dumb"  # it cannot go back to the beginning of a line
        )
        color = streams.has_color(self._color, self._environ, on_terminal=is_shown)
        return progress(title, self._stderr if is_shown else None, color=color)

    def manual(self, roff: str) -> bool:
        """Shows a manual page at a terminal, and writes it as it is elsewhere.

        Returns:
            False: there is a terminal, and no `man` that can show it there.
        """
        stream = self._stdout.stream
        if stream is None or not self.is_terminal:
            self.document(roff)
            return True
        from clockeye_cli.output.terminal.pager import manual

        return manual(roff, stream, self._environ)

    def notice(self, text: str | list[str]) -> None:
        """Says something on standard error, as safe text; `-q` drops it."""
        lines = [text] if isinstance(text, str) else text
        if self._kept is not None:
            self._kept += lines
        elif not self._quiet:
            self._complain("".join(f"{safe(line)}\n" for line in lines))

    @contextmanager
    def keep_notices(self) -> Iterator[list[str]]:
        """Gives the block's notices to the caller, where standard error is no place for them."""
        self._kept = []
        try:
            yield self._kept
        finally:
            self._kept = None

    def error(self, error: ClockeyeError, json: bool = False) -> None:
        """Says on standard error what went wrong and what to do next.

        Args:
            error: Its message may have several lines; all but the first are indented.
            json: As one JSON object.
        """
        if json:
            from clockeye_cli.output.json import render_error

            encoding, on_terminal = streams.encoding_of(self._stderr), streams.is_terminal(self._stderr)
            self._complain(render_error(error, encoding, on_terminal=on_terminal))
            return
        first, *others = error.message.split("\n")
        others += error.hint.split("\n") if error.hint else []
        self._complain(
            "\n".join([f"clockeye: {safe(first)}", *(f"  {safe(line)}" for line in others)]) + "\n"
        )

    def flush(self) -> None:
        """Hands everything to the system.

        Raises:
            StorageError: Standard output cannot be written (a full disk).
            BrokenPipeError: Its reader has gone (`| head`); no failure of ours.
        """
        self._stdout.flush()
        self._complain("")

    def _results(self) -> Results:
        if self._made is None:
            from clockeye_cli.output.results import Results

            self._made = Results(
                self._stdout,
                self.notice,
                self.text,
                format=self._format,
                columns=self._columns,
                decimal=self._decimal,
                save=self._save,
                force=self._force,
                zone=self._local_zone,
            )
        return self._made

    def _local_zone(self) -> tzinfo:
        if callable(self._zone):
            self._zone = self._zone()
        return self._zone

    def _say(self, line: str | list[str]) -> None:
        lines = [line] if isinstance(line, str) else line
        self._stdout.write("".join(f"{safe(each)}\n" for each in lines))

    def _complain(self, text: str) -> None:
        """Writes to standard error, whatever comes of it: there is nobody left to tell."""
        if self._stderr is None:
            return
        try:
            self._stderr.write(streams.for_people(text, streams.encoding_of(self._stderr)))
            self._stderr.flush()
        except OSError:
            return
