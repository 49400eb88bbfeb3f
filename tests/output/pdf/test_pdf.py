"""PDF files: the text of the page, nothing read as markup, and no empty boxes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.safe_text import safe
from clockeye_cli.errors import UsageError
from clockeye_cli.output.document import Document
from clockeye_cli.output.formats import FORMATS, check
from clockeye_cli.output.spool import Spool
from tests.hostile_text import HOSTILE
from tests.output.html.reading import Page
from tests.output.html.test_page import OPTIONS, a_document, text_of
from tests.output.sample_tables import LOG
from tests.system.real_parts import needs

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("typst", reason="the optional part pdf is not installed")


def pdf_of(document: Document) -> bytes:
    return b"".join(Spool(lambda file: FORMATS["pdf"].write(document, OPTIONS, file)))


def read_back(pdf: bytes, folder: Path) -> str:
    """The text of a PDF, as another program reads it."""
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([needs("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("document", [a_document("acme"), Document.of(LOG)], ids=["report", "list"])
def test_its_text_is_that_of_the_page(document: Document, tmp_path: Path) -> None:
    page = Page(text_of(document))
    words = read_back(pdf_of(document), tmp_path).split()
    cells = [cell for rows in page.tables.values() for row in rows for cell in row]
    assert Counter(" ".join(cells).split()) - Counter(words) == Counter()
    assert set(words) <= {*page.shown.split(), "1h", "1/1", "clockeye"}


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if len(text) < 5_000], ids=lambda text: ascii(text)[:24]
)
def test_hostile_text_stays_text_or_is_named_where_no_font_has_it(text: str, tmp_path: Path) -> None:
    if not safe(text).isascii():
        with suppress(UsageError):  # no font has it; anything else is another error
            pdf_of(a_document(text))
        return
    words = safe(text).split()
    assert {*words[:1]} <= {*read_back(pdf_of(a_document(text)), tmp_path).split()}


def test_markup_of_typst_is_text(tmp_path: Path) -> None:
    text = "P<script>#panic() $x$ *b* _i_ @ref <label> `raw` // gone /* gone */ https://x.example #[a]"
    assert text in " ".join(read_back(pdf_of(a_document(text)), tmp_path).split())


def test_a_character_that_no_font_has_is_named_with_what_to_do() -> None:
    with pytest.raises(UsageError) as caught:
        pdf_of(a_document("Plan \ue0b0 B"))
    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        "no_font",
        b"No font on this computer has \\ue0b0 (Plan \\ue0b0 B).".decode("unicode_escape"),
        "Install one (Debian: fonts-noto), or save .html.",
    )


def test_the_same_document_makes_the_same_bytes() -> None:
    first = pdf_of(a_document("acme"))
    assert first == pdf_of(a_document("acme"))
    assert first.startswith(b"%PDF-1.7")


def test_without_its_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError) as caught:
        check("pdf")
    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        "extra_missing",
        "pdf needs the library typst, which is not installed.",
        "Run `uv tool install 'clockeye[pdf]'`, or save .html and print it.",
    )
