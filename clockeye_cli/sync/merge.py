"""Versions of an entry: whether two are the same, and what two sides have made of one. Pure."""

from __future__ import annotations

import unicodedata
from typing import Any

from clockeye_cli.api import wire

OURS = ("project_id", "description", "start_time", "end_time", "billable")
"""The fields of an entry that a user can change."""


class Conflict(Exception):  # noqa: N818 (no failure: a decision that is a person's)
    """Both sides have changed the same thing.

    Args:
        reason: In words.
        theirs: The account's version; None if it is deleted there.
    """

    def __init__(self, reason: str, theirs: dict[str, Any] | None) -> None:
        super().__init__(reason)
        self.theirs = theirs


def canonical(field: str, value: Any) -> Any:
    """A field in the form in which two versions are compared.

    Instants by the second, text by NFC and collapsed white space, null as the empty text.
    """
    if field in ("start_time", "end_time"):
        return wire.instant(value)
    if field == "billable":
        return value is True
    return " ".join(unicodedata.normalize("NFC", value if isinstance(value, str) else "").split())


def content(version: dict[str, Any]) -> tuple[Any, ...]:
    """The fields of a version that count, in the form in which two versions are compared."""
    return tuple(canonical(field, version.get(field)) for field in OURS)


def same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two versions of an entry say the same."""
    return content(first) == content(second)


def merged(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """What both sides have made of an entry: what was read, with the fields over it that changed here.

    Args:
        base: As the account last had it.
        ours: As it is here.
        theirs: As it is on the account.

    Raises:
        Conflict: A field was changed on both sides, differently.
    """
    body = dict(theirs)
    for field in OURS:
        base_value, our_value, their_value = (
            canonical(field, version.get(field)) for version in (base, ours, theirs)
        )
        if our_value not in (base_value, their_value):
            if their_value != base_value:
                raise Conflict(f"{field} was changed here and on the account.", theirs)
            body[field] = ours[field]
    return body
