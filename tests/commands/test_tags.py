"""Tags: one identity wherever they are used, and how they are kept and taken off. `clockeye tags`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import plain, refused, said

if TYPE_CHECKING:
    from tests.app import App

WRITTEN = ("Fix #bug, then deploy", "Done #Bug.", "see (#BUG)", "PR #12/#bug")


@pytest.fixture
def written(app: App) -> App:
    """One hour for each way of writing a tag, and one without it."""
    for hour, text in enumerate((*WRITTEN, "Mail #bugs"), 5):
        app.ok("add", text, "--from", f"{hour}", "--for", "1h")
    return app


def test_a_tag_is_found_however_it_is_written(written: App) -> None:
    rows = written.ok("log", "-t", "bUg", "--json").data
    assert [row["description"] for row in rows] == [*WRITTEN]
    assert [row["tags"] for row in rows] == [["bug"], ["Bug"], ["BUG"], ["12", "bug"]]
    assert [row["description"] for row in written.ok("log", "-t", "#bug", "-t", "12", "--json").data] == [
        WRITTEN[3]
    ]


def test_a_tag_is_one_row_of_a_report_spelled_as_it_was_last_written(written: App) -> None:
    assert plain(written.ok("report", "--today", "--by", "tag").out) == (
        "tag\tduration\tbillable_duration\tentries\n"
        "bug\t14400\t14400\t4\n"
        "12\t3600\t3600\t1\n"
        "bugs\t3600\t3600\t1\n"
    )
    written.ok("edit", "last-2", "-d", "see (#BÜG)")
    written.ok("add", "Meet #büg #Bug", "--from", "11", "--for", "30m")
    assert plain(written.ok("report", "--today", "--by", "tag", "--columns", "tag,duration").out) == (
        "tag\tduration\nBug\t12600\nbüg\t5400\n12\t3600\nbugs\t3600\n"
    )


def test_search_and_tags_ignore_case_and_unicode_composition(app: App) -> None:
    app.ok("add", "Bei Cafe\u0301 #Entwu\u0308rfe STRASSE", "--for", "1h")
    for option, text in (("--search", "CAFÉ"), ("--search", "straße"), ("-t", "ENTWÜRFE")):
        assert len(app.ok("log", option, text, "--json").data) == 1


def test_a_new_description_keeps_the_tags_at_the_end_of_the_old_one(app: App) -> None:
    app.ok("start", "Call", "-t", "sales", "-t", "acme")
    app.at("2026-11-20 13:00:00")
    assert app.ok("stop", "-d", "Call with Ada").out == (
        "Stopped Call with Ada #sales #acme, 12:00–13:00 (1:00:00).\n"
    )
    for args, text in (
        (["-d", "Call with Bob", "--untag", "Sales"], "Call with Bob #acme"),
        (["-d", ""], "#acme"),
        (["-d", "Plan", "-t", "bug"], "Plan #acme #bug"),
        (["-d", "Plan +ui"], "Plan #ui"),
        (["-d", "Plan #api again"], "Plan #api again"),
        (["-d", "Plan"], "Plan"),
    ):
        line = said(app.ok("edit", "last", *args))[1]
        assert line == f"Changed te_1: {text}, 12:00–13:00 (1:00:00).\n"


def test_untag_takes_tags_off_the_timer_an_entry_and_resumed_work(app: App) -> None:
    app.ok("start", "Fix", "#now", "fast", "-t", "a", "-t", "b")
    assert app.ok("edit", "current", "--untag", "A", "--untag", "now").out == (
        "Changed timer: Fix now fast #b, since 12:00.\n"
    )
    app.at("2026-11-20 13:00:00")
    assert (
        app.ok("stop", "--untag", "b", "-t", "B").out == "Stopped Fix now fast #B, 12:00–13:00 (1:00:00).\n"
    )
    assert (
        app.ok("resume", "--untag", "all", "-t", "c", "-p", "web").out
        == "Started web: Fix now fast #c, at 13:00.\n"
    )
    assert said(app.ok("edit", "last", "current", "--untag", "all"))[1] == (
        "Changed te_1: Fix now fast, 12:00–13:00 (1:00:00).\nChanged timer: web: Fix now fast, since 13:00.\n"
    )
    assert said(app.ok("edit", "last", "--untag", "gone"))[1] == (
        "Unchanged te_1: Fix now fast, 12:00–13:00 (1:00:00).\n"
    )
    app.ok("undo")
    assert app.ok("status", "--json").data["tags"] == ["c"]


def test_a_tag_called_all_is_named_with_its_number_sign(app: App) -> None:
    app.ok("add", "Fix #all #b", "--for", "1h")
    assert app.ok("edit", "last", "--untag", "#all", "--json").data[0]["description"] == "Fix #b"


def test_tags_lists_the_tags_of_this_week_with_entries_and_time(written: App) -> None:
    written.ok("add", "Old +old", "--from", "2026-11-13 9:00", "--for", "15m")
    assert written.ok("tags").out == (
        "tag\tduration\tbillable_duration\tentries\n"
        "bug\t14400\t14400\t4\n12\t3600\t3600\t1\nbugs\t3600\t3600\t1\n"
    )
    for args in (["tags", "last week"], ["tags", "list", "--last-week"], ["tags", "--all", "-t", "OLD"]):
        assert written.ok(*args, "--columns", "tag,entries").out == "tag\tentries\nold\t1\n"
    assert written.ok("tags", "--json").json["data"][1] == {
        "tag": "12",
        "duration": 3600,
        "billable_duration": 3600,
        "entries": 1,
    }
    assert written.ok("tags", "yesterday", terminal=True).out == (
        "No tags: Thursday 2026-11-19. `clockeye tags --all` lists all tags.\n"
    )
    assert written.ok("tags", terminal=True).out.splitlines()[1].split() == ["bug", "4:00", "4:00", "4"]


def test_a_tag_is_renamed_in_all_entries_and_the_timer_and_that_can_be_undone(written: App) -> None:
    written.ok("start", "Now +Bug")
    assert said(written.ok("tags", "rename", "#bug", "defect")) == (
        0,
        "Renamed #bug to #defect in 4 entries and the running timer. `clockeye undo` reverts this.\n",
        "",
    )
    assert [entry[3] for entry in written.entries()] == [
        "Fix #defect, then deploy",
        "Done #defect.",
        "see (#defect)",
        "PR #12/#defect",
        "Mail #bugs",
        "Now #defect",
    ]
    assert len(written.ok("tags", "rename", "defect", "bugs", "--json").data) == 5
    written.ok("undo")
    written.ok("undo")
    assert [entry[3] for entry in written.entries()] == [*WRITTEN, "Mail #bugs", "Now #Bug"]


def test_a_tag_is_merged_and_respelled(written: App) -> None:
    written.ok("add", "Two #bugs #bug", "--from", "10", "--to", "11")
    assert said(written.ok("tags", "rename", "bug", "bugs"))[1] == (
        "Renamed #bug to #bugs in 5 entries. `clockeye undo` reverts this.\n"
    )
    assert written.entries()[-1][3] == "Two #bugs"
    assert said(written.ok("tags", "rename", "BUGS", "Bugs"))[1] == (
        "Renamed #BUGS to #Bugs in 6 entries. `clockeye undo` reverts this.\n"
    )
    assert (
        said(written.ok("tags", "rename", "bugs", "Bugs"))[1] == "Unchanged: the tag is #Bugs everywhere.\n"
    )
    assert len(written.ok("history", "--json").data) == 8


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (
            ["bgus", "x"],
            3,
            "Unknown tag 'bgus'. Did you mean bugs?\n  `clockeye tags --all` lists all tags.\n",
        ),
        (["none", "x"], 3, "Unknown tag 'none'.\n  `clockeye tags --all` lists all tags.\n"),
        (
            ["bug", "two words"],
            2,
            "'two words' is not a tag.\n"
            "  A tag is one word. It begins with a letter, a digit or `_`, and does not end with punctuation:"
            " -t bug\n",
        ),
        (["bug"], 2, "Missing argument 'NEW'.\n  `clockeye tags rename --help` shows the usage.\n"),
    ],
)
def test_a_tag_that_cannot_be_renamed(written: App, args: list[str], code: int, err: str) -> None:
    assert refused(written, "tags", "rename", *args) == (code, f"clockeye: {err}")
