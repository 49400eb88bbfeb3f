"""Streams that record their output, and an Out that writes to them."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

from clockeye_cli.output.out import Out

if TYPE_CHECKING:
    from collections.abc import Mapping


class Captured(io.TextIOWrapper):
    """A real encoding stream over memory: a pipe, or a terminal."""

    def __init__(self, *, terminal: bool = False, encoding: str = "utf-8") -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding=encoding, newline="\n")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    @property
    def text(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode(self.encoding)


class Screen:
    """An Out and the two streams that it writes to."""

    def __init__(
        self,
        *,
        terminal: bool = False,
        encoding: str = "utf-8",
        environ: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        self.stdout = Captured(terminal=terminal, encoding=encoding)
        self.stderr = Captured(terminal=terminal, encoding=encoding)
        given: dict[str, Any] = {"color": "never", "zone": UTC, **options}
        self.out = Out(stdout=self.stdout, stderr=self.stderr, environ=environ or {}, **given)

    @property
    def printed(self) -> str:
        """Everything on standard output."""
        return self.stdout.text

    @property
    def noticed(self) -> str:
        """Everything on standard error."""
        return self.stderr.text
