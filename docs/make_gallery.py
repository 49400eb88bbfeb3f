"""Makes the pictures of docs/gallery.md: pages in a real Chromium, a PDF by pdftoppm.

python docs/make_gallery.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.app import App  # noqa: E402 (found by the path above)
from tests.system.browser import Browser  # noqa: E402
from tests.system.real_parts import needs  # noqa: E402

GALLERY = ROOT / "docs/gallery"
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


def main() -> None:
    """Make all pictures."""
    GALLERY.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        app = App(made / "home", now=f"{TODAY} 23:00:00")
        (made / "home").mkdir()
        (made / "home/config.toml").write_text(CONFIG)
        (made / "home/config.toml").chmod(0o600)
        fill(app, date(2026, 1, 5))
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
