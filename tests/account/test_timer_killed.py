"""A command with the timer on the account that is killed has happened on both sides, or on none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.server.database import Database
from tests.account.killing import kills
from tests.account.world import site_in
from tests.system.real_parts import folder_in_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.account.world import Home, Site
    from tests.system.under_strace import Sabotage

START, STOP, CANCEL, SWITCH, BACKGROUND = (
    ("start", "Call", "-p", "web"),
    ("stop",),
    ("cancel", "-y"),
    ("start", "Build", "-p", "web"),
    ("background",),
)

NOTHING: list[tuple[str, str]] = []
RUNNING, ENDED, BOTH = [("Call", "running")], [("Call", "10:01")], [("Call", "10:01"), ("Build", "running")]
"""What the account holds: description and end."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with folder_in_memory() as folder, site_in(folder) as site:
        yield site


def restoring(home: Home) -> Callable[[], None]:
    """What brings the account's entries of this user back to what they are now."""
    database, user_id = Database(home.site.data), home.key.user_id

    def rows(connection: Any) -> list[tuple[Any, ...]]:
        return [
            tuple(row)
            for row in connection.execute("SELECT * FROM time_entries WHERE user_id = ?", (user_id,))
        ]

    with database.write() as connection:
        before = rows(connection)

    def restore() -> None:
        with database.write() as connection:
            connection.execute("DELETE FROM time_entries WHERE user_id = ?", (user_id,))
            for row in before:
                connection.execute(f"INSERT INTO time_entries VALUES ({', '.join('?' * len(row))})", row)

    return restore


def settle(home: Home) -> None:
    """Exchange everything, in a sync or two."""
    if home.later().run("sync").code:
        home.later().ok("sync")
    assert home.ok("sync", "--status", "--json").data == []


def there(home: Home) -> list[tuple[str, str]]:
    return [(text, end[11:] or end) for _, end, text in home.there()]


def here(home: Home) -> list[tuple[str, str]]:
    """The same of what is shown here."""
    rows = home.ok("log", "--all", "--json", "--offline").data
    return [
        (
            row["description"],
            f"{int(row['ended_at'][11:13]) + 1}{row['ended_at'][13:16]}" if row["ended_at"] else "running",
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("before", "offline", "killed", "outcomes"),
    [
        ([], [], START, (NOTHING, RUNNING)),
        ([START], [], STOP, (RUNNING, ENDED)),
        ([START], [], CANCEL, (RUNNING, NOTHING)),
        ([START], [], SWITCH, (RUNNING, BOTH)),
        ([], [START], BACKGROUND, (RUNNING,)),
        ([START], [STOP], BACKGROUND, (ENDED,)),
        ([START], [CANCEL], BACKGROUND, (NOTHING,)),
        ([START], [SWITCH], BACKGROUND, (BOTH,)),
        ([], [START, SWITCH], BACKGROUND, (BOTH,)),
    ],
)
def test_it_has_happened_on_both_sides_or_on_none(
    site: Site,
    killer: Sabotage,
    fast_path: Path,
    before: list[tuple[str, ...]],
    offline: list[tuple[str, ...]],
    killed: tuple[str, ...],
    outcomes: tuple[list[tuple[str, str]], ...],
) -> None:
    made = site.home(fast_path / "made", site.key(fast_path.name))
    made.at("2026-11-20 10:00:00").ok("projects")
    for command in before:
        made.ok(*command)
    restore = restoring(made)
    if offline:
        site.stop()
        for command in offline:
            made.at(f"2026-11-20 10:0{int(command != START)}:00").ok(*command)
        site.start()
    made.at(f"2026-11-20 10:0{5 if offline else 1}:00")

    def look(home: Home, acknowledged: bool) -> None:
        shown = here(home)
        assert shown in outcomes
        assert shown == outcomes[-1] or not acknowledged
        settle(home)
        assert (there(home), here(home)) == (shown, shown)

    assert kills(killer, made, killed, restore, look) > 8
