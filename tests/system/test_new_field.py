"""A new field of the entry takes one line in the value and one column, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("field", "column", "value"),
    [
        ('note: str = ""', "note TEXT NOT NULL DEFAULT ''", "kept"),
        ("is_billed: bool = False", "is_billed INTEGER NOT NULL DEFAULT 0 CHECK (is_billed IN (0, 1))", True),
    ],
    ids=["text", "bool"],
)
def test_a_field_more_needs_its_line_and_its_column_and_nothing_else(
    field: str, column: str, value: str | bool, tmp_path: Path
) -> None:
    package = tmp_path / "copy/clockeye_cli"
    shutil.copytree(REPOSITORY / "clockeye_cli", package, ignore=shutil.ignore_patterns("__pycache__"))
    insert(package / "core/entry.py", after="    is_open: bool = False\n", text=f"    {field}\n")
    insert(
        package / "store/schema.py", after=",\n", text=f'    ("ALTER TABLE entries ADD COLUMN {column}",),\n'
    )
    script, name = str(Path(__file__).with_name("with_new_field.py")), field.partition(":")[0]
    done = subprocess.run(
        [sys.executable, script, str(package), str(tmp_path / "home"), name, json.dumps(value)],
        env={**os.environ, "PYTHONPATH": f"{package.parent}{os.pathsep}{REPOSITORY}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def insert(path: Path, *, after: str, text: str) -> None:
    """Put a text behind the last place where another one stands."""
    before, anchor, rest = path.read_text(encoding="utf-8").rpartition(after)
    path.write_text(before + anchor + text + rest, encoding="utf-8")
