"""What the API answers when it refuses: one exception, and the reference's error form."""

from __future__ import annotations

import json
from typing import NoReturn

CODES = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    429: "rate_limit_exceeded",
    500: "internal_error",
}
"""The word for each status. The reference gives `invalid_request`, and every status but 405 (RFC 9110)."""

REASONS = {400: "Bad Request", 500: "Internal Server Error"}


class ApiError(Exception):
    """A request that is refused.

    Args:
        status: One of `CODES`.
        message: A sentence for people; it never quotes what the client sent.
        field: The parameter, header or field of the body that is wrong; empty if none is.
        reason: One word for scripts: `required`, `type`, `format`, `unknown` …
        headers: Headers that the answer carries besides the usual ones.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        field: str = "",
        reason: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.field = field
        self.reason = reason
        self.headers = headers or {}

    def body(self) -> bytes:
        """The answer in the reference's form."""
        details = {"field": self.field, "reason": self.reason}
        error = {
            "code": CODES[self.status],
            "message": self.message,
            "details": {name: value for name, value in details.items() if value},
        }
        return json.dumps({"error": error}).encode()


def refuse(field: str, reason: str, message: str) -> NoReturn:
    """Refuse a request for one of its parameters or fields.

    Raises:
        ApiError: Always, with status 400.
    """
    raise ApiError(400, message, field=field, reason=reason)


def not_found() -> ApiError:
    """The error for what is not there, or is not this key's to see: both look alike."""
    return ApiError(404, "Resource not found")
