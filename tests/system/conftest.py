"""Fixtures of the tests that sabotage system calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.system.real_parts import folder_in_memory
from tests.system.under_strace import Sabotage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def fast_path() -> Iterator[Path]:
    with folder_in_memory() as folder:
        yield folder


@pytest.fixture(scope="module")
def killer() -> Iterator[Sabotage]:
    with Sabotage("signal=SIGKILL") as sabotage:
        yield sabotage
