"""A page as a browser would take it apart."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "img"}
MAY_STAY_OPEN = {"tr", "td", "th"}
"""Elements whose closing tags HTML does not need; the next one, or the end of the table, closes them."""


class Page(HTMLParser):
    """The elements and the text of a page; fails where elements are not closed as they should be.

    Attributes:
        tags: Every element and its attributes, in order.
        shown: All text outside of the style sheet.
        tables: The cells of every table, row by row, by the table's caption.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.shown = ""
        self.tables: dict[str, list[list[str]]] = {}
        self._open: list[str] = []
        self._rows: list[list[str]] = []
        self._caption = ""
        self.feed(text)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"td", "th"}:
            self._leave({"td", "th"})
        elif tag == "tr":
            self._leave({"td", "th"})
            self._leave({"tr"})
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._rows[-1].append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1] in MAY_STAY_OPEN and self._open[-1] != tag:
            self._open.pop()
        assert self._open.pop() == tag, (tag, self._open)
        if tag == "table":
            self.tables[self._caption] = self._rows

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.shown += f"{data}\n"
        if "caption" in self._open:
            self._caption += data
        elif {"td", "th"} & set(self._open):
            self._rows[-1][-1] += data.rstrip("\n")

    def _leave(self, tags: set[str]) -> None:
        if self._open and self._open[-1] in tags:
            self._open.pop()
