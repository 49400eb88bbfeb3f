"""The instants that the wall times of a source mean, proved by lengths where the clocks change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import EPOCH, LAST_INSTANT, ONE_DAY, SECOND, instants
from clockeye_cli.errors import UsageError
from clockeye_cli.importers.incoming import BadRowError

if TYPE_CHECKING:
    from datetime import tzinfo

    from clockeye_cli.importers.incoming import Incoming

EPOCH_WALL = datetime(1970, 1, 1)  # noqa: DTZ001 - naive is the point


class RowSpan(NamedTuple):
    """When a row was.

    Attributes:
        started_at: Instant; None if only the day is known.
        ended_at: Instant; None likewise.
        duration: Seconds.
        is_proof: Its length agrees with the zone, where the clocks change within it.
        warning: What is worth a look; empty if nothing is.
    """

    started_at: int | None
    ended_at: int | None
    duration: int
    is_proof: bool = False
    warning: str = ""


class WallClock:
    """What the clocks of a zone show.

    Args:
        zone: The zone of the source's wall times.
        name: The zone's name, for messages.
    """

    def __init__(self, zone: tzinfo, name: str) -> None:
        self.zone, self.name = zone, name
        self._offsets: dict[int, int | None] = {}

    def span(self, row: Incoming) -> RowSpan:
        """When a row was.

        Of a time that clocks show twice, the length decides, else the first is taken, with a warning. A time
        that they skip is found by the other one and the length.

        Raises:
            BadRowError: It ends before it begins, is outside of the calendar, or a time of it does not exist.
            UsageError: Its length shows that the zone is another one.
        """
        if row.start is None:
            return RowSpan(None, None, row.duration or 0)
        if isinstance(row.start, datetime) and isinstance(row.end, datetime):
            offset = self._offset(row.start)
            if offset is not None and offset == self._offset(row.end):  # by far the most: no change is near
                started_at = (row.start - EPOCH_WALL) // SECOND - offset
                seconds = (row.end - row.start) // SECOND
                if seconds >= 0 and 0 <= started_at <= LAST_INSTANT - seconds:
                    return RowSpan(started_at, started_at + seconds, seconds)
        starts = self._instants(row.start)
        ends = None if row.end is None else self._instants(row.end)
        if len(starts) == 1 and ends is None:
            span = RowSpan(starts[0], starts[0] + (row.duration or 0), row.duration or 0)
        elif len(starts) == 1 and ends is not None and len(ends) == 1:
            span = RowSpan(starts[0], ends[0], ends[0] - starts[0])
        else:
            span = self._chosen(row, starts, ends)
        _check(span)
        if row.duration is None or not isinstance(row.start, datetime) or not isinstance(row.end, datetime):
            return span
        wall = (row.end - row.start) // SECOND
        if wall == span.duration:
            return span
        if abs(span.duration - row.duration) <= row.tolerance:
            return span._replace(is_proof=True)
        if abs(wall - row.duration) <= row.tolerance:
            raise self._disagreement(row, span)
        return span

    def day_starts_at(self, day: date) -> int:
        """The first instant of a calendar day, or of the next one that exists."""
        start = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall time
        midnights = self._instants(start)
        return midnights[0] if midnights else (start.replace(tzinfo=self.zone) - EPOCH) // SECOND

    def _instants(self, at: datetime | int) -> list[int]:
        if isinstance(at, int):
            return [at]
        offset = self._offset(at)
        if offset is None:
            return instants(at, self.zone)
        return [(at - EPOCH_WALL) // SECOND - offset]

    def _offset(self, at: datetime) -> int | None:
        """The offset of a whole day, in seconds; None if the clocks change on it, or near it."""
        day = at.toordinal()
        if day in self._offsets:
            return self._offsets[day]
        midnight = datetime(at.year, at.month, at.day)  # noqa: DTZ001 - a wall time
        try:
            offsets = {
                wall.replace(tzinfo=self.zone).utcoffset()
                for wall in (midnight - ONE_DAY, midnight + 2 * ONE_DAY)
            }
        except OverflowError:
            raise BadRowError("bad_date", f"{at.date()} is outside of the calendar") from None
        offset = offsets.pop() if len(offsets) == 1 else None
        self._offsets[day] = None if offset is None else offset // SECOND
        return self._offsets[day]

    def _chosen(self, row: Incoming, starts: list[int], ends: list[int] | None) -> RowSpan:
        """The span of a row, a time of which clocks show twice or never."""
        length = row.duration
        if length is not None and not starts and ends:
            starts = [end - length for end in ends]
        if length is not None and not ends and starts:
            ends = [start + length for start in starts]
        if not starts or not ends:
            missing = row.end if starts else row.start
            raise BadRowError("bad_time", f"{missing} does not exist in {self.name}: the clocks skip it")
        spans = [(start, end) for start in starts for end in ends if start <= end] or [(starts[0], ends[-1])]
        fitting = [
            (start, end)
            for start, end in spans
            if length is None or abs(end - start - length) <= row.tolerance
        ]
        start, end = (fitting or spans)[0]
        warning = ""
        if len(fitting) != 1:
            warning = f"{row.start} or {row.end} occurs twice in {self.name}; the first is taken"
        return RowSpan(start, end, end - start, warning=warning)

    def _disagreement(self, row: Incoming, span: RowSpan) -> UsageError:
        lasts, says = timedelta(seconds=span.duration), timedelta(seconds=row.duration or 0)
        return UsageError(
            f"The zone cannot be {self.name}: line {row.line}, from {row.start} to {row.end}, is {says} long"
            f" in the file, but {lasts} in that zone, because the clocks change in between.",
            hint="Nothing was stored. Name the zone in which the times were written: --zone Europe/Berlin",
            code="zone_disagrees",
        )


def _check(span: RowSpan) -> None:
    if span.started_at is None or span.ended_at is None:
        return
    if span.ended_at < span.started_at:
        raise BadRowError("ends_before_start", "ends before it begins")
    if not 0 <= span.started_at <= span.ended_at <= LAST_INSTANT:
        raise BadRowError("bad_date", "is outside the years 1970 to 9998")
