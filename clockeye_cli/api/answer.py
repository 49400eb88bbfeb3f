"""What a request that succeeded gives."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.api import pace


class Answer(NamedTuple):
    """A successful answer.

    Attributes:
        status: 2xx.
        text: The body, unchanged.
        content: The body as JSON values; None if it is empty.
        limits: The rate limits in the headers.
    """

    status: int
    text: str
    content: Any
    limits: pace.RateLimits | None
