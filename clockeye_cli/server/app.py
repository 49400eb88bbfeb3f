"""The falcon application: routes, the checks before a resource is called, and responses to errors."""

from __future__ import annotations

import atexit
import logging
import os
from http import HTTPStatus
from typing import Any

import falcon

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.server.addresses import Addresses
from clockeye_cli.server.keys import admit
from clockeye_cli.server.limits import Limits, parse_limits
from clockeye_cli.server.places import opened
from clockeye_cli.server.problems import ApiError, not_found, refuse
from clockeye_cli.server.records import UnavailableError, UnconfirmedError
from clockeye_cli.server.resources import OPERATIONS, Resource, routes
from clockeye_cli.server.resources.health import PATHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clockeye_cli.server.keys import Caller
    from clockeye_cli.server.limits import Allowance
    from clockeye_cli.server.storage import RequestLimits, Storage

PREFIXES = ("/v1", "/api/v1")
"""The API reference uses both."""

BODY_LIMIT = 1_048_576
"""Largest body of a request, in bytes."""

RETRY_SECONDS = 5
"""When to try again while the storage is away."""

KEY_ID = "clockeye.key_id"
"""The WSGI variable with the id of the key that a request was made with, for the access log."""

_log = logging.getLogger(__name__)


def create_app(
    data: str = "",
    *,
    limits: Limits | str | None = "",
    public_urls: Sequence[str] = (),
    clock: Callable[[], float] | None = None,
) -> Application:
    """The whole API as a WSGI application.

    On a file, run it in one process; on PostgreSQL, in any number of processes. Each can have many threads.

    Args:
        data: The SQLite file, or the URL of a PostgreSQL database; CLOCKEYE_SERVER_DATA by default.
        limits: None for no limits; `Limits`, or text in the form of `--limits`. The default is
            CLOCKEYE_SERVER_LIMITS, then the limits of the API reference.
        public_urls: Origins under which a proxy serves the API; CLOCKEYE_SERVER_PUBLIC_URL by default,
            separated by spaces.
        clock: Returns Unix seconds for the limits; must not go backwards. The default is the clock of the
            database, or of this computer for a file.

    Raises:
        UsageError: A setting is missing or invalid.
        StorageError: The file or database cannot be used.
    """
    place = data or os.environ.get("CLOCKEYE_SERVER_DATA", "")
    if not place:
        raise UsageError("No data file given.", hint="Set CLOCKEYE_SERVER_DATA, or call create_app('FILE').")
    if limits == "":
        limits = os.environ.get("CLOCKEYE_SERVER_LIMITS", "") or Limits()
    addresses = Addresses(public_urls or os.environ.get("CLOCKEYE_SERVER_PUBLIC_URL", "").split())
    parsed_limits = parse_limits(limits) if isinstance(limits, str) else limits
    storage = opened(place)
    app = _application(storage, addresses, storage.limits(parsed_limits, clock))
    atexit.register(app.close)
    return app


class Application(falcon.App):  # type: ignore[type-arg]  # not generic when it runs
    """The API as a WSGI application."""

    def __init__(self, guard: Guard, storage: Storage, limits: RequestLimits) -> None:
        super().__init__(middleware=[guard])
        self._storage = storage
        self._limits = limits

    def close(self) -> None:
        """Save the request counts. Also called when the interpreter exits; safe to call more than once."""
        self._limits.close()
        self._storage.close()


def _application(storage: Storage, addresses: Addresses, limits: RequestLimits) -> Application:
    app = Application(Guard(addresses, limits), storage, limits)
    for path, resource in routes(storage):
        for prefix in PREFIXES if resource.is_versioned else ("",):
            app.add_route(prefix + path, resource)
    app.add_error_handler(Exception, _on_crash)
    app.add_error_handler(falcon.HTTPError, _on_falcon_error)
    app.add_error_handler(ApiError, _on_api_error)
    app.add_error_handler(UnavailableError, _on_unavailable)
    app.add_error_handler(UnconfirmedError, _on_unconfirmed)
    return app


class Guard:
    """The checks before a resource is called, in this order: address, key, limits, permission, body."""

    def __init__(self, addresses: Addresses, limits: RequestLimits) -> None:
        self._addresses = addresses
        self._limits = limits

    def process_request(self, req: falcon.Request, _resp: falcon.Response) -> None:
        """Reject foreign hosts and origins, for every path with data."""
        if req.path not in PATHS:
            req.context.base = self._addresses.base(req.env)

    def process_resource(
        self, req: falcon.Request, _resp: falcon.Response, resource: Resource, params: dict[str, Any]
    ) -> None:
        """Reject a request that is not allowed to do this."""
        operation = OPERATIONS.get((type(resource), req.method))
        if operation is None:
            allowed = ", ".join(method for kind, method in OPERATIONS if kind is type(resource))
            raise ApiError(HTTPStatus.METHOD_NOT_ALLOWED, "Method not allowed", headers={"Allow": allowed})
        if operation.permission:
            caller = self._admit(req)
            if operation.permission not in caller.permissions:
                message = f"Insufficient permissions: this key lacks {operation.permission}"
                raise ApiError(
                    HTTPStatus.FORBIDDEN, message, field="permissions", reason=operation.permission
                )
            req.context.caller = caller
        if not all(value.isascii() and value.isprintable() for value in params.values()):
            raise not_found()  # no id and no token is such a text, and PostgreSQL refuses some of them
        if operation.has_body:
            req.context.body = _body(req)

    def process_response(
        self, req: falcon.Request, resp: falcon.Response, _resource: object, _succeeded: bool
    ) -> None:
        """Add the limit headers, and forbid caching and content sniffing."""
        allowance: Allowance = getattr(req.context, "allowance", None) or self._limits.untouched()
        resp.set_headers([*allowance.headers(), ("X-Content-Type-Options", "nosniff")])
        if "cache-control" not in resp.headers:
            resp.set_header("Cache-Control", "no-store")

    def _admit(self, req: falcon.Request) -> Caller:
        admitted = admit(self._limits, req.env.get("HTTP_AUTHORIZATION", ""))
        if admitted is None:
            raise ApiError(
                HTTPStatus.UNAUTHORIZED,
                "Missing or invalid API key",
                field="Authorization",
                reason="invalid" if "HTTP_AUTHORIZATION" in req.env else "required",
                headers={"WWW-Authenticate": "Bearer"},
            )
        caller, allowance = admitted
        req.env[KEY_ID] = caller.key_id
        req.context.allowance = allowance
        if allowance.retry_after:
            raise ApiError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "Rate limit exceeded",
                headers={"Retry-After": str(allowance.retry_after)},
            )
        return caller


def _body(req: falcon.Request) -> bytes:
    kind, _, parameters = (req.content_type or "").partition(";")
    if kind.strip().lower() != "application/json" or parameters.strip().lower() not in ("", "charset=utf-8"):
        refuse("Content-Type", "type", "Content-Type must be application/json")
    body: bytes = req.bounded_stream.read(BODY_LIMIT + 1)
    if len(body) > BODY_LIMIT:
        refuse("body", "too_long", "The body must be at most 1 MiB")
    if len(body) != (req.content_length or 0):
        refuse("Content-Length", "length", "The body is shorter than its Content-Length")
    return body


def _on_api_error(
    _req: falcon.Request, resp: falcon.Response, error: ApiError, _params: dict[str, Any]
) -> None:
    resp.status = falcon.code_to_http_status(error.status)
    resp.content_type = falcon.MEDIA_JSON
    resp.text = None
    resp.data = error.body()
    resp.set_headers(error.headers)


def _on_falcon_error(
    req: falcon.Request, resp: falcon.Response, error: falcon.HTTPError, params: dict[str, Any]
) -> None:
    missing = isinstance(error, falcon.HTTPRouteNotFound | falcon.HTTPNotFound)
    malformed = ApiError(HTTPStatus.BAD_REQUEST, "Malformed request", reason="format")
    _on_api_error(req, resp, not_found() if missing else malformed, params)


def _on_unavailable(
    req: falcon.Request, resp: falcon.Response, error: UnavailableError, params: dict[str, Any]
) -> None:
    _log.error("%s %s: %s", req.method, req.uri_template, error.message)
    answer = ApiError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The server's database is not available; try again later",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )
    _on_api_error(req, resp, answer, params)


def _on_unconfirmed(
    req: falcon.Request, resp: falcon.Response, error: UnconfirmedError, params: dict[str, Any]
) -> None:
    """Not 503 with Retry-After: who sends a stored entry again has it twice."""
    _log.error("%s %s: %s", req.method, req.uri_template, error.message)
    answer = ApiError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The server's database did not confirm the change; check for it before you send it again",
    )
    _on_api_error(req, resp, answer, params)


def _on_crash(req: falcon.Request, resp: falcon.Response, error: Exception, params: dict[str, Any]) -> None:
    _log.error("%s %s failed", req.method, req.uri_template, exc_info=error)
    _on_api_error(req, resp, ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal server error"), params)
