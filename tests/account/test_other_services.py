"""Whole days against services that read the reference otherwise: a person should not notice."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.app import App
from tests.other_service import KEY, SWITCHES, OtherService, Running
from tests.system.scenes import copy
from tests.system.under_strace import KILLED, LATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.app import Result
    from tests.system.under_strace import Sabotage

NOON = 1_795_172_400
"""2026-11-20 12:00 in Berlin, where the test's clock begins."""

HOUR, DAY = 3600, 86_400

PERIOD = ("--from", "2026-10-01", "--to", "2026-11-30")

TIMER_SWITCHES = [
    "plain",
    "filters_are_ignored",
    "bare_entries",
    "no_total",
    "gone_is_410",
    "put_replaces",
    "put_refuses_read_only",
    "put_goes_by_duration",
    "put_keeps_duration",
    "put_needs_duration",
    "put_is_204",
    "answers_only_ids",
    "minutes",
    "short_text",
    "ignores_billable",
    "refuses_running",
    "refuses_running_unnamed",
    "ends_running",
    "null_running",
    "one_may_run",
    "many_may_run",
    "zero_duration",
    "integer_ids",
    "epoch_times",
    "demands_epoch",
    "no_nulls",
]
"""Switches that may matter to an entry without an end."""

TOGETHER = [
    # Is this entry ours?
    "post_is_empty minutes short_text billable_by_default put_is_204",
    "post_is_empty no_user_ids",
    # Is this the end of the list?
    "total_of_all page_past_the_end_400",
    "total_of_all page_past_the_end_404 small_pages",
    "total_of_all page_past_the_end_repeats",
    "total_of_all empty_list_is_204 per_page_is_ignored",
    "total_too_large page_past_the_end_404",
]
"""Switches that are harder together."""

CHANGING = {"minutes", "short_text", "billable_by_default", "ignores_billable"}
"""Switches with which the service stores something else than was asked."""


class Day:
    """A computer, and the service that it works with."""

    def __init__(self, folder: Path, service: OtherService, url: str) -> None:
        self.service = service
        self.app = App(folder)
        self.app.environ |= {
            "CLOCKEYE_API_URL": url,
            "CLOCKEYE_SYNC_SETTLE": "1s",
            "CLOCKEYE_SYNC_BACKGROUND": "false",
        }

    def later(self, seconds: int = 120) -> App:
        self.app.now += seconds
        return self.app

    def ok(self, *words: str, stdin: str = "") -> Result:
        return self.later().ok(*words, stdin=stdin)

    def shown(self, *words: str) -> list[tuple[Any, ...]]:
        """What the client shows: of the account, or with `--offline` of what is stored here."""
        rows = self.ok("log", *PERIOD, "--json", *words).data
        return sorted(
            (row["started_at"], row["ended_at"], row["description"], row["billable"], row["project"])
            for row in rows
        )

    def held(self) -> list[tuple[Any, ...]]:
        """What the service holds for this user's eyes."""
        service = self.service
        return sorted(
            (
                _utc(row["start"]),
                _utc(row["end"]),
                row["description"] or "",
                row["billable"] is True,
                service.projects[row["project_id"]]["name"] if row["project_id"] else None,
            )
            for row in service.entries.values()
            if row["id"] not in service.hidden
        )

    def entry_of(self, description: str) -> str:
        """The id on the service of its entry with this description."""
        rows = self.service.entries.values()
        (entry_id,) = [row["id"] for row in rows if row["description"] == description]
        return str(entry_id)

    def here(self, description: str) -> str:
        """The id here of the entry with this description."""
        rows = self.ok("log", *PERIOD, "--offline", "--json").data
        (entry_id,) = [row["id"] for row in rows if row["description"] == description]
        return str(entry_id)


def _utc(instant: int | None) -> str | None:
    return None if instant is None else f"{datetime.fromtimestamp(instant, UTC):%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture
def day(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Day]:
    service = OtherService(*request.param.split())
    for number in range(105):
        start = NOON - 3 * DAY - number * 5 * HOUR
        service.add(f"Old {number}", start, start + HOUR)
    with Running(service) as running:
        yield Day(tmp_path, service, running.url)


@pytest.mark.parametrize("day", [*sorted(SWITCHES), *TOGETHER], indirect=True)
def test_a_whole_day_ends_with_what_the_service_holds(day: Day) -> None:
    service = day.service
    logged_in = day.ok("auth", "login", "--with-key", "--insecure-storage", stdin=f"{KEY}\n")
    assert "me@example.org" in logged_in.out
    assert len(day.shown()) == 105
    # The morning.
    day.ok("start", "Mail", "-p", "web")
    day.later(1800)
    day.ok("stop")
    day.ok("add", "Call", "--from", "08:00", "--to", "10:00", "-p", "web")
    day.ok("projects", "add", "acme")
    day.ok("add", "New one", "--from", "10:00", "--to", "10:29:40", "-p", "acme")
    day.ok("add", "Mistake", "--from", "10:30", "--to", "11:00", "-p", "web")
    # Changes of each kind.
    mistake = day.here("Mistake")
    day.ok("edit", mistake, "-d", "Mistaken")
    day.ok("delete", mistake, "--yes")
    call = day.here("Call")
    day.ok("edit", call, "--to", "9:30")
    assert "9:30" in day.ok("log", "--search", "Call").out
    day.ok("edit", call, "--no-billable")
    day.ok("edit", call, "-d", "Long  call", "--billable")
    # At another computer: deleted, handed to somebody else, changed, new.
    service.remove(day.entry_of("Old 3"))
    service.hidden.add(day.entry_of("Old 4"))
    service.entries[day.entry_of("Old 5")] |= {"description": "Changed", "end": NOON - 4 * DAY}
    service.add("Elsewhere", NOON - 2 * HOUR, NOON - HOUR)
    day.ok("sync")
    assert day.shown("--offline") == day.held()
    # Both change the same field of one entry.
    service.entries[day.entry_of("Old 6")]["description"] = "Theirs"
    old = day.here("Old 6")
    assert "needs a decision" in day.later().run("edit", old, "-d", "Mine").err
    day.ok("sync", "resolve", old, "--keep", "mine")
    day.ok("sync")
    assert day.ok("sync", "--status", "--json").data == []
    assert day.shown("--refresh") == day.held()
    assert day.shown("--offline") == day.held()
    # Nothing is lost, nothing doubled.
    described = [row[2] for row in day.held()]
    assert len(described) == len(set(described)) == 105 - 2 + 4
    assert {"Mail", "New one", "Elsewhere", "Changed", "Mine"} < set(described)
    if not CHANGING & service.switches:
        assert [row[:2] for row in day.held() if "call" in row[2]] == [
            ("2026-11-20T07:00:00Z", "2026-11-20T08:30:00Z")
        ]
    day.ok("report", "--month")
    day.ok("auth", "status")
    assert day.later().run("doctor").code == 0


@pytest.mark.parametrize("day", TIMER_SWITCHES, indirect=True)
def test_a_whole_day_with_the_timer_ends_with_what_the_service_holds(day: Day) -> None:
    service = day.service
    login(day)
    day.later(37)
    day.ok("start", "Mail", "-p", "web")
    day.ok("start", "Build", "-p", "web")
    day.ok("edit", "current", "-d", "Built", "--no-billable")
    day.ok("stop")
    day.ok("start", "Mistake", "-p", "web")
    day.ok("cancel", "--yes")
    day.ok("start", "Undone", "-p", "web")
    day.ok("undo", "--yes")
    # Started elsewhere: stopped here, and switched from here.
    service.start("Web one", day.app.now)
    day.ok("log")
    assert "Stopped" in day.ok("stop").out
    service.start("Web two", day.app.now)
    day.ok("log")
    day.ok("start", "Here", "-p", "web")
    day.ok("log")
    # Ended elsewhere, by what was started there; which is deleted there.
    web = service.start("Web three", day.app.now)
    day.ok("log")
    service.remove(web)
    day.ok("log")
    day.later().run("stop")
    # While the service is away.
    service.is_down = True
    day.ok("start", "Away", "-p", "web")
    day.ok("start", "Far away", "-p", "web")
    day.ok("stop")
    service.is_down = False
    for _ in range(3):
        day.later().run("sync")
    day.ok("sync")
    assert day.ok("sync", "--status", "--json").data == []
    assert day.ok("status", "--json").data is None
    assert day.shown("--refresh") == day.held()
    assert day.shown("--offline") == day.held()
    described = [row[2] for row in day.held() if not row[2].startswith("Old")]
    assert sorted(described) == ["Away", "Built", "Far away", "Here", "Mail", "Web one", "Web two"]
    assert service.running() == []
    if not CHANGING & service.switches:
        seconds = [_seconds(row[0], row[1]) for row in day.held() if not row[2].startswith("Old")]
        assert all(0 < length <= 480 for length in seconds)


def _seconds(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def without_ids(text: str) -> str:
    """A text with all ids of entries here replaced by `te_…`."""
    return re.sub(r"\bte_[a-z0-9]{12}\b", "te_…", text)


def login(day: Day) -> None:
    day.ok("auth", "login", "--with-key", "--insecure-storage", stdin=f"{KEY}\n")


@pytest.mark.parametrize("day", ["minutes short_text"], indirect=True)
def test_what_is_stored_otherwise_is_said_once(day: Day) -> None:
    login(day)
    added = day.ok("add", "A long description", "--from", "08:00:30", "--to", "09:00", "-p", "web")
    entry_id = day.here("A long descr")
    assert without_ids(added.err) == (
        "The account stored te_… (A long descr) with"
        ' description "A long descr" instead of "A long description",'
        " start 2026-11-20 08:00:00 instead of 2026-11-20 08:00:30.\n"
    )
    assert day.ok("log").err == ""
    day.ok("edit", entry_id, "-d", "One more description", "-q")
    assert "One more des" in day.ok("log").err  # who is quiet leaves it to the next one
    edited = day.ok("edit", entry_id, "-d", "Another description")
    assert without_ids(edited.err) == (
        "The account stored te_… (Another desc) with"
        ' description "Another desc" instead of "Another description".\n'
    )
    assert day.shown("--offline")[-1][:3] == ("2026-11-20T07:00:00Z", "2026-11-20T08:00:00Z", "Another desc")
    day.ok("undo", "-n", "2")
    day.ok("sync")
    assert day.held()[-1][2] == "A long descr"
    day.ok("undo")
    day.ok("sync")
    assert day.shown("--refresh") == day.held() == [row for row in day.held() if row[2].startswith("Old")]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("plain", ""),
        ("cap_100_is_silent no_total", "time-entries: pages of up to 100, no totals"),
        ("unknown_parameters_are_400", "ignores the page size, correct totals, refuses end_date, start_date"),
        ("bare_lists integer_ids", "project and user ids are integers"),
        ("gone_is_410", "status 410 for deleted entries"),
        ("put_replaces", "PUT replaces the whole entry"),
        ("put_needs_duration", "POST and PUT need the duration"),
    ],
    indirect=["day"],
)
def test_what_the_service_makes_of_the_api_is_shown(day: Day, words: str) -> None:
    login(day)
    day.ok("log", *PERIOD)
    day.ok("add", "Call", "--from", "08:00", "--to", "09:00", "-p", "web")
    old = day.here("Old 1")
    day.ok("edit", old, "-d", "Old one")
    day.service.remove(day.entry_of("Old 3"))
    day.ok("log", *PERIOD)
    status = day.ok("auth", "status")
    assert words in status.out
    assert words in day.ok("auth", "status", "--json").data["dialect"]
    assert words in day.later().run("doctor").out


@pytest.mark.parametrize("day", ["not_yours_is_403"], indirect=True)
@pytest.mark.parametrize(
    "words", [("log", *PERIOD), ("report", *PERIOD), ("sync",), ("screenshots", *PERIOD)]
)
def test_an_entry_that_is_not_yours_any_more_leaves_the_sums_and_is_named(
    day: Day, words: tuple[str, ...]
) -> None:
    login(day)
    day.ok("log", *PERIOD)
    day.service.hidden.add(day.entry_of("Old 3"))
    assert without_ids(day.ok(*words).err) == (
        "1 entry was removed here, since this key may not read it any more: te_… (Old 3).\n"
    )
    assert len(day.shown("--offline")) == 104


@pytest.mark.parametrize("day", ["unknown_parameters_are_400 refuses_running"], indirect=True)
def test_what_was_refused_is_tried_again_after_a_day(day: Day) -> None:
    login(day)
    day.ok("log", *PERIOD)
    day.ok("start", "Mail", "-p", "web")
    day.ok("stop")
    refused = "refuses end_date, start_date"
    assert refused in day.ok("auth", "status").out
    assert "accepts no running timers" in day.ok("auth", "status").out
    day.service.switches.clear()
    day.service.requests.clear()
    day.ok("log", *PERIOD)
    assert not any("start_date" in request for request in day.service.requests)
    day.later(DAY)
    day.ok("log", *PERIOD)
    assert any("start_date" in request for request in day.service.requests)
    assert refused not in day.ok("auth", "status").out
    day.ok("start", "Call", "-p", "web")
    assert [row["description"] for row in day.service.running()] == ["Call"]
    day.ok("stop")
    assert day.shown("--refresh") == day.held()


KILLED_AT = {"sendto": 1, "unlink": 1}
"""Every how many calls of a kind an edit is killed: what is sent, and committed."""


def test_an_edit_that_is_killed_at_a_service_that_replaces_whole_loses_no_field(
    killer: Sabotage, fast_path: Path
) -> None:
    """The first PUT shows that what it does not name is gone; a second one, later, brings it back."""
    service = OtherService("put_replaces")
    service.add("Old", NOON - 2 * HOUR, NOON - HOUR)
    with Running(service) as running:
        made = Day(fast_path / "made", service, running.url)
        login(made)
        made.ok("log", *PERIOD)
        made.later()
        (before,) = [dict(row) for row in service.entries.values()]
        home = fast_path / "home"
        day = Day(home, service, running.url)
        puts = set()
        killed = 0
        for call, step in KILLED_AT.items():
            for number in range(1, LATE[call], step):
                copy(made.app.home, home)
                service.entries = {before["id"]: dict(before)}
                service.requests.clear()
                environ = {"CLOCKEYE_API_URL": running.url, "CLOCKEYE_SYNC_BACKGROUND": "false"}
                args = ("edit", "last", "-d", "Changed")
                ended = killer.run(home, args, made.app.now, call, number, environ=environ)
                puts.add(sum(request.startswith("PUT") for request in service.requests))
                day.app.now = made.app.now
                for _ in range(3):
                    day.later().run("sync")
                (left,) = service.entries.values()
                expected = {**before, "description": left["description"]}
                assert left == expected, (call, number, service.requests)
                assert left["description"] == "Changed" or not ended.out
                assert day.ok("sync", "--status", "--json").data == []
                assert day.shown("--offline") == day.held()
                if ended.code != KILLED:
                    break
                killed += 1
        assert killed >= 10
        assert puts == {0, 1, 2}  # that is: also between the two
