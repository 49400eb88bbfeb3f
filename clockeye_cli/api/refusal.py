"""Answers other than 2xx, turned into errors of ours. Pure."""

from __future__ import annotations

from http import HTTPStatus

from clockeye_cli.api import pace
from clockeye_cli.api.strict_json import parse
from clockeye_cli.core.api_key import redacted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    NoAnswerError,
    RejectedError,
)

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.api.connections import Response
    from clockeye_cli.core.origin import Base

TRY_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY)
"""4xx that do not judge the request: the same one may be accepted later."""


def refusal(base: Base, response: Response, secret: str) -> ClockeyeError:
    """The error for an answer that is not 2xx.

    Args:
        base: The API's address.
        response: The answer.
        secret: The key, which is masked in messages.
    """
    status = response.status
    code, message, field = (
        redacted(part, secret) for part in error_of(response.body.decode(errors="replace"))
    )
    reason = message[:500] or f"status {status}"
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        target = redacted(response.headers.get("Location", "another address"), secret)[:200]
        return RejectedError(
            f"{base.origin} redirects to {target}; the key was not sent there.",
            status=status,
            hint="Check the address: CLOCKEYE_API_URL, or the `url` of the profile.",
            code="redirected",
        )
    if status == HTTPStatus.UNAUTHORIZED:
        return KeyMissingError(
            f"ClockEye rejected the key: {reason}.",
            hint="Run `clockeye auth login` with another key.",
            code="key_refused",
        )
    if status == HTTPStatus.FORBIDDEN:
        return KeyMissingError(
            f"The key lacks a permission: {reason}.",
            hint="Add the permission to the key, or use another key.",
            code="forbidden",
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = pace.wait_seconds(response.headers)
        return LimitedError(
            f"Rate limit reached; retry in {wait:.0f} s.", wait=wait, hint="Then run the command again."
        )
    if status in TRY_LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoAnswerError(f"{base.origin} failed: {reason}.", hint="Try again later.")
    is_elsewhere = status == HTTPStatus.NOT_FOUND and not base.url.endswith("/v1")
    hint = f"ClockEye's address ends in /v1, but the profile uses {base.url}." if is_elsewhere else ""
    return RejectedError(
        f"ClockEye rejected the request: {reason}.", status=status, hint=hint, code=code, field=field
    )


def error_of(text: str) -> tuple[str, str, str]:
    """Code, message and field of an error's body, in either form that ClockEye's documentation shows."""
    try:
        content = parse(text)
    except ValueError:
        return "", "", ""
    error = content.get("error") if isinstance(content, dict) else None
    if isinstance(error, dict):
        field, reason = _details(error)
        message = str(error.get("message") or reason)
        return str(error.get("code") or ""), message.rstrip("."), field
    if isinstance(error, str):
        return str(content.get("code") or ""), error.rstrip("."), _details(content)[0]
    return "", "", ""


def _details(holder: dict[str, Any]) -> tuple[str, str]:
    """The field and the reason under `details`."""
    details = holder.get("details")
    given = details if isinstance(details, dict) else {}
    return str(given.get("field") or ""), str(given.get("reason") or "")
