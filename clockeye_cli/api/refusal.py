"""Which error of ours an answer means that is not a 2xx. Pure."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from clockeye_cli.api import pace
from clockeye_cli.api.connections import redacted
from clockeye_cli.api.strict_json import parse
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    NoAnswerError,
    RejectedError,
)

if TYPE_CHECKING:
    from clockeye_cli.api.connections import Response
    from clockeye_cli.core.origin import Base

TRY_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY)
"""4xx that say nothing about the request: the same one may be taken later."""


def refusal(base: Base, response: Response, secret: str) -> ClockeyeError:
    """The error that an answer means.

    Args:
        base: Where it came from.
        response: With a status that is not 2xx.
        secret: The key, which no message repeats.
    """
    status = response.status
    code, message, field = (
        redacted(part, secret) for part in error_of(response.body.decode(errors="replace"))
    )
    reason = message[:500] or f"status {status}"
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        target = redacted(response.headers.get("Location", "somewhere else"), secret)[:200]
        return RejectedError(
            f"{base.origin} redirects to {target}; the key is not sent there.",
            status=status,
            hint="The address is the profile's `url`, or CLOCKEYE_API_URL at a login and without one.",
            code="redirected",
        )
    if status == HTTPStatus.UNAUTHORIZED:
        return KeyMissingError(
            f"ClockEye refuses the key: {reason}.",
            hint="`clockeye auth login` takes another one.",
            code="key_refused",
        )
    if status == HTTPStatus.FORBIDDEN:
        return KeyMissingError(
            f"The key may not do this: {reason}.",
            hint="Give it the permission, or use another.",
            code="forbidden",
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = pace.wait_seconds(response.headers)
        return LimitedError(
            f"ClockEye takes no more requests for {wait:.0f} s.", wait=wait, hint="Try again then."
        )
    if status in TRY_LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoAnswerError(f"{base.origin} failed: {reason}.", hint="Try again later.")
    is_elsewhere = status == HTTPStatus.NOT_FOUND and not base.url.endswith("/v1")
    hint = f"ClockEye's address ends in /v1; this is {base.url}." if is_elsewhere else ""
    return RejectedError(
        f"ClockEye refuses this: {reason}.", status=status, hint=hint, code=code, field=field
    )


def error_of(text: str) -> tuple[str, str, str]:
    """Code, message and field of an error's body, in either of the forms that ClockEye's pages show."""
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
