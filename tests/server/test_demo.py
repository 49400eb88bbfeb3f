"""The demo's team: realistic, the same on the second start, with sums that add up."""

from __future__ import annotations

import re
import struct
import subprocess
import time
import zlib
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.errors import ClashError
from clockeye_cli.server.demo import prepare_demo
from clockeye_cli.server.keys import add_key, list_keys
from clockeye_cli.server.places import opened
from tests.server.raw import sql
from tests.server.running import Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx


class Demo:
    """A running demo, and the key that it printed."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.key = server.greeting[1].removeprefix("Key: ")
        self.client = server.client(self.key)

    def all(self, path: str, **query: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for page in range(1, 100):
            answer = self.client.get(path, params={"per_page": "200", "page": str(page), **query}).json()
            rows += answer["data"]
            if not answer["data"]:
                assert answer["meta"]["total"] == len(rows)
                return rows
        raise AssertionError("too many pages")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(str(tmp_path_factory.mktemp("demo") / "demo.db"), demo=True) as server:
        demo = Demo(server)
        yield demo
        demo.client.close()


def test_the_greeting_says_where_and_how(demo: Demo) -> None:
    first, key, login = demo.server.greeting
    assert first == f"ClockEye API: {demo.server.base} (documented at {demo.server.base[:-3]}/docs)"
    assert re.fullmatch("Key: key_[0-9a-z]{12}_[0-9A-Za-z_-]{43}", key)
    assert login == (
        f"Log in: `printf %s {demo.key} | CLOCKEYE_API_URL={demo.server.base}"
        " clockeye auth login --with-key --user ada@example.com --insecure-storage`"
    )


def test_a_realistic_team(demo: Demo) -> None:
    users, projects, entries = demo.all("/users"), demo.all("/projects"), demo.all("/time-entries")
    assert sorted(user["role"] for user in users) == ["admin", "manager", "member", "owner"]
    assert len(projects) == 8
    assert {entry["user_id"] for entry in entries} == {user["id"] for user in users}
    assert {entry["project_id"] for entry in entries} == {project["id"] for project in projects}
    assert {entry["billable"] for entry in entries} == {True, False}
    assert len({entry["description"] for entry in entries}) > 20
    first, last = instant(entries[-1]["start_time"]), max(instant(entry["end_time"]) for entry in entries)
    assert last <= datetime.now(UTC) < last + timedelta(minutes=5)
    assert timedelta(days=86) < last - first < timedelta(days=91)
    for user in users:
        own = sorted(
            (entry for entry in entries if entry["user_id"] == user["id"]),
            key=lambda entry: str(entry["start_time"]),
        )
        assert all(before["end_time"] <= after["start_time"] for before, after in pairwise(own))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("group", ["project", "user", "day"])
def test_a_week_s_summary_adds_up_to_its_entries(demo: Demo, group: str) -> None:
    monday = datetime.now(UTC).date() - timedelta(days=datetime.now(UTC).weekday() + 7)
    week = {"start_date": str(monday), "end_date": str(monday + timedelta(days=6))}
    entries = demo.all("/time-entries", **week)
    summary = demo.client.get("/reports/summary", params=week | {"group_by": group}).json()
    field = {"project": "project_id", "user": "user_id", "day": "date"}[group]
    expected: dict[str, list[int]] = {}
    for entry in entries:
        sums = expected.setdefault(entry.get(field) or entry["start_time"][:10], [0, 0, 0])
        for index, value in enumerate((entry["duration"], entry["duration"] * entry["billable"], 1)):
            sums[index] += value
    rows = {
        row[field]: [row["duration"], row["billable_duration"], row["entries"]] for row in summary["data"]
    }
    assert rows == expected
    assert len(entries) > 50
    assert summary["meta"] == {
        "total_duration": sum(entry["duration"] for entry in entries),
        "billable_duration": sum(entry["duration"] for entry in entries if entry["billable"]),
        "entries": len(entries),
        **week,
    }


def test_screenshots_are_pictures_that_need_no_key(demo: Demo) -> None:
    screenshots = demo.all("/screenshots")
    entries = {entry["id"]: entry for entry in demo.all("/time-entries")}
    assert len(screenshots) > 50
    pictures = set()
    with demo.server.client() as stranger:
        for shot in screenshots[:20]:
            entry = entries[shot["time_entry_id"]]
            assert entry["user_id"] == shot["user_id"]
            assert entry["start_time"] <= shot["captured_at"] <= entry["end_time"]
            pictures.add(png(stranger.get(shot["url"])))
        assert stranger.get(screenshots[0]["url"][:-1] + "~").status_code == 404
    assert len(pictures) == 20
    some = screenshots[3]
    by_entry = demo.all("/screenshots", time_entry_id=some["time_entry_id"])
    assert by_entry == [shot for shot in screenshots if shot["time_entry_id"] == some["time_entry_id"]]
    by_day = demo.all("/screenshots", start_date=some["captured_at"][:10], end_date=some["captured_at"][:10])
    assert by_day == [shot for shot in screenshots if shot["captured_at"][:10] == some["captured_at"][:10]]


def png(answer: httpx.Response) -> bytes:
    """The pixels of a PNG, read by its specification."""
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
    rest, pixels, size = answer.content[8:], b"", (0, 0)
    while rest:
        length = int.from_bytes(rest[:4], "big")
        kind, data, check = rest[4:8], rest[8 : 8 + length], rest[8 + length : 12 + length]
        assert int.from_bytes(check, "big") == zlib.crc32(kind + data)
        if kind == b"IHDR":
            size = struct.unpack(">II", data[:8])
        if kind == b"IDAT":
            pixels += data
        rest = rest[12 + length :]
    rows = zlib.decompress(pixels)
    assert len(rows) == size[1] * (1 + 3 * size[0])
    return rows


def test_the_reference_s_curl_example_works_as_printed(demo: Demo) -> None:
    example = (
        'curl -X GET "https://api.clockeye.ai/v1/time-entries" \\\n'
        '-H "Authorization: Bearer YOUR_API_KEY" \\\n'
        '-H "Content-Type: application/json"'
    )
    command = example.replace("https://api.clockeye.ai/v1", demo.server.base).replace(
        "YOUR_API_KEY", demo.key
    )
    done = subprocess.run(
        ["bash", "-c", f"{command} --silent --fail"], capture_output=True, check=True, text=True
    )
    expected = demo.client.get("/time-entries")
    assert done.stdout == expected.text
    assert expected.json()["meta"]["per_page"] == len(expected.json()["data"]) == 50


def test_a_second_start_takes_what_is_there_and_makes_a_new_key(data: str) -> None:
    database = opened(data)
    now = int(time.time())
    first = prepare_demo(database, now=now)
    entries = sql(data, "SELECT count(*) FROM time_entries")
    second = prepare_demo(database, now=now + 1000)
    assert first != second
    assert sql(data, "SELECT count(*) FROM time_entries") == entries
    assert [key.revoked_at is None for key in list_keys(database)] == [False, True]


def test_another_team_s_file_is_left_alone(data: str) -> None:
    database = opened(data)
    add_key(database, "mine")
    with pytest.raises(ClashError, match="already contains a team"):
        prepare_demo(database, now=int(time.time()))
    assert sql(data, "SELECT count(*) FROM users") == [(1,)]


@pytest.mark.parametrize("data", ["file"], indirect=True)
@pytest.mark.parametrize("hour", [0, 3, 12, 23])
@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 23)])  # a Sunday, a Monday
def test_whenever_it_starts_the_last_entry_ends_now(data: str, day: date, hour: int) -> None:
    now = int(datetime(day.year, day.month, day.day, hour, 7, 3, tzinfo=UTC).timestamp())
    database = opened(data)
    prepare_demo(database, now=now)
    assert sql(data, "SELECT max(ended_at) FROM time_entries") == [(now,)]
