"""Pages: whole, without anything that runs or loads, and every text as text."""

from __future__ import annotations

import re
from binascii import b2a_base64
from datetime import UTC, date
from hashlib import sha256

import pytest

from clockeye_cli.core.safe_text import safe
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.document import About, Chart, Document, Figure, Figures, Heading, Text
from clockeye_cli.output.formats import FORMATS, RenderOptions
from clockeye_cli.output.spool import Spool
from tests.hostile_text import HOSTILE
from tests.output.html.reading import Page
from tests.output.sample_tables import EVERY_KIND, LOG

OPTIONS = RenderOptions(zone=lambda: UTC)
MAY_HAVE = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "h1",
        "h2",
        "main",
        "footer",
        "p",
        "div",
    ),
    *(
        "address",
        "br",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "svg",
        "desc",
        "line",
        "rect",
        "text",
        "ul",
        "li",
    ),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "time"),
}


def text_of(document: Document) -> str:
    return b"".join(Spool(lambda file: FORMATS["html"].write(document, OPTIONS, file))).decode()


def a_document(text: str) -> Document:
    """A document with this text wherever text may be."""
    columns = (
        Column("day", "Day", "day"),
        Column("a", text, "duration"),
        Column("b", "B", "duration"),
        Column("what", "What"),
    )
    days = [(date(2026, 11, 16), 3600, 1800, text), (date(2026, 11, 17), 0, 60, text)]
    sheet = Table(columns, [Section(text, days, title_total=5460, day=date(2026, 11, 16))], heading=text)
    shares = Table(
        (Column("project", "Project"), Column("duration", text, "duration"), Column("share", "%", "share")),
        [Section("", [(text, 60, 2 / 3), ("B", 30, 1 / 3)])],
        total=(text, 90, None),
    )
    return Document(
        text,
        About((text, "Kai 2"), (text,), text, 0, "UTC"),
        (
            Heading(text),
            Figures((Figure("duration", text, 90),)),
            Text(text),
            Chart("days", text, sheet, "day", ("a", "b"), {"a": 1}),
            Chart("shares", text, shares, "project", ("duration",), {text: 2}),
            sheet,
            shares,
        ),
    )


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if len(text) < 100_000], ids=lambda text: ascii(text)[:24]
)
def test_hostile_text_stays_text(text: str) -> None:
    page = Page(text_of(a_document(text)))
    assert {tag for tag, _ in page.tags} <= MAY_HAVE
    assert safe(text) in page.shown
    assert not {
        name for _, attributes in page.tags for name in attributes if name == "style" or name[:2] == "on"
    }


def test_a_page_may_load_and_run_nothing_and_its_style_is_allowed_by_its_hash() -> None:
    text = text_of(a_document("x"))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)
    assert style
    assert policy
    digest = b2a_base64(sha256(style[1].encode()).digest(), newline=False).decode()
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"
    )
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_a_list_is_a_page_with_its_table() -> None:
    page = Page(text_of(Document.of(LOG)))
    assert page.tables == {
        "This week": [
            ["ID", "Start", "Description", "Duration"],
            ["Friday", "1:15:00"],
            ["te_1", "09:00", "Fix the login", "1:15:00"],
            ["Saturday", "0:00:59"],
            ["te_2", "09:00", "Tab\\there", "0:00:59"],
            ["", "", "Total", "1:15:59"],
        ]
    }


def test_every_kind_of_cell() -> None:
    (rows,) = Page(text_of(Document.of(EVERY_KIND))).tables.values()
    assert rows[1] == [
        "a|b", "te_1", "x y", "2026-11-20 09:00", "09:00", "Fri 20 Nov", "1:15", "12", "yes", "63 %",
    ]  # fmt: skip


def test_a_chart_shows_the_numbers_of_its_table_and_says_them_without_the_picture() -> None:
    page = Page(text_of(a_document("acme")))
    titles = re.findall(r"<title>(.*?)</title></rect>", text_of(a_document("acme")))
    assert titles == [
        "Mon 16 Nov, acme: 1:00:00",
        "Mon 16 Nov, B: 0:30:00",
        "Tue 17 Nov, B: 0:01:00",
        "acme: 0:01:00 · 67 %",
        "B: 0:00:30 · 33 %",
    ]
    pictures = [attributes for tag, attributes in page.tags if tag == "svg" and "role" in attributes]
    assert all(each["role"] == "img" and each["aria-labelledby"] for each in pictures)
    assert "1:31:00 in 2 rows, at most 1:30:00 in one." in page.shown


def test_nothing_to_list() -> None:
    page = Page(text_of(Document.of(Table((), [], heading="Today", empty="No entries."))))
    assert "No entries." in page.shown
    assert page.tables == {}
