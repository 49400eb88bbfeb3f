"""Reads a list that may be long, again where it changed meanwhile."""

from __future__ import annotations

from clockeye_cli.api.lists import Reading
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol

    from clockeye_cli.api.client import Client

    class ReadRows(Protocol):
        """Keeps the rows of a list while it is read."""

        def add(self, rows: dict[str, dict[str, Any]]) -> int:
            """Add the rows of a page by their ids, in place of earlier ones; return how many ids are new."""

        def clear(self) -> None:
            """Forget all rows."""

        def fingerprint(self) -> bytes:
            """A value that is the same for the same ids only."""


STEADY_TRIES = 3


class LongListing(NamedTuple):
    """What is known of a list that was read to its end, but its rows.

    Attributes:
        is_steady: As in `FullListing`.
        nameless: How many rows were skipped because they have no id.
        total: The total, if every page had the same one.
    """

    is_steady: bool
    nameless: int
    total: int | None


def steady_listing(
    client: Client,
    path: str,
    query: Mapping[str, str | None],
    rows: ReadRows,
    each_page: Callable[[int, int | None], None],
) -> LongListing:
    """Read a list into `rows`; again, up to three times, until it does not change while it is read.

    The same rows twice, with the same total that is not their number, are steady: that total is wrong.
    """
    read = _long_listing(client, path, query, rows, each_page)
    for _ in range(STEADY_TRIES - 1):
        if read.is_steady:
            break
        before, ids_before = read, rows.fingerprint()
        rows.clear()
        read = _long_listing(client, path, query, rows, each_page)
        has_same_total = read.total == before.total is not None
        if not read.is_steady and has_same_total and rows.fingerprint() == ids_before:
            client.learn(client.dialect.with_list(path, total="wrong"))
            return read._replace(is_steady=True)
    return read


def _long_listing(
    client: Client,
    path: str,
    query: Mapping[str, str | None],
    rows: ReadRows,
    each_page: Callable[[int, int | None], None],
) -> LongListing:
    reading = Reading(client, path, query, rows.add)
    is_steady, total = reading.whole(each_page)
    return LongListing(is_steady, reading.nameless, total)
