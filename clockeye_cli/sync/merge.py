"""Versions of an entry: compares two, and merges the changes of both sides. Pure."""

from __future__ import annotations

import unicodedata

from clockeye_cli.api import wire
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


OURS = ("project_id", "description", "start_time", "end_time", "billable")
"""The fields of an entry that a user can change."""

NEAR_SECONDS = 60
"""Different entries whose starts and ends are this close may be the same one."""


class Conflict(Exception):  # noqa: N818 (no failure: a person has to decide)
    """Both sides have changed the same field.

    Args:
        reason: A sentence.
        theirs: The account's version; None if it is deleted there.
    """

    def __init__(self, reason: str, theirs: dict[str, Any] | None) -> None:
        super().__init__(reason)
        self.theirs = theirs


def canonical(field: str, value: Any) -> Any:
    """A field's value, normalized for comparison.

    Instants are rounded to seconds, null is empty text. Text is normalized to NFC, with collapsed white space
    and without what cannot be stored, so that what has not changed here is sent back as it came.
    """
    if field in ("start_time", "end_time"):
        return wire.instant(value)
    if field == "billable":
        return wire.flag(value)
    if field == "project_id" and wire.has_integer(value):
        return str(value)
    return " ".join(unicodedata.normalize("NFC", tidy(value) if isinstance(value, str) else "").split())


def content(version: dict[str, Any]) -> tuple[Any, ...]:
    """The fields of a version that a user can change, normalized for comparison."""
    return tuple(canonical(field, version.get(field)) for field in OURS)


def same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two versions of an entry are equal."""
    return content(first) == content(second)


def is_as_sent(fields: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether an entry of the account can be the one that a POST has made.

    One that was sent without an end may have any end by now.
    """
    return same(fields, body) or ("end_time" not in body and same(fields | {"end_time": None}, body))


def is_near(entry: wire.RemoteEntry, sent: tuple[Any, ...]) -> bool:
    """Whether an entry of the account may be the one that a POST has made.

    The account may have rounded its times, or another computer may have changed its text, its start or its
    end. One that was sent without an end may have any end by now.

    Args:
        entry: The entry.
        sent: The `content` of what was posted.
    """
    *work, started_at, ended_at, _ = sent
    has_start = abs(entry.started_at - started_at) <= NEAR_SECONDS
    if has_start and (ended_at is None or _is_close(entry.ended_at, ended_at)):
        return True
    has_time = entry.started_at == started_at or entry.ended_at == ended_at
    return has_time and [*content(entry.fields)[: len(work)]] == work


def _is_close(instant: int | None, other: int) -> bool:
    return instant is not None and abs(instant - other) <= NEAR_SECONDS


def differences(asked: dict[str, Any], stored: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that the account did not store as sent: their values in `asked` and in `stored`."""
    differing = [
        field
        for field in OURS
        if field in asked and canonical(field, asked[field]) != canonical(field, stored.get(field))
    ]
    return {
        "asked": {field: asked[field] for field in differing},
        "stored": {field: stored.get(field) for field in differing},
    }


def is_ours_as_stored(base: dict[str, Any], sent: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether the account's version is what it has made of what we sent: rounded, cut, or partly ignored."""
    return all(_is_made_of(field, base.get(field), sent.get(field), theirs.get(field)) for field in OURS)


def is_stored_as(fields: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether an entry of the account may be what it has made of a POST: rounded, cut, or partly ignored."""
    sent = body if "end_time" in body else body | {"end_time": fields.get("end_time")}
    return is_ours_as_stored({"billable": not wire.flag(body.get("billable"))}, sent, fields)


def _is_made_of(field: str, base: Any, sent: Any, theirs: Any) -> bool:
    before, asked, stored = (canonical(field, value) for value in (base, sent, theirs))
    if stored in (before, asked):
        return True
    if field in ("start_time", "end_time"):
        return asked is not None and stored is not None and abs(asked - stored) <= NEAR_SECONDS
    return field == "description" and bool(stored) and asked.startswith(stored)


def merged(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """The writable fields with the changes of both sides: the account's, with those that changed here.

    Args:
        base: The last known version of the account.
        ours: The local version; a timer's has no end, also where the account has given it one.
        theirs: The account's current version.

    Raises:
        Conflict: Both sides have changed a field to different values.
    """
    body = {field: theirs.get(field) for field in OURS}
    for field in [field for field in OURS if field in ours]:
        base_value, our_value, their_value = (
            canonical(field, version.get(field)) for version in (base, ours, theirs)
        )
        if our_value not in (base_value, their_value):
            if their_value != base_value:
                raise Conflict(f"{field} was changed both here and on the account.", theirs)
            body[field] = ours[field]
    return body


def base_for_ours(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """A base with which `merged` settles a conflict: ours where a field was changed here, else theirs.

    Args:
        base: The last known version of the account, with which there was a conflict.
        ours: The local version.
        theirs: The account's current version.
    """
    unchanged = (
        field for field in OURS if canonical(field, ours.get(field)) == canonical(field, base.get(field))
    )
    return theirs | {field: base.get(field) for field in unchanged}
