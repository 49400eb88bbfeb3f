"""`-p none` is no project: as a change, as a filter, in the editor, in settings; it is no name for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.tracking.names import RESERVED
from tests.plain import refused, said

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def day(app: App) -> App:
    """Entries with and without a project, one of them over midnight, and a timer with one."""
    app.ok("add", "With", "-p", "web", "--from", "9", "--to", "10")
    app.ok("add", "Other", "-p", "acme", "--from", "10", "--to", "11")
    app.ok("add", "Without", "--from", "8", "--to", "9")
    app.ok("add", "Over midnight", "--from", "yesterday 23:00", "--to", "today 01:00")
    app.ok("start", "Timer", "-p", "web", "--at", "11:30")
    return app


def projects(app: App) -> dict[str, str | None]:
    return {row[3]: row[2] for row in app.entries()}


@pytest.mark.parametrize("word", ["none", "None", " NONE "])
def test_a_change_takes_the_project_off(day: App, word: str) -> None:
    day.ok("edit", "last", "last-1", "current", "-p", word)
    assert projects(day) == dict.fromkeys(("With", "Other", "Without", "Over midnight", "Timer"))
    day.ok("undo")
    assert said(day.ok("stop", "-p", word))[1] == "Stopped Timer, 11:30–12:00 (0:30:00).\n"
    assert [p["project"] for p in day.ok("projects", "--json").data] == ["acme", "web"]


def test_a_project_that_is_taken_off_changes_nothing_else(day: App) -> None:
    day.ok("projects", "add", "free", "--no-billable")
    day.ok("edit", "last", "-p", "free")
    row = day.ok("edit", "last", "-p", "none", "--json").data[0]
    assert (row["project"], row["project_id"], row["billable"], row["description"]) == (
        None,
        None,
        False,
        "Other",
    )


@pytest.mark.parametrize("command", [["add", "x", "--from", "7", "--to", "8"], ["start", "x"]])
def test_none_beats_the_profiles_project(app: App, command: list[str]) -> None:
    app.environ["CLOCKEYE_PROJECT"] = "web"
    assert app.ok(*command, "--json").data["project"] == "web"
    app.ok("undo", "-y")
    assert app.ok(*command, "-p", "none", "--json").data["project"] is None


FILTERS = [
    (["-p", "none"], {"Without", "Over midnight"}),
    (["-p", "none", "-p", "web"], {"Without", "Over midnight", "With", "Timer"}),
    (["--not-project", "none"], {"With", "Other", "Timer"}),
    (["--not-project", "none", "--not-project", "web"], {"Other"}),
    (["-p", "none", "--search", "with"], {"Without"}),
    (["-p", "none", "-n", "1"], {"Without"}),
]


@pytest.mark.parametrize(("args", "texts"), FILTERS)
def test_a_filter_finds_what_has_no_project(day: App, args: list[str], texts: set[str]) -> None:
    rows = day.ok("log", "--all", *args, "--json").data
    assert {row["description"] for row in rows} == texts


@pytest.mark.parametrize("by", ["project", "day", "description", "billable", "project,day"])
@pytest.mark.parametrize(("args", "texts"), FILTERS[:5])
def test_a_report_adds_up_what_the_log_lists(day: App, args: list[str], texts: set[str], by: str) -> None:
    listed = day.ok("log", "--all", *args, "--json").json["meta"]["duration"]
    report = day.ok("report", "--all", *args, "--by", by, "--json").json
    assert report["meta"]["duration"] == sum(row["duration"] for row in report["data"]) == listed > 0, texts


@pytest.mark.parametrize("line", ["project:", "project: none", "project:   "])
def test_an_emptied_project_in_the_editor(day: App, line: str) -> None:
    day.environ["EDITOR"] = f"sed -i 's/^project: acme/{line}/'"
    day.ok("edit", "last", terminal=True)
    assert projects(day)["Other"] is None


@pytest.mark.parametrize("name", sorted(RESERVED))
@pytest.mark.parametrize("spelling", [str.lower, str.title])
def test_reserved_words_are_no_names(app: App, name: str, spelling: type[str]) -> None:
    app.ok("projects", "add", "web")
    for command in (["projects", "add", spelling(name)], ["projects", "rename", "web", spelling(name)]):
        assert refused(app, *command) == (
            2,
            f"clockeye: {spelling(name)!r} cannot be the name of a project: the word means something else on"
            " the command line.\n"
            "  Reserved words: all, current, it, last, mine, no, none, now.\n",
        )
    if name != "none":
        assert refused(app, "start", "x", "-p", name)[0] == 2


def test_a_reserved_word_can_be_the_beginning_of_a_name(app: App) -> None:
    app.ok("projects", "add", "north", "itinerary")
    assert app.ok("add", "x", "--for", "1h", "-p", "no", "--json").data["project"] == "north"
    assert app.ok("edit", "it", "-p", "it", "--json").data[0]["project"] == "itinerary"
