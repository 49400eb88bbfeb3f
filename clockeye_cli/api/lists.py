"""Reads a list of the API to its end, whatever the service makes of pages, totals and parameters.

The first request is plain. What the service shows is kept in the client's dialect: later lists begin with it.
"""

from __future__ import annotations

from contextlib import closing

from clockeye_cli.api import wire
from clockeye_cli.api.list_pages import ListPages
from clockeye_cli.core.dialect import FEWEST_ON_A_PAGE
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clockeye_cli.api.client import Client
    from clockeye_cli.core.dialect import ListDialect

USUAL_ON_A_PAGE = 50
"""The rows on a page when no number is asked for, according to the API reference."""

IDS = {
    "/projects": (("project", "id"),),
    "/users": (("user", "id"),),
    "/time-entries": (("project", "project_id"), ("user", "user_id")),
}
"""Where the rows of a list have ids that are sent to the service, by their kinds."""


class FullListing(NamedTuple):
    """A list, read to its end.

    Attributes:
        rows: One row per id, in the order of the answers.
        is_steady: Whether nothing contradicts that these are all rows: every page had the same total, and it
            equals the number of distinct ids; or, without a usable total, the last page brought nothing new.
        nameless: How many rows were skipped because they have no id.
        total: The total, if every page had the same one.
    """

    rows: list[dict[str, Any]]
    is_steady: bool
    nameless: int = 0
    total: int | None = None


def listing(
    client: Client,
    path: str,
    query: Mapping[str, str | None],
    each_page: Callable[[int, int | None], None] = lambda _rows, _total: None,
) -> FullListing:
    """Read a list to its end: until `meta.total` distinct ids were read, or a page brings nothing new.

    A short page does not end the list (a service may use smaller pages). With a usable total, a page without
    a new id is an error, since reading would go on forever.

    Raises:
        NoAnswerError: A page brings no new row, though the total promises some; or the list does not end.
    """
    by_id: dict[str, dict[str, Any]] = {}

    def keep(rows: dict[str, dict[str, Any]]) -> int:
        before = len(by_id)
        by_id.update(rows)
        return len(by_id) - before

    reading = Reading(client, path, query, keep)
    is_steady, total = reading.whole(each_page)
    return FullListing([*by_id.values()], is_steady, reading.nameless, total)


class Reading:
    """One reading of one list.

    Args:
        client: The client, whose dialect is used and learned.
        path: The list.
        query: The filters; None for those that are not set.
        keep: Called with the rows of each page by their ids; returns how many of these ids are new.

    Attributes:
        nameless: How many rows without an id were skipped so far.
    """

    def __init__(
        self,
        client: Client,
        path: str,
        query: Mapping[str, str | None],
        keep: Callable[[dict[str, dict[str, Any]]], int],
    ) -> None:
        self._client = client
        self._path = path
        self._pages = ListPages(
            client, path, {key: value for key, value in query.items() if value is not None}
        )
        self._keep = keep
        self._has_integers: dict[str, bool] = {}
        self._named = 0
        self.nameless = 0
        self._totals: set[int | None] = set()
        self._given_totals: set[int | None] = set()
        self._is_complete = False
        self._first_length = 0
        self._is_short = False

    def whole(self, each_page: Callable[[int, int | None], None]) -> tuple[bool, int | None]:
        """Read all pages. Returns whether the list is steady, and its total, as `FullListing` has them."""
        with closing(self._pages.pages()) as pages:
            for number, page in enumerate(pages, 1):
                is_new = self._add(page)
                self._first_length = self._first_length or page.length
                each_page(self._count, page.total)
                if self._is_end(number, page, is_new=is_new):
                    return self._result()
        raise NoAnswerError(f"Cannot read all of {self._path}: the list does not end.")

    @property
    def _count(self) -> int:
        return self._named + self.nameless

    def _add(self, page: wire.ListPage) -> bool:
        """Add the rows of a page. Returns whether it brought anything new."""
        before = self._count
        self._named += self._keep({wire.id_of(row): row for row in page.rows})
        self.nameless += page.nameless
        self._note_ids(page.rows)
        is_new = self._count > before
        if is_new:
            self._is_short = page.per_page is not None and page.length < page.per_page
        if is_new or not self._is_complete:  # behind the last page, a service may have another total
            self._totals.add(None if self._dialect.total == "wrong" else page.total)
            self._given_totals.add(page.total)
        return is_new

    def _is_end(self, number: int, page: wire.ListPage, *, is_new: bool) -> bool:
        """Whether all rows were read, after a page was added.

        Raises:
            NoAnswerError: The page repeats earlier ones, though the total promises more.
        """
        if self._is_complete and is_new:
            self._learn(total="wrong")
            self._totals = {None}
        is_usable = None not in self._totals
        is_doubtful = self._is_complete or self._is_short or not is_usable or len(self._totals) > 1
        if not page.length or (not is_new and is_doubtful):
            self._learn_end(number, page)
            return True
        if not is_new:
            raise NoAnswerError(f"Cannot read all of {self._path}: page {number} repeats earlier rows.")
        if not is_usable:
            return number == 1 and self._dialect.is_whole(self._count)
        self._is_complete = page.total is not None and self._count >= page.total
        return self._is_complete and not self._is_doubtful(number, page)

    def _result(self) -> tuple[bool, int | None]:
        is_usable = None not in self._totals
        is_right = self._totals == {self._count}
        if self._given_totals == {self._count} and self._count > self._first_length:
            self._learn(total="right")  # it is not the number of rows on a page
        elif not is_usable and self._dialect.total != "wrong":
            self._learn(total="none")
        self._learn_ids()
        total = next(iter(self._totals)) if len(self._totals) == 1 else None
        return is_right or not is_usable, total

    def _is_doubtful(self, number: int, page: wire.ListPage) -> bool:
        """Whether a total may be the number of rows on this page: it is equal, and the page is full."""
        if number > 1:
            return False
        if page.per_page:
            return page.length >= page.per_page
        fewest = USUAL_ON_A_PAGE if self._dialect.total == "right" else FEWEST_ON_A_PAGE
        return page.length > 0 and page.length % fewest == 0

    def _learn_end(self, number: int, page: wire.ListPage) -> None:
        """Note whether there are pages: where there are none, the second one is the first one again."""
        if number == 2 and page.length == self._count:  # noqa: PLR2004 (see above)
            self._learn(has_pages=False, longest_page=max(page.length, self._dialect.longest_page))
        elif number > 2:  # noqa: PLR2004 (the second page had rows of its own)
            self._learn(has_pages=True)

    def _note_ids(self, rows: list[dict[str, Any]]) -> None:
        """Note the kinds of ids on a page, and whether any of them is an integer."""
        for kind, field in IDS.get(self._path, ()):
            ids = [row[field] for row in rows if row.get(field) is not None]
            if ids:
                has_integers = any(map(wire.has_integer, ids))
                self._has_integers[kind] = self._has_integers.get(kind, False) or has_integers

    def _learn_ids(self) -> None:
        dialect = self._client.dialect
        kinds = {*dialect.integer_ids}
        for kind, has_integers in self._has_integers.items():
            kinds = kinds | {kind} if has_integers else kinds - {kind}
        self._client.learn(dialect._replace(integer_ids=tuple(sorted(kinds))))

    @property
    def _dialect(self) -> ListDialect:
        return self._client.dialect.of(self._path)

    def _learn(self, **changes: Any) -> None:
        self._client.learn(self._client.dialect.with_list(self._path, **changes))
