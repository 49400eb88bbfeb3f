"""Servers whose connection to PostgreSQL is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.server.places import opened
from tests import postgres
from tests.account.world import Home, site_in
from tests.server.pg_wire import cut_cable
from tests.server.raw import sql

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("arrives", [True, False])
def test_an_entry_whose_commit_was_not_confirmed_is_stored_once(tmp_path: Path, *, arrives: bool) -> None:
    cluster = postgres.shared()
    data = cluster.schema()
    with cut_cable(tmp_path / "cable", cluster.folder) as cable:
        near = data.replace(f"host={cluster.folder}", f"host={tmp_path}/cable")
        assert near != data
        with site_in(tmp_path / "site", data=near) as site:
            home: Home = site.home(tmp_path / "home", site.key("ada"))
            home.ok("add", "--from", "9", "--to", "10", "Before", "-p", "web")
            cable.at_commit = arrives
            home.later().ok("add", "--from", "10", "--to", "11", "Not confirmed", "-p", "web")
            assert cable.cuts == 1
            stored = "SELECT count(*) FROM time_entries WHERE description = 'Not confirmed'"
            assert sql(data, stored) == [(int(arrives),)]
            for _ in range(2 if arrives else 3):  # it is looked for twice before it is sent again
                synced = home.later().run("sync")
            assert synced.code == 0
            assert [text for _, _, text in home.there()] == ["Before", "Not confirmed"]
            cable.at_commit = arrives
            with site.client(home.key) as client:
                answer = client.post("/projects", json={"name": "Not confirmed"})
            assert (answer.status_code, answer.headers.get("Retry-After")) == (500, None)
            assert answer.json()["error"]["message"].startswith("The server's database did not confirm")


def test_locks_of_a_server_that_vanished_do_not_last() -> None:
    storage = opened(postgres.shared().schema())
    with storage.writing() as queries:
        connection = queries.connection  # type: ignore[attr-defined]  # of PostgreSQL
        assert connection.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("10s",)
    storage.close()
