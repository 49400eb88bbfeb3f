"""The one place that writes to standard output and standard error.

Commands hand over lines and typed cells; what becomes of them (a line, a table, JSON, a file) is decided
here. The fast lane passes here too, so everything but the plainest line is imported where it is chosen.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from clockeye_cli.core.safe_text import safe
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import tzinfo
    from typing import TextIO

    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.output.cells import Record, Table
    from clockeye_cli.output.formats import Options


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
        self._stdout = stdout
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

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return streams.is_terminal(self._stdout)

    @property
    def width(self) -> int:
        """Columns to draw in, from 40 to 200."""
        return streams.width_of(self._stdout, self._environ)

    @property
    def has_color(self) -> bool:
        """Whether escape sequences may be written to standard output."""
        return streams.has_color(self._color, self._environ, on_terminal=self.is_terminal)

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
        if not self._format and not self._save:
            return False
        from clockeye_cli.output import formats, save

        if self._format:
            formats.check(self._format)
        if not self._save:
            return False
        is_own = bool(own) and self._save.lower().endswith(own)
        wanted = own if is_own else formats.of_file(self._save)
        if self._format and self._format != wanted:
            raise UsageError(
                f"-o {self._format} and the name {self._save} ({wanted}) ask for different formats.",
                hint="Leave -o out, or change the file's ending.",
            )
        save.check(self._save, force=self._force)
        return is_own

    def done(self, line: str | list[str], record: Record | Table | None = None) -> None:
        """Says that a command has written something.

        Without a format that is the line, which `-q` drops; with one it is the record, also with `-q`.

        Args:
            line: What happened; a list for several lines. Shown as safe text.
            record: The same for programs: a Table where JSON's data is a list; None is JSON's null.
        """
        if self._format or self._save:
            self._give(line, record, {})
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
            self._give(line, record, meta or {})
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
        from clockeye_cli.output.choice import pick

        self._render(pick(table, self._columns), None if self._columns or not table.rows else look)

    def drawn(self, tables: list[Table]) -> list[str]:
        """The lines of tables as they are drawn for people on this terminal."""
        from clockeye_cli.output import formats

        options = self._options(self._stdout)
        return "\n".join(formats.render("table", table, options) for table in tables).split("\n")[:-1]

    def document(self, text: str) -> None:
        """Writes what is already a whole text (a completion script, a man page) as it is."""
        reconfigure = getattr(self._stdout, "reconfigure", None)
        if reconfigure is not None and "\r\n" in text:
            reconfigure(newline="")  # on Windows, CSV's CR LF would become CR CR LF
        self._write(streams.for_programs(text, streams.encoding_of(self._stdout)))

    def text(self, text: str) -> None:
        """Writes a whole text for people; through a pager if it is taller than the terminal."""
        self._show(streams.for_people(text, streams.encoding_of(self._stdout)))

    def file(self, text: str) -> None:
        """Writes the file that `--save` names, where that is of the command's own kind.

        Raises:
            StorageError: It cannot be written.
        """
        self._to_file(text)

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
        if self._stdout is None or not self.is_terminal:
            self.document(roff)
            return True
        from clockeye_cli.output.terminal.pager import manual

        return manual(roff, self._stdout, self._environ)

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

            self._complain(render_error(error.code, error.message, error.hint, self._options(self._stderr)))
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
        self._write("")
        self._complain("")

    def _give(self, line: str | list[str], content: Record | Table | None, meta: dict[str, Any]) -> None:
        if content is not None:
            from clockeye_cli.output.cells import Record, Section, Table
            from clockeye_cli.output.choice import pick

            single = isinstance(content, Record)
            if isinstance(content, Record):
                content = Table(content.columns, [Section("", [content.row])])
            table = content._replace(meta={**content.meta, **meta})
            self._render(pick(table, self._columns), None, single=single)
        elif self._format == "json" and not self._save:
            from clockeye_cli.output.json import render_nothing

            self._write(render_nothing(meta, self._options(self._stdout)))
        elif self._format == "table":
            self._say(line)

    def _render(
        self, table: Table, look: Callable[[int], list[Table]] | None, *, single: bool = False
    ) -> None:
        from clockeye_cli.output import formats

        if self._save:
            self._to_file(
                formats.render(formats.of_file(self._save), table, self._options(None, single=single))
            )
            return
        name = self._format or ("table" if self.is_terminal else "tsv")
        options = self._options(self._stdout, single=single)
        if name == "table":
            self._show("".join(f"{line}\n" for line in self.drawn(look(self.width) if look else [table])))
            return
        text = formats.render(name, table, options)
        if self.is_terminal:
            text = safe(text.replace("\r\n", "\n"), keep_newlines=True)
        self.document(text)

    def _options(self, stream: TextIO | None, *, single: bool = False) -> Options:
        from clockeye_cli.output.formats import Options

        return Options(
            zone=self._local_zone,
            decimal=self._decimal,
            width=self.width,
            color=self.has_color,
            encoding=streams.encoding_of(stream),
            on_terminal=streams.is_terminal(stream),
            single=single,
        )

    def _local_zone(self) -> tzinfo:
        if callable(self._zone):
            self._zone = self._zone()
        return self._zone

    def _say(self, line: str | list[str]) -> None:
        lines = [line] if isinstance(line, str) else line
        text = "".join(f"{safe(each)}\n" for each in lines)
        self._write(streams.for_people(text, streams.encoding_of(self._stdout)))

    def _show(self, text: str) -> None:
        """Writes what was drawn; through a pager if it is taller than the terminal."""
        if self._stdout is not None and self.is_terminal and not self._quiet:
            height = streams.height_of(self._stdout, self._environ)
            if height and text.count("\n") >= height:
                from clockeye_cli.output.terminal.pager import page

                if page(text, self._stdout, self._environ):
                    return
        self._write(text)

    def _to_file(self, text: str) -> None:
        from clockeye_cli.output.save import save

        save(self._save, text.encode("utf-8", "backslashreplace"), force=self._force)
        self.notice(f"Saved to {self._save}.")

    def _write(self, text: str) -> None:
        if self._stdout is None:
            if text:
                raise StorageError("Standard output cannot be written: it is closed.")
            return
        try:
            if text:
                self._stdout.write(text)
            else:
                self._stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StorageError(f"Standard output cannot be written: {error.strerror}.") from error

    def _complain(self, text: str) -> None:
        """Writes to standard error, whatever comes of it: there is nobody left to tell."""
        if self._stderr is None:
            return
        try:
            self._stderr.write(streams.for_people(text, streams.encoding_of(self._stderr)))
            self._stderr.flush()
        except OSError:
            return
