"""What the tests of the exchange are given: a service in memory, a clock, and this computer's side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sync.service import NOON, Clock, Service, account_of

if TYPE_CHECKING:
    from pathlib import Path

    from clockeye_cli.sync.account import Account


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def account(service: Service, tmp_path: Path, clock: Clock) -> Account:
    return account_of(service, tmp_path, clock)
