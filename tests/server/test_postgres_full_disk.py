"""A full disk of the database: what was acknowledged is stored, and all goes on once there is room again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from clockeye_cli.errors import StorageError
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import opened
from tests.postgres import ACCOUNT, Cluster
from tests.server.running import running
from tests.system.real_parts import small_disk

if TYPE_CHECKING:
    from collections.abc import Iterator

DISK_KIB = 24 * 1_024


class Small(NamedTuple):
    """A PostgreSQL, and the small disk for its databases."""

    cluster: Cluster
    disk: Path

    def database(self) -> str:
        """The URL of a new, empty database on the small disk."""
        self.cluster.sql("CREATE DATABASE team TABLESPACE small")
        return self.cluster.url("team")


@pytest.fixture
def small() -> Iterator[Small]:
    cluster = Cluster()
    with small_disk(Path(cluster.folder) / "disk", DISK_KIB) as disk:
        shutil.chown(disk, ACCOUNT)
        (disk / "tables").mkdir(mode=0o700)
        shutil.chown(disk / "tables", ACCOUNT)
        cluster.sql(f"CREATE TABLESPACE small LOCATION '{disk}/tables'")
        yield Small(cluster, disk)
        cluster.stop("immediate")
    cluster.close()


def fill(disk: Path) -> Path:
    """A file that leaves no room."""
    filler = disk / "filler"
    with open(filler, "wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4_096))
            except OSError:
                return filler


def test_acknowledged_is_stored_and_the_rest_is_not(small: Small) -> None:
    data = small.database()
    key = add_key(opened(data), "owner").key
    with running(data) as server, server.client(key) as client:
        project = client.post("/projects", json={"name": "web"}).json()["data"]["id"]
        body = {
            "project_id": project,
            "start_time": "2024-01-15T09:00:00Z",
            "end_time": "2024-01-15T10:00:00Z",
        }
        body["description"] = os.urandom(500).hex()  # nothing to compress
        assert client.post("/time-entries", json=body).status_code == 201
        filler = fill(small.disk)
        answers = [client.post("/time-entries", json=body) for _ in range(60)]
        statuses = [answer.status_code for answer in answers]
        assert statuses[-1] == 503
        assert set(statuses) <= {201, 503}
        assert answers[-1].headers["Retry-After"] == "5"
        assert answers[-1].json()["error"]["code"] == "unavailable"
        filler.unlink()
        assert client.post("/time-entries", json=body).status_code == 201
        assert client.get("/time-entries").json()["meta"]["total"] == statuses.count(201) + 2


def test_a_server_does_not_start_half(small: Small) -> None:
    data = small.database()
    filler = fill(small.disk)
    with pytest.raises(StorageError, match=r"could not write|No space left") as refusal:
        opened(data)
    assert refusal.value.hint == "Free some space on its disk."
    filler.unlink()
    opened(data).close()
