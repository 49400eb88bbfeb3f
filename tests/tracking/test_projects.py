"""Projects: which one a text means, when one is made, slips of the keyboard, other names, the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clockeye_cli.core.entry import Project
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.tracking import projects
from clockeye_cli.tracking.names import is_slip
from tests.tracking.tracker import last_step

if TYPE_CHECKING:
    from clockeye_cli.store.state import Write
    from tests.tracking.tracker import Tracker

WEB = Project("prj_0000000web", "web")
WEBSITE = Project("prj_000website", "Website", billable=True)
CAFE = Project("prj_000000cafe", "Café")
OLD = Project("prj_00garden00", "Garden 2025", archived=True)
STORED = (WEB, WEBSITE, CAFE, OLD)


@pytest.fixture
def four(tracker: Tracker) -> Tracker:
    def made(write: Write) -> None:
        for project in STORED:
            write.change(None, project)

    tracker.do(made)
    return tracker


@pytest.mark.parametrize(
    ("text", "found", "for_new"),
    [
        ("web", WEB, WEB),  # a whole name, before one that begins so
        ("  WEB ", WEB, WEB),
        (WEB.id, WEB, WEB),
        ("webs", WEBSITE, WEBSITE),
        ("we", "ambiguous", "ambiguous"),
        ("café", CAFE, CAFE),
        ("CAFE\u0301", CAFE, CAFE),  # an e, and an accent of its own
        ("Garden  2025", OLD, "project_archived"),
        ("garden", OLD, "project_archived"),  # the beginning of an archived one's name
        ("garden 2026", "project_not_found", "made"),  # another number is no slip
        ("garden 2025x", "project_not_found", "project_archived"),  # one letter more is
        ("wbe", "project_not_found", "made"),  # too short to be a slip for web
        ("Websiet", "project_not_found", "project_not_found"),
        ("music", "project_not_found", "made"),
        ("prj_unknown", "project_not_found", "project_not_found"),  # an id is never made up
        ("-x", "project_not_found", "usage"),
        ("", "project_not_found", "usage"),
    ],
)
def test_which_project_a_text_means(
    four: Tracker, text: str, found: Project | str, for_new: Project | str
) -> None:
    if isinstance(found, Project):
        assert four.ask(projects.find, text) == found
    else:
        with pytest.raises(ClashError) as caught:
            four.ask(projects.find, text)
        assert caught.value.code == found

    if isinstance(for_new, Project):
        assert four.do(projects.for_new_entry, text) == for_new
    elif for_new == "made":
        four.refused("project_not_found", projects.for_new_entry, text, may_create=False)
        made = four.do(projects.for_new_entry, text)
        assert made == Project(made.id, text)
        assert four.ask(projects.find, text) == made
    else:
        four.refused(for_new, projects.for_new_entry, text)


def test_an_unknown_project_names_the_nearest(four: Tracker) -> None:
    with pytest.raises(ClashError) as caught:
        four.ask(projects.find, "wbe")
    assert caught.value.message == "Unknown project 'wbe'. Did you mean web?"
    assert "Others: Café, Website. " in caught.value.hint
    assert "Garden" not in caught.value.hint


def test_an_archived_project_is_never_the_nearest(four: Tracker) -> None:
    with pytest.raises(ClashError) as caught:
        four.ask(projects.find, "garden 2026")
    assert OLD.name not in caught.value.hint


@pytest.mark.parametrize("name", ["", " ", "-x", "x" * 201])
def test_what_cannot_be_a_name(tracker: Tracker, name: str) -> None:
    assert isinstance(tracker.refused("usage", projects.add, name), UsageError)
    tracker.do(projects.add, "web")
    assert isinstance(tracker.refused("usage", projects.rename, "web", name), UsageError)


def test_a_name_is_kept_in_one_line(tracker: Tracker) -> None:
    made = tracker.do(projects.add, "  Web \t of\nthings ", billable=False)
    assert made == Project(made.id, "Web of things", billable=False)
    assert tracker.state().projects == [made]
    assert tracker.do(projects.add, "x" * 200).name == "x" * 200


@pytest.mark.parametrize("name", ["web", "WEB", " web ", "Garden 2025", "CAFE\u0301"])
def test_a_name_is_there_once(four: Tracker, name: str) -> None:
    four.refused("project_exists", projects.add, name)
    four.refused("project_exists", projects.rename, "Website", name)


def test_a_rename_keeps_all_else(four: Tracker) -> None:
    renamed = WEBSITE._replace(name="Home page")
    assert four.do(projects.rename, "webs", "Home  page") == (WEBSITE, renamed)
    assert four.ask(projects.find, WEBSITE.id) == renamed
    loud = renamed._replace(name="HOME PAGE")
    assert four.do(projects.rename, "home", "HOME PAGE") == (renamed, loud)  # its own name is no clash
    four.refused("project_not_found", projects.rename, "music", "art")


def test_an_archived_project_comes_back_as_it_was(four: Tracker) -> None:
    assert four.do(projects.archive, "webs") == WEBSITE._replace(archived=True)
    assert four.do(projects.archive, "webs", archived=False) == WEBSITE
    assert four.do(projects.archive, "garden", archived=False) == OLD._replace(archived=False)
    assert four.do(projects.for_new_entry, "garden") == OLD._replace(archived=False)


def test_what_changes_nothing_is_no_step_of_the_history(four: Tracker) -> None:
    step = four.ask(last_step)
    four.do(projects.archive, "web", archived=False)
    four.do(projects.archive, "garden")
    four.do(projects.rename, "web", "web")
    assert four.ask(last_step) == step


@pytest.mark.parametrize(
    ("typed", "name", "expected"),
    [
        ("acme", "ACME", True),
        ("acme", "amce", True),  # two neighbours swapped
        ("acme", "acm", False),  # the shorter one counts
        ("acme", "acmee", True),
        ("acme", "axme", True),
        ("acme", "axxe", False),
        ("ui", "ux", False),
        ("qa", "qs", False),
        ("web", "wbe", False),
        ("gardens", "gardeening", False),  # two slips, and the shorter one is short
        ("garden", "gradne", False),  # two slips, and the name is short
        ("gardening", "gradennig", True),  # a longer one may have two
        ("gardening", "gradennix", False),
        ("app", "application", False),
        ("sprint 1", "sprint 2", False),  # a digit is meant
        ("sprint 12", "sprint 21", False),
        ("sprint 12", "sprnt 12", True),
        ("2025", "2025a", True),
    ],
)
def test_what_is_a_slip(typed: str, name: str, *, expected: bool) -> None:
    assert is_slip(typed, name) == expected
    assert is_slip(name, typed) == expected


LETTERS = st.text("abcdefgh", min_size=5, max_size=7)


@given(LETTERS, st.data())
def test_one_slip_of_the_keyboard_is_one(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from("abcxyz"))
    start, end = name[:place], name[place + 1 :]
    assert is_slip(start + end, name)  # left out
    assert is_slip(start + letter + name[place:], name)  # put in
    assert is_slip(start + letter + end, name)  # exchanged
    assert is_slip(start + end[0] + name[place] + end[1:], name)  # swapped


@given(LETTERS, LETTERS)
def test_names_without_a_letter_in_common_are_none(first: str, second: str) -> None:
    assume(max(len(first), len(second)) > 1)
    assert not is_slip(first, second.upper().translate(str.maketrans("ABCDEFGH", "STUVWXYZ")))
