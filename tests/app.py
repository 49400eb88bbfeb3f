"""The whole app in this process: a clock that stands still, a home of its own, streams that are caught."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from clockeye_cli.__main__ import run
from clockeye_cli.session import World
from tests import printed_json, suggested

if TYPE_CHECKING:
    from pathlib import Path

BERLIN = ZoneInfo("Europe/Berlin")
START = "2026-11-20 12:00:00"  # a Friday, in Berlin


class Stream(io.TextIOWrapper):
    """A stream over memory that may say that it is a terminal."""

    def __init__(self, text: str = "", *, terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(text.encode()), encoding=encoding, newline="\n")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def everything(self) -> str:
        self.flush()
        content: bytes = self.buffer.getvalue()  # type: ignore[attr-defined] # it is a BytesIO
        return content.decode(self.encoding)


class Result(NamedTuple):
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        """JSON's data."""
        return self.json["data"]


class App:
    """Runs command lines.

    Args:
        home: CLOCKEYE_HOME.
        zone: The computer's.
        now: Local time to begin with; it stands still.
    """

    def __init__(self, home: Path, zone: ZoneInfo = BERLIN, now: str = START) -> None:
        self.home = home
        self.zone = zone
        self.is_trial = False
        self.environ = {"CLOCKEYE_HOME": str(home), "TZ": zone.key, "PAGER": "cat"}
        self.at(now)

    def at(self, now: str) -> App:
        """Set the clock: `2026-11-20 12:00:00` in the zone, or with an offset."""
        moment = datetime.fromisoformat(now)
        self.now = int((moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).timestamp())
        return self

    def run(self, *args: str, stdin: str = "", terminal: bool = False) -> Result:
        """Run a command line; at a terminal, with what is typed on standard input."""
        streams = Stream(stdin, terminal=terminal), Stream(terminal=terminal), Stream(terminal=terminal)
        world = World(self.environ, *streams, lambda: self.now)
        before = sys.stdin
        try:
            with redirect_stdout(streams[1]), redirect_stderr(streams[2]):
                code = run(list(args), world)
        finally:
            sys.stdin = before
        result = Result(code, streams[1].everything(), streams[2].everything())
        printed_json.check(args, *result, self.environ)
        if not self.is_trial:
            suggested.try_out(self, list(args), result, stdin=stdin, terminal=terminal)
        return result

    def ok(self, *args: str, stdin: str = "", terminal: bool = False) -> Result:
        """Run a command line that must end well."""
        result = self.run(*args, stdin=stdin, terminal=terminal)
        assert result.code == 0, result
        return result

    def entries(self) -> list[tuple[str, str, str | None, str]]:
        """Start, end, project and description of all entries and the timer, in the zone."""
        return [
            (self._said(row["started_at"]), self._said(row["ended_at"]), row["project"], row["description"])
            for row in self.ok("log", "--all", "--json").data
        ]

    def _said(self, instant: str | None) -> str:
        if instant is None:
            return "running"
        return f"{datetime.fromisoformat(instant).astimezone(self.zone):%Y-%m-%d %H:%M:%S}"
