"""Fixtures of the server's tests: a file or a database, an application, a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.server.served import STORAGES, Api, Team, place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=STORAGES)
def data(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The value of `--data`: what holds of the server holds of it on both storages."""
    return place(request.param, tmp_path)


@pytest.fixture
def api(data: str) -> Iterator[Api]:
    api = Api(data)
    yield api
    api.close()


@pytest.fixture
def team(api: Api) -> Team:
    return Team(api)
