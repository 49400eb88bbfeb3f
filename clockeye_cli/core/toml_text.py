"""Reads TOML, as `tomllib` does; importing that takes as long as a third of `status`. Pure."""

from __future__ import annotations

from clockeye_cli.core.json_text import scanned
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

BLANKS = " \t"
UNUSUAL = frozenset(map(chr, (*range(9), *range(11, 32), 127, ord("\\"))))
"""What TOML forbids or JSON, whose scanner reads the values, understands in another way."""


def toml_values(text: str) -> dict[str, Any]:
    """The values of a TOML text, as `tomllib.loads` gives them.

    Raises:
        ValueError: The text is not TOML; the message says where.
    """
    try:
        values = _usual(text)
        if values is not None:
            return values
        import tomllib  # late: a file of settings seldom needs more than `_usual` understands

        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _usual(text: str) -> dict[str, Any] | None:
    """The values of a text with one table or plain key on each line; None if it may be anything else."""
    if not UNUSUAL.isdisjoint(text):
        return None
    root: dict[str, Any] = {}
    table = root
    for line in [line.strip(BLANKS) for line in text.split("\n")]:
        if line.startswith("["):
            head, _, rest = line[1:].partition("]")
            opened = _opened(root, [_key(part) for part in head.split(".")])
            if opened is None or not _is_blank(rest):
                return None
            table = opened
        elif not _is_blank(line):
            name, _, value = line.partition("=")
            key, content = _key(name), _plain(value.strip(BLANKS))
            if key is None or key in table or content is None:
                return None
            table[key] = content
    return root


def _is_blank(rest: str) -> bool:
    return rest.lstrip(BLANKS)[:1] in ("", "#")


def _key(text: str) -> str | None:
    """A key that stands without quotes, or in quotes."""
    text = text.strip(BLANKS)
    inner = text[1:-1]
    if text == f'"{inner}"' and '"' not in inner:
        return inner
    return text if text.isascii() and text.replace("-", "a").replace("_", "a").isalnum() else None


def _opened(root: dict[str, Any], keys: list[str | None]) -> dict[str, Any] | None:
    """The new table with these keys; None if it may not be opened."""
    table: Any = root
    for key in keys[:-1]:
        table = table.setdefault(key, {}) if isinstance(table, dict) else None
    last = keys[-1]
    if None in keys or not isinstance(table, dict) or last in table:
        return None
    new: dict[str, Any] = {}
    table[last] = new
    return new


def _plain(text: str) -> Any:
    """A text, whole number or truth value, or a list of them, with at most a comment behind it; else None."""
    try:
        value, end = scanned(text)
    except ValueError:
        return None
    items = value if isinstance(value, list) else [value]
    is_plain = all(type(item) in (str, int, bool) for item in items)
    return value if is_plain and _is_blank(text[end:]) else None
