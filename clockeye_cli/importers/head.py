"""The beginning of a file, by which importers recognise their own: its text, and what may be its header."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from clockeye_cli.importers.table import Header, headers
from clockeye_cli.importers.text import Encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable


class Head:
    """The first bytes of a file.

    Args:
        content: At most `text.HEAD` bytes.
        encoding: The encoding that the user has named; empty to recognise it.

    Attributes:
        content: The bytes.
    """

    def __init__(self, content: bytes, encoding: str = "") -> None:
        self.content = content
        self._encoding = encoding

    @cached_property
    def text(self) -> str:
        """The text, without a byte order mark."""
        return (
            Encoding(self.content, self._encoding).decoded(self.content).lstrip("\ufeff").removeprefix("ï»¿")
        )

    @cached_property
    def headers(self) -> list[Header]:
        """What may be its header."""
        return [*headers(self.text)]

    @cached_property
    def first_lines(self) -> list[str]:
        """The first lines that are not blank, without their ends."""
        lines = self.text.splitlines()
        if len(self.text) > 1 and not self.text.endswith("\n"):
            lines = lines[:-1] or lines  # the last one may be cut
        return [line.rstrip() for line in lines[:400] if line.strip()]

    def mostly(self, is_own: Callable[[str], object], *, but: Callable[[str], object]) -> bool:
        """Whether at least half of the first lines are a program's own, leaving out its comments."""
        lines = [line for line in self.first_lines if not but(line)]
        return bool(lines) and 2 * sum(map(bool, map(is_own, lines))) >= len(lines)

    def header(self, needed: Iterable[Collection[str]]) -> Header | None:
        """The first header with at least one of the folded names of each group."""
        groups = [*needed]
        for header in self.headers:
            names = set(header.folded)
            if all(names.intersection(group) for group in groups):
                return header
        return None
