"""The names of sheets."""

from __future__ import annotations

from clockeye_cli.core.safe_text import safe

LONGEST = 31
"""Excel's limit, in UTF-16 units."""

FORBIDDEN = str.maketrans("[]:*?/\\'", "()------")
"""What the name of a sheet must not have."""


def sheet_name(heading: str, taken: set[str]) -> str:
    """A name for a sheet that no other one has.

    Args:
        heading: What the name is made of.
        taken: The names of the other sheets, in lower case; the new one is added.
    """
    start = safe(heading).translate(FORBIDDEN).strip() or "List"
    name, number = _cut(start, LONGEST), 1
    while name.lower() in taken:
        number += 1
        end = f" {number}"
        name = _cut(start, LONGEST - len(end)) + end
    taken.add(name.lower())
    return name


def _cut(text: str, most: int) -> str:
    """The beginning of a text that has at most some UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
