"""Watson: its file `frames`, and lists of objects, as `watson log --json` and its web backends write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO

from clockeye_cli.importers import clocks
from clockeye_cli.importers.incoming import Incoming, Problem, Remark
from clockeye_cli.importers.json_stream import elements
from clockeye_cli.importers.text import opened

if TYPE_CHECKING:
    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

_FRAME = re.compile(r'\[\s*\[\s*\d+(?:\.\d+)?\s*,\s*\d+(?:\.\d+)?\s*,\s*"')
_OBJECT = re.compile(r'\[\s*\{[^{}]*"(?:begin_at|stop)"\s*:')
_SHORTEST = 4
_TAGS = 4


def sniff(head: Head) -> Certainty:
    """Whether it is a list of frames: arrays that begin with two instants, or objects with their ends."""
    text = head.text.lstrip()
    return "sure" if _FRAME.match(text) or _OBJECT.match(text) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The frames of the file, which need not be in order.

    Raises:
        UsageError: The text is not in its encoding.
    """
    encoding = opened(file, choices.encoding)
    yield Remark("encoding", encoding.title)
    for number, element in enumerate(elements(encoding.lines(file)), 1):
        if isinstance(element, Problem):
            yield element
        elif isinstance(element, list) and len(element) >= _SHORTEST:
            tags = element[_TAGS] if len(element) > _TAGS else []
            yield _incoming(number, (element[0], element[1], element[2], element[3], tags))
        elif isinstance(element, dict):
            start, end = (
                element.get("begin_at", element.get("start")),
                element.get("end_at", element.get("stop")),
            )
            yield _incoming(
                number, (start, end, element.get("project"), element.get("id"), element.get("tags"))
            )
        else:
            yield Problem(number, "bad_row", "is not a frame")


def _incoming(number: int, frame: tuple[Any, ...]) -> Incoming | Problem:
    start, end, project, identity, tags = frame
    if not end and start:
        return Problem(number, "running", "is still running: it has no end", "skipped")
    instants = _instant(start), _instant(end)
    if instants[0] is None or instants[1] is None:
        unread = start if instants[0] is None else end
        return Problem(number, "bad_time", f'"{str(unread)[:40]}" is not a time')
    if not isinstance(tags or [], list):
        return Problem(number, "bad_row", "has tags that are not a list")
    return Incoming(
        number,
        *instants,
        project=str(project or ""),
        tags=tuple(str(tag) for tag in tags or []),
        external_id=str(identity or ""),
    )


def _instant(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < 2**53 else None
    at = clocks.moment(value) if isinstance(value, str) else None
    return at if isinstance(at, int) else None
