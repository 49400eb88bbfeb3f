"""A Document as a PDF/A-3a, made by typst: accessible, archivable, and the same bytes for the same input.

Without a standard, typst draws an empty box for a character that no font has, and says nothing. The standard
makes it an error.
"""

from __future__ import annotations

import json
import os
import re

import typst

from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.output.charts.shapes import Diagram
from clockeye_cli.output.drawn import Grid, drawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

    from clockeye_cli.output.document import Document
    from clockeye_cli.output.formats import RenderOptions

TEMPLATE = os.path.join(os.path.dirname(__file__), "template.typ")
FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica", "Libertinus Serif")
"""Preferred fonts; typst looks for other characters in all fonts of the system."""

PACKAGES = {
    "fonts-noto-cjk": (range(0x2E80, 0xA000), range(0xAC00, 0xD800), range(0x20000, 0x40000)),
    "fonts-noto-color-emoji": (range(0x2600, 0x27C0), range(0x1F000, 0x1FB00)),
}
"""Debian's packages of fonts that computers often lack, with the characters that they have."""


def write(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write the PDF.

    Raises:
        UsageError: No font has a character of the document (`no_font`).
    """
    values = _plain(_values(document, options))
    inputs = {"document": json.dumps(values, ensure_ascii=False)}
    try:
        # The date in the file is the one that the document names: the same input makes the same bytes.
        content = typst.compile(
            TEMPLATE, sys_inputs=inputs, pdf_standards="a-3a", timestamp=document.about.made_at
        )
    except RuntimeError as error:
        raise _explained(str(error), values) from error
    file.write(content)


def _values(document: Document, options: RenderOptions) -> dict[str, Any]:
    return {
        "title": document.title or "clockeye",
        "sender": document.about.sender,
        "recipient": document.about.recipient,
        "made": document.about.made,
        "fonts": FONTS,
        "paper": "a4",
        "palette": [color.hex for color in PALETTE],
        "blocks": [_block(block) for block in drawn(document, options)],
    }


def _block(block: tuple[Any, ...]) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {**block._asdict(), "sections": [each._asdict() for each in block.groups], "groups": []}
    what, content = block
    if isinstance(content, Diagram):
        shapes, labels = ([each._asdict() for each in some] for some in (content.shapes, content.labels))
        return {**content._asdict(), "what": what, "shapes": shapes, "labels": labels}
    return {"what": what, "figures" if what == "figures" else "text": content}


def _plain(value: Any) -> Any:
    """The same value with all text safe."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _explained(reason: str, values: Any) -> ClockeyeError:
    """The error for what typst says; `values` are the document's."""
    missing = re.search(r'the (?:text|PDF contains the codepoint) `"(.+?)"`', reason, re.DOTALL)
    if missing is None:
        return ClockeyeError(f"The PDF cannot be made: {reason.strip()}")
    # A character for private use has no meaning in an archive, whichever font has it; typst writes \u{e0b0}.
    escaped = re.fullmatch(r"\\u\{([0-9a-f]+)\}", missing[1])
    character = chr(int(escaped[1], 16)) if escaped else missing[1]
    place = next((text for text in _texts(values) if character in text), "")
    code = ord(character[0])
    packages = (name for name, spans in PACKAGES.items() if any(code in span for span in spans))
    return UsageError(
        f"No font on this computer has {character} ({place[:60]}).",
        hint=f"Install one (Debian: {next(packages, 'fonts-noto')}), or save .html.",
        code="no_font",
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
