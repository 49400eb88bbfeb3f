"""Decides whether an answer is ClockEye's, and turns those other than success into errors of ours. Pure.

ClockEye's verdict is JSON in one of the forms of an error that its documentation shows. Anything else,
whatever its status, comes from somebody in between, and says nothing about the request.
"""

from __future__ import annotations

from http import HTTPStatus

from clockeye_cli.api import pace
from clockeye_cli.api.strict_json import parse
from clockeye_cli.core.api_key import redacted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import (
    ClockeyeError,
    ForeignAnswerError,
    KeyMissingError,
    LimitedError,
    NoAnswerError,
    RedirectedError,
    RejectedError,
)

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.api.connections import Response
    from clockeye_cli.core.origin import Base

TRY_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY)
"""4xx that do not judge the request: the same one may be accepted later."""


class Verdict(NamedTuple):
    """What an error of ClockEye's says.

    Attributes:
        code: The error code; empty for none.
        message: A sentence without its full stop; empty for none.
        field: The field of the request that is at fault; empty for none.
    """

    code: str
    message: str
    field: str


def refusal(base: Base, response: Response, secret: str) -> ClockeyeError:
    """The error for an answer that is not 2xx.

    Args:
        base: The API's address.
        response: The answer.
        secret: The key, which is masked in messages.
    """
    status = response.status
    verdict = verdict_of(redacted(response.body.decode("utf-8-sig", errors="replace"), secret))
    reason = (verdict.message[:500] if verdict else "") or f"status {status}"
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        target = redacted(response.headers.get("Location", "another address"), secret)[:200]
        return RedirectedError(
            f"{base.origin} redirects to {target}; the key was not sent there.",
            hint="Check the address: CLOCKEYE_API_URL, or the `url` of the profile.",
            code="redirected",
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = pace.wait_seconds(response.headers)
        return LimitedError(
            f"Rate limit reached; retry in {wait:.0f} s.", wait=wait, hint="Then run the command again."
        )
    if status in TRY_LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoAnswerError(f"{base.origin} failed: {reason}.", hint="Try again later.")
    return _judged(base, status, verdict, reason)


def _judged(base: Base, status: int, verdict: Verdict | None, reason: str) -> ClockeyeError:
    """The error for a 4xx; None for a verdict stands for somebody in between."""
    is_elsewhere = status == HTTPStatus.NOT_FOUND and not base.url.endswith("/v1")
    hint = f"ClockEye's address ends in /v1, but the profile uses {base.url}." if is_elsewhere else ""
    if verdict is None:
        return ForeignAnswerError(
            f"{base.origin} answered with status {status}, but not as ClockEye does.",
            hint=hint or "Check whether a proxy or a login page is in between, and try again.",
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
    return RejectedError(
        f"ClockEye rejected the request: {reason}.",
        status=status,
        hint=hint,
        code=verdict.code,
        field=verdict.field,
    )


def verdict_of(text: str) -> Verdict | None:
    """What the body of an error says, in a form that ClockEye's documentation shows; None in any other form.

    The forms are `{"error": {"code", "message", "details"}}`, `{"error": "message", "code", "details"}` and
    `{"message", "code", "details"}`.
    """
    try:
        content = parse(text)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    error = content.get("error")
    holder = error if isinstance(error, dict) else content
    field, reason = _details(holder)
    message = error if isinstance(error, str) else holder.get("message")
    code = holder.get("code")
    verdict = Verdict(
        code if isinstance(code, str) else "",
        ((message if isinstance(message, str) else "") or reason).rstrip("."),
        field,
    )
    return verdict if verdict.message or (verdict.code and holder is error) else None


def is_error(content: Any) -> bool:
    """Whether the body of a success is an error in one of ClockEye's forms: then nothing is certain."""
    return isinstance(content, dict) and bool(content.get("error")) and not {"data", "id"} & content.keys()


def _details(holder: dict[str, Any]) -> tuple[str, str]:
    """The field and the reason under `details`."""
    details = holder.get("details")
    given = details if isinstance(details, dict) else {}
    return str(given.get("field") or ""), str(given.get("reason") or "")
