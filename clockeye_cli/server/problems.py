"""The errors of the API: one exception, and the error format of the API reference."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import NoReturn

CODES = {
    HTTPStatus.BAD_REQUEST: "invalid_request",
    HTTPStatus.UNAUTHORIZED: "unauthorized",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_exceeded",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internal_error",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}
"""The error code of each status. The API reference has all of these statuses but 405 and 503 (RFC 9110)."""


class ApiError(Exception):
    """An error response.

    Args:
        status: A key of `CODES`.
        message: A sentence for people; it quotes no client input but a well-formed Host.
        field: The invalid parameter, header or field of the body; empty for none.
        reason: One word for scripts: `required`, `type`, `format`, `unknown` …
        headers: Additional headers of the response.
    """

    def __init__(
        self,
        status: HTTPStatus,
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
        """The body of the response, in the error format of the API reference."""
        details = {"field": self.field, "reason": self.reason}
        error = {
            "code": CODES[self.status],
            "message": self.message,
            "details": {name: value for name, value in details.items() if value},
        }
        return json.dumps({"error": error}).encode()


def refuse(field: str, reason: str, message: str) -> NoReturn:
    """Reject a request because of one of its parameters, headers or fields.

    Raises:
        ApiError: Always, with status 400.
    """
    raise ApiError(HTTPStatus.BAD_REQUEST, message, field=field, reason=reason)


def not_found() -> ApiError:
    """The error for something that does not exist or that the key may not see: both look alike."""
    return ApiError(HTTPStatus.NOT_FOUND, "Resource not found")


def status_line(status: HTTPStatus) -> str:
    """A status as WSGI takes it: `404 Not Found`."""
    return f"{status.value} {status.phrase}"
