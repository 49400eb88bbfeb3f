"""JSON from outside, parsed strictly: anything that parsers interpret differently is refused. Pure."""

from __future__ import annotations

import json

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


MOST_DEPTH = 64
CONTAINERS = frozenset({dict, list})


def parse(text: str) -> Any:
    """The JSON values of a text.

    Raises:
        ValueError: It is not JSON, is nested too deeply, or contains NaN, an infinite number or a duplicate
            key.
    """
    try:
        value = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_without_doubles,
        )
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if _depth(value) > MOST_DEPTH:
        raise ValueError("it is nested too deeply")
    return value


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level := [item for item in level if type(item) in CONTAINERS]:
        deepest += 1
        level = [part for item in level for part in (item.values() if type(item) is dict else item)]
    return deepest


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"it contains {word}")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("it contains a number that is too large")
    return number


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("it contains a duplicate key")
    return values
