"""JSON: one versioned envelope, or one object per line (ndjson).

Instants are RFC 3339 in UTC, durations whole seconds, text is exact. Each row is on its own line, so that
`grep` and `diff` work.
"""

from __future__ import annotations

import time
from itertools import repeat

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.json_text import json_text, quote, quote_ascii
from clockeye_cli.core.safe_text import is_dangerous
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import in_pieces
from clockeye_cli.output.formats import write_text
from clockeye_cli.output.streams import is_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, BinaryIO

    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.output.cells import Column, Row, Table
    from clockeye_cli.output.document import Document
    from clockeye_cli.output.formats import RenderOptions

VERSION = '{"version": 1, '
LEFT_OUT = frozenset({"bar"})
ASTRAL = 0x10000
SURROGATES = range(0xD800, 0xE000)


def write(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write the document's table in the envelope of `render`."""
    write_text(file, render(document.table, options), options)


def write_lines(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write the rows of the document's table, one object per line, without an envelope and `meta`."""
    write_text(file, _render_lines(document.table, options), options)


def render(table: Table, options: RenderOptions) -> Iterator[str]:
    """The envelope: `{"version": 1, "data": …, "meta": …}`; without `meta` if it is empty."""
    yield f'{VERSION}"data": {"" if options.single else "["}'
    gap, end = ("", "") if options.single else ("\n", "]")
    for lines in _lines(table, options):
        yield gap + ",\n".join(lines)
        gap, end = (gap, end) if options.single else (",\n", "\n]")
    yield f"{end}{_meta(table.meta, options)}}}\n"


def _render_lines(table: Table, options: RenderOptions) -> Iterator[str]:
    for lines in _lines(table, options):
        yield "\n".join(lines) + "\n"


def render_nothing(meta: dict[str, Any], options: RenderOptions) -> str:
    """The envelope without a result: `"data": null`."""
    return f'{VERSION}"data": null{_meta(meta, options)}}}\n'


def render_error(error: ClockeyeError, encoding: str, *, on_terminal: bool) -> str:
    """The error of a failed command: `{"version": 1, "error": {"code", "message", "hint"}}`."""
    return f'{VERSION}"error": {_encoded(error_fields(error), encoding, on_terminal=on_terminal)}}}\n'


def error_fields(error: ClockeyeError) -> dict[str, str]:
    """An error as JSON has it."""
    return {"code": error.code, "message": error.message, "hint": error.hint}


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


def _lines(table: Table, options: RenderOptions) -> Iterator[list[str]]:
    """The rows as objects, one per line, many at a time."""
    write = _writer(table.columns, options)
    for rows in in_pieces(table.rows):
        lines = write(rows)
        # In a pipe, only what cannot be encoded needs an escape, which encoding gives it.
        yield [_escaped(line, on_terminal=True) for line in lines] if options.on_terminal else [*lines]


def _writer(columns: tuple[Column, ...], options: RenderOptions) -> Callable[[list[Row]], Iterable[str]]:
    """A function that writes rows as objects.

    It works column by column: one call spells all values of a column, which takes a third of the time of a
    call for each cell.
    """
    quoted = _quote(options.encoding)
    spellings: dict[str, Callable[[Any], str]] = {
        "text": quoted,
        "id": quoted,
        "words": lambda words: "[" + ", ".join(map(quoted, words)) + "]" if words else "[]",
        "instant": _utc,
        "clock": _utc,
        "day": lambda day: f'"{day.isoformat()}"',
        "duration": str,
        "balance": str,
        "change": str,
        "hours": lambda seconds: repr(round(seconds / 3600, 4)),
        "money": lambda amounts: json_text([money.fields for money in amounts], quoted),
        "amount": lambda amount: quoted(str(amount)),
        "count": str,
        "flag": ("false", "true").__getitem__,
        "share": repr,
        "record": lambda record: next(iter(_writer(record.columns, options)([record.row]))),
        "records": lambda records: f"[{', '.join(map(spellings['record'], records))}]",
    }

    def lists(column: tuple[list[str], ...]) -> list[str]:
        return [spellings["words"](words) if words else "[]" for words in column]  # most are empty

    at_once: dict[str, Callable[[tuple[Any, ...]], list[str]]]
    at_once = {"instant": _utcs, "clock": _utcs, "words": lists}
    fields = [
        (place, f"{quoted(column.key)}: ", spellings[column.kind], at_once.get(column.kind))
        for place, column in enumerate(columns)
        if column.kind not in LEFT_OUT
    ]

    def write(rows: list[Row]) -> Iterable[str]:
        cells = [*zip(*rows, strict=True)]
        parts: list[Iterable[str]] = []
        for place, key, spell, spell_all in fields:
            parts += [repeat(f", {key}" if parts else f"{{{key}"), _spelled(cells[place], spell, spell_all)]
        return map("".join, zip(*parts, repeat("}"), strict=False))  # `repeat` has no end

    return write


def _spelled(
    values: tuple[Any, ...],
    spell: Callable[[Any], str],
    spell_all: Callable[[tuple[Any, ...]], list[str]] | None,
) -> Iterable[str]:
    if None in values:
        return ["null" if value is None else spell(value) for value in values]
    return spell_all(values) if spell_all else map(spell, values)


def _utc(instant: int) -> str:
    return _utcs((instant,))[0]


def _utcs(instants: tuple[int, ...]) -> list[str]:
    return [
        _DATES[instant // DAY_SECONDS] + _CLOCKS[instant % DAY_SECONDS // 60] + _SECONDS[instant % 60]
        for instant in instants
    ]


class _Texts(dict[int, str]):
    """Texts by number, each made when it is first needed."""

    def __init__(self, make: Callable[[int], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> str:
        text = self[number] = self._make(number)
        return text


_DATES = _Texts(lambda day: time.strftime('"%Y-%m-%d', time.gmtime(day * DAY_SECONDS)))
_CLOCKS = _Texts(lambda minute: f"T{minute // 60:02}:{minute % 60:02}:")
_SECONDS = [f'{second:02}Z"' for second in range(60)]
