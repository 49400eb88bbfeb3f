"""Reads a list that may be long, again where it changed meanwhile, and keeps its rows in little memory."""

from __future__ import annotations

import marshal
import zlib

from clockeye_cli.api import wire
from clockeye_cli.api.lists import Reading
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from clockeye_cli.api.client import Client

STEADY_TRIES = 3

QUICK = 1
"""The level of compression; rows repeat their names, so that more work would save little."""


class PackedRows:
    """The rows of a list, one per id, as often as they are needed.

    They are compressed, since their values need twenty times the memory; marshal, which only this process
    reads again, takes a tenth of json's time.
    """

    def __init__(self) -> None:
        self._pages: list[bytes] = []
        self._latest: dict[str, int] = {}

    def add(self, rows: dict[str, dict[str, Any]], repeated: set[str]) -> None:
        """Add the rows of a page by their ids; those with `repeated` ids replace earlier ones."""
        self._latest |= dict.fromkeys(repeated, len(self._pages))
        self._pages.append(zlib.compress(marshal.dumps([*rows.values()]), QUICK))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number, page in enumerate(self._pages):
            for row in marshal.loads(zlib.decompress(page)):  # noqa: S302 (written above)
                if not self._latest or self._latest.get(wire.id_of(row), number) == number:
                    yield row


class LongListing(NamedTuple):
    """A list that may be long, read to its end.

    Attributes:
        ids: The ids of its rows.
        rows: Its rows.
        is_steady: As in `FullListing`.
        nameless: How many rows were skipped because they have no id.
        total: The total, if every page had the same one.
    """

    ids: set[str]
    rows: PackedRows
    is_steady: bool
    nameless: int
    total: int | None


def steady_listing(
    client: Client,
    path: str,
    query: Mapping[str, str | None],
    each_page: Callable[[int, int | None], None],
) -> LongListing:
    """Read a list again, up to three times, until it does not change while it is read.

    The same rows twice, with the same total that is not their number, are steady: that total is wrong.
    """
    read = _long_listing(client, path, query, each_page)
    for _ in range(STEADY_TRIES - 1):
        if read.is_steady:
            break
        before, read = read, _long_listing(client, path, query, each_page)
        if not read.is_steady and read.ids == before.ids and read.total == before.total is not None:
            client.learn(client.dialect.with_list(path, total="wrong"))
            return read._replace(is_steady=True)
    return read


def _long_listing(
    client: Client,
    path: str,
    query: Mapping[str, str | None],
    each_page: Callable[[int, int | None], None],
) -> LongListing:
    rows = PackedRows()
    reading = Reading(client, path, query, rows.add)
    is_steady, total = reading.whole(each_page)
    return LongListing(reading.ids, rows, is_steady, reading.nameless, total)
