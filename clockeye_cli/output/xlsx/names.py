"""The names of a workbook's sheets: what Excel allows, and no two alike."""

from __future__ import annotations

from clockeye_cli.core.safe_text import safe

MOST_OF_NAME = 31  # in UTF-16 units
FORBIDDEN = str.maketrans("[]:*?/\\'", "()------")
"""What the name of a sheet must not have."""


class SheetNames:
    """The names that are taken; Excel keeps one for itself."""

    def __init__(self) -> None:
        self._taken = {"history"}

    def new(self, heading: str) -> str:
        """A name like a heading that no other sheet has."""
        start = safe(heading).translate(FORBIDDEN).strip() or "List"
        name, number = _cut(start, MOST_OF_NAME), 1
        while name.lower() in self._taken:
            number += 1
            end = f" {number}"
            name = _cut(start, MOST_OF_NAME - len(end)) + end
        self._taken.add(name.lower())
        return name


def _cut(text: str, most: int) -> str:
    """The beginning of a text that has at most some UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
