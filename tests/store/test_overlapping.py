"""The overlaps that are stored are found, whatever was stored, changed and deleted in whatever order."""

from __future__ import annotations

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.overlapping import counted_twice, overlaps
from clockeye_cli.core.totals import Span
from clockeye_cli.store import entries, overlapping, users
from clockeye_cli.store.database import connect_empty
from clockeye_cli.store.schema import MIGRATIONS

places = st.integers(0, 12)
steps = st.lists(st.tuples(st.integers(0, 4), places, places, st.sampled_from([None, None, "usr_2"])))


@given(steps=steps, start=places, end=places)
def test_all_overlaps_are_found(steps: list[tuple[int, int, int, str | None]], start: int, end: int) -> None:
    """Entries by number, put again and again; from the place 12 on they are deleted."""
    stored: dict[int, TimeEntry] = {}
    with closing(connect_empty(MIGRATIONS)) as connection:
        for number, first, last, user in steps:
            before = stored.pop(number, None)
            after = None
            if first < 12:
                span = min(first, last), max(first, last)
                after = stored[number] = TimeEntry(f"te_{number:012}", "", None, *span, True, user)
            entries.put(connection, before, after)
        for user in (None, "usr_2"):  # hers are mine once it is known that I am she
            if user:
                users.bind(connection, user)
            own = [entry._replace(user_id=None) for entry in stored.values() if entry.user_id in (None, user)]
            seconds = [
                [entry.local_id for entry in own if entry.started_at <= at < entry.ended_at]
                for at in range(start, end)
            ]
            found = overlapping.own(connection, start, end)
            assert {each for ids in seconds if len(ids) > 1 for each in ids} <= {e.local_id for e in found}
            assert counted_twice(found, Span(start, end)) == sum(max(0, len(ids) - 1) for ids in seconds)
            pairs = {
                (pair.first.local_id, pair.second.local_id) for pair in overlaps(found, Span(start, end))
            }
            expected = {frozenset((a, b)) for ids in seconds for a in ids for b in ids if a != b}
            assert {frozenset(pair) for pair in pairs} == expected
