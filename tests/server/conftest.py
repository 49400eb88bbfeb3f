"""Fixtures of the server's tests: a file or a database, an application, a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import postgres
from tests.server.served import Api, Team

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["file", "postgres"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The value of `--data`: what holds of the server holds of it on both storages."""
    if request.param == "postgres":
        return postgres.shared().schema()
    return str(tmp_path / "folder" / "server.db")


@pytest.fixture
def api(data: str) -> Iterator[Api]:
    api = Api(data)
    yield api
    api.close()


@pytest.fixture
def team(api: Api) -> Team:
    return Team(api)
