"""The manual pages: groff and mandoc accept them, and man shows the help texts."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pytest
import typer.main

from clockeye_cli.cli import typer_reader
from clockeye_cli.cli.man import _plain, _text, page, pages
from clockeye_cli.cli.table import TABLE, Line
from tests.system.real_parts import COMMAND, ROOT, clockeye, environment, needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT = ROOT / "docs" / "man"
PAGES = pages()


def rendered(roff: str) -> str:
    """What a terminal of 80 columns shows, without bold and underlined letters."""
    groff = [needs("groff"), "-man", "-Tutf8", "-ww", "-P-c", "-P-b", "-P-u", "-rLL=78n"]
    done = subprocess.run(groff, input=roff, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_the_pages_that_the_wheel_takes_are_those_of_the_program() -> None:
    """`python docs/make_man_pages.py` writes them anew."""
    kept = {path.name: path.read_text(encoding="ascii") for path in KEPT.iterdir()}
    assert kept == PAGES
    assert sorted(kept) == sorted(["clockeye.1", *(f"clockeye-{line.name}.1" for line in TABLE)])


@pytest.mark.parametrize("name", PAGES)
def test_mandoc_has_nothing_to_complain_of(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(PAGES[name], encoding="ascii")
    lint = [needs("mandoc"), "-T", "lint", "-W", "warning", str(tmp_path / name)]
    complaints = subprocess.run(lint, capture_output=True, text=True, check=False).stdout.splitlines()
    # A page of today would be another one tomorrow.
    assert [line for line in complaints if 'missing date, using ""' not in line] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_hyphen_is_one_that_a_shell_understands(name: str) -> None:
    """A bare one is U+2010 to groff. (Debian's does not show that.)"""
    lines = [line for line in PAGES[name].splitlines() if not line.startswith(".")]
    assert [line for line in lines if re.search(r"(?<!\\)-", line)] == []


def commands(context: Any) -> Iterator[Any]:
    """The context of a command, and those of the commands behind its word."""
    yield context
    for name, command in getattr(context.command, "commands", {}).items():
        yield from commands(typer.Context(command, info_name=name, parent=context))


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_a_page_says_what_the_help_says_and_shells_understand_it(line: Line) -> None:
    shown = rendered(page(line.name))
    words = " ".join(shown.split())
    for context in commands(typer_reader.context(line.name)):
        command: Any = context.command
        for parameter in command.get_params(context):
            for text in parameter.get_help_record(context) or ():
                assert " ".join(text.replace("`", "").split()) in words
        if context.command_path.count(" ") == 1 or not hasattr(command, "commands"):
            for paragraph in command.help.split("\n\n"):
                assert " ".join(paragraph.replace("`", "").split()) in words
        for example in re.findall("(?m)^  (.*)$", command.epilog or ""):
            assert f"{example}\n" in shown


def test_the_page_of_the_program_lists_commands_and_topics() -> None:
    shown = rendered(page(""))
    for line in TABLE:
        assert f"clockeye-{line.name}(1)" in shown
        assert re.search(rf"(?m)^ +{line.name}  +{re.escape(line.about[:20])}", shown)
    headings = re.findall("(?m)^[A-Z].*$", shown)[1:]
    assert headings == [
        *("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS"),
        *("TIMES", "DURATIONS", "FORMATS", "EXIT CODES", "ENVIRONMENT", "SYNC", "SEE ALSO"),
    ]


@pytest.mark.parametrize(
    "text", [".start", "'quoted'", "a\\fBc", "\\", "-x -- --y", '"9 pm"', "`a", "~^`", "naïve … –", ". ."]
)
def test_no_character_of_a_text_is_an_order_to_groff(text: str) -> None:
    for roff in (_plain(text), _text(text)):
        shown = rendered(f'.TH X 1 "" "" ""\n.SH NAME\n{roff}\n')
        assert shown.split("NAME\n")[1].splitlines()[0].strip() == text


def test_in_a_pipe_the_page_comes_as_it_is(tmp_path: Path) -> None:
    assert clockeye(tmp_path, "man").out == PAGES["clockeye.1"]
    assert clockeye(tmp_path, "man", "log").out == PAGES["clockeye-log.1"]


def test_a_page_that_there_is_not_names_the_nearest(tmp_path: Path) -> None:
    ended = clockeye(tmp_path, "man", "lgo")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("clockeye: Unknown command 'lgo'. Did you mean `clockeye man log`?\n")


def at_a_terminal(tmp_path: Path, **environ: str) -> tuple[int | None, str]:
    """How `clockeye man log` ends at a terminal, and what it shows there."""
    more = {"TERM": "xterm", "MANPAGER": "cat", "MANROFFOPT": "-c", **environ}
    person = pexpect.spawn(
        sys.executable,
        ["-m", "clockeye_cli", "man", "log"],
        env=environment(tmp_path, **more),
        encoding="utf-8",
        dimensions=(24, 80),
    )
    shown: str = person.read()
    person.close()
    return person.exitstatus, shown.replace("\r\n", "\n")


def test_at_a_terminal_man_shows_it(tmp_path: Path) -> None:
    needs("man")
    code, shown = at_a_terminal(tmp_path)
    assert (code, shown.split()[0]) == (0, "CLOCKEYE-LOG(1)")
    assert "clockeye log --week -p website" in shown


def test_without_man_the_help_is_named(tmp_path: Path) -> None:
    assert at_a_terminal(tmp_path, PATH=str(tmp_path)) == (
        1,
        "\x1b[1mclockeye:\x1b[0m Cannot show the page: no suitable `man` is installed.\n"
        "\x1b[2m  `clockeye help log` prints the same text.\x1b[0m\n",
    )


def test_a_topic_that_is_taller_than_the_terminal_goes_through_the_pager(tmp_path: Path) -> None:
    terminal = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], "help", "times"],
        env={**environment(tmp_path), "TERM": "xterm", "PAGER": "sed s/^/paged:/"},
        encoding="utf-8",
        timeout=60,
    )
    terminal.expect_exact("paged:\x1b[1mWHEN:")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
