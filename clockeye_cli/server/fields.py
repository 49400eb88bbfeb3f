"""Parsing and validation of client input: JSON bodies, times, dates, ids, texts.

Strict on purpose: unknown names and values of the wrong type are rejected, so that developers notice a
mistake at once. Each check names the field and a reason, in the error format of the API reference.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.problems import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_LIMIT = 10_000
NAME_LIMIT = 200
FIELD_LIMIT = 40

# RFC 3339, section 5.6: the zone is required. `\d` would match digits of other scripts.
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
# C0, DEL, C1 and lone surrogates; a text may contain tabs and newlines.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNFIT_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def json_object(body: bytes) -> dict[str, Any]:
    """The object in a request's body.

    Raises:
        ApiError: The body is not UTF-8, not JSON, too deeply nested, not an object, or repeats a key.
    """
    try:
        value = json.loads(body.decode(), object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        refuse("body", "json", "The body must be valid JSON in UTF-8, without duplicate keys")
    if not isinstance(value, dict):
        refuse("body", "type", "The body must be a JSON object")
    return value


def only(given: dict[str, Any], fields: tuple[str, ...]) -> None:
    """Reject fields that the endpoint does not have.

    Raises:
        ApiError: A field is unknown.
    """
    for name in given:
        if name not in fields:
            refuse(
                name if name.isidentifier() and len(name) <= FIELD_LIMIT else "body",
                "unknown",
                f"Unknown field; known fields: {', '.join(fields)}",
            )


def required(given: dict[str, Any], field: str) -> Any:
    """The value of a required field.

    Raises:
        ApiError: The field is missing or null. The message is the one in the API reference.
    """
    if given.get(field) is None:
        refuse(field, "required", f"The {field} field is required")
    return given[field]


def text(field: str, value: object) -> str:
    """A description: up to 10,000 characters; of the control characters, only tab and newline are allowed."""
    return _checked(field, value, _UNFIT, TEXT_LIMIT)


def line(field: str, value: object) -> str:
    """A name: one line of 1 to 200 characters that is not blank."""
    name = _checked(field, value, _UNFIT_IN_LINE, NAME_LIMIT)
    if not name.strip():
        refuse(field, "required", f"The {field} field is required")
    return name


def fold(name: str) -> str:
    """A name in the form in which names are compared: without regard to case and Unicode variants."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def flag(field: str, value: object) -> bool:
    """A boolean."""
    if not isinstance(value, bool):
        refuse(field, "type", f"The {field} field must be true or false")
    return value


def instant(field: str, value: object) -> int:
    """An RFC 3339 time with a zone, as seconds since 1970 UTC; fractions of a second are dropped."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if not match:
        refuse(field, "format", f"The {field} field must be a time with a zone, such as 2024-01-15T09:00:00Z")
    day, clock, zone = match.groups()
    try:
        local = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if zone in 'Zz' else zone}")
        return (local.astimezone(UTC) - _EPOCH) // _SECOND
    except (ValueError, OverflowError):
        refuse(field, "format", f"The {field} field must be a valid time between the years 1 and 9999")


def day(field: str, value: str) -> date:
    """A date, `YYYY-MM-DD`."""
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        refuse(field, "format", f"{field} must be a date, such as 2024-01-15")


def midnight(of: date) -> int:
    """The first second of a UTC day, in seconds since 1970."""
    return (of.toordinal() - _EPOCH.toordinal()) * DAY_SECONDS


def identifier(kind: str) -> Callable[[str, object], str]:
    """A check for ids with a prefix: `te`, `usr`, `prj`."""
    pattern = re.compile(f"{kind}_[0-9a-z]{{1,40}}")

    def check(field: str, value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            refuse(field, "format", f"{field} must be an id that starts with {kind}_")
        return value

    return check


def number(low: int, high: int) -> Callable[[str, str], int]:
    """A check for whole numbers in a query, from `low` to `high`."""

    def check(field: str, value: str) -> int:
        if not re.fullmatch("[0-9]{1,10}", value) or not low <= int(value) <= high:
            refuse(field, "format", f"{field} must be a whole number from {low} to {high}")
        return int(value)

    return check


def one_of(*words: str) -> Callable[[str, str], str]:
    """A check for one of a few words."""

    def check(field: str, value: str) -> str:
        if value not in words:
            refuse(field, "format", f"{field} must be one of: {', '.join(words)}")
        return value

    return check


def _checked(field: str, value: object, unfit: re.Pattern[str], limit: int) -> str:
    if not isinstance(value, str):
        refuse(field, "type", f"The {field} field must be a string")
    if len(value) > limit:
        refuse(field, "too_long", f"The {field} field must be at most {limit} characters long")
    if unfit.search(value):
        refuse(field, "format", f"The {field} field must not contain control characters")
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("duplicate key")
    return fields


def _no_constant(_: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")
