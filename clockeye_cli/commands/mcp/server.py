"""The server: reads calls from standard input, runs each as a command line in this process, and answers."""

from __future__ import annotations

import io
import json
import os
from contextlib import contextmanager

from clockeye_cli.commands.mcp.tools import TOOLS, command_line
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.output.json import error_fields
from clockeye_cli.session import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from mcp.types import CallToolResult, Tool

    from clockeye_cli.context import Context

    Run = Callable[[list[str], World], int]

ACTOR = "mcp"
"""Who runs the commands, unless CLOCKEYE_ACTOR names somebody."""


def mcp(ctx: Context, run: Run, version: str) -> None:
    """Serve the tools until standard input ends.

    Args:
        ctx: The run, with the profile for all calls.
        run: Runs a command line in a world, and returns its exit code.
        version: The version of the program.

    Raises:
        UsageError: The extra `mcp` is not installed.
    """
    try:
        import anyio
        from mcp.server.lowlevel import Server
        from mcp.server.stdio import stdio_server
    except ModuleNotFoundError as error:
        raise UsageError(
            f"`clockeye mcp` needs {error.name}, which is not installed.",
            hint='pip install "clockeye[mcp]"',
            code="extra_missing",
        ) from error

    server: Server[object, object] = Server("clockeye", version)
    profile = [f"--profile={ctx.options.profile}"] if ctx.options.profile else []

    @server.list_tools()  # type: ignore[no-untyped-call, untyped-decorator] # the SDK's decorators have no types
    async def list_tools() -> list[Tool]:
        return tools()

    @server.call_tool(validate_input=False)  # type: ignore[untyped-decorator] # the same
    async def call_tool(name: str, values: dict[str, object]) -> CallToolResult:
        # Not left to the SDK: its words have no code and no hint.
        try:
            line = command_line(name, values)
        except ClockeyeError as error:
            return result({"error": error_fields(error)}, error.exit_code)
        return answer(ctx, run, [*profile, "--json", "--no-input", *line])

    async def serve() -> None:
        with _own_streams() as streams:
            async with stdio_server(*map(anyio.wrap_file, streams)) as (calls, answers):
                await server.run(calls, answers, server.create_initialization_options())

    anyio.run(serve)


@contextmanager
def _own_streams() -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Standard input and output for the protocol alone: a hook or a git that we start gets others."""
    calls, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    with open(calls, encoding="utf-8") as reader, open(answers, "w", encoding="utf-8") as writer:
        yield reader, writer


def tools() -> list[Tool]:
    """The tools, in the protocol's form."""
    from mcp.types import Tool, ToolAnnotations

    return [
        Tool(
            name=name,
            description=tool.about,
            inputSchema=tool.schema,
            annotations=ToolAnnotations.model_validate(tool.hints),
        )
        for name, tool in TOOLS.items()
    ]


def answer(ctx: Context, run: Run, args: list[str]) -> CallToolResult:
    """Run a command line. Gives its JSON with any notices, or its error with the exit code."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(3)]
    environ = {**ctx.world.environ, "CLOCKEYE_ACTOR": ctx.world.environ.get("CLOCKEYE_ACTOR") or ACTOR}
    code = run(args, World(environ, streams[0], streams[1], streams[2], ctx.world.clock))
    out, complaints = map(_content, streams[1:])
    content: dict[str, Any] = json.loads(out) if out else {}
    notices = []
    for line in complaints.splitlines():
        if line.startswith('{"version": 1, "error"'):
            content["error"] = json.loads(line)["error"]
        else:
            notices.append(line)
    return result(content | ({"notices": notices} if notices else {}), code)


def result(content: dict[str, Any], code: int) -> CallToolResult:
    """What a call gives: an object for JSON, with the exit code of a failure."""
    from mcp.types import CallToolResult, TextContent

    content |= {"exit_code": code} if code else {}
    text = json.dumps(content, ensure_ascii=False)
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structuredContent=content, isError=code != 0
    )


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
