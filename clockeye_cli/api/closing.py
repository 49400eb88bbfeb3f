"""The base of everything that holds connections, which are closed at the end of a `with` block."""

from __future__ import annotations

from abc import ABC, abstractmethod

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Closing(ABC):
    """Holds connections open until it is closed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Close the connections."""
