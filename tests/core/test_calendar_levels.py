"""The levels of days in a calendar."""

from __future__ import annotations

from datetime import date

from clockeye_cli.core.calendar_levels import levels, longest_run

HOUR = 3600


def test_by_the_time_to_work() -> None:
    scale = levels([], 8 * HOUR)
    assert [scale.of(round(hours * HOUR)) for hours in (0, 0.1, 1.99, 2, 5.99, 6, 8, 8.01)] == [
        *(0, 1, 1, 2, 2, 3, 3, 4)
    ]
    assert scale.legend() == ["none", "under 2:00", "under 6:00", "up to 8:00, the target", "over it"]


def test_by_quartiles_of_the_days_worked() -> None:
    scale = levels([0, 0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 5 * HOUR], 0)
    assert [scale.of(hours * HOUR) for hours in range(6)] == [0, 1, 1, 2, 3, 4]
    assert scale.legend() == ["none", "up to 2:00", "up to 3:00", "up to 4:00", "over it"]
    assert levels([], 0).of(0) == 0


def test_the_longest_run_of_days() -> None:
    days = [date(2026, 11, day) for day in (1, 2, 3, 5, 6, 30)] + [date(2026, 12, 1)]
    assert longest_run(days) == 3
    assert longest_run([]) == 0
