"""Makes docs/gallery.md: pictures of pages in a real Chromium and of a PDF, and the cells of a spreadsheet.

python docs/make_gallery.py
python docs/make_gallery.py --sheets    # only the cells
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.app import App  # noqa: E402 (found by the path above)
from tests.system.browser import Browser  # noqa: E402
from tests.system.real_parts import needs  # noqa: E402

GALLERY = ROOT / "docs/gallery"
PAGE = ROOT / "docs/gallery.md"
OPENING, CLOSING = "<!-- the cells of a spreadsheet -->\n```text\n", "```\n"
MOST_ROWS = 24
"""How many rows of a sheet are shown."""
TODAY = date(2026, 11, 30)
WORK = {
    "website": ("Checkout page #ui", "Fix the login bug #bug", "Accessibility audit"),
    "acme": ("Call with Ada", "Data model", "Review"),
    "team": ("1:1 with Grace", "Retro"),
    "admin": ("Invoices",),
    "research": ("Paper on calendars",),
}
CONFIG = """\
sender = ["Kim Roe", "Kai 2", "20457 Hamburg"]
rate = "80 EUR"
rounding = "15m up per day"
target = "mon-thu 8h, fri 6h"
[projects.acme]
rate = "90 EUR"
"""


def fill(app: App, first: date) -> None:
    """Track made-up work on every working day; the same every time."""
    random = Random(7)  # noqa: S311 (made-up work is no secret)
    day = first
    while day <= TODAY:
        at = datetime(day.year, day.month, day.day, 8, 30) + timedelta(minutes=15 * random.randrange(4))  # noqa: DTZ001 (a wall clock)
        while day.weekday() < 5 and at.hour < 17 and random.random() < 0.97:  # noqa: PLR2004 (Saturday, five)
            project = random.choices([*WORK], [6, 5, 2, 1, 1])[0]
            minutes = random.randrange(20, 150)
            words = ["-p", project, "--from", f"{at:%Y-%m-%d %H:%M}", "--for", f"{minutes}m", "-q"]
            words += ["--no-billable"] if project == "team" else []
            app.ok("add", random.choice(WORK[project]), *words)
            at += timedelta(minutes=minutes + random.choice([0, 0, 5, 15, 40]))
        day += timedelta(days=1)


def worked(folder: Path, first: date) -> App:
    """A home with made-up work since a day."""
    app = App(folder / "home", now=f"{TODAY} 23:00:00")
    app.home.mkdir()
    (app.home / "config.toml").write_text(CONFIG)
    (app.home / "config.toml").chmod(0o600)
    fill(app, first)
    return app


def spreadsheet(folder: Path) -> str:
    """The cells of a week's spreadsheet as they are shown, read back by a library that is not ours."""
    from openpyxl import load_workbook

    file = folder / "week.xlsx"
    worked(folder, date(2026, 11, 23)).ok("report", "2026-W48", "--money", "--save", str(file))
    texts = []
    for sheet in load_workbook(file, data_only=True):
        rows = [*sheet.iter_rows()]
        # Only rows of a table set the widths: a line of text reaches over its neighbours.
        table = [row for row in rows if any(cell.value is not None for cell in row[2:])]
        widths = [max(len(shown(row[at])) for row in table) for at in range(len(rows[0]))]
        lines = ["  ".join(map(aligned, row, widths)).rstrip() for row in rows]
        if len(lines) > MOST_ROWS:
            lines[MOST_ROWS - 2 : -1] = ["…"]
        texts.append("\n".join([f"[{sheet.title}]", *lines]))
    return "\n\n".join(texts) + "\n"


def aligned(cell: Cell, width: int) -> str:
    """A cell as it is shown, in its column."""
    is_text = isinstance(cell.value, str | bool | None) or cell.column == 1
    return shown(cell).ljust(width) if is_text else shown(cell).rjust(width)


def shown(cell: Cell) -> str:
    """A cell as a spreadsheet shows it."""
    value, form = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if form == "yyyy-mm-dd" else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, bool):
        return str(value).upper()
    if "h" in form:
        return f"{value:+.2f} h" if value else "0.00 h"
    return f"{value:.0%}" if "%" in form else f"{value:,.2f}" if ".00" in form else str(value)


def written(text: str, sheets: str) -> str:
    """The gallery's text with the cells in their place."""
    before, _, rest = text.partition(OPENING)
    return f"{before}{OPENING}{sheets}{CLOSING}{rest.partition(CLOSING)[2]}"


def main() -> None:
    """Make all pictures, and the text of the spreadsheet."""
    GALLERY.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sheets = spreadsheet(Path(folder))
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), sheets), encoding="utf-8")
    if sys.argv[1:] == ["--sheets"]:
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        app = worked(made, date(2026, 1, 5))
        for name, words in {
            "month.html": ("2026-11", "--money"),
            "year.html": ("2026",),
            "month.pdf": ("2026-11", "--money"),
        }.items():
            app.ok("report", *words, "--save", str(made / name))
        with Browser(made / "browser") as browser:
            for name, page, width, height, dark in (
                ("month", "month", 1000, 1350, False),
                ("phone", "month", 390, 1000, False),
                ("dark", "month", 1000, 640, True),
                ("year", "year", 1000, 1000, False),
            ):
                browser.show(made / f"{page}.html", width, dark=dark)
                (GALLERY / f"{name}.png").write_bytes(browser.picture(height))
        draw = [needs("pdftoppm"), "-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile"]
        subprocess.run([*draw, str(made / "month.pdf"), str(GALLERY / "pdf")], check=True)


if __name__ == "__main__":
    main()
