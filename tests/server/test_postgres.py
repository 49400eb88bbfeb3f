"""What holds of PostgreSQL only: URLs, foreign databases, several servers, and a database that is away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest

from clockeye_cli.errors import ClashError
from clockeye_cli.server.database import Database
from clockeye_cli.server.demo import prepare_demo
from clockeye_cli.server.keys import add_key, revoke_key
from clockeye_cli.server.members import remove_user
from clockeye_cli.server.places import opened
from clockeye_cli.server.postgres.moving import Moved, move
from clockeye_cli.server.postgres.queries import PgQueries
from clockeye_cli.server.postgres.schema import MIGRATIONS
from clockeye_cli.server.postgres.storage import Postgres
from clockeye_cli.server.records import Slice, StoredEntry, StoredProject, Which
from tests import postgres
from tests.account.world import Home, site_in
from tests.postgres import Cluster
from tests.server.raw import away, sql
from tests.server.running import Running, running
from tests.server.served import NOON, Api, Team

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from tests.app import App


@pytest.fixture
def data() -> str:
    return postgres.shared().schema()


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A PostgreSQL that the test may stop, and that loses nothing when it crashes."""
    cluster = Cluster(is_durable=True)
    yield cluster
    cluster.close()


def test_migrations_run_once_however_many_servers_start(data: str) -> None:
    with ThreadPoolExecutor(16) as starts:
        storages = list(starts.map(lambda _: opened(data), range(16)))
    for storage in storages:
        storage.close()
    assert sql(data, "SELECT version FROM clockeye_schema") == [(len(MIGRATIONS),)]


def test_servers_share_limits_and_revoked_keys(data: str) -> None:
    storage = opened(data)
    key, other = add_key(storage, "owner"), add_key(storage, "other")
    with running(data, limits="3,50,500") as one, running(data, limits="3,50,500") as two:
        with one.client(key.key) as first, two.client(key.key) as second:
            statuses = [client.get("/users").status_code for client in (first, second, first, second)]
            assert statuses == [200, 200, 200, 429]
        with one.client(other.key) as first, two.client(other.key) as second:
            assert first.get("/users").status_code == 200
            revoke_key(storage, other.id)
            assert second.get("/users").status_code == first.get("/users").status_code == 401
    storage.close()


def test_one_running_entry_of_a_user_whatever_arrives_at_once(data: str) -> None:
    api = Api(data)
    team = Team(api)

    def start(number: int) -> int:
        body = team.entry(end_time=None, start_time=f"2024-01-15T09:{number:02}:00Z")
        return team.ann.post("/time-entries", json=body).status_code

    with ThreadPoolExecutor(8) as clients:
        assert list(clients.map(start, range(24))) == [201] * 24
    assert sql(data, "SELECT count(*) FROM time_entries WHERE is_running") == [(1,)]
    counted = sql(data, "SELECT scope = '', level, sum(entries) FROM entry_counts GROUP BY 1, 2")
    assert {count for _, _, count in counted} == {24, 48}  # the team's; a user's and a project's
    api.close()


def test_one_project_of_a_name_whatever_arrives_at_once(data: str) -> None:
    storage = opened(data)
    owner = add_key(storage, "owner").user_id

    def is_taken() -> bool:
        with storage.writing() as queries:
            return queries.is_taken("same")

    with ThreadPoolExecutor(1) as another_request:
        with storage.writing() as queries:
            assert not queries.is_taken("same")
            queries.add_project(StoredProject("prj_same", "Same", "same", owner))
            later = another_request.submit(is_taken)
            while sql(data, "SELECT count(*) FROM pg_locks WHERE NOT granted") == [(0,)]:
                assert not later.done()
        assert later.result()
    storage.close()


def test_nothing_is_kept_of_the_requests_of_a_removed_user(data: str) -> None:
    api = Api(data)
    team = Team(api)
    api.open("100,1000,10000")
    for client in (api.client(team.keys[name].key) for name in ("ann", "bob")):
        assert client.get("/users").status_code == 200
    remove_user(api.database, team.user("ann"), delete_entries=True)
    counted = (
        "SELECT (SELECT array_agg(key_id) FROM {0}), (SELECT array_agg(id) FROM api_keys WHERE name = 'bob')"
    )
    for table in ("request_counts", "recent_requests"):
        ((keys, bobs),) = sql(data, counted.format(table))
        assert keys == bobs
    api.close()


@pytest.mark.parametrize("chosen", ["", "user", "project"])
def test_a_page_reads_no_more_than_the_entries_up_to_its_end(data: str, chosen: str) -> None:
    api = Api(data)
    team = Team(api)
    user, project = team.user("ann"), team.project
    which = {"": Which(), "user": Which(user_id=user), "project": Which(project_id=project)}[chosen]
    with api.database.writing() as queries:
        for number in range(400):
            at = 60 * number
            entry = StoredEntry(f"te_{number:012}", user, project, "Work", at, at + 60)
            assert queries.add_entry(entry, 0) == ""
    with psycopg.connect(data) as connection:
        connection.execute("ANALYZE time_entries")
        for page in range(1, 9):  # by then, PostgreSQL keeps its plan
            rows, total = PgQueries(connection, is_writing=False).entries_page(which, Slice(page, 10))
            assert (len(json.loads(rows)), total) == (10, 400)
        read = connection.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
            " WHERE relid = 'time_entries'::regclass"
        ).fetchall()
    assert 360 <= read[0][0] < 400
    api.close()


def test_health_is_for_load_balancers(data: str) -> None:
    api = Api(data)
    client = api.client(Host="10.0.0.7:8080")
    for path in ("/healthz", "/readyz"):
        answer = client.get(f"http://127.0.0.1{path}")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    with away(data):
        assert client.get("http://127.0.0.1/healthz").status_code == 200
        answer = client.get("http://127.0.0.1/readyz")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert answer.json()["error"]["code"] == "unavailable"
    until_ready(client, "http://127.0.0.1/readyz")
    api.close()


def until_ready(client: httpx.Client, url: str) -> None:
    for _ in range(200):
        if client.get(url).status_code == 200:
            return
    raise AssertionError("the server did not find its database again")


def test_acknowledged_is_stored_when_the_database_crashes(own_cluster: Cluster) -> None:
    data = own_cluster.database()
    key = add_key(opened(data), "owner").key
    answered: list[str] = []
    unconfirmed: list[str] = []
    enough, crashed = threading.Event(), threading.Event()

    def load(server: Running, project: str) -> None:
        body = {"project_id": project, "start_time": "2024-01-15T09:00:00Z"}
        body["end_time"] = "2024-01-15T10:00:00Z"
        with server.client(key) as client:
            while not crashed.is_set():
                answer = client.post("/time-entries", json=body)
                assert answer.status_code in {201, 500, 503}, answer.text
                if answer.status_code == 500:
                    unconfirmed.append(answer.json()["error"]["message"])
                if answer.status_code == 201:
                    answered.append(answer.json()["data"]["id"])
                    if len(answered) > 60:
                        enough.set()

    with running(data) as server, server.client(key) as client:
        project = client.post("/projects", json={"name": "web"}).json()["data"]["id"]
        threads = [threading.Thread(target=load, args=(server, project)) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        own_cluster.stop("immediate")
        assert client.get("/users").status_code == 503
        crashed.set()
        for thread in threads:
            thread.join()
        own_cluster.start()
        until_ready(client, server.base.replace("/v1", "/readyz"))
        total = client.get("/time-entries").json()["meta"]["total"]
        for entry_id in answered:
            assert client.get(f"/time-entries/{entry_id}").status_code == 200
        assert len(answered) <= total <= len(answered) + len(unconfirmed)  # 503 is never stored
        assert all("did not confirm" in message for message in unconfirmed)


def test_a_client_keeps_its_day_while_the_database_restarts(own_cluster: Cluster, tmp_path: Path) -> None:
    with site_in(tmp_path / "site", data=own_cluster.database()) as site:
        home: Home = site.home(tmp_path / "home", site.key("ada"))
        home.ok("add", "--from", "9", "--to", "10", "Before", "-p", "web")
        own_cluster.stop()
        home.later().ok("add", "--from", "10", "--to", "11", "While it is away", "-p", "web")
        home.later().ok("start", "Goes on", "-p", "web")
        own_cluster.start()
        home.later(120).ok("stop")
        home.later().ok("sync")
        assert [text for _, _, text in home.there()] == ["Before", "While it is away", "Goes on"]


def test_a_file_is_moved_with_everything_and_proved(tmp_path: Path, data: str) -> None:
    file = Api(str(tmp_path / "server.db"))
    prepare_demo(file.database, now=int(NOON))
    key = file.key("owner", name="mine")
    file.open("3,50,500")
    assert file.client(key.key).get("/users").status_code == 200
    file.app.close()
    before = Database(file.data)
    target = Postgres(data)
    moved = move(before, target)
    assert isinstance(moved, Moved)
    file.open("off")
    with pytest.raises(ClashError, match="already contains a team"):
        move(before, target)
    target.close()
    api = Api(data)
    for path in (
        *("/users", "/projects", "/time-entries?per_page=200", "/time-entries?page=9", "/screenshots"),
        *(f"/time-entries?page={number}" for number in (11, 12, 17, 20)),  # located by counts
        "/time-entries?end_date=2024-01-05&page=14",
        *(f"/reports/summary?group_by={group}" for group in ("user", "project", "day")),
        f"/time-entries?user_id={key.user_id}",
        "/time-entries?start_date=2023-12-01&end_date=2023-12-20&page=2",
    ):
        assert api.client(key.key).get(path).json() == file.client(key.key).get(path).json(), path
    api.open("3,50,500")
    answers = [api.client(key.key).get("/users").status_code for _ in range(3)]
    assert answers == [200, 200, 429]  # one of the three was made of the file
    team = api.client(key.key)
    project = team.post("/projects", json={"name": "After"})
    assert project.status_code == 429
    api.open("off")
    assert api.client(key.key).post("/projects", json={"name": "After"}).status_code == 201
    api.close()
    file.close()


def test_a_move_that_is_killed_leaves_an_empty_database(tmp_path: Path, data: str) -> None:
    file = str(tmp_path / "team.db")
    prepare_demo(Database(file), now=int(NOON))
    opened(data).close()
    holder = psycopg.connect(data)
    holder.execute("LOCK TABLE screenshots")  # so that the move waits there, half done
    command = [sys.executable, "-m", "clockeye_cli", "serve", "move", "--from", file, "--to", data]
    process = subprocess.Popen(command, env={**os.environ, "CLOCKEYE_HOME": str(tmp_path)})
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    waiting += " AND query LIKE 'COPY screen%'"
    until = time.monotonic() + 30
    while sql(data, waiting) == [(0,)]:
        assert time.monotonic() < until, "the move did not come so far"
    process.kill()
    process.wait()
    holder.close()
    assert sql(data, "SELECT count(*) FROM users") == [(0,)]
    target = Postgres(data)
    assert move(Database(file), target).users == 4
    target.close()


def test_move_needs_a_file_and_a_url(app: App, tmp_path: Path, data: str) -> None:
    file = tmp_path / "team.db"
    assert app.run("serve", "move", "--from", str(file), "--to", data).code == 3
    assert app.run("serve", "move", "--from", data, "--to", str(file)).code == 2
    add_key(Database(str(file)), "owner")
    done = app.ok("serve", "move", "--from", str(file), "--to", data, "--json")
    assert done.data == {
        "users": 1,
        "keys": 1,
        "projects": 0,
        "entries": 0,
        "screenshots": 0,
        "duration": 0,
    }
    failed = app.run("serve", "backup", str(tmp_path / "copy.db"), "--data", data)
    assert (failed.code, "pg_dump" in failed.err) == (2, True)
