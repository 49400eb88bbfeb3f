"""A Friday noon in Berlin, instants of wall times, and clock times as people type them: for several tests."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3_600

clock_times = st.one_of(
    st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds("{:02}:{:02}:{:02}".format, st.integers(0, 3), st.integers(0, 59), st.integers(0, 59)),
)


def at(text: str, zone: ZoneInfo = BERLIN) -> int:
    """The instant of a wall time, or of one with an offset."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


NOW = at("2026-11-20 12:00")  # a Friday
