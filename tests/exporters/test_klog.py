"""klog files, read back by the rules of the format."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hypothesis import given

from clockeye_cli.core.safe_text import safe, with_plain_lines
from clockeye_cli.exporters import exported
from tests.exporters.reading import BERLIN, entries, entry, klog_values, read_klog

if TYPE_CHECKING:
    from clockeye_cli.exporters.entry import ExportedEntry


def klog(*given: ExportedEntry) -> str:
    return b"".join(exported("klog", given, BERLIN, 0)).decode()


def test_the_whole_file() -> None:
    document = klog(
        entry("2026-11-19 23:00", 7_200, "Deploy #ops", project="web", client="Nord & Co"),
        entry("2026-11-20 09:15:40", 4_500, "One\n\n  Two\tthree \n", project='The "big" one'),
        entry("2026-11-20 10:30:50", 15),
        entry("2026-11-20 12:00", 5_400, "Half a day", is_clock_made=True, user="mei@example.org"),
        entry("2026-11-20 12:00", 2_700, is_clock_made=True),
        entry("2026-11-21 00:00", 86_400 * 2, "A weekend"),
    )
    assert document == (
        "2026-11-19\n"
        '    23:00 - 1:00> Deploy #ops #project=web #client="Nord & Co"\n'
        "\n"
        "2026-11-20\n"
        "    9:15 - 10:30 One\n"
        "        Two\\tthree #project='The \"big\" one'\n"
        "    10:30 - 10:31\n"
        '    1h30m Half a day #user="mei@example.org"\n'
        "    45m\n"
        "\n"
        "2026-11-21\n"
        "    48h A weekend\n"
    )


def test_nothing_is_an_empty_file() -> None:
    assert klog() == ""


def test_over_a_clock_change_the_length_is_right() -> None:
    assert klog(entry("2026-03-29 01:30", 3_600)) == "2026-03-29\n    1:30 - 2:30\n"
    assert klog(entry("2026-10-25 02:30", 3_600)) == "2026-10-25\n    2:30 - 3:30\n"


@given(entries())
def test_what_is_read_back_is_what_was_written(given: list[ExportedEntry]) -> None:
    read = read_klog(klog(*given))
    assert len(read) == len(given)
    for each, was in zip(read, given, strict=True):
        start = datetime.fromtimestamp(was.started_at, BERLIN)
        assert each.day == start.date()
        assert each.minutes == was.ended_at // 60 - was.started_at // 60
        assert each.start in (None, start.hour * 60 + start.minute)
        assert each.start is not None or was.is_clock_made or was.duration > 86_400
        lines = [line.strip() for line in with_plain_lines(was.description).split("\n")]
        described = "\n".join(safe(line) for line in lines if line)
        assert each.summary.startswith(described)
        values = klog_values(each.summary[len(described) :])
        names = {"project": was.project, "client": was.client, "user": was.user}
        assert values == {key: safe(name).replace('"', "'") for key, name in names.items() if name}


def test_entries_that_touch_still_touch() -> None:
    document = klog(entry("2026-11-20 09:00:40", 100), entry("2026-11-20 09:02:20", 100))
    assert document == "2026-11-20\n    9:00 - 9:02\n    9:02 - 9:04\n"
