"""Hooks: what they receive, and the environment they run in."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.system.real_parts import COMMAND, ROOT, clockeye, hook, needs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

EVENTS = ("start", "stop", "add", "edit", "delete", "sync")


@pytest.fixture
def log(app: App) -> Path:
    """A file to which all hooks append what they receive, one document per line."""
    log = app.home / "log"
    for event in EVENTS:
        hook(app.home, event, f"tr -d '\\n' >> {log}; echo >> {log}")
    return log


def documents(log: Path) -> list[dict[str, Any]]:
    """The documents that hooks received since the last call."""
    lines = log.read_text().splitlines() if log.exists() else []
    log.write_text("")
    return [json.loads(line) for line in lines]


def events(log: Path) -> list[tuple[str, list[str]]]:
    """The events since the last call, each with the descriptions of its entries."""
    return [
        (document["meta"]["event"], [row["description"] for row in document["data"]])
        for document in documents(log)
    ]


# --- what hooks get ----------------------------------------------------------------------------------------


def test_a_hook_gets_what_the_command_gives_as_json(app: App, log: Path) -> None:
    app.ok("start", "Review", "-p", "web", "-q")
    (document,) = documents(log)
    assert document == {
        "version": 1,
        "data": [app.ok("status", "--json").data],
        "meta": {"event": "start", "profile": "local"},
    }
    app.at("2026-11-20 12:30:00")
    stopped = app.ok("stop", "--json").data
    assert [row for document in documents(log) for row in document["data"]] == [stopped]


def test_an_edit_says_what_was(app: App, log: Path) -> None:
    app.ok("add", "Mail", "--for", "1h")
    was = app.ok("log", "--json", "--columns", "id,description").data
    app.ok("edit", "last", "-d", "Post")
    (row,) = documents(log)[1]["data"]
    assert (row["description"], row["was"]["description"]) == ("Post", "Mail")
    assert [{"id": row["was"]["id"], "description": "Mail"}] == was
    app.ok("edit", "last", "-d", "Post")
    assert documents(log) == []  # nothing was changed


def test_every_command_tells_of_what_it_changed(app: App, log: Path) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 12:10:00").ok("start", "Two")
    assert events(log) == [("start", ["One"]), ("stop", ["One"]), ("start", ["Two"])]
    app.at("2026-11-20 12:20:00").ok("edit", "current", "-d", "Three")
    app.ok("cancel", "-y")
    assert events(log) == [("edit", ["Three"]), ("delete", ["Three"])]
    app.ok("resume")
    app.at("2026-11-20 12:40:00").ok("stop", "-d", "Four")
    assert events(log) == [("start", ["One"]), ("stop", ["Four"])]
    app.ok("undo", "-y")
    assert events(log) == [("delete", ["Four"]), ("start", ["One"])]
    app.ok("cancel", "-y")
    documents(log)
    app.ok("add", "Five", "--from", "9", "--to", "10")
    app.ok("split", "last-1", "--at", "9:30")
    assert events(log) == [("add", ["Five"]), ("edit", ["Five"]), ("add", ["Five"])]
    app.ok("undo")
    app.ok("delete", "last", "last-1", "-y")
    assert events(log)[-1] == ("delete", ["One", "Five"])


def test_what_changes_no_entry_tells_nobody(app: App, log: Path) -> None:
    app.ok("projects", "add", "web")
    app.ok("start", "One")
    documents(log)
    app.ok("start", "Two", "--if-idle")
    app.run("stop", "--at", "13:00")
    for command in ("status", "log", "prompt", "history", "doctor"):
        app.ok(command)
    assert documents(log) == []


def test_a_hook_runs_once_however_many_entries_there_are(app: App, log: Path) -> None:
    for number in range(9):
        app.ok("add", str(number), "--for", "1m", "--overlap", "-q")
    documents(log)
    app.ok("edit", *(f"last-{number}" for number in range(1, 9)), "last", "--no-billable")
    ((event, rows),) = events(log)
    assert (event, len(rows)) == ("edit", 9)


def test_the_hook_of_the_document_shows_what_was_done(tmp_path: Path) -> None:
    needs("jq")
    document = (ROOT / "docs" / "hooks-and-folders.md").read_text(encoding="utf-8")
    script = document.partition("## Hooks\n")[2].partition("```sh\n#!/bin/sh\n")[2].partition("```")[0]
    hook(tmp_path, "stop", script)
    shown = tmp_path / "notify-send"
    shown.write_text(f"#!/bin/sh\nprintf '%s|' \"$@\" > {tmp_path}/shown\n")
    shown.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    assert clockeye(tmp_path, "start", "It's a", '"day"').code == 0
    assert clockeye(tmp_path, "stop", PATH=path).err == ""
    assert (tmp_path / "shown").read_text() == 'Stopped|It\'s a "day" (0 min)|'


# --- what they have around them -----------------------------------------------------------------------------


def test_what_a_hook_prints_goes_to_standard_error(app: App) -> None:
    hook(app.home, "start", "echo out; echo err >&2")
    result = app.ok("start", "One", "-p", "web")
    assert result.out == "Started web: One, at 12:00.\n"
    assert result.err.endswith("out\nerr\n")
    assert json.loads(app.ok("start", "Two", "--json").out)["data"]["description"] == "Two"
    assert app.ok("start", "Three", "-q").err == ""


def test_a_hook_gets_the_profile_and_no_key(app: App) -> None:
    hook(app.home, "start", 'env | grep "^CLOCKEYE_[AHP]" | sort')
    app.environ |= {
        "CLOCKEYE_API_KEY": "ck_secret",
        "CLOCKEYE_API_KEY_FILE": "/secret",
        "PATH": os.environ["PATH"],
    }
    result = app.ok("-P", "local", "start", "One")
    assert result.err.endswith(f"CLOCKEYE_HOME={app.home}\nCLOCKEYE_HOOK=start\nCLOCKEYE_PROFILE=local\n")
    assert "secret" not in result.err


def test_a_hook_that_calls_clockeye_finds_it_done_and_starts_no_other_hook(tmp_path: Path) -> None:
    mine = " ".join(COMMAND)
    hook(
        tmp_path,
        "stop",
        f"{mine} add From the hook --from '2020-01-01 10:00' --for 5m && "
        f"{mine} log --all -o tsv --columns description",
    )
    hook(tmp_path, "add", f"{mine} add Again and again --for 5m --overlap")
    assert clockeye(tmp_path, "start", "Work").code == 0
    ended = clockeye(tmp_path, "stop")
    assert ended.code == 0
    assert ended.err.splitlines()[1:] == ["description", "From the hook", "Work"]


def test_a_hooks_commands_are_the_hooks(app: App) -> None:
    """Neither `it` nor `undo` of the person mean what a hook has done."""
    hook(app.home, "add", f"cd {ROOT} && {' '.join(COMMAND)} projects add by-hook")
    app.environ["CLOCKEYE_ACTOR"] = "robot"
    app.ok("add", "One", "--from", "9", "--to", "10")
    del app.environ["CLOCKEYE_ACTOR"]
    assert [(row["actor"], row["command"]) for row in app.ok("history", "--json").data] == [
        ("hook", "clockeye projects add by-hook"),
        ("robot", "clockeye add One --from 9 --to 10"),
    ]
