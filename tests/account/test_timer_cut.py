"""The network fails in the middle of the timer's requests: in the end, all is on the account, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.account.cable import PLACES, Cable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"

CASES = {
    "start": (("start", "Call", "-p", "web"), ["POST"], [("09:00", "running", "Call")]),
    "stop": (("stop",), ["GET", "PUT"], [("09:00", "09:30", "Call")]),
    "stop, changed": (
        ("stop", "--at", "09:20", "-d", "Chat"),
        ["GET", "PUT"],
        [("09:00", "09:20", "Chat")],
    ),
    "cancel": (("cancel", "-y"), ["GET", "DELETE"], []),
    "switch": (
        ("start", "Build", "-p", "web"),
        ["GET", "PUT", "POST"],
        [("09:00", "09:30", "Call"), ("09:30", "running", "Build")],
    ),
}
"""A command, the requests it needs, and what the account holds after it."""


def at(home: Home, time: str) -> Home:
    home.at(f"{DAY} {time}:00")
    return home


def settle(home: Home) -> None:
    """Exchange everything, in a sync or two."""
    if home.later().run("sync").code:
        home.later().ok("sync")
    assert home.ok("sync", "--status", "--json").data == []


def there(home: Home) -> list[tuple[str, str, str]]:
    """What the account holds: start and end (or `running`), as clock times, and description."""
    return [(start[11:], end[11:] or end, text) for start, end, text in home.there()]


def here(home: Home) -> list[tuple[str, str, str]]:
    """The same of what is stored here."""
    rows = home.ok("log", "--all", "--json", "--offline").data
    return [
        (_clock(row["started_at"]), _clock(row["ended_at"]), row["description"])
        for row in sorted(rows, key=lambda row: str(row["started_at"]))
    ]


def _clock(instant: str | None) -> str:
    """A time of that day in UTC, as a clock in Berlin shows it."""
    return "running" if instant is None else f"{int(instant[11:13]) + 1:02}{instant[13:16]}"


@pytest.mark.parametrize(
    ("case", "method"), [(case, method) for case, (_, methods, _) in CASES.items() for method in methods]
)
def test_the_cable_is_cut_anywhere(home: Home, cable: Cable, case: str, method: str) -> None:
    command, _, expected = CASES[case]
    home.environ["CLOCKEYE_API_URL"] = cable.url
    for place in PLACES:
        at(home, "09:00").ok("projects")
        if case != "start":
            home.ok("start", "Call", "-p", "web")
            at(home, "09:30")
        if method != "DELETE" or ("answer's body" not in place and "last" not in place):  # 204 has no body
            cable.cut(f"{method} /v1/time-entries", place)
        home.ok(*command)
        assert here(home) == expected, place
        cable.repair()
        settle(home)
        assert (there(home), here(home)) == (expected, expected), place
        ids = [row["id"] for row in home.ok("log", "--all", "--json", "--offline").data if row["ended_at"]]
        home.ok("cancel", "-y") if len(ids) < len(expected) else None
        home.ok("delete", *ids, "-y") if ids else None
        assert (there(home), here(home)) == ([], []), place


FAULTS: dict[str, dict[str, Any]] = {
    "drop_before": {},
    "drop_after": {},
    "late": {"seconds": 6},  # a command waits 5 s for an answer
    "truncate": {},
    "status": {"status": 502},
    "refuse": {"status": 503},
    "limit": {"headers": {"Retry-After": "1"}},
}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "*"])
@pytest.mark.parametrize("kind", FAULTS)
def test_the_service_fails(own_site: Site, tmp_path: Path, kind: str, method: str) -> None:
    home = own_site.home(tmp_path / "home", own_site.key("Ann"))
    at(home, "08:00").ok("log")
    home.ok("projects")
    own_site.stop()
    fault = {"method": method, "path": "/time-entries*", "do": kind, **FAULTS[kind]}
    own_site.start([fault | ({"times": 5} if method == "*" and kind != "late" else {})])
    day = (
        ("09:00", ("start", "Call", "-p", "web")),
        ("09:30", ("start", "Build", "-p", "web")),
        ("10:00", ("stop",)),
        ("10:10", ("start", "Wrong", "-p", "web")),
        ("10:20", ("cancel", "-y")),
        ("10:30", ("start", "Last", "-p", "web")),
    )
    for time, command in day:
        at(home, time).ok(*command)
    settle(home)
    expected = [("09:00", "09:30", "Call"), ("09:30", "10:00", "Build"), ("10:30", "running", "Last")]
    assert (there(home), here(home)) == (expected, expected)
