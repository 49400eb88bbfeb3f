r"""ClockEye's own files: JSON, NDJSON, CSV and TSV of `export`, `log` and `report`.

JSON and NDJSON are exact. CSV and TSV write some characters as visible escapes; a cell is read as it stands,
but for the apostrophe that keeps spreadsheets from evaluating it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from clockeye_cli.core.entry import folded
from clockeye_cli.errors import UsageError
from clockeye_cli.importers import clocks
from clockeye_cli.importers.columns import NO, YES
from clockeye_cli.importers.head import Head
from clockeye_cli.importers.incoming import Incoming, Problem, Remark
from clockeye_cli.importers.json_stream import elements
from clockeye_cli.importers.table import open_table
from clockeye_cli.importers.text import HEAD, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

NEEDED = (("started_at",), ("ended_at",), ("description",))
_JSON = re.compile(r'\s*(?:\[\s*|\{.*"data"\s*:\s*\[\s*)?\{[^{}]*"started_at"\s*:[^{}]*"ended_at"', re.DOTALL)
_EMPTY = re.compile(r'\s*\{\s*"version"\s*:\s*1\s*,\s*"data"\s*:\s*\[\s*\]')
_LINE = re.compile(r'\s*\{[^{}]*"started_at"\s*:[^{}]*"ended_at"')
_ESCAPES = re.compile(r"\\(\\|n|t|r|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
_SHORT = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r"}


def sniff(head: Head) -> Certainty:
    """Whether it is an envelope with entries, a line with one, or a table with our columns."""
    if _JSON.match(head.text) or _EMPTY.match(head.text):
        return "sure"
    return "sure" if head.header(NEEDED) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The entries of the file.

    Raises:
        UsageError: The text is not in its encoding.
    """
    file.seek(0)
    head = Head(file.read(HEAD), choices.encoding)
    if _JSON.match(head.text) or _EMPTY.match(head.text):
        encoding = opened(file, choices.encoding)
        yield Remark("encoding", encoding.title)
        lines = encoding.lines(file)
        for number, element in enumerate(_objects(lines) if _LINE.match(head.text) else elements(lines), 1):
            if isinstance(element, Problem):
                yield element
            elif isinstance(element, dict):
                yield _incoming(number, element)
            else:
                yield Problem(number, "bad_row", "is not an entry")
        return
    yield from _table(file, head, choices)


def _objects(lines: Iterator[str]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield Problem(number, "bad_json", "is not JSON")


def _table(file: BinaryIO, head: Head, choices: Choices) -> Reading:
    header = head.header(NEEDED)
    if header is None and not head.text.strip():  # NDJSON of no entries
        yield Remark("encoding", opened(file, choices.encoding).title)
        return
    if header is None:
        raise UsageError(
            "The file has no entries of ClockEye: no columns started_at, ended_at and description.",
            hint="Without --as, the source is recognised by the content.",
            code="missing_column",
        )
    is_tsv = header.delimiter == "\t"
    table = open_table(file, header, choices.encoding)._replace(is_quoted=not is_tsv)
    yield Remark("encoding", table.encoding.title)
    original = _from_tsv if is_tsv else _from_csv
    for item in table.rows(file):
        if isinstance(item, Problem):
            yield item
            continue
        cells = {name: original(cell) for name, cell in zip(header.folded, item[1], strict=True)}
        yield _incoming(item[0], cells)


def _from_csv(cell: str) -> str:
    return cell.removeprefix("'")


def _from_tsv(cell: str) -> str:
    if "\\" not in cell:
        return cell
    return _ESCAPES.sub(lambda match: _SHORT.get(match[1]) or chr(int(match[1][1:], 16)), cell)


def _incoming(number: int, fields: Mapping[str, Any]) -> Incoming | Problem:
    if _flag(fields.get("running")):
        return Problem(number, "running", "is still running: it has no end", "skipped")
    instants = []
    for field in ("started_at", "ended_at"):
        text = fields.get(field)
        at = clocks.moment(text) if isinstance(text, str) else None
        if at is None:
            return Problem(number, "bad_time", f'"{str(text)[:40]}" is not a time', column=field)
        instants.append(at)
    seconds = fields.get("duration")
    invoice = fields.get("invoiced")
    return Incoming(
        number,
        instants[0],
        instants[1],
        int(seconds)
        if isinstance(seconds, int) or (isinstance(seconds, str) and seconds.isdecimal())
        else None,
        description=_text(fields, "description"),
        project=_text(fields, "project"),
        client=_text(fields, "client"),
        billable=_flag(fields.get("billable")),
        person=_text(fields, "user"),
        external_id=_text(fields, "local_id") or _text(fields, "id"),
        invoice=invoice if isinstance(invoice, str) and folded(invoice) not in NO else "",
        project_id=_text(fields, "project_id"),
    )


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _flag(value: Any) -> bool | None:
    if isinstance(value, str):
        return True if folded(value) in YES else False if folded(value) in NO else None
    return value if isinstance(value, bool) else None
