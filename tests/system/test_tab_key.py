"""The TAB key in real shells on a terminal: what it inserts, and that it executes nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pexpect
import pytest

from clockeye_cli.core.entry import Project, TimeEntry
from clockeye_cli.store import entries, projects
from clockeye_cli.store.database import connect, transaction
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from tests.app import App
from tests.system.real_parts import ROOT, environment, needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPTS = ROOT / "completions"

HOSTILE = [
    # Each would leave a file behind if a shell ever read it as code. `mark` is a program that does so.
    "x$(mark)y",
    r"x\$(mark)y",
    "x`mark`y",
    r"x\`mark\`y",
    "x;mark",
    "x'; mark; '",
    'x"; mark; "',
    "x\nmark\n",
    "x\rmark\r",
    "x\tmark",
    "x|mark",
    "x&mark",
    "x>MARK",
    "x <(mark)",
    "x${mark:-$(mark)}",
    "x(mark)",
    "x*",
    "x[a-z]?",
    "x{a,b}",
    "x~",
    "x%F{red}%n$(mark)",
    "x:$(mark):",
    "x #mark",
    "x\\",
    "x\x1b]0;mark\x07",
    "x!mark",
    "-x",
    "--mark",
    "$(mark)",
    "`mark`",
    "~mark",
]

START = {
    "bash": ("--norc --noprofile -i", "PS1='> '; bind 'set enable-bracketed-paste off'"),
    "zsh": ("-f -i", "PS1='> '; unsetopt prompt_sp prompt_cr; fpath=('{scripts}' $fpath)"),
    "fish": (
        "--no-config -i",
        "set fish_autosuggestion_enabled 0; function fish_title; end; function fish_prompt; echo '> '; end",
    ),
}
LOAD = {
    "bash": "source '{scripts}/clockeye.bash'",
    "zsh": "autoload -Uz compinit; compinit -u -D; zstyle ':completion:*' insert-tab false",
    "fish": "source '{scripts}/clockeye.fish'",
}


LISTED = r"prj_0\d\d|00000000\d\d|\$\(mark\)y|~mark"
"""What is seen first of any list with hostile names: an id, or what it stands for."""


class Place(NamedTuple):
    """What the shells work in."""

    folder: Path
    environ: dict[str, str]

    @property
    def mark(self) -> Path:
        """The file that must not appear."""
        return self.folder / "MARK"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A home with projects, entries and a second profile; hostile ones as an account may send them."""
    folder = tmp_path_factory.mktemp("shells")
    app = App(folder / "home")
    app.ok("add", "Fix the login bug", "-t", "bug", "-p", "Client Work", "--from", "1", "--to", "2")
    app.ok("add", "Garden", "-p", "old garden", "--from", "2", "--to", "3")
    app.ok("add", "Review", "-p", "mail@home", "--from", "3", "--to", "4")
    app.ok("add", "Plan", "-t", "größe", "-t", "C++", "--from", "4", "--to", "5")
    app.ok("projects", "archive", "old garden")
    config = app.home / "config.toml"
    config.write_text("[profiles.work]\n")
    config.chmod(0o600)
    app.ok("-P", "work", "projects", "add", "acme")
    connection = connect(str(app.home / "local.db"), MIGRATIONS, APPLICATION_ID)
    with transaction(connection):
        for number, text in enumerate(HOSTILE):
            projects.put(connection, None, Project(f"prj_{number:03}", text))
            at = app.now - 10_000 + number
            entries.put(connection, None, TimeEntry(f"te_{number:012}", text, None, at, at, True))
    connection.close()

    programs = folder / "bin"
    programs.mkdir()
    for name, line in {
        "clockeye": f"exec '{sys.executable}' -m clockeye_cli \"$@\"",
        "mark": f"exec touch '{folder}/MARK'",
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{line}\n")
        (programs / name).chmod(0o755)
    (folder / "file of mine.db").touch()
    path = f"{programs}:{os.environ['PATH']}"
    environ = environment(app.home, PATH=path, HOME=str(folder), INPUTRC="/dev/null")
    environ |= {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "HISTFILE": ""}
    return Place(folder, environ)


class Shell:
    """An interactive shell at a terminal, with our completion.

    Args:
        name: Which.
        place: What it works in.
    """

    def __init__(self, name: str, place: Place) -> None:
        self.name = name
        self.place = place
        options, start = START[name]
        self.terminal = pexpect.spawn(
            needs(name),
            options.split(),
            env=place.environ
            | {"TERM": "xterm" if name == "fish" else "dumb"},  # it lists nothing on a dumb one
            cwd=str(place.folder),
            encoding="utf-8",
            timeout=30,
            dimensions=(100, 200),
        )
        self.terminal.delaybeforesend = None
        for line in (start, LOAD[name]):
            self.terminal.send(line.replace("{scripts}", str(SCRIPTS)) + "\r")
        self.terminal.send("echo rea''dy\r")
        self.terminal.expect("ready\r?\n")

    def line(self, typed: str) -> str:
        """The words on the line after something was typed, as the shell would hand them to the command."""
        self.terminal.send(typed)
        # To the beginning, and make it the arguments of another command.
        self.terminal.send("\x01printf '<%s>' \x05; echo @''@\r")
        self.terminal.expect(r"\n[^\r\n<]*(<[^\r\n]*?>)@@\r?\n")
        assert not self.place.mark.exists()
        match = self.terminal.match
        assert isinstance(match, re.Match)
        return str(match[1])

    def listed(self, typed: str) -> str:
        """What the terminal lists once something was typed, which is then thrown away."""
        self.terminal.send(typed)
        self.terminal.expect(LISTED)  # before that, what is typed ahead would keep zsh from listing
        shown = f"{self.terminal.before}{self.terminal.after}"
        self.terminal.send("\x15echo don''e\r")
        self.terminal.expect("done\r?\n")
        assert not self.place.mark.exists()
        return f"{shown}{self.terminal.before}"

    def close(self) -> None:
        self.terminal.close(force=True)


@pytest.fixture(scope="module", params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, place: Place) -> Iterator[Shell]:
    shell = Shell(request.param, place)
    yield shell
    shell.close()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("sto\t", "<stop>"),
        ("-P wor\t", "<-P><work>"),
        ("-P work sto\t", "<-P><work><stop>"),
        ("stop --proj\t", "<stop><--project>"),
        ("start --no-b\t", "<start><--no-billable>"),
        ("log --no-inp\t", "<log><--no-input>"),
        ("log -t bu\t", "<log><-t><bug>"),
        ("stop --untag=gr\t", "<stop><--untag=größe>"),
        ("start Fix -t C+\t", "<start><Fix><-t><C++>"),
        ("tags ren\tbu\tgr\t", "<tags><rename><bug><größe>"),
        ("log yest\t", "<log><yesterday>"),
        ("log --from mon\t", "<log><--from><monday>"),
        ("log -o nd\t", "<log><-o><ndjson>"),
        ("log --output=nd\t", "<log><--output=ndjson>"),
        ("log --color ne\t", "<log><--color><never>"),
        ("status --format way\t", "<status><--format><waybar>"),
        ("report --by we\t", "<report><--by><week>"),
        ("report --by week,pro\t", "<report><--by><week,project>"),
        ("report --by weekday,we\t", "<report><--by><weekday,week>"),
        ("report last fri\t", "<report><last><friday>"),
        ("config se\tweek_s\t", "<config><set><week_start>"),
        ("completion powe\t", "<completion><powershell>"),
        ("sync resolve last --keep mi\t", "<sync><resolve><last><--keep><mine>"),
        ("serve keys rev\t", "<serve><keys><revoke>"),
        ("edit curr\t", "<edit><current>"),
        ("edit last curr\t", "<edit><last><current>"),
        ("start -p Cl\t", "<start><-p><Client Work>"),
        ("start -p Client\\ W\t", "<start><-p><Client Work>"),
        ("start -p 'Client W\t", "<start><-p><Client Work>"),
        ('start -p "Client W\t', "<start><-p><Client Work>"),
        ("start --project=Cl\t", "<start><--project=Client Work>"),
        ("start -p mail@h\t", "<start><-p><mail@home>"),
        ("start -p --overl\t", "<start><-p><--overlap>"),
        ("projects rename Cl\t", "<projects><rename><Client Work>"),
        ("start Fix\t", "<start><Fix the login bug>"),
        ("start Fix the l\t", "<start><Fix><the><login bug>"),
        ("start -p mail@home Fix the l\t", "<start><-p><mail@home><Fix><the><login bug>"),
        ("stop -d Rev\t", "<stop><-d><Review>"),
        ("-P work start -p ac\t", "<-P><work><start><-p><acme>"),
        ("start --profile=work -p ac\t", "<start><--profile=work><-p><acme>"),
        ("start -Pwork -p ac\t", "<start><-Pwork><-p><acme>"),
        ("backup fil\t", "<backup><file of mine.db>"),
        # Not offered: archived, of another profile, somebody's own words, after `--`, of no such command.
        ("start -p old\t", "<start><-p><old>"),
        ("start -p ac\t", "<start><-p><ac>"),
        ("-P nope start -p Cl\t", "<-P><nope><start><-p><Cl>"),
        ("projects add Cl\t", "<projects><add><Cl>"),
        ("start -- --over\t", "<start><--><--over>"),
        ("nope --over\t", "<nope><--over>"),
        ("start -t Cl\t", "<start><-t><Cl>"),
        ("report --by project,pro\t", "<report><--by><project,pro>"),
        ("log last yest\t", "<log><last><yest>"),
        ("log last week yest\t", "<log><last><week><yest>"),
        ("start -p x\t", "<start><-p><x>"),
        ("start x\t", "<start><x>"),
        ("start '$(mark)' '`mark`' Fi\t", "<start><$(mark)><`mark`><Fi>"),
        ("-P '$(mark)' start -p Cl\t", "<-P><$(mark)><start><-p><Cl>"),
    ],
)
def test_tab_completes(shell: Shell, typed: str, words: str) -> None:
    assert shell.line(f"clockeye {typed}") == f"<clockeye>{words}"


@pytest.mark.parametrize("number", [0, 7, 22, 27])
def test_a_hostile_project_goes_by_its_id_and_runs_nothing(shell: Shell, number: int) -> None:
    line = shell.line(f"clockeye start -p prj_{number:03}\t")
    assert line == f"<clockeye><start><-p><prj_{number:03}>"


@pytest.mark.parametrize(
    "typed",
    [
        "start -p ",
        "start --project=",
        "projects archive ",
        "edit ",
        "start $(mark) `mark` 'x;mark' -p ",
        "start -d $(mark) --project=",
    ],
)
def test_a_list_of_hostile_names_runs_nothing(shell: Shell, typed: str) -> None:
    shown = shell.listed(f"clockeye {typed}\t\t")
    assert "\x1b]0;mark" not in shown
    # Beside the id stands what it means, where the shell has a place for that.
    assert ("${mark:-" in shown) == (shell.name != "bash")


def test_a_damaged_store_is_no_noise_on_the_line(shell: Shell) -> None:
    (shell.place.folder / "home/work.db").rename(shell.place.folder / "aside")
    (shell.place.folder / "home/work.db").write_bytes(b"\0" * 4096)
    try:
        line = shell.line("clockeye -P work start -p ac\t")
    finally:
        (shell.place.folder / "aside").replace(shell.place.folder / "home/work.db")
    assert line == "<clockeye><-P><work><start><-p><ac>"
    assert "damaged" not in str(shell.terminal.before)


@pytest.mark.parametrize("name", ["bash", "fish"])
def test_an_installed_script_is_found_by_the_shell(name: str, place: Place) -> None:
    done = subprocess.run(
        ["clockeye", "completion", name, "--install"],
        env=place.environ,
        executable=place.folder / "bin/clockeye",
        capture_output=True,
        text=True,
        check=True,
    )
    path = done.stdout.split("\n")[0].removeprefix("Saved to ").removesuffix(".")
    if name == "bash":
        code, expected = f". '{path}'; complete -p clockeye", "_clockeye clockeye\n"
    else:
        code, expected = "complete -C 'clockeye sto'", "stop\tStop the timer and store it as an entry.\n"
    completed = subprocess.run(
        [needs(name), "-c", code], env=place.environ, capture_output=True, text=True, check=True
    )
    assert completed.stdout.endswith(expected)
