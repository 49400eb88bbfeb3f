"""timeclock files, as hledger, ledger and Emacs' timeclock mode write them: `i` clocks in, `o` clocks out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from clockeye_cli.importers import clocks
from clockeye_cli.importers.incoming import Incoming, Problem, Remark
from clockeye_cli.importers.text import opened

if TYPE_CHECKING:
    from datetime import datetime

    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

_LINE = re.compile(
    r"([iIoO])\s+(\d{4}([-/.])\d{1,2}\3\d{1,2})\s+(\d{1,2}:\d\d(?::\d\d)?)(?:\s*[-+]\d{4})?(?:\s+(.*))?"
)
_OTHER = re.compile(r"[bh]\s|[;#*]")


class _ClockedIn(NamedTuple):
    """A line `i` that is not closed yet."""

    line: int
    at: datetime
    account: str
    text: str


def sniff(head: Head) -> Certainty:
    """Whether the lines clock in or out."""
    return "sure" if head.mostly(_LINE.fullmatch, but=_OTHER.match) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """What was clocked in and out, in the order of the ends.

    `o ACCOUNT` closes that account's latest `i`, a plain `o` the latest of all. Of an account `A:B:C` the
    last part is the project, and the first the client.

    Raises:
        UsageError: The text is not in its encoding.
    """
    encoding = opened(file, choices.encoding)
    yield Remark("encoding", encoding.title)
    yield Remark("note", "of an account A:B:C, C is the project and A its client")
    open_ones: list[_ClockedIn] = []
    for number, line in enumerate(encoding.lines(file), 1):
        text = line.rstrip()
        if not text.strip() or _OTHER.match(text):
            continue
        match = _LINE.fullmatch(text)
        day = clocks.day(match[2], "iso") if match else None
        seconds = clocks.clock(match[4]) if match else None
        if match is None or day is None or seconds is None:
            yield Problem(number, "bad_row", f'"{text[:40]}" does not clock in or out')
            continue
        account, description = _parts(match[5] or "")
        at = clocks.wall(day, seconds)
        if match[1] in "iI":
            open_ones.append(_ClockedIn(number, at, account, description))
            continue
        place = next(
            (at for at in reversed(range(len(open_ones))) if not account or open_ones[at].account == account),
            None,
        )
        if place is None and len(open_ones) == 1:
            place, description = (
                0,
                " ".join(filter(None, (account, description))),
            )  # a reason, as Emacs writes
        if place is None:
            yield Problem(number, "bad_row", "clocks out of what was not clocked in")
        else:
            yield _incoming(open_ones.pop(place), at, description)
    for clocked_in in open_ones:
        yield Problem(clocked_in.line, "running", "is still running: nothing clocks it out", "skipped")


def _parts(text: str) -> tuple[str, str]:
    """The account and the description: two blanks are between them."""
    account, *rest = re.split(r"\s{2,}|\t", text.strip(), maxsplit=1)
    description, _, comment = (rest[0] if rest else "").partition(";")
    return account, ", ".join(filter(None, (description.strip(), comment.strip())))


def _incoming(clocked_in: _ClockedIn, end: datetime, text: str) -> Incoming:
    client, _, rest = clocked_in.account.partition(":")
    project = rest.rpartition(":")[2] or client
    description = ", ".join(filter(None, dict.fromkeys((clocked_in.text, text))))
    return Incoming(
        clocked_in.line,
        clocked_in.at,
        end,
        description=description,
        project=project.strip(),
        client=client.strip() if rest else "",
    )
