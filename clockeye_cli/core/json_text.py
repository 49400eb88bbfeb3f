"""Writes plain values as JSON, as `json.dumps` does; importing json takes longer than most commands have.

Reading JSON is for `json`.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

try:
    from _json import encode_basestring as quote
    from _json import encode_basestring_ascii as quote_ascii
except ImportError:  # not CPython
    from json.encoder import encode_basestring as quote
    from json.encoder import encode_basestring_ascii as quote_ascii

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["json_text", "quote", "quote_ascii"]

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
