"""`clockeye serve`: serve the ClockEye API on this computer."""

from __future__ import annotations

import os

from clockeye_cli.config import paths
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.server.limits import parse_limits
from clockeye_cli.server.places import check_url, is_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.server.serving import Greeting

COLUMNS = (
    Column("url", "URL"),
    Column("docs", "Docs"),
    Column("key", "Key", is_nullable=True),
    Column("notices", "Notices", "words"),
)

LIBRARIES = ("falcon", "waitress")

SHAPE = JsonShape(COLUMNS)


def serve(
    ctx: Context,
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    data: str = "",
    limits: str = "100,5000,50000",
    demo: bool = False,
    faults: str = "",
    public_urls: Sequence[str] = (),
    log: str = "",
) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Args:
        ctx: The run.
        host: Address to listen on.
        port: Port to listen on; 0 for any free port.
        data: The server's file, or the URL of its database; empty for the default (the demo has its own).
        limits: Requests per minute, hour and day for each key, or `off`.
        demo: Serve a demo team.
        faults: A file of rules for injected failures; empty for none.
        public_urls: Origins under which a proxy serves the API.
        log: A file for the access log, `-` for standard output; empty for none.

    Raises:
        UsageError: The extra `server` is not installed.
    """
    parsed_limits = parse_limits(limits)
    try:
        from clockeye_cli.server.serving import serve as serve_until_stopped
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        raise UsageError(
            f"`clockeye serve` needs {error.name}, which is not installed.",
            hint='pip install "clockeye[server]"',
            code="extra_missing",
        ) from error

    def announce(greeting: Greeting) -> None:
        if log == "-":  # standard output belongs to the log
            ctx.out.notice(greeting.lines())
            return
        ctx.out.result(
            greeting.lines(),
            Record(COLUMNS, (greeting.url, greeting.docs, greeting.key or None, greeting.notices)),
        )
        ctx.out.flush()

    serve_until_stopped(
        data=data_place(ctx, data, demo=demo),
        host=host,
        port=port,
        limits=parsed_limits,
        demo=demo,
        faults=faults,
        public_urls=public_urls,
        log=log,
        announce=announce,
    )


def data_place(ctx: Context, data: str, *, demo: bool = False) -> str:
    """Where the server's data is: a URL, or the absolute path of a file, by default in the data folder.

    Raises:
        UsageError: What `places.check_url` raises.
    """
    if is_url(data):
        check_url(data)
        return data
    name = "demo.db" if demo else "server.db"
    return os.path.abspath(data or os.path.join(paths.data_folder(ctx.world.environ), "server", name))
