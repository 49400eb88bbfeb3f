"""The look of `--help`: headings, options by purpose, and lines that break between words at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
import typer.core
from typer._click import HelpFormatter

from clockeye_cli.cli.table import grouped_commands
from clockeye_cli.core.aliases import aliases
from clockeye_cli.core.wrapping import wrapped
from clockeye_cli.errors import ClockeyeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_HEADINGS = {
    "Period": "--today --yesterday --week --last-week --month --last-month --year --last-year --all --from"
    " --to --period",
    "Options": "",
    "Filter": "--project --not-project --client --invoice --unbilled --tag --user --billable --search"
    " --count",
    "Layout": "--columns --decimal --chart --top --compare",
    "Money": "--round --money",
    "File": "--save --force --open",
    "Account": "--source --offline --refresh",
}
HEADING_OF = {option: heading for heading, options in _HEADINGS.items() for option in options.split()}
"""The headings of the options of a list, in their order; all others stand under Options."""

SHARED = """Global options, before or after the command: -P/--profile NAME, -o/--output FORMAT, --json, \
-q/--quiet, --no-input, --debug, --color WHEN. `clockeye --help` explains them."""

WIDEST, NARROWEST = 98, 20
ROOM_FOR_TEXT = 24
"""Columns that a description needs next to its term; with less room, it is put below."""


def epilog(examples: tuple[str, ...]) -> str | None:
    """The text below a command's help; the backspace keeps Typer from rewrapping the lines."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\nExamples:\n{lines}\n\n{SHARED}" if examples else None


class Formatter(HelpFormatter):
    """Writes help with lines that fit the terminal, however narrow, and never breaks a word."""

    def __init__(self, *, width: int | None = None, **_: Any) -> None:
        import shutil

        columns = width or shutil.get_terminal_size().columns - 2
        super().__init__(width=max(NARROWEST, min(columns, WIDEST)))

    bold: Callable[[str], str] = str
    """Makes a heading bold, where that is allowed."""

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(self.bold(f"{heading}:") + "\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        """Write the usage line."""
        lines = wrapped(f"Usage: {prog} {args}".rstrip(), self.width - 4)
        usage = "\n    ".join(lines).removeprefix("Usage:")
        self.write(f"{self.bold('Usage:')}{usage}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; one that begins with a backspace keeps its lines."""
        indent = " " * self.current_indent
        paragraphs = [each.strip("\n") for each in text.split("\n\n")]
        lines: list[str] = []
        for number, paragraph in enumerate(paragraphs):
            lines += [""] * (number > 0)
            if paragraph.startswith("\b"):
                lines += [f"{indent}{line}" for line in paragraph.split("\n")[1:]]
            else:
                whole = " ".join(paragraph.split())
                lines += [f"{indent}{line}" for line in wrapped(whole, self.width - len(indent))]
        self.write("".join(f"{line.rstrip()}\n" for line in lines))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms with their descriptions, side by side if there is room, else one below the other."""
        rows = list(rows)
        indent = " " * self.current_indent
        column = min(max((len(term) for term, _ in rows), default=0), col_max) + col_spacing
        room = self.width - len(indent) - column
        for term, text in rows:
            beside = room >= ROOM_FOR_TEXT
            lines = wrapped(" ".join(text.split()), room if beside else self.width - len(indent) - 4)
            if beside and len(term) <= column - col_spacing:
                first = f"{term:<{column}}{lines.pop(0)}" if lines else term
            else:
                first = term
            shift = " " * (column if beside else 4)
            self.write("".join(f"{indent}{line}\n" for line in [first, *(shift + line for line in lines)]))


class HelpContext(typer.Context):
    """Typer's context, with this look."""

    formatter_class = Formatter

    def make_formatter(self) -> Any:
        """Make what writes the help of this context, with bold headings on a terminal."""
        formatter = super().make_formatter()
        if isinstance(formatter, Formatter) and self.obj is not None:
            formatter.bold = self.obj.out.bold
        return formatter


class Command(typer.core.TyperCommand):
    """A command."""

    context_class = HelpContext

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options under their headings."""
        write_options(self, ctx, formatter)


def write_options(command: Any, ctx: Any, formatter: Any) -> None:
    """Write the arguments and the options of a command; the flags of periods stand in one line."""
    parameters = command.get_params(ctx)
    is_list = any("--period" in parameter.opts for parameter in parameters)
    by_heading: dict[str, list[Any]] = {}
    for parameter in parameters:
        is_argument = parameter.param_type_name == "argument"
        heading = HEADING_OF.get(max(parameter.opts, key=len), "Options") if is_list else "Options"
        by_heading.setdefault("Arguments" if is_argument else heading, []).append(parameter)
    for heading in ("Arguments", *_HEADINGS):
        flags = [each.opts[0] for each in by_heading.get(heading, []) if heading == "Period" and each.is_flag]
        listed = [each for each in by_heading.get(heading, []) if each.opts[0] not in flags]
        rows = list(filter(None, (each.get_help_record(ctx) for each in listed)))
        if flags or rows:
            with formatter.section(heading):
                if flags:
                    formatter.write_text(" ".join(flags))
                if rows:
                    formatter.write_dl(rows)


def write_commands(run: Any, formatter: Any) -> None:
    """Write all commands, those of every day first, and the user's aliases."""
    for panel, lines in grouped_commands():
        with formatter.section(panel):
            formatter.write_dl([(line.name, line.about) for line in lines])
    if rows := list(_aliases(run)):
        with formatter.section("Aliases"):
            formatter.write_dl(rows)


def _aliases(run: Any) -> Iterator[tuple[str, str]]:
    """The user's aliases; none if the config file cannot be read, because help must not fail."""
    try:
        texts = aliases(run.session.config) if run else {}
    except ClockeyeError:
        texts = {}
    yield from ((name, f"clockeye {text}") for name, text in texts.items())
