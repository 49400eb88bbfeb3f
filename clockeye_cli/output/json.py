"""JSON: one versioned envelope, or one object per line (ndjson).

Instants are RFC 3339 in UTC, durations whole seconds, text is exact. Each row is on its own line, so that
`grep` and `diff` work.
"""

from __future__ import annotations

import time

from clockeye_cli.core.json_text import json_text, quote, quote_ascii
from clockeye_cli.core.safe_text import is_dangerous
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.streams import is_utf8

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.output.cells import Column, Row, Table
    from clockeye_cli.output.formats import RenderOptions

VERSION = '{"version": 1, '
LEFT_OUT = frozenset({"bar"})
ASTRAL = 0x10000
SURROGATES = range(0xD800, 0xE000)


def render(table: Table, options: RenderOptions) -> str:
    """The envelope: `{"version": 1, "data": …, "meta": …}`; without `meta` if it is empty."""
    rows = _rows(table, options)
    listed = "[\n" + ",\n".join(rows) + "\n]" if rows else "[]"
    data = rows[0] if options.single else listed
    return f'{VERSION}"data": {data}{_meta(table.meta, options)}}}\n'


def render_lines(table: Table, options: RenderOptions) -> str:
    """One object per line, without an envelope and `meta`."""
    return "".join(f"{row}\n" for row in _rows(table, options))


def render_nothing(meta: dict[str, Any], options: RenderOptions) -> str:
    """The envelope without a result: `"data": null`."""
    return f'{VERSION}"data": null{_meta(meta, options)}}}\n'


def render_error(error: ClockeyeError, encoding: str, *, on_terminal: bool) -> str:
    """The error of a failed command: `{"version": 1, "error": {"code", "message", "hint"}}`."""
    fields = {"code": error.code, "message": error.message, "hint": error.hint}
    return f'{VERSION}"error": {_encoded(fields, encoding, on_terminal=on_terminal)}}}\n'


class _Escapes(dict[int, "int | str"]):
    r"""A table for `str.translate` that fills itself; characters to escape become `\uXXXX`."""

    def __init__(self, must_escape: Callable[[int], bool]) -> None:
        super().__init__()
        self._must_escape = must_escape

    def __missing__(self, code: int) -> int | str:
        shown = self[code] = _units(code) if self._must_escape(code) else code
        return shown


def _units(code: int) -> str:
    """A code point as an escape of JSON: two UTF-16 units above U+FFFF (RFC 8259, section 7)."""
    if code < ASTRAL:
        return f"\\u{code:04x}"
    high, low = divmod(code - ASTRAL, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


_FOR_TERMINAL = _Escapes(is_dangerous)
_FOR_PIPE = _Escapes(SURROGATES.__contains__)  # cannot be encoded in UTF-8


def _escaped(text: str, *, on_terminal: bool) -> str:
    # isprintable() is the fast path; JSON on one line has no control characters of its own.
    return text if text.isprintable() else text.translate(_FOR_TERMINAL if on_terminal else _FOR_PIPE)


def _quote(encoding: str) -> Callable[[str], str]:
    return quote if is_utf8(encoding) else quote_ascii


def _encoded(value: Any, encoding: str, *, on_terminal: bool) -> str:
    return _escaped(json_text(value, _quote(encoding)), on_terminal=on_terminal)


def _meta(meta: dict[str, Any], options: RenderOptions) -> str:
    if not meta:
        return ""
    return f', "meta": {_encoded(meta, options.encoding, on_terminal=options.on_terminal)}'


def _rows(table: Table, options: RenderOptions) -> list[str]:
    write = _writer(table.columns, options)
    return [_escaped(write(row), on_terminal=options.on_terminal) for row in table.rows]


def _writer(columns: tuple[Column, ...], options: RenderOptions) -> Callable[[Row], str]:
    """A function that writes a row as an object; faster than building a dict per row for json.dumps."""
    quoted = _quote(options.encoding)
    spellings: dict[str, Callable[[Any], str]] = {
        "text": quoted,
        "id": quoted,
        "words": lambda words: "[" + ", ".join(map(quoted, words)) + "]",
        "instant": _utc,
        "clock": _utc,
        "day": lambda day: f'"{day.isoformat()}"',
        "duration": str,
        "count": str,
        "flag": lambda flag: "true" if flag else "false",
        "share": repr,
        "record": lambda record: _writer(record.columns, options)(record.row),
    }
    fields = [
        (place, f"{quoted(column.key)}: ", spellings[column.kind])
        for place, column in enumerate(columns)
        if column.kind not in LEFT_OUT
    ]

    def write(row: Row) -> str:
        pairs = [key + ("null" if row[place] is None else spell(row[place])) for place, key, spell in fields]
        return "{" + ", ".join(pairs) + "}"

    return write


def _utc(instant: int) -> str:
    return time.strftime('"%Y-%m-%dT%H:%M:%SZ"', time.gmtime(instant))
