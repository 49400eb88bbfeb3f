"""The pager, on a real terminal (a pty)."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from clockeye_cli.output.terminal.pager import pager

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import os, sys
from datetime import UTC
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.out import Out
rows = [(f"row{number:03}x",) for number in range(int(sys.argv[1]))]
out = Out(stdout=sys.stdout, stderr=sys.stderr, quiet="-q" in sys.argv, zone=UTC, environ=os.environ)
out.table(Table((Column("a", "A"),), [Section("", rows)]))
out.flush()
print("the end")
"""


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A pager that says that it ran, and how it was called."""
    path = tmp_path / "my pager"
    path.write_text('#!/bin/sh\necho "PAGED $1 LESS=$LESS"\nexec cat\n')
    path.chmod(0o755)
    return path


def run(rows: int, *flags: str, **environ: str) -> str:
    """What a terminal of 20 lines shows."""
    kept = {
        name: value for name, value in os.environ.items() if name not in {"PAGER", "LESS", "LINES", "COLUMNS"}
    }
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        ["-c", SCRIPT, str(rows), *flags],
        env={**kept, "TERM": "xterm", **environ},
        dimensions=(20, 80),
        encoding="utf-8",
        timeout=30,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


def test_what_is_taller_than_the_terminal_goes_through_the_pager(marker: Path) -> None:
    shown = run(40, PAGER=f"'{marker}' flag")
    assert "PAGED flag LESS=FRX" in shown
    assert shown.count("row") == 40
    assert "LESS=-S" in run(40, PAGER=f"'{marker}'", LESS="-S")


def test_what_fits_is_not_paged(marker: Path) -> None:
    assert "PAGED" not in run(18, PAGER=f"'{marker}'")
    assert "PAGED" in run(19, PAGER=f"'{marker}'")


@pytest.mark.parametrize("name", ["", "cat", "/no/such/pager", "'open quote"])
def test_without_a_pager_it_is_printed(name: str) -> None:
    shown = run(40, PAGER=name)
    assert shown.count("row") == 40
    assert shown.endswith("the end\r\n")


def test_neither_quiet_nor_a_dumb_terminal_has_a_pager(marker: Path) -> None:
    assert "PAGED" not in run(40, "-q", PAGER=f"'{marker}'")
    assert "PAGED" not in run(40, TERM="dumb", PAGER=f"'{marker}'")


def test_a_pager_that_quits_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "quits"
    path.write_text("#!/bin/sh\nexit 3\n")
    path.chmod(0o755)
    shown = run(20_000, PAGER=str(path))
    assert "Traceback" not in shown
    assert shown.endswith("the end\r\n")


def test_the_pager_is_no_shell(tmp_path: Path) -> None:
    assert pager({"PAGER": f"cat; touch {tmp_path}/ran", "PATH": os.environ["PATH"]}) == []
    assert pager({"PAGER": "cat -n", "PATH": os.environ["PATH"]})[1:] == ["-n"]
