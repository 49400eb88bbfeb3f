"""The gallery shows the cells that a spreadsheet has now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def test_the_gallery_shows_the_cells_of_a_spreadsheet(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_gallery", ROOT / "docs/make_gallery.py")
    assert spec
    assert spec.loader
    gallery: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gallery)
    text = gallery.PAGE.read_text(encoding="utf-8")
    assert text == gallery.written(text, gallery.spreadsheet(tmp_path)), (
        "python docs/make_gallery.py --sheets"
    )
