r"""Timewarrior: its data files (`2025-01.data`), and what `timew export` prints as JSON.

A line is `inc START - END # TAG TAG # "ANNOTATION"`, in UTC; a tag with blanks is quoted, a quote in it is
`\"`. Tags are sorted, so their order says nothing about which one is the project.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO

from clockeye_cli.importers import clocks
from clockeye_cli.importers.incoming import Incoming, Problem, Remark
from clockeye_cli.importers.json_stream import elements
from clockeye_cli.importers.text import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

_LINE = re.compile(r"inc (\d{8}T\d{6}Z)(?: - (\d{8}T\d{6}Z))?(?:\s+#(.*))?")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_ELEMENT = re.compile(r'\[\s*\{[^{}]*"start"\s*:\s*"\d{8}T\d{6}Z"')


def sniff(head: Head) -> Certainty:
    """Whether the lines are intervals, or the file is an array of intervals."""
    if head.content.lstrip()[:1] == b"[":
        return "sure" if _ELEMENT.match(head.text.lstrip()) else "no"
    is_own = head.mostly(_LINE.fullmatch, but=lambda line: line.startswith("exc "))
    return "sure" if is_own else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The intervals of the file.

    Raises:
        UsageError: The text is not in its encoding.
    """
    encoding = opened(file, choices.encoding)
    yield Remark("encoding", encoding.title)
    lines = encoding.lines(file)
    first = next(lines, "")
    if first.lstrip("\ufeff \t\r\n")[:1] == "[":
        for number, element in enumerate(elements(encoding.lines(file)), 1):
            yield element if isinstance(element, Problem) else _of_json(number, element)
        return
    for number, line in enumerate(encoding.lines(file), 1):
        text = line.strip()
        if text.startswith("inc"):
            yield _of_line(number, text)
        elif text and not text.startswith("exc"):
            yield Problem(number, "bad_row", f'"{text[:40]}" is not an interval')


def _of_line(number: int, text: str) -> Incoming | Problem:
    match = _LINE.fullmatch(text)
    if match is None:
        return Problem(number, "bad_row", f'"{text[:40]}" is not an interval')
    tags: list[str] = []
    annotation: list[str] = []
    is_annotation = False
    for quoted, plain in _WORD.findall(match[3] or ""):
        if plain == "#":
            is_annotation = True
        else:
            word = plain or quoted.replace('\\"', '"')
            (annotation if is_annotation else tags).append(word)
    return _incoming(number, match[1], match[2] or "", tags, " ".join(annotation))


def _of_json(number: int, element: Any) -> Incoming | Problem:
    if not isinstance(element, dict) or not isinstance(element.get("start"), str):
        return Problem(number, "bad_row", "is not an interval")
    tags = element.get("tags") or []
    if not isinstance(tags, list):
        return Problem(number, "bad_row", "has tags that are not a list")
    annotation = str(element.get("annotation") or "")
    return _incoming(number, element["start"], str(element.get("end") or ""), map(str, tags), annotation)


def _incoming(
    number: int, started: str, ended: str, tags: Iterable[str], annotation: str
) -> Incoming | Problem:
    start, end = clocks.compact(started), clocks.compact(ended)
    if start is None or (ended and end is None):
        unread = ended if start is not None else started
        return Problem(number, "bad_time", f'"{unread[:40]}" is not a time')
    if end is None:
        return Problem(number, "running", "is still running: it has no end", "skipped")
    texts, words, identity = [annotation] if annotation else [], [], ""
    for tag in tags:
        prefix, colon, rest = tag.partition(":")
        if colon and prefix == "description" and rest:
            texts.insert(0, rest)
        elif colon and prefix == "uuid" and rest:
            identity = rest
        elif colon and prefix == "tag" and rest:
            words.append(rest)
        elif len(tag.split()) > 1 and prefix != "project":
            texts.append(tag)
        else:
            words.append(tag)
    return Incoming(number, start, end, description=", ".join(texts), tags=tuple(words), external_id=identity)
