"""What the account's tests are given: a service, a computer that works with it, and the cable in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import postgres
from tests.account.cable import Cable, cable_to
from tests.account.world import Home, Site, site_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a sample of the tests, those marked with `both_storages`, against PostgreSQL, too."""
    if metafunc.definition.get_closest_marker("both_storages"):
        metafunc.parametrize("new_data", ["file", "postgres"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def new_data(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Gives the `data` of each `Site`: the URL of a new database, or nothing for a file."""
    is_on_postgres = getattr(request, "param", "file") == "postgres"
    return lambda: postgres.shared().schema() if is_on_postgres else ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, new_data: Callable[[], str]) -> Iterator[Site]:
    """One service for all tests of a file; each test takes keys of its own."""
    with site_in(tmp_path_factory.mktemp("site"), data=new_data()) as site:
        yield site


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A service of the test's own, which it may stop, and start again with faults or limits."""
    with site_in(tmp_path / "site") as site:
        yield site


@pytest.fixture
def home(site: Site, tmp_path: Path) -> Home:
    """A computer with a key of a new user in its environment."""
    return site.home(tmp_path / "home", site.key(tmp_path.name))


@pytest.fixture
def cable(site: Site) -> Iterator[Cable]:
    with cable_to(site.port) as cable:
        yield cable
