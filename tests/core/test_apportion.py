"""Rounded values add up to their rounded sum, and none is further than one unit from its exact value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.apportion import apportion, nearest, share_out

values = st.lists(st.integers(-100_000, 100_000), max_size=12)


@pytest.mark.parametrize(
    ("seconds", "hundredths"),
    [
        ([300, 300, 300], [9, 8, 8]),  # three times five minutes are 0.25 hours
        ([18, 18], [1, 0]),  # of equal remainders, the first
        ([36, 72], [1, 2]),
        ([0, 17], [0, 0]),
        ([], []),
    ],
)
def test_values_are_rounded_so_that_they_add_up(seconds: list[int], hundredths: list[int]) -> None:
    assert apportion(seconds, 36) == hundredths


def test_half_a_unit_goes_up() -> None:
    assert [nearest(value, 36) for value in (17, 18, 54, -18, -19)] == [0, 1, 2, 0, -1]


@given(values, st.integers(1, 3_600), st.booleans())
def test_each_is_rounded_down_or_up_and_the_sum_is_what_was_asked_for(
    exact: list[int], unit: int, is_up: bool
) -> None:
    total = -(-sum(exact) // unit) if is_up else sum(exact) // unit
    units = apportion(exact, unit, total)
    assert sum(units) == total
    assert all(value // unit <= each <= -(-value // unit) for value, each in zip(exact, units, strict=True))


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), max_size=12))
def test_a_whole_is_shared_out_in_proportion(total: int, weights: list[int]) -> None:
    shares = share_out(total, weights)
    assert sum(shares) == (total if sum(weights) else 0)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < max(sum(weights), 1)


def test_a_bucket_is_shared_out_in_whole_seconds() -> None:
    assert share_out(29_700, [720, 10_081, 18_000]) == [742, 10_396, 18_562]
