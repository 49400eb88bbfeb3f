"""A source is read once: its rows wait for their storing, whatever becomes of the file meanwhile."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zoneinfo import ZoneInfo

from clockeye_cli.tracking.importing.spool import AT_ONCE, AT_ONCE_SORTED, KeySpool
from clockeye_cli.tracking.importing.survey import survey
from clockeye_cli.tracking.importing.times import WallClock
from clockeye_cli.tracking.importing.wishes import ImportFile, Wishes

ZONE = ZoneInfo("Europe/Berlin")
HEADER = "Email,Description,Start date,Start time,End date,End time,Duration"
ROWS = AT_ONCE * 2 + 1


def test_rows_are_what_was_surveyed_though_the_file_changes_meanwhile() -> None:
    rows = [
        f"kim@example.org,Work {n},2026-11-{n % 9 + 1:02},09:00:00,2026-11-{n % 9 + 1:02},10:00:00,01:00:00"
        for n in range(ROWS)
    ]
    content = BytesIO("\n".join([HEADER, *rows]).encode())
    wishes = Wishes(ZONE, "--zone", date(2026, 11, 20), first=date(2026, 11, 2))
    surveyed = survey(
        ImportFile("log.csv", content, "toggl"), wishes, WallClock(ZONE, "Berlin"), lambda _: None
    )
    content.seek(0)
    content.truncate()
    spooled = [None if row is None else row.description for row in surveyed.spool]
    assert spooled == [None if n % 9 == 0 else f"Work {n}" for n in range(ROWS)]
    assert surveyed.rows == ROWS


def test_rows_come_in_the_order_of_their_keys_however_many_there_are() -> None:
    spool = KeySpool()
    number = 2 * AT_ONCE_SORTED + 1
    rows = [(f"{row * 7919 % number:06}", row, b"same", 1) for row in range(number)]
    for row in rows:
        spool.add(row)
    assert [*spool] == sorted(rows)
    assert [*spool] == sorted(rows)
