"""What tests of the rules are given: a store of their own, or one for all examples of a property."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tracking.tracker import Tracker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    tracker = Tracker(tmp_path)
    yield tracker
    tracker.store.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    """An empty store that stays so: only for `Tracker.dropped`."""
    tracker = Tracker(tmp_path_factory.mktemp("empty"))
    yield tracker
    tracker.store.close()
