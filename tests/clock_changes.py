"""Zones whose clocks change in every way that clocks do, and instants near those changes, for hypothesis."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

CLOCK_CHANGES = {
    "Europe/Berlin": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],  # by half an hour
    "Asia/Kathmandu": ["1986-01-01"],  # by a quarter of an hour
    "Africa/Casablanca": ["2026-02-15", "2026-03-22"],  # around Ramadan
    "America/Santiago": ["2026-04-05", "2026-09-06"],  # at midnight, which one of them skips
    "Africa/Cairo": ["2026-04-24", "2026-10-30"],  # at midnight
    "Pacific/Apia": ["2011-12-30"],  # a day that never was
}

EARLIEST = 10 * 86_400

day_starts = st.sampled_from([0, 1, 1_800, 3_600, 9_000, 14_400, 86_399])


@st.composite
def zoned_instants(draw: st.DrawFn) -> tuple[ZoneInfo, int]:
    """A zone, and an instant that often lies near one of its clock changes."""
    name = draw(st.sampled_from(sorted(CLOCK_CHANGES)))
    noon = datetime.fromisoformat(draw(st.sampled_from(CLOCK_CHANGES[name])) + "T12:00:00+00:00")
    near = st.integers(-200_000, 200_000).map(lambda seconds: int(noon.timestamp()) + seconds)
    return ZoneInfo(name), draw(st.one_of(near, st.integers(EARLIEST, 4_000_000_000)))
