"""The manual pages: the help of each command and the topics, as roff.

One page per command, including its subcommands (`projects add`). `docs/man/` has them for the wheel: run
`python docs/make_man_pages.py`.
"""

from __future__ import annotations

import re
from typing import Any

import typer

from clockeye_cli import __version__
from clockeye_cli.cli import typer_reader
from clockeye_cli.cli.table import BY_NAME, grouped_commands
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ESCAPES = str.maketrans(
    {"\\": r"\(rs", "-": r"\-", "'": r"\(aq", "`": r"\(ga", '"': r"\(dq", "^": r"\(ha", "~": r"\(ti"}
)
"""Characters that groff would interpret, or replace with one that no shell understands."""

WIDEST = 24
"""The longest term with its text on the same line; longer ones get a line of their own."""


def pages() -> dict[str, str]:
    """All pages: the roff by file name."""
    names = ["", *BY_NAME]
    return {f"{_title(name)}.1": page(name) for name in names}


def page(name: str) -> str:
    """The page of a command, as roff in ASCII.

    Args:
        name: A name of the table, or empty for the program as a whole.
    """
    context = typer_reader.context(name)
    command: Any = context.command
    line = BY_NAME.get(name)
    about = line.about if line else command.help
    lines = [
        f'.TH {_title(name).upper()} 1 "" "clockeye {__version__}" "clockeye"',
        ".nh",
        ".ad l",
        ".SH NAME",
        f"{_plain(_title(name))} \\- {_plain(about[0].lower() + about[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        _usage(context),
        ".SH DESCRIPTION",
        _paragraphs(command.help if line else f"{command.help}\n\n{command.epilog}"),
        ".SH OPTIONS",
        *_options(context),
        *(_examples(command, ".SH EXAMPLES") if line else _contents()),
    ]
    words = [".SH COMMANDS", *_words(context)] if getattr(command, "commands", None) else []
    also = f"{_named('')}, with the options for all commands" if line else ",\n".join(map(_named, BY_NAME))
    return "\n".join([*lines, *words, '.SH "SEE ALSO"', also]) + "\n"


def _title(name: str) -> str:
    return f"clockeye-{name}" if name else "clockeye"


def _usage(context: Any) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context)).replace("{", "").replace("}", "")
    return f"\\fB{_plain(context.command_path)}\\fR {_plain(pieces)}"


def _contents() -> Iterator[str]:
    """The parts found only on the page of the program: the commands and the topics."""
    from clockeye_cli.commands import help as topics

    yield ".SH COMMANDS"
    for panel, lines in grouped_commands():
        yield f".SS {_plain(panel)}"
        yield from _list((f"`{line.name}`", line.about) for line in lines)
    for name in topics.TOPICS:
        yield f'.SH "{_plain(name.upper().replace("-", " "))}"'
        for heading, parts in topics.TOPICS[name]().items():
            if heading.upper() != name.upper().replace("-", " "):
                yield f".SS {_plain(heading)}"
            yield from _parts(parts)


def _parts(parts: Iterable[Any]) -> Iterator[str]:
    for place, part in enumerate(parts):
        if isinstance(part, str):
            yield f".PP\n{_paragraphs(part)}" if place else _paragraphs(part)
        else:
            yield from _list((f"`{term}`", about) for term, about in part)


def _words(parent: Any) -> Iterator[str]:
    """The subcommands of a group, at all levels."""
    for name in parent.command.list_commands(parent):
        command = parent.command.get_command(parent, name)
        context = typer.Context(command, info_name=name, parent=parent)
        if getattr(command, "commands", None):
            yield from _words(context)
            continue
        yield f'.SS "{_plain(context.command_path)}"'
        yield _usage(context)
        yield f".PP\n{_paragraphs(command.help)}"
        yield from _options(context)
        yield from _examples(command, ".PP\nExamples:")


def _options(context: Any) -> Iterator[str]:
    """The arguments and options, with the texts of the help."""
    records = [each.get_help_record(context) for each in context.command.get_params(context)]
    for record in filter(None, records):
        yield ".TP"
        yield " ".join(map(_word, record[0].split(" ")))
        yield _text(" ".join(record[1].split()))


def _word(word: str) -> str:
    """A piece of `-p, --project PROJECT`: options are bold, placeholders italic."""
    if not word.startswith("-"):
        return word if word == "/" else f"\\fI{_plain(word)}\\fR"
    return f"\\fB{_plain(word.rstrip(','))}\\fR" + ("," if word.endswith(",") else "")


def _examples(command: Any, heading: str) -> Iterator[str]:
    """The examples of a command, as they are typed."""
    shown = [line[2:] for line in (command.epilog or "").splitlines() if line.startswith("  ")]
    if shown:
        yield from [heading, ".nf", ".RS 4", *map(_plain, shown), ".RE", ".fi"]


def _list(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    rows = list(rows)
    width = min(max(len(term.replace("`", "")) for term, _ in rows), WIDEST) + 2
    yield ".PD 0"
    for term, about in rows:
        yield from [f".TP {width}n", _text(term), _text(about)]
    yield ".PD"


def _paragraphs(text: str) -> str:
    return "\n.PP\n".join(_text(" ".join(paragraph.split())) for paragraph in text.split("\n\n"))


def _named(name: str) -> str:
    return f"\\fB{_plain(_title(name))}\\fR(1)"


def _text(text: str) -> str:
    """A paragraph, its `code` bold."""
    parts = [_escaped(part) for part in text.split("`")]
    if len(parts) % 2 == 0:  # a lone backtick
        return _plain(text)
    shown = "".join(f"\\fB{part}\\fR" if place % 2 else part for place, part in enumerate(parts))
    return f"\\&{shown}" if shown.startswith(".") else shown


def _plain(text: str) -> str:
    """A line of text, escaped so that groff does not take it for a request."""
    shown = _escaped(text)
    return f"\\&{shown}" if shown.startswith(".") else shown


def _escaped(text: str) -> str:
    return re.sub(r"[^\x00-\x7e]", lambda each: rf"\[u{ord(each[0]):04X}]", text.translate(ESCAPES))
