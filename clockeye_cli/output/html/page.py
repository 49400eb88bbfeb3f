"""A Document as one HTML page, without scripts, and with nothing that is loaded from elsewhere."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.drawn import drawn
from clockeye_cli.output.formats import write_text
from clockeye_cli.output.html.markup import page

if TYPE_CHECKING:
    from typing import BinaryIO

    from clockeye_cli.output.document import Document
    from clockeye_cli.output.formats import RenderOptions


def write(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write the page, in UTF-8."""
    values = {"document": document, "blocks": drawn(document, options)}
    pieces = page("page.html", "page.css", values)
    write_text(file, pieces, options._replace(encoding="utf-8", on_terminal=False))
