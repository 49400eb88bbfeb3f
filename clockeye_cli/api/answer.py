"""Reads an answer: what a request that succeeded gives, or the error that it was answered with. Pure."""

from __future__ import annotations

from http import HTTPStatus

from clockeye_cli.api.refusal import is_error, refusal
from clockeye_cli.api.strict_json import parse
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import NoAnswerError

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.api import pace
    from clockeye_cli.api.connections import Response
    from clockeye_cli.core.origin import Base


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


def read_answer(base: Base, response: Response, secret: str, limits: pace.RateLimits | None) -> Answer:
    """The answer to a request.

    Args:
        base: The API's address.
        response: The answer as it came.
        secret: The key, which is masked in messages.
        limits: The rate limits in its headers.

    Raises:
        ClockeyeError: The service refuses the request, or somebody in between has answered.
        NoAnswerError: The answer cannot be read.
    """
    if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
        raise refusal(base, response, secret)
    text = response.body.decode("utf-8-sig", errors="replace")
    try:
        content = parse(text) if text.strip() else None
    except ValueError as error:
        raise NoAnswerError(f"Cannot read the answer from {base.origin}: {error}.") from error
    if is_error(content):
        raise NoAnswerError(f"{base.origin} answered with status {response.status} and an error.")
    return Answer(response.status, text, content, limits)
