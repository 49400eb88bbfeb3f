"""The lines of docs/shell.md for prompts and tmux in real programs: descriptions are never executed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import time
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.system.real_parts import ROOT, clockeye, environment, needs, program

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (ROOT / "docs" / "shell.md").read_text(encoding="utf-8")

PROJECT = "$(touch marker)%F{red}%(!.a.b)\\u | #(touch marker)"
HOSTILE = "`touch marker`${HOME}\\$(touch marker)\\`touch marker\\` !! %n\\w"
IN_TMUX = "#(touch marker) #{pane_title} #[fg=red]x %H:%M 100% #bug"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Where a timer runs whose text every shell would run, with `clockeye` on the PATH."""
    home = tmp_path / "home"
    assert clockeye(home, "start", "-p", PROJECT, "--", HOSTILE).code == 0
    folder = program(tmp_path / "bin").parent
    path = f"{folder}:{os.environ['PATH']}"
    return environment(home, HOME=str(tmp_path), PATH=path, TERM="dumb")


def line_for(shell: str) -> str:
    """The line of the document whose comment begins with the name, without that comment."""
    return next(
        line.partition("  # ")[0].rstrip() for line in TEXT.splitlines() if f"  # {shell}, in ~/" in line
    )


def shown(environ: dict[str, str], folder: Path, *command: str) -> str:
    """What an interactive shell has shown when it has ended after two empty commands."""
    terminal = pexpect.spawn(
        needs(command[0]),
        list(command[1:]),
        cwd=str(folder),
        env=environ,
        encoding="utf-8",
        dimensions=(24, 400),
        timeout=30,
    )
    screen = ""
    for line in (":", ":", "exit"):
        terminal.expect("0:0[01]")  # how long the timer has been running: the end of the prompt
        screen += terminal.before + terminal.after
        terminal.sendline(line)
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert not (folder / "marker").exists()
    return screen


def expected(environ: dict[str, str], shell: str) -> str:
    """What `prompt` prints, as the shell is to show it; without the time, which goes on."""
    printed = clockeye(environ["CLOCKEYE_HOME"], "prompt", "--shell", shell).out.rpartition(" ")[0]
    assert printed.count("touch marker") == 5
    return printed.replace("%%", "%") if shell == "zsh" else printed


@pytest.mark.parametrize("how", ["PS1", "PROMPT_COMMAND"])
def test_bash_shows_a_hostile_description_and_runs_nothing(
    environ: dict[str, str], tmp_path: Path, how: str
) -> None:
    line = line_for("bash")
    if how == "PROMPT_COMMAND":  # the other way that people write it: expanded twice
        line = f"PROMPT_COMMAND={shlex.quote(line.replace(chr(39), chr(34)))}"
    (tmp_path / "rc").write_text(line + "\n")
    screen = shown(environ, tmp_path, "bash", "--noprofile", "--rcfile", str(tmp_path / "rc"), "-i")
    assert screen.count(expected(environ, "bash")) == 3


def test_zsh_shows_a_hostile_description_and_runs_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".zshrc").write_text(f"unsetopt zle prompt_cr\nsetopt prompt_bang\n{line_for('zsh')}\n")
    screen = shown(environ | {"ZDOTDIR": str(tmp_path)}, tmp_path, "zsh", "-d", "-i")
    assert screen.count(expected(environ, "zsh")) == 3


def test_fish_shows_a_hostile_description_and_runs_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    screen = shown(environ, tmp_path, "fish", "--no-config", "-i", "-C", line_for("fish"))
    assert expected(environ, "fish") in screen


def test_a_prompt_of_fish_is_there_when_no_timer_runs(environ: dict[str, str]) -> None:
    assert clockeye(environ["CLOCKEYE_HOME"], "cancel", "-y").code == 0
    command = [needs("fish"), "--no-config", "-c", f"{line_for('fish')}; fish_prompt"]
    shown = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert (shown.stdout, shown.stderr) == ("> ", "")


def test_tmux_shows_a_hostile_description_and_runs_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    """One tmux shows what another one draws: its status line can be read there."""
    assert clockeye(environ["CLOCKEYE_HOME"], "start", "--", IN_TMUX).code == 0
    tmux = needs("tmux")
    inner, outer = (f"{tmux} -f /dev/null -S {tmp_path}/{name}" for name in ("inner", "outer"))

    def do(command: str) -> str:
        done = subprocess.run(
            shlex.split(command), env=environ, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    (tmp_path / "tmux.conf").write_text(
        "".join(f"{line.partition('  # ')[0]}\n" for line in TEXT.splitlines() if line.startswith("set -g"))
        + "set -g status-right-length 300\nset -g status-interval 1\n"
    )
    assert "status --format tmux" in (tmp_path / "tmux.conf").read_text()
    do(f"{inner} new-session -d -x 400 -y 10 'sleep 300'")
    try:
        do(f"{inner} source-file {tmp_path}/tmux.conf")
        do(f"{outer} new-session -d -x 400 -y 10 {shlex.quote(f'env -u TMUX {inner} attach')}")
        do(f"{outer} set -g status off")
        end = time.monotonic() + 30
        while not re.search(r"0:0[01]\b", seen := do(f"{outer} capture-pane -p")):
            assert time.monotonic() < end, seen
            time.sleep(0.1)
    finally:
        for server in (outer, inner):
            subprocess.run(
                shlex.split(f"{server} kill-server"), env=environ, check=False, capture_output=True
            )
    assert f"{IN_TMUX} 0:0" in seen
    assert not (tmp_path / "marker").exists()
