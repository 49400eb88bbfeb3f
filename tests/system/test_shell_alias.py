"""`completion SHELL --install --alias c` in real shells: the word works in a new shell, and is completed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.system.real_parts import environment, needs

if TYPE_CHECKING:
    from pathlib import Path

ASK = {
    "bash": (["bash", "-i", "-c", "c --version; complete -p c"], "-F _clockeye c"),
    "zsh": (["zsh", "-i", "-c", "eval 'c --version'; alias c"], "c=clockeye"),
    "fish": (["fish", "-i", "-c", "c --version; complete -C 'c projects una'"], "unarchive"),
}


@pytest.mark.parametrize("shell", ASK)
def test_a_new_shell_knows_the_alias_and_completes_it(tmp_path: Path, shell: str) -> None:
    needs(shell)
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "clockeye"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m clockeye_cli \"$@\"\n")
    program.chmod(0o755)
    environ = environment(tmp_path / "home", PATH=f"{programs}:{os.environ['PATH']}", HOME=str(tmp_path))
    install = [str(program), "completion", shell, "--install", "--alias", "c"]
    subprocess.run(install, env=environ, check=True, stdout=subprocess.DEVNULL)
    command, mark = ASK[shell]
    shown = subprocess.run(
        command, env=environ, capture_output=True, text=True, check=False, timeout=60
    ).stdout
    assert shown.startswith("clockeye "), shown
    assert mark in shown
