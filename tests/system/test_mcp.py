"""`clockeye mcp` as a process, asked by the client of the official SDK."""

from __future__ import annotations

import json
import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests import printed_json
from tests.app import App

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


MOST_CHARACTERS = 8_000
"""What 2,500 tokens hold: js-tiktoken (o200k) counts 1,286 tokens in 4,557 characters of them."""


@asynccontextmanager
async def client(home: Path) -> AsyncIterator[ClientSession]:
    """A client of a server of its own."""
    environ = {"CLOCKEYE_HOME": str(home), "TZ": "Europe/Berlin", "PATH": os.environ["PATH"]}
    server = StdioServerParameters(command=sys.executable, args=["-m", "clockeye_cli", "mcp"], env=environ)
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        await session.initialize()
        yield session


async def call(session: ClientSession, tool: str, **values: object) -> dict[str, Any]:
    """What a tool answers; an error has an `error`."""
    result = await session.call_tool(tool, values)
    assert result.structuredContent is not None, result
    assert result.isError == ("error" in result.structuredContent)
    printed = {
        key: value for key, value in result.structuredContent.items() if key in ("version", "data", "meta")
    }
    printed_json.check([tool, "--json"], 0, json.dumps(printed) if printed else "", "", {})
    return result.structuredContent


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_day_with_the_tools(home: Path) -> None:
    async def day() -> None:
        async with client(home) as session:
            assert (await call(session, "status"))["data"] is None
            started = await call(session, "start", description="--help me #bug", project="web", at="5m ago")
            assert started["data"]["description"] == "--help me #bug"
            stopped = await call(session, "stop", description="Help #bug")
            assert (stopped["data"]["description"], stopped["data"]["project"]) == ("Help #bug", "web")
            values = {"from": "2026-01-05 9:00", "for": "1h", "description": "Plan", "key": "k"}
            first = await call(session, "add", **values, billable=False)
            again = await call(session, "add", **values, billable=False)
            assert first["data"]["id"] == again["data"]["id"]
            changed = await call(session, "edit", entry=first["data"]["id"], to="10:30")
            assert [row["duration"] for row in changed["data"]] == [5400]
            rows = (await call(session, "log", period="2026-01"))["data"]
            assert [(row["description"], row["billable"]) for row in rows] == [("Plan", False)]
            assert (await call(session, "report", period="2026-01", by="day"))["meta"]["duration"] == 5400
            await call(session, "undo")
            assert (await call(session, "log", period="2026-01"))["data"][0]["duration"] == 3600

    anyio.run(day)


def test_a_dry_run_stores_nothing(home: Path) -> None:
    async def tried() -> None:
        async with client(home) as session:
            for _ in range(2):
                answer = await call(session, "start", description="Plan", dry_run=True)
                assert (answer["data"]["description"], answer["meta"]) == ("Plan", {"dry_run": True})
            answer = await call(session, "start", description="Plan", dry_run=False)
            assert (answer["data"]["stopped"], "meta" in answer) == (None, False)
            assert (await call(session, "undo", dry_run=True))["meta"] == {"dry_run": True}
            assert (await call(session, "status"))["data"]["description"] == "Plan"

    anyio.run(tried)


def test_what_is_refused_has_a_code_and_a_hint(home: Path) -> None:
    async def refused() -> None:
        async with client(home) as session:
            answer = await call(session, "stop")
            assert (answer["error"]["code"], answer["exit_code"]) == ("no_timer", 3)
            answer = await call(session, "add", **{"from": "25:99", "for": "1h"})
            assert (answer["error"]["code"], answer["exit_code"]) == ("time_not_understood", 2)
            assert answer["error"]["hint"]
            for tool, values, message, hint in (
                ("edit", {}, "The property entry is missing.", "An id, its beginning, last,"),
                ("log", {"save": "/tmp/x"}, "Unknown property 'save'.", "Known: period, project, search."),
                ("log", {"serch": "x"}, "Unknown property 'serch'. Did you mean search?", "Known: period,"),
                ("status", {"at": "9"}, "Unknown property 'at'.", "The tool takes no input."),
                ("add", {"for": 3}, "The property for must be a string, not '3'.", "The duration: 90m,"),
                (
                    "start",
                    {"billable": "no"},
                    "The property billable must be a boolean, not 'no'.",
                    "Billable",
                ),
                ("auth", {}, "Unknown tool 'auth'.", "Known: status, start, stop, add,"),
            ):
                answer = await call(session, tool, **values)
                assert (answer["error"]["code"], answer["exit_code"]) == ("usage", 2)
                assert answer["error"]["message"] == message
                assert answer["error"]["hint"].startswith(hint)
            assert (await call(session, "log", period="all"))["data"] == []

    anyio.run(refused)


def test_what_a_hook_prints_does_not_get_between_the_answers(home: Path) -> None:
    async def watched() -> None:
        async with client(home) as session:
            assert (await call(session, "start", description="Plan"))["data"]["description"] == "Plan"
            assert (await call(session, "status"))["data"]["description"] == "Plan"

    hook = home / "hooks/start"
    hook.parent.mkdir(parents=True, mode=0o700)
    hook.write_text('#!/bin/sh\necho noise; cat >"$CLOCKEYE_HOME/heard"\n')
    hook.chmod(0o700)
    anyio.run(watched)
    assert '"event": "start"' in (home / "heard").read_text()


def test_it_never_undoes_a_person(home: Path) -> None:
    async def undo() -> None:
        async with client(home) as session:
            answer = await call(session, "undo")
            assert answer["error"]["code"] == "nothing_to_undo"

    app = App(home)
    app.ok("add", "Mine", "--from", "9", "--to", "10", terminal=True)
    anyio.run(undo)
    assert [row[3] for row in app.entries()] == ["Mine"]


def test_the_tools_leave_room_for_others(home: Path) -> None:
    async def listed() -> list[dict[str, Any]]:
        async with client(home) as session:
            return [tool.model_dump(exclude_none=True) for tool in (await session.list_tools()).tools]

    tools = anyio.run(listed)
    assert len(tools) <= 8
    assert len(json.dumps(tools)) <= MOST_CHARACTERS


def test_the_tools_say_what_they_do_to_data(home: Path) -> None:
    async def hints() -> dict[str, tuple[bool | None, bool | None]]:
        async with client(home) as session:
            tools = (await session.list_tools()).tools
            told = {each.name: each.annotations for each in tools if each.annotations}
            return {name: (each.readOnlyHint, each.destructiveHint) for name, each in told.items()}

    assert anyio.run(hints) == {
        "status": (True, None),
        "start": (False, False),
        "stop": (False, False),
        "add": (False, False),
        "edit": (False, True),
        "log": (True, None),
        "report": (True, None),
        "undo": (False, True),
    }
