"""The falcon application: routes, what is checked before a resource is asked, and answers to failures."""

from __future__ import annotations

import atexit
import logging
import os
from typing import TYPE_CHECKING, Any

import falcon

from clockeye_cli.errors import UsageError
from clockeye_cli.server.addresses import Addresses
from clockeye_cli.server.database import Database
from clockeye_cli.server.keys import authenticate
from clockeye_cli.server.limits import Limiter, Limits, parse_limits
from clockeye_cli.server.problems import ApiError, not_found
from clockeye_cli.server.resources import OPERATIONS, Resource, routes
from clockeye_cli.server.usage import Keeper, load, steady_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clockeye_cli.server.keys import Caller
    from clockeye_cli.server.limits import Allowance

PREFIXES = ("/v1", "/api/v1")
"""The reference prints both."""

BODY_LIMIT = 1_048_576
"""Bytes (rule 25)."""

_log = logging.getLogger(__name__)


def create_app(
    data: str = "",
    *,
    limits: Limits | str | None = "",
    public_urls: Sequence[str] = (),
    clock: Callable[[], float] | None = None,
) -> Application:
    """The whole API as a WSGI application; run it in one process with as many threads as you like.

    Args:
        data: The SQLite file; without it, what the variable CLOCKEYE_SERVER_DATA names.
        limits: None for no limits; `Limits`, or text as `--limits` takes it. Without them, what
            CLOCKEYE_SERVER_LIMITS says, else the reference's.
        public_urls: Origins under which a proxy serves this; without them, those in
            CLOCKEYE_SERVER_PUBLIC_URL, separated by spaces.
        clock: Unix seconds, for the limits; it must not go back.

    Raises:
        UsageError: A setting is missing or not understood.
        StorageError: The file cannot be used.
    """
    path = data or os.environ.get("CLOCKEYE_SERVER_DATA", "")
    if not path:
        raise UsageError(
            "No data file is named.", hint="Set CLOCKEYE_SERVER_DATA, or call create_app('FILE')."
        )
    if limits == "":
        limits = os.environ.get("CLOCKEYE_SERVER_LIMITS", "") or Limits()
    urls = public_urls or os.environ.get("CLOCKEYE_SERVER_PUBLIC_URL", "").split()
    database = Database(path)
    limiter = Limiter(parse_limits(limits) if isinstance(limits, str) else limits, clock or steady_clock())
    load(database, limiter)
    keeper = Keeper(database, limiter)
    app = _application(database, Guard(database, Addresses(urls), limiter, keeper), keeper)
    atexit.register(app.close)
    return app


class Application(falcon.App):  # type: ignore[type-arg]  # not generic when it runs
    """The API; a WSGI application."""

    def __init__(self, guard: Guard, keeper: Keeper) -> None:
        super().__init__(middleware=[guard])
        self._keeper = keeper

    def close(self) -> None:
        """Write what the limits counted. Called at the interpreter's end too; more than once does no harm."""
        self._keeper.close()


def _application(database: Database, guard: Guard, keeper: Keeper) -> Application:
    app = Application(guard, keeper)
    for path, resource in routes(database):
        for prefix in PREFIXES if resource.is_versioned else ("",):
            app.add_route(prefix + path, resource)
    app.add_error_handler(Exception, _on_crash)
    app.add_error_handler(falcon.HTTPError, _on_falcon_error)
    app.add_error_handler(ApiError, _on_api_error)
    return app


class Guard:
    """What is checked before a resource is asked, in this order: address, key, limits, permission, body."""

    def __init__(self, database: Database, addresses: Addresses, limiter: Limiter, keeper: Keeper) -> None:
        self._database = database
        self._addresses = addresses
        self._limiter = limiter
        self._keeper = keeper

    def process_request(self, req: falcon.Request, _resp: falcon.Response) -> None:
        """Refuse foreign names and origins, whatever was asked for."""
        req.context.base = self._addresses.base(req.env)

    def process_resource(
        self, req: falcon.Request, _resp: falcon.Response, resource: Resource, _params: dict[str, Any]
    ) -> None:
        """Refuse who may not do this."""
        operation = OPERATIONS.get((type(resource), req.method))
        if operation is None:
            allowed = ", ".join(method for kind, method in OPERATIONS if kind is type(resource))
            raise ApiError(405, "This path has no such method", headers={"Allow": allowed})
        if operation.permission:
            caller = self._recognise(req)
            self._count(req, caller)
            if operation.permission not in caller.permissions:
                message = f"Insufficient permissions: this key lacks {operation.permission}"
                raise ApiError(403, message, field="permissions", reason=operation.permission)
            req.context.caller = caller
        if operation.has_body:
            req.context.body = _body(req)

    def process_response(
        self, req: falcon.Request, resp: falcon.Response, _resource: object, _succeeded: bool
    ) -> None:
        """Every answer says how many requests are left, and is not to be stored or guessed at."""
        allowance: Allowance = getattr(req.context, "allowance", None) or self._limiter.untouched()
        resp.set_headers([*allowance.headers(), ("X-Content-Type-Options", "nosniff")])
        if "cache-control" not in resp.headers:
            resp.set_header("Cache-Control", "no-store")

    def _recognise(self, req: falcon.Request) -> Caller:
        caller = authenticate(self._database, req.env.get("HTTP_AUTHORIZATION", ""))
        if caller is None:
            raise ApiError(
                401,
                "Missing or invalid API key",
                field="Authorization",
                reason="invalid" if "HTTP_AUTHORIZATION" in req.env else "required",
                headers={"WWW-Authenticate": "Bearer"},
            )
        return caller

    def _count(self, req: falcon.Request, caller: Caller) -> None:
        self._keeper.start()
        allowance = req.context.allowance = self._limiter.take(caller.key_id)
        if allowance.retry_after:
            raise ApiError(429, "Rate limit exceeded", headers={"Retry-After": str(allowance.retry_after)})


def _body(req: falcon.Request) -> bytes:
    kind, _, parameters = (req.content_type or "").partition(";")
    if kind.strip().lower() != "application/json" or parameters.strip().lower() not in ("", "charset=utf-8"):
        raise ApiError(400, "The body must be sent as application/json", field="Content-Type", reason="type")
    found: bytes = req.bounded_stream.read(BODY_LIMIT + 1)
    if len(found) > BODY_LIMIT:
        raise ApiError(400, "The body must have at most 1 MiB", field="body", reason="too_long")
    if len(found) != (req.content_length or 0):
        raise ApiError(
            400, "The body ended before its Content-Length", field="Content-Length", reason="length"
        )
    return found


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
    answer = not_found() if missing else ApiError(400, "The request is not understood", reason="format")
    _on_api_error(req, resp, answer, params)


def _on_crash(req: falcon.Request, resp: falcon.Response, error: Exception, params: dict[str, Any]) -> None:
    _log.error("%s %s failed", req.method, req.uri_template, exc_info=error)
    _on_api_error(req, resp, ApiError(500, "Internal server error"), params)
