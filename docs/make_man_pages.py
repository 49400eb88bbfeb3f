"""Generate docs/man from the help texts and help topics: `python docs/make_man_pages.py`.

The pages are checked in, so that building a wheel needs nothing else; a test compares them with the program.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from clockeye_cli.cli.man import pages

FOLDER = Path(__file__).parent / "man"

if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name, page in pages().items():
        (FOLDER / name).write_text(page, encoding="ascii")
