"""timeclock files, read back by the rules of the format and by hledger."""

from __future__ import annotations

import csv
import subprocess
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from clockeye_cli.core.safe_text import one_line, safe
from clockeye_cli.exporters import exported
from tests.exporters.reading import BERLIN, entries, entry, read_timeclock
from tests.system.real_parts import needs

if TYPE_CHECKING:
    from clockeye_cli.exporters.entry import ExportedEntry


def timeclock(*given: ExportedEntry) -> str:
    return b"".join(exported("timeclock", given, BERLIN, 0)).decode()


def test_the_whole_file() -> None:
    document = timeclock(
        entry("2026-11-19 23:00", 7_207, "Deploy;  all #ops", project="web", client="Nord & Co"),
        entry("2026-11-20 09:15", 0, "One\n\n  Two\tthree \n", project="a:b  c"),
        entry("2026-11-20 10:30:50", 15, user="mei@example.org"),
    )
    assert document == (
        "i 2026/11/19 23:00:00 Nord & Co:web  Deploy;  all #ops\n"
        "o 2026/11/20 01:00:07\n"
        "i 2026/11/20 09:15:00 a-b c  One Two\\tthree\n"
        "o 2026/11/20 09:15:00\n"
        "; mei@example.org\n"
        "i 2026/11/20 10:30:50 none\n"
        "o 2026/11/20 10:31:05\n"
    )


def test_over_a_clock_change_the_length_is_right() -> None:
    assert timeclock(entry("2026-03-29 01:30", 3_600)).splitlines()[1] == "o 2026/03/29 02:30:00"
    assert timeclock(entry("2026-10-25 02:30", 3_600)).splitlines()[1] == "o 2026/10/25 03:30:00"


@given(entries())
def test_what_is_read_back_is_what_was_written(given: list[ExportedEntry]) -> None:
    sessions = read_timeclock(timeclock(*given))
    assert len(sessions) == len(given)
    for session, was in zip(sessions, given, strict=True):
        assert session.start == datetime.fromtimestamp(was.started_at, BERLIN).replace(tzinfo=None, fold=0)
        assert (session.end - session.start).total_seconds() == was.duration
        assert session.account.count(":") == bool(was.client)
        assert session.description == safe(one_line(was.description)).strip()


@pytest.fixture(scope="module")
def hledger() -> str:
    return needs("hledger")


@settings(max_examples=15, deadline=None)
@given(given=entries())
def test_hledger_sums_up_the_same_hours(hledger: str, given: list[ExportedEntry]) -> None:
    text = timeclock(*given)
    expected: dict[str, int] = defaultdict(int)
    for session, was in zip(read_timeclock(text), given, strict=True):
        expected[session.account] += was.duration
    ended = subprocess.run(
        [hledger, "-f", "timeclock:-", "balance", "--flat", "--empty", "-O", "csv", "--no-total"],
        input=text.encode(),
        capture_output=True,
        env={"LANG": "C.UTF-8"},
        check=False,
    )
    assert ended.returncode == 0, ended
    rows = [*csv.reader(ended.stdout.decode().splitlines())][1:]
    hours = {account: float(amount.removesuffix("h")) for account, amount in rows}
    assert sorted(hours) == sorted(expected)
    for account, seconds in expected.items():
        # hledger divides a session at midnight, and rounds each part to 0.01 hours.
        assert hours[account] == pytest.approx(seconds / 3_600, abs=0.005 * len(given) * 4)
