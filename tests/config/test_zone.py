"""The zone that the computer is set to, by TZ in all of its forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clockeye_cli.config import zone

SUMMER, WINTER = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tz", "summer", "winter"),
    [
        ("Europe/Berlin", 120, 60),
        (":Europe/Berlin", 120, 60),
        ("/usr/share/zoneinfo/Europe/Berlin", 120, 60),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 120, 60),
        ("EST5EDT", -240, -300),
        ("<+0545>-5:45", 345, 345),
        ("UTC", 0, 0),
        ("", 0, 0),
        ("Nowhere/City", 0, 0),
        ("/no/such/file", 0, 0),
        ("ä", 0, 0),
    ],
)
def test_the_zone_of_tz(tz: str, summer: int, winter: int) -> None:
    found = zone.of_computer({"TZ": tz})
    assert SUMMER.astimezone(found).utcoffset() == timedelta(minutes=summer)
    assert WINTER.astimezone(found).utcoffset() == timedelta(minutes=winter)


@pytest.mark.parametrize(
    "name", ["", ".", "/etc/passwd", "../../../etc/passwd", "Europe", "Europe/", "\0", "\udcff", "x" * 9999]
)
def test_a_name_that_is_no_zone_is_none(name: str) -> None:
    assert zone.named(name) is None


def test_a_zone_is_known_by_its_name() -> None:
    assert zone.name_of(ZoneInfo("Asia/Tokyo")) == "Asia/Tokyo"
    assert zone.name_of(UTC) == "UTC"
    found = zone.named("utc")
    assert found is UTC
