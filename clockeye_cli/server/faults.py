"""Injected failures, for testing clients: `clockeye serve --faults FILE`.

The file is a JSON list of rules. The first rule that matches a request and is not used up applies::

    [
      {"method": "POST", "path": "/time-entries", "do": "drop_after"},
      {"path": "/time-entries/*", "nth": 3, "times": 2, "do": "late", "seconds": 2.5},
      {"do": "status", "status": 502, "times": 0},
      {"do": "limit", "headers": {"Retry-After": "soon", "X-RateLimit-Reset": "-1"}}
    ]

``method``
    The method to match; all by default.
``path``
    The path to match, after `/v1` or `/api/v1`; `*` matches any text. All by default.
``nth``
    The first matching request to affect: 1 (the default) is the very first.
``times``
    How many matching requests to affect from there on: 1 by default, 0 for all.
``do``
    ``late``: process the request at once, respond after `seconds` (1 by default).
    ``drop_before``: close the connection without processing the request.
    ``drop_after``: process the request, then close the connection without a response.
    ``refuse``: respond with `status` (500 by default) and an error of the API, and do nothing else.
    ``status``: the same with an HTML body, as from a proxy in between.
    ``truncate``: process the request, then close the connection after half the body.
    ``limit``: respond with 429 and only `headers`, without processing the request.
"""

from __future__ import annotations

import json
import threading
import time
from fnmatch import fnmatchcase
from http import HTTPStatus
from typing import Any

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.server.problems import ApiError, status_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

KINDS = ("late", "drop_before", "drop_after", "refuse", "status", "truncate", "limit")


class Rule(NamedTuple):
    """What to do to which requests; see the module's docstring."""

    do: str
    method: str = "*"
    path: str = "*"
    nth: int = 1
    times: int = 1
    seconds: float = 1.0
    status: int = HTTPStatus.INTERNAL_SERVER_ERROR
    headers: dict[str, str] = {}  # noqa: RUF012 - never modified

    def fits(self, method: str, path: str) -> bool:
        """Whether the rule matches a request."""
        return self.method in ("*", method) and fnmatchcase(path, self.path)

    def applies(self, count: int) -> bool:
        """Whether the rule affects the `count`-th request that matches."""
        return count >= self.nth and (not self.times or count < self.nth + self.times)


def read_rules(path: str) -> list[Rule]:
    """The rules in a file.

    Raises:
        UsageError: The file cannot be read, or contains an invalid rule.
    """
    try:
        with open(path, encoding="utf-8") as file:
            rules = json.load(file)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--faults {path}: {error}", hint="Give a file with a JSON list of rules."
        ) from error
    if not isinstance(rules, list):
        raise UsageError(f"--faults {path}: not a list.", hint="Give a file with a JSON list of rules.")
    return [_rule(path, index, given) for index, given in enumerate(rules, 1)]


class Faults:
    """A WSGI application that applies rules to the requests of another one.

    Args:
        application: The other application.
        rules: The rules, tried in this order.
        drop: The exception that makes the server close a connection without a response.
    """

    def __init__(self, application: WSGIApplication, rules: Iterable[Rule], drop: type[Exception]) -> None:
        self._application = application
        self._rules = list(rules)
        self._counts = [0] * len(self._rules)
        self._drop = drop
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to a request, or fail as a rule says."""
        rule = self._matching_rule(environ)
        if rule is None:
            return self._application(environ, start_response)
        if rule.do == "drop_before":
            raise self._drop
        if rule.do == "status":
            return _html(rule.status, start_response)
        if rule.do == "refuse":
            start_response(status_line(HTTPStatus(rule.status)), [("Content-Type", "application/json")])
            return [json.dumps({"error": {"code": "refused", "message": "Refused by --faults"}}).encode()]
        if rule.do == "limit":
            error = ApiError(HTTPStatus.TOO_MANY_REQUESTS, "Rate limit exceeded")
            headers = [("Content-Type", "application/json"), *rule.headers.items()]
            start_response(status_line(error.status), headers)
            return [error.body()]
        return self._after(rule, environ, start_response)

    def _after(self, rule: Rule, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = b"".join(self._application(environ, start_response))
        if rule.do == "drop_after":
            raise self._drop
        if rule.do == "truncate":
            return [body[: len(body) // 2], b""]  # two parts: the announced length stays
        time.sleep(rule.seconds)
        return [body]

    def _matching_rule(self, environ: WSGIEnvironment) -> Rule | None:
        path = environ["PATH_INFO"].removeprefix("/api").removeprefix("/v1")
        with self._lock:
            for index, rule in enumerate(self._rules):
                if rule.fits(environ["REQUEST_METHOD"], path):
                    self._counts[index] += 1
                    if rule.applies(self._counts[index]):
                        return rule
        return None


def _html(status: int, start_response: StartResponse) -> Iterable[bytes]:
    phrase = status_line(HTTPStatus(status))
    start_response(phrase, [("Content-Type", "text/html")])
    return [f"<html><head><title>{phrase}</title></head><body><h1>{phrase}</h1></body></html>\n".encode()]


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "do": lambda value: value in KINDS,
    "method": lambda value: isinstance(value, str),
    "path": lambda value: isinstance(value, str),
    "nth": lambda value: type(value) is int and value > 0,
    "times": lambda value: type(value) is int and value >= 0,
    "seconds": lambda value: type(value) in (int, float) and 0 <= value <= 3600,  # noqa: PLR2004 - an hour
    "status": lambda value: value in [status.value for status in HTTPStatus],
    "headers": lambda value: (
        isinstance(value, dict)
        and all(isinstance(text, str) and text.isprintable() for pair in value.items() for text in pair)
    ),
}


def _rule(path: str, index: int, given: object) -> Rule:
    hint = f"`do` must be one of {', '.join(KINDS)}; other fields: {', '.join(list(_CHECKS)[1:])}."
    if not isinstance(given, dict) or "do" not in given:
        raise UsageError(f"--faults {path}: rule {index} has no `do`.", hint=hint)
    for name, value in given.items():
        if name not in _CHECKS or not _CHECKS[name](value):
            raise UsageError(f"--faults {path}: rule {index} has an invalid {name!r}: {value!r}.", hint=hint)
    return Rule(**given)
