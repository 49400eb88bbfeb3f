"""The lock that keeps a second server from a SQLite file, whose limits one process must count."""

from __future__ import annotations

import os
from contextlib import contextmanager

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.files import locked
from clockeye_cli.server.places import is_url

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def alone(data: str) -> Iterator[None]:
    """Keep other servers from a file while the block runs; PostgreSQL takes any number of them.

    Args:
        data: The file, or the URL of a database.

    Raises:
        ClashError: A server serves the file.
    """
    if is_url(data):
        yield
        return
    path = os.path.abspath(data)
    with locked(f"{path}.lock", seconds=0) as is_ours:
        if not is_ours:
            raise ClashError(
                f"Another server already serves {path}.",
                hint="Stop it first, or choose another file with --data.",
                code="data_in_use",
            )
        yield
