"""timeclock, as hledger, Ledger and Emacs read it: one `i` line and one `o` line per entry, to the second.

The account is `client:project`; two spaces separate it from the description. Readers subtract the two times
without regard to the zone, hence `wall_span`. The user of an entry is a comment in front of it.
"""

from __future__ import annotations

from clockeye_cli.core.safe_text import one_line, safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.exporters.entry import wall_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

    from clockeye_cli.exporters.entry import ExportedEntry

NO_PROJECT = "none"
"""The account of entries without a project: what follows an empty account would be read as one."""


def pieces(entries: Iterable[ExportedEntry], zone: tzinfo, _now: int, note: str = "") -> Iterator[bytes]:
    """A file of clock-ins and clock-outs.

    Args:
        entries: The entries, by time.
        zone: The time zone of the clock times.
        _now: Not needed here.
        note: What must be known of it: a comment.
    """
    if note:
        yield f"; {note}\n".encode()
    for entry in entries:
        start, end = wall_span(entry, zone)
        account = ":".join(_part(name) for name in (entry.client, entry.project or NO_PROJECT) if name)
        words = [account, *filter(None, [safe(one_line(entry.description)).strip()])]
        comment = f"; {safe(entry.user)}\n" if entry.user else ""
        yield f"{comment}i {_stamp(start)} {'  '.join(words)}\no {_stamp(end)}\n".encode()


def _part(name: str) -> str:
    """A name as a part of an account, which `:` or two spaces would end."""
    return " ".join(safe(name).split()).replace(":", "-")


def _stamp(wall: datetime) -> str:
    return f"{wall.year:04}/{wall:%m/%d %H:%M:%S}"
