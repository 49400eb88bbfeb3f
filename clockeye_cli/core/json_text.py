"""Writes and reads plain values as JSON, as `json` does; importing that takes too long for most commands."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class _AsJson:
    """The options of the standard library's scanner with which it reads as `json.loads` does."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


_scan: Callable[[str, int], tuple[Any, int]] | None = None

try:
    from _json import encode_basestring as quote
    from _json import encode_basestring_ascii as quote_ascii
    from _json import make_scanner

    _scan = make_scanner(_AsJson)  # type: ignore[arg-type] # typeshed takes the scanner for its options
except ImportError:  # not CPython
    from json.encoder import encode_basestring as quote
    from json.encoder import encode_basestring_ascii as quote_ascii

__all__ = ["json_text", "plain_value", "quote", "quote_ascii", "scanned"]

WORDS = {None: "null", True: "true", False: "false"}


def json_text(value: object, quote: Callable[[str], str] = quote_ascii) -> str:
    """The JSON of a text, number, boolean or None, or of dicts with text keys, lists and tuples of these.

    Raises:
        TypeError: Another type of value.
    """
    if isinstance(value, str):
        return quote(value)
    if value is None or value is True or value is False:
        return WORDS[value]
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict):
        pairs = [f"{quote(key)}: {json_text(each, quote)}" for key, each in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join([json_text(each, quote) for each in value]) + "]"
    raise TypeError(f"{type(value).__name__} is not a plain value")


def plain_value(text: str) -> Any:
    """The value of a JSON text, as `json.loads` gives it.

    Raises:
        ValueError: The text is not JSON.
    """
    try:
        value, end = scanned(text)
    except ValueError:
        end = -1
    if end == len(text):
        return value
    import json  # late: what the store has written has neither spaces around it nor mistakes

    return json.loads(text)


def scanned(text: str) -> tuple[Any, int]:
    """The JSON value at the beginning of a text, and where it ends.

    Raises:
        ValueError: The text does not begin with one, or Python has no scanner without an import.
    """
    try:
        if _scan is not None:
            return _scan(text, 0)
    except (StopIteration, SystemError):  # the latter from CPython 3.11 as long as json is not imported
        pass
    raise ValueError("not JSON")
