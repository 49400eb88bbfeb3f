"""Figures that add up as they are shown: values in coarser units, and a total divided among its parts."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def nearest(value: int, unit: int) -> int:
    """The number of units that is nearest to a value; half a unit goes up."""
    return (2 * value + unit) // (2 * unit)


def apportion(values: Sequence[int], unit: int, total: int | None = None) -> list[int]:
    """Values in whole units that add up: each is rounded down or up, by largest remainder.

    Of equal remainders, the first one is rounded up.

    Args:
        values: The values.
        unit: The unit, in which nothing but whole numbers is shown.
        total: The sum of the results; the exact sum in units, rounded down or up. Without it, the nearest.

    Returns:
        One number of units for each value.
    """
    if total is None:
        total = nearest(sum(values), unit)
    units = [value // unit for value in values]
    by_remainder = sorted(range(len(values)), key=lambda place: -(values[place] % unit))
    for place in by_remainder[: total - sum(units)]:
        units[place] += 1
    return units


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """A whole number divided in proportion to weights, by largest remainder.

    Args:
        total: The number.
        weights: One weight for each part, none below 0. If all are 0, so are the parts.
    """
    whole = sum(weights)
    return apportion([total * weight for weight in weights], whole, total) if whole else [0] * len(weights)
