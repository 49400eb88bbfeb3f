"""Generate the completion scripts in this folder, as `clockeye completion SHELL` prints them.

python completions/generate.py
"""

from __future__ import annotations

from pathlib import Path

from clockeye_cli.cli.completion import SHELLS, script

for name, shell in SHELLS.items():
    Path(__file__).with_name(shell.file).write_text(script(name), encoding="utf-8", newline="\n")
