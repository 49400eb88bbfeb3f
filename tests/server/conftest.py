"""Fixtures of the server's tests: a file, an application, a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.server.served import Api, Team

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(tmp_path / "folder" / "server.db")


@pytest.fixture
def api(data: str) -> Api:
    return Api(data)


@pytest.fixture
def team(api: Api) -> Team:
    return Team(api)
