"""Failures on purpose, for testing clients: `clockeye serve --faults FILE`.

The file is a JSON list of rules. The first rule that fits a request and still has turns left decides::

    [
      {"method": "POST", "path": "/time-entries", "do": "drop_after"},
      {"path": "/time-entries/*", "nth": 3, "times": 2, "do": "late", "seconds": 2.5},
      {"do": "status", "status": 502, "times": 0},
      {"do": "limit", "headers": {"Retry-After": "soon", "X-RateLimit-Reset": "-1"}}
    ]

``method``
    Which method; all if it is not given.
``path``
    Which path, behind `/v1` or `/api/v1`; `*` stands for anything. All if it is not given.
``nth``
    The first request that fits and is affected: 1 (the default) is the very first.
``times``
    How many from there on: 1 by default, 0 for all.
``do``
    ``late``: answer after `seconds` (1 by default); what was asked for is done before.
    ``drop_before``: close the connection without doing anything or answering.
    ``drop_after``: do it, then close the connection without an answer.
    ``status``: answer `status` (500 by default) with an HTML body, without doing anything.
    ``truncate``: do it, and close the connection after half the body.
    ``limit``: answer 429 with `headers` and no others, without doing anything.
"""

from __future__ import annotations

import json
import threading
import time
from fnmatch import fnmatchcase
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from clockeye_cli.errors import UsageError
from clockeye_cli.server.problems import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

KINDS = ("late", "drop_before", "drop_after", "status", "truncate", "limit")


class Rule(NamedTuple):
    """What to do to which request; see the module's text."""

    do: str
    method: str = "*"
    path: str = "*"
    nth: int = 1
    times: int = 1
    seconds: float = 1.0
    status: int = 500
    headers: dict[str, str] = {}  # noqa: RUF012 - never written to

    def fits(self, method: str, path: str) -> bool:
        """Whether it is about such a request."""
        return self.method in ("*", method) and fnmatchcase(path, self.path)

    def strikes(self, seen: int) -> bool:
        """Whether it affects the `seen`-th request that fits."""
        return seen >= self.nth and (not self.times or seen < self.nth + self.times)


def read_rules(path: str) -> list[Rule]:
    """The rules in a file.

    Raises:
        UsageError: It cannot be read, or a rule in it is not understood.
    """
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--faults {path}: {error}", hint="Give a file with a JSON list of rules."
        ) from error
    if not isinstance(found, list):
        raise UsageError(f"--faults {path}: it holds no list.", hint="Give a file with a JSON list of rules.")
    return [_rule(path, index, given) for index, given in enumerate(found, 1)]


class Faults:
    """A WSGI application that does to another one's requests what rules say.

    Args:
        application: The other one.
        rules: In the order in which they are asked.
        drop: The exception that makes the server close a connection without an answer.
    """

    def __init__(self, application: WSGIApplication, rules: Iterable[Rule], drop: type[Exception]) -> None:
        self._application = application
        self._rules = list(rules)
        self._seen = [0] * len(self._rules)
        self._drop = drop
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or fail to."""
        rule = self._striking(environ)
        if rule is None:
            return self._application(environ, start_response)
        if rule.do == "drop_before":
            raise self._drop
        if rule.do == "status":
            return _html(rule.status, start_response)
        if rule.do == "limit":
            body = ApiError(429, "Rate limit exceeded").body()
            start_response(
                "429 Too Many Requests", [("Content-Type", "application/json"), *rule.headers.items()]
            )
            return [body]
        return self._after(rule, environ, start_response)

    def _after(self, rule: Rule, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = b"".join(self._application(environ, start_response))
        if rule.do == "drop_after":
            raise self._drop
        if rule.do == "truncate":
            return [body[: len(body) // 2], b""]  # two parts: the length that was announced stays
        time.sleep(rule.seconds)
        return [body]

    def _striking(self, environ: WSGIEnvironment) -> Rule | None:
        path = environ["PATH_INFO"].removeprefix("/api").removeprefix("/v1")
        with self._lock:
            for index, rule in enumerate(self._rules):
                if rule.fits(environ["REQUEST_METHOD"], path):
                    self._seen[index] += 1
                    if rule.strikes(self._seen[index]):
                        return rule
        return None


def _html(status: int, start_response: StartResponse) -> Iterable[bytes]:
    phrase = f"{status} {HTTPStatus(status).phrase}"
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
    hint = f"`do` is one of {', '.join(KINDS)}; besides it a rule may have: {', '.join(list(_CHECKS)[1:])}."
    if not isinstance(given, dict) or "do" not in given:
        raise UsageError(f"--faults {path}: rule {index} does not say what to `do`.", hint=hint)
    for name, value in given.items():
        if name not in _CHECKS or not _CHECKS[name](value):
            raise UsageError(f"--faults {path}: rule {index} has a wrong {name!r}: {value!r}.", hint=hint)
    return Rule(**given)
