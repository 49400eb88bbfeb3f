"""Pages in a real Chromium: sound for a screen reader and a keyboard, at every width, dark, and on paper."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.app import App
from tests.output.html.test_page import a_document, text_of
from tests.system.browser import Browser
from tests.system.real_parts import needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHONE, DESKTOP = 360, 1280
HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)> javascript:alert(1)"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A week, a year, the log of a week, a year with amounts, and a report of nothing but hostile text."""
    folder = tmp_path_factory.mktemp("pages")
    app = App(folder / "home")
    for number, project in enumerate(
        ("website", "acme", "team", "admin", "OFF.Tool", "Nord", "Süd", "x", "y")
    ):
        for week in range(3):
            day = f"2026-{11 - 3 * week:02}-{10 + number}"
            app.ok(
                "add", f"Work {HOSTILE}", "-p", project, "--from", f"{day} 09:00", "--for", f"{number + 1}h"
            )
    made: dict[str, tuple[str, ...]] = {
        "week": ("report", "2026-W47"),
        "year": ("report", "2026"),
        "log": ("log", "2026-11"),
        "amounts": ("report", "2026", "--money", "--round", "15m"),
    }
    app.ok("config", "set", "rate", "12000.50 EUR")
    for name, words in made.items():
        app.ok(*words, "--save", str(folder / f"{name}.html"))
    (folder / "hostile.html").write_text(text_of(a_document(HOSTILE)), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in (*made, "hostile")}


@pytest.mark.parametrize("name", ["week", "year", "log", "hostile"])
@pytest.mark.parametrize(("width", "dark"), [(PHONE, False), (DESKTOP, False), (DESKTOP, True)])
def test_a_page_is_sound_and_asks_for_nothing(
    browser: Browser, pages: dict[str, Path], name: str, width: int, dark: bool
) -> None:
    browser.show(pages[name], width, dark=dark)
    assert browser.violations() == []
    assert browser.requests == [pages[name].as_uri()]
    assert browser.complaints == []
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert browser.evaluate("document.querySelectorAll('script, img, iframe, object, [style]').length") == 0


def test_a_keyboard_reaches_the_content_and_every_table_that_scrolls(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["year"], PHONE)
    assert browser.evaluate("document.querySelector('a').hash") == "#content"
    assert browser.evaluate("[...document.querySelectorAll('.scroll')].every(each => each.tabIndex === 0)")


def test_many_figures_on_a_phone_leave_room_for_names(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["amounts"], PHONE)
    widths = "[...document.querySelectorAll('tbody tr > :first-child')].map(each => each.offsetWidth)"
    assert browser.evaluate(
        f"Math.min(...{widths}) >= 6 * parseFloat(getComputedStyle(document.body).fontSize)"
    )


def test_the_style_sheet_applies_under_the_policy(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["week"], DESKTOP, dark=True)
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 27)"


def test_on_paper_the_whole_text_is_there_and_tables_repeat_their_headings(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    browser.show(pages["log"], DESKTOP)
    path = tmp_path / "printed.pdf"
    path.write_bytes(browser.printed())
    text = subprocess.run([needs("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
    words = text.stdout.decode().split()
    assert words.count("website") == 1
    assert {"Description", "Billable", "November", "2026", "1:00:00"} - {*words} == {"1:00:00"}
