"""`clockeye prompt`: one line that a shell shows again and again, and that no shell runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.plain import refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


def test_prompt_prints_what_runs_and_nothing_when_idle(app: App) -> None:
    assert said(app.ok("prompt")) == (0, "", "")
    app.ok("start", "Fix", "-p", "web")
    app.at("2026-11-20 13:05:59")
    assert said(app.ok("prompt")) == (0, "web: Fix 1:05\n", "")
    assert app.ok("prompt", "--format", "{project}>{elapsed}").out == "web>1:05\n"
    assert app.ok("prompt", "--json").data["description"] == "Fix"


def test_prompt_when_idle_still_has_json_and_the_day(app: App) -> None:
    app.ok("add", "x", "--from", "9", "--to", "10:30")
    assert app.ok("prompt", "--json").out == '{"version": 1, "data": null}\n'
    assert app.ok("prompt", "--format", "{today}").out == "1:30\n"
    app.at("2026-11-19 23:00:00")  # a clock that was ahead was set back
    assert app.ok("prompt", "--format", "{today}").out == "0:00\n"


def test_prompt_says_nothing_else(app: App) -> None:
    app.ok("start", "Forgotten", "--at", "2026-11-18 9:00")
    assert app.ok("prompt").err == ""


def test_long_descriptions_are_cut(app: App) -> None:
    app.ok("start", "x" * 1000)
    assert app.ok("prompt").out == "x" * 59 + "… 0:00\n"


@pytest.mark.parametrize(
    ("args", "err"),
    [
        (["--shell", "tcsh"], "Unknown shell 'tcsh'.\n  Known: bash, zsh, fish.\n"),
        (
            ["--format", "{x}"],
            "Unknown field '{x}'.\n"
            "  Known: {project}, {description}, {work}, {elapsed}, {today}, {attention}.\n",
        ),
    ],
)
def test_what_there_is_not_is_refused_also_when_idle(app: App, args: list[str], err: str) -> None:
    assert refused(app, "prompt", *args) == (2, f"clockeye: {err}")


def test_what_a_shell_would_expand_is_taken_out(app: App) -> None:
    app.ok("start", "$(touch a)`touch b`${HOME} !! %n \\u \\$(touch c)")
    assert app.ok("prompt").out == "_(touch a)_touch b__{HOME} __ _n _u __(touch c) 0:00\n"
    assert app.ok("prompt", "--shell", "bash").out == "_(touch a)_touch b__{HOME} __ %n _u __(touch c) 0:00\n"
    assert app.ok("prompt", "--shell", "zsh").out == "_(touch a)_touch b__{HOME} __ %%n _u __(touch c) 0:00\n"


@pytest.mark.parametrize(
    ("command", "template", "meant"),
    [
        ("prompt", "waybar", "status --format waybar"),
        ("prompt", "tmux", "status --format tmux"),
        ("status", "json", "status --json"),
    ],
)
def test_a_format_of_status_is_no_template(app: App, command: str, template: str, meant: str) -> None:
    app.ok("start", "Fix")
    result = app.run(command, "--format", template)
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"clockeye: {template!r} is not a template.\n  `clockeye {meant}` prints that format.\n"
    )
    app.ok(*meant.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize("shell", ["", "bash"])
def test_bash_shows_it_as_it_is(app: App, tmp_path: Path, shell: str) -> None:
    app.ok("start", "$(touch marker)`touch marker` \\$(touch marker) $HOME \\w")
    out = app.ok("prompt", *(["--shell", shell] if shell else [])).out.rstrip("\n")
    # ${x@P} is how bash expands PS1; twice, for a prompt that holds $(clockeye prompt) expands what it gave.
    script = 'shown="${said@P}"; printf %s "${shown@P}"'
    answer = subprocess.run(
        ["bash", "-c", script],
        env={"said": out, "PATH": os.environ["PATH"], "HOME": "/home/me"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == out
    assert list(tmp_path.glob("marker")) == []
