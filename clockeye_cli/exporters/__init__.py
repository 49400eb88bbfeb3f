"""Entries as files of other programs: one file per format, each with `pieces(entries, zone, now, note)`.

A leaf: it knows nothing of the store or the terminal. What these files show of a text is safe to print (no
control or bidirectional characters), because people look at them with text tools. Their names and endings are
in `output/formats.py: EXPORTS`.
"""

from __future__ import annotations

from importlib import import_module

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import tzinfo

    from clockeye_cli.exporters.entry import ExportedEntry

MODULES = {"ics": "ical", "klog": "klog", "timeclock": "timeclock"}


def exported(
    name: str, entries: Iterable[ExportedEntry], zone: tzinfo, now: int, note: str = ""
) -> Iterator[bytes]:
    """Entries in a format, in pieces of whole lines.

    Args:
        name: The format: a key of MODULES.
        entries: The entries, by time; read as the pieces are taken.
        zone: The time zone of clock times and days.
        now: The instant of the export.
        note: What must be known of the file, in one line; empty for nothing.
    """
    module = import_module(f"clockeye_cli.exporters.{MODULES[name]}")
    pieces: Callable[[Iterable[ExportedEntry], tzinfo, int, str], Iterator[bytes]] = module.pieces
    return pieces(entries, zone, now, note)
