"""Finished entries: what ENTRY means, when a span is free, and what add, edit, split and delete do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.errors import ClashError
from clockeye_cli.tracking import entries, overlaps, projects, timer
from clockeye_cli.tracking.entries import Added
from clockeye_cli.tracking.timer import Work
from tests.tracking.tracker import MIDNIGHT, State, entry, instant, last_step, moment

if TYPE_CHECKING:
    from tests.tracking.tracker import Tracker

WRITE = Work("Write", None, billable=True)

# --- what ENTRY means ---------------------------------------------------------------------------------------

MORNING = entry("9:00", "10:00", local_id="te_aaaa00000001")
NOON = entry("11:00", "12:00", local_id="te_aaab00000002")
LONG = entry("8:00", "11:00", local_id="te_bbbb00000003")
SHORT_ID = entry("6:00", "7:00", local_id="te_cccc")
LONGER_ID = entry("7:00", "8:00", local_id="te_cccc00000004")
COLLEAGUE = entry("11:00", "13:00", local_id="te_dddd00000005")._replace(user_id="usr_2")
ELSEWHERE = entry("12:00", "12:00", local_id="te_eeee00000006")._replace(is_open=True)
STORED = (MORNING, NOON, LONG, SHORT_ID, LONGER_ID, COLLEAGUE, ELSEWHERE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("last", NOON),  # the latest end counts; others' entries and what runs elsewhere do not
        (" LAST ", NOON),
        ("last-0", NOON),
        ("last-1", LONG),
        ("last-2", MORNING),
        ("last-4", SHORT_ID),
        ("last-00004", SHORT_ID),
        ("last-5", "entry_not_found"),
        ("last-100000", "entry_not_found"),
        ("last-x", "entry_not_found"),
        ("last-", "entry_not_found"),
        ("current", ELSEWHERE),
        ("te_aaaa00000001", MORNING),
        ("aaaa00000001", MORNING),
        ("te_aaaa", MORNING),
        (" aaaa ", MORNING),
        ("aaa", "entry_not_found"),  # four characters at least
        ("te_aaa", "entry_not_found"),
        ("te_", "entry_not_found"),
        ("", "entry_not_found"),
        ("cccc", SHORT_ID),  # an id as a whole, before one that begins so
        ("cccc0", LONGER_ID),
        ("dddd", COLLEAGUE),
        ("zzzz", "entry_not_found"),
        ("%%%%", "entry_not_found"),
    ],
)
def test_what_entry_means(tracker: Tracker, text: str, meant: TimeEntry | str) -> None:
    for stored in STORED:
        tracker.do(entries.add, stored, overlap=True)
    if isinstance(meant, TimeEntry):
        assert tracker.find(text) == meant
        assert tracker.find_finished(text) == meant
        return
    with pytest.raises(ClashError) as caught:
        tracker.find(text)
    assert caught.value.code == meant


@pytest.mark.parametrize("stored", [COLLEAGUE, ELSEWHERE])
def test_last_is_never_the_entry_of_a_colleague_or_one_that_still_runs(
    tracker: Tracker, stored: TimeEntry
) -> None:
    tracker.do(entries.add, stored, overlap=True)
    with pytest.raises(ClashError, match="You have no entries yet") as caught:
        tracker.find("last")
    assert caught.value.code == "entry_not_found"


def test_a_beginning_that_several_have_is_refused(tracker: Tracker) -> None:
    first = entry("9:00", "10:00", local_id="te_aaaa1aaaaaaa")
    second = entry("10:00", "11:00", local_id="te_aaaa2aaaaaaa")
    for stored in (first, second):
        tracker.do(entries.add, stored)
    with pytest.raises(ClashError) as caught:
        tracker.find("aaaa")
    assert caught.value.code == "ambiguous"
    assert tracker.find("aaaa2") == second


def test_the_timer_is_current_and_has_an_id(tracker: Tracker) -> None:
    running = tracker.do(timer.start, WRITE, None).timer
    for text in ("current", running.local_id, running.local_id[3:9]):
        assert tracker.find(text) == running
        with pytest.raises(ClashError) as caught:
            tracker.find_finished(text)
        assert caught.value.code == "still_running"


def test_an_id_that_the_entry_had_before_is_understood(tracker: Tracker) -> None:
    former = tracker.at("10:00").do(timer.start, WRITE, None).timer.local_id
    tracker.at("11:00").do(timer.stop, None)
    tracker.undo()  # what runs on has a new id
    stopped = tracker.at("12:00").do(timer.stop, None)
    assert stopped.local_id != former
    for text in (former, former[:9], former[3:9], stopped.local_id):
        assert tracker.find(text) == stopped


# --- which spans are free -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "is_free"),
    [
        ("9:00", "10:00", True),  # touching is no overlap
        ("11:00", "12:00", True),
        ("9:00", "10:00:01", False),
        ("10:59:59", "12:00", False),
        ("10:00", "11:00", False),
        ("10:15", "10:30", False),
        ("9:00", "12:00", False),
        ("10:30", "10:30", True),  # no length, no time in common
    ],
)
def test_add_needs_free_time(tracker: Tracker, start: str, end: str, *, is_free: bool) -> None:
    existing = entry("10:00", "11:00")
    tracker.do(entries.add, existing)
    new = entry(start, end)
    if is_free:
        assert tracker.do(entries.add, new) == Added(new, is_new=True)
    else:
        error = tracker.refused("overlap", entries.add, new)
        assert existing.local_id in error.message
        assert tracker.do(entries.add, new, overlap=True) == Added(new, is_new=True)
    assert new in tracker.state().entries


@pytest.mark.parametrize(
    ("start", "end", "is_free"),
    [
        ("9:00", "10:00", True),
        ("9:00", "10:01", False),
        ("11:00", "11:30", False),
        ("12:00", "13:00", True),  # what runs has time up to now
    ],
)
def test_what_runs_has_the_time_up_to_now(tracker: Tracker, start: str, end: str, *, is_free: bool) -> None:
    tracker.at("10:00").do(timer.start, WRITE, None)
    tracker.at("12:00")
    if is_free:
        tracker.do(entries.add, entry(start, end))
    else:
        tracker.refused("overlap", entries.add, entry(start, end))


def test_the_message_names_five_and_counts_the_rest(tracker: Tracker) -> None:
    ids = [f"te_{number}{number}{number}{number}00000000" for number in range(7)]
    for number, local_id in enumerate(ids):
        tracker.do(entries.add, entry(f"{number}:00", f"{number + 1}:00", local_id=local_id))
    message = tracker.refused("overlap", entries.add, entry("0:00", "7:00")).message
    assert [local_id for local_id in ids if local_id in message] == ids[:5]
    assert message.endswith("\nand 2 more")


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)


@given(stored=st.lists(SPANS, max_size=5), span=SPANS, since=st.none() | st.integers(0, 12), now=SPANS)
def test_what_shares_time_with_a_span(
    empty: Tracker, stored: list[list[int]], span: list[int], since: int | None, now: list[int]
) -> None:
    """By seconds: a span clashes with all that has one of its seconds, and with nothing else."""
    existing = [
        TimeEntry(f"te_{place:012}", "", None, MIDNIGHT + start, MIDNIGHT + end, billable=True)
        for place, (start, end) in enumerate(stored)
    ]
    seconds = set(range(*span))
    expected = {
        f"te_{place:012}" for place, (start, end) in enumerate(stored) if seconds & set(range(start, end))
    }
    with empty.dropped() as write:
        for stored_entry in existing:
            entries.add(write, stored_entry, overlap=True)
        if since is not None:
            running = Timer("te_timer", "", None, MIDNIGHT + since, billable=True)
            write.change(None, running)
            expected |= {"te_timer"} if seconds & set(range(since, now[1])) else set()
        clashing = overlaps.clashes(
            write.connection, MIDNIGHT + span[0], MIDNIGHT + span[1], MIDNIGHT + now[1]
        )
        assert {item.local_id for item in clashing} == expected
        for item in clashing:
            others = overlaps.clashes(
                write.connection,
                MIDNIGHT + span[0],
                MIDNIGHT + span[1],
                MIDNIGHT + now[1],
                but=item.local_id,
            )
            assert {other.local_id for other in others} == expected - {item.local_id}


# --- keys ---------------------------------------------------------------------------------------------------


def test_a_key_stores_once(tracker: Tracker) -> None:
    first = entry("9:00", "10:00")
    assert tracker.do(entries.add, first, key="mail-1") == Added(first, is_new=True)
    again = entry("9:00", "10:00")  # another id: the caller does not know the first one
    assert tracker.do(entries.add, again, key="mail-1") == Added(first, is_new=False)
    assert tracker.state().entries == [first]
    tracker.refused("overlap", entries.add, again, key="mail-2")


@pytest.mark.parametrize(
    "other",
    [
        entry("9:00", "10:00", "Other"),
        entry("9:00", "10:00", project_id="prj_1"),
        entry("9:01", "10:00"),
        entry("9:00", "10:01"),
        entry("9:00", "10:00")._replace(billable=False),
    ],
)
def test_a_key_of_another_entry_is_refused(tracker: Tracker, other: TimeEntry) -> None:
    first = entry("9:00", "10:00")
    tracker.do(entries.add, first, key="mail-1")
    error = tracker.refused("key_used", entries.add, other, key="mail-1", overlap=True)
    assert first.local_id in error.message


def test_a_repeated_duration_is_the_same_at_another_time(tracker: Tracker) -> None:
    first = entry("11:00", "12:00")
    an_hour = first._replace(started_at=0, ended_at=3_600)
    tracker.do(entries.add, first, key="mail-1", asked_for=an_hour)
    tracker.at("12:05")
    later = entry("11:05", "12:05")
    assert tracker.do(entries.add, later, key="mail-1", asked_for=an_hour) == Added(first, is_new=False)
    tracker.refused("key_used", entries.add, later, key="mail-1")  # these very times are another thing
    longer = an_hour._replace(ended_at=3_900)
    tracker.refused("key_used", entries.add, entry("11:00", "12:05"), key="mail-1", asked_for=longer)


def test_a_key_knows_its_entry_whatever_was_made_of_it(tracker: Tracker) -> None:
    first = entry("9:00", "10:00")
    tracker.do(entries.add, first, key="mail-1")
    edited = first._replace(description="Edited", ended_at=instant("9:30"))
    tracker.do(entries.edit, first, edited)
    assert tracker.do(entries.add, entry("9:00", "10:00"), key="mail-1") == Added(edited, is_new=False)
    tracker.do(entries.delete, edited)
    tracker.refused("key_used", entries.add, entry("9:00", "10:00"), key="mail-1")


def test_the_key_of_an_undone_add_is_free(tracker: Tracker) -> None:
    tracker.do(entries.add, entry("9:00", "10:00"), key="mail-1")
    tracker.undo()
    other = entry("10:00", "11:00")
    assert tracker.do(entries.add, other, key="mail-1") == Added(other, is_new=True)


# --- edit, split, delete ------------------------------------------------------------------------------------


def test_an_edit_that_changes_nothing_is_no_step_of_the_history(tracker: Tracker) -> None:
    stored = entry("9:00", "10:00")
    tracker.do(entries.add, stored)
    step = tracker.ask(last_step)
    tracker.do(entries.edit, stored, stored)
    assert tracker.ask(last_step) == step


def test_an_edit_of_times_needs_free_time_besides_its_own(tracker: Tracker) -> None:
    stored, next_one = entry("9:00", "10:00"), entry("11:00", "12:00")
    for item in (stored, next_one):
        tracker.do(entries.add, item)
    later = stored._replace(started_at=instant("9:30"), ended_at=instant("11:00"))
    tracker.do(entries.edit, stored, later)
    too_late = later._replace(ended_at=instant("11:30"))
    tracker.refused("overlap", entries.edit, later, too_late)
    tracker.do(entries.edit, later, too_late, overlap=True)
    # It overlaps now, and what does not change its times is no reason to speak of that.
    renamed = too_late._replace(description="Renamed")
    tracker.do(entries.edit, too_late, renamed)
    assert tracker.state().entries == [renamed, next_one]


def test_an_edit_of_the_timer_s_start(tracker: Tracker) -> None:
    tracker.do(entries.add, entry("9:00", "10:00"))
    running = tracker.at("11:00").do(timer.start, WRITE, None).timer
    tracker.at("12:00")
    tracker.refused("overlap", entries.edit, running, running._replace(started_at=instant("9:30")))
    tracker.refused("in_the_future", entries.edit, running, running._replace(started_at=instant("12:00:01")))
    now = running._replace(started_at=instant("12:00"))
    tracker.do(entries.edit, running, now)
    earlier = running._replace(started_at=instant("10:00"))
    tracker.do(entries.edit, now, earlier)
    assert tracker.state().timer == earlier
    # The clock was set back: what does not touch the start is changed all the same.
    renamed = earlier._replace(description="Renamed")
    tracker.at("3:00").do(entries.edit, earlier, renamed)
    assert tracker.state().timer == renamed


@pytest.mark.parametrize(
    ("at", "gap", "rest"),
    [
        ("9:30", 0, "9:30"),
        ("9:30", 600, "9:40"),
        ("9:30", 1800, "10:00"),  # nothing but an entry of no length is left
        ("9:00", 0, "9:00"),
        ("10:00", 0, "10:00"),
        ("9:30", 1801, ""),
        ("8:59:59", 0, ""),
        ("10:00:01", 0, ""),
    ],
)
def test_an_entry_is_split_in_two(tracker: Tracker, at: str, gap: int, rest: str) -> None:
    stored = entry("9:00", "10:00", project_id=tracker.do(projects.add, "web").id)
    tracker.do(entries.add, stored)
    if not rest:
        tracker.refused("out_of_range", entries.split, stored, instant(at), gap)
        return
    first, second = tracker.do(entries.split, stored, instant(at), gap)
    assert first == stored._replace(ended_at=instant(at))
    assert second == stored._replace(local_id=second.local_id, started_at=instant(rest))
    assert second.local_id != stored.local_id
    assert sorted(tracker.state().entries) == sorted([first, second])


def test_a_timer_that_is_split_runs_on_under_its_id(tracker: Tracker) -> None:
    running = tracker.at("10:00").do(timer.start, WRITE, None).timer
    tracker.at("12:00").refused("out_of_range", entries.split, running, instant("11:59"), 61)
    first, second = tracker.do(entries.split, running, instant("11:00"), 900)
    assert first == TimeEntry(
        first.local_id, "Write", None, instant("10:00"), instant("11:00"), billable=True
    )
    assert first.local_id != running.local_id
    assert second == running._replace(started_at=instant("11:15"))
    assert tracker.state() == State([first], running._replace(started_at=instant("11:15")), [])


def test_what_is_deleted_is_gone(tracker: Tracker) -> None:
    kept, dropped = entry("9:00", "10:00"), entry("10:00", "11:00")
    for item in (kept, dropped):
        tracker.do(entries.add, item)
    tracker.do(entries.delete, dropped)
    assert tracker.state().entries == [kept]
    assert tracker.do(timer.start, WRITE, moment("10:30")).timer.started_at == instant("10:30")
