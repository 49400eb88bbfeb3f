"""Asks for the pages of a list as its service takes it: plainly, then with larger pages if it grants them."""

from __future__ import annotations

from contextlib import closing
from http import HTTPStatus

from clockeye_cli.api import wire
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import RejectedError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from typing import Any

    from clockeye_cli.api.answer import Answer
    from clockeye_cli.api.client import Client
    from clockeye_cli.core.dialect import ListDialect

PAGE_SIZES: tuple[int, ...] = (200, 100)
"""The page sizes to ask for, when a list has more than one page."""

MOST_PAGES = 10_000
INVALID = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
"""How a service refuses parameters."""

NOT_THERE = (HTTPStatus.NOT_FOUND, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
"""How a service refuses what it does not have."""

PAST_THE_END = (*INVALID, *NOT_THERE)
"""How a service refuses a page behind the last one."""

PAIRS = {"start_date": "end_date", "end_date": "start_date"}
"""A period is asked for with both, or with none."""


class ListPages:
    """The pages of one list, read once.

    Args:
        client: The client, whose dialect is used and learned.
        path: The list.
        query: The filters.
    """

    def __init__(self, client: Client, path: str, query: Mapping[str, str]) -> None:
        self._client = client
        self._path = path
        self._query = query
        self._refused = {*self._dialect.refused}
        self._size = self._dialect.page_size or 0

    def pages(self) -> Generator[wire.ListPage]:
        """The pages of a list: the first, then those that it announces, several at a time, then one by one.

        Behind the last page, an empty one for a service that refuses to answer, even where its total has
        announced that page.
        """
        first = self._first()
        total = None if self._dialect.total == "wrong" else first.total
        second = self._second(first) if total is None else None
        has_more = _ids(second) - _ids(first) if second else (total or 0) > first.length
        larger = self._larger(first) if has_more and self._dialect.page_size is None else None
        if larger:
            first, second = larger, None
        yield first
        if second:
            yield second
        announced = min(-(-(total or 0) // max(1, first.length)), MOST_PAGES)
        several = range(2, announced + 1) if announced > 2 else ()  # noqa: PLR2004 (one more is not several)
        if several:
            yield from self._announced(first, several)
        for number in range(2 + (len(several) or bool(second)), MOST_PAGES + 1):
            ends = self._ends(first, number) if number <= announced else PAST_THE_END
            yield self._page_or_end(number, total, ends)

    def _announced(self, first: wire.ListPage, numbers: range) -> Generator[wire.ListPage]:
        """Pages that the total of the first one announces, several at a time; none behind a refused one."""
        with closing(self._client.get_several(self._path, map(self._params, numbers))) as answers:
            for number in numbers:
                try:
                    answer = next(answers)
                except RejectedError as error:
                    is_last = number == numbers[-1] or self._is_refused(number + 1)
                    if error.status not in self._ends(first, number) or not is_last:
                        raise
                    yield wire.ListPage([], first.total)
                    return
                yield _page_in(answer)

    def _is_refused(self, number: int) -> bool:
        try:
            self._page(number)
        except RejectedError as error:
            return error.status in PAST_THE_END
        return False

    def _ends(self, first: wire.ListPage, number: int) -> tuple[HTTPStatus, ...]:
        """The refusals of an announced page that mean that the list ends before it, whatever its total.

        A bad request may also mean that the service has no pages, so that rows would be missing.
        """
        is_short = first.per_page is not None and first.length < first.per_page
        return PAST_THE_END if number > 2 or is_short or self._dialect.has_pages else NOT_THERE  # noqa: PLR2004

    def _first(self) -> wire.ListPage:
        """The first page; without the parameters that the service refuses."""
        while True:
            params = self._params(1)
            try:
                page = self._page(1)
            except RejectedError as error:
                if error.status not in INVALID or not params:
                    raise
                if self._size:  # it granted this before
                    self._size = 0
                    self._learn(page_size=None)
                    continue
                named = [name for name in params if name in (error.field, *_words(error.message))]
                self._refused |= {*(named or params), *(PAIRS[name] for name in named if name in PAIRS)}
            else:
                self._learn(refused=tuple(sorted(self._refused)))
                return page

    def _second(self, first: wire.ListPage) -> wire.ListPage | None:
        """The second page of a list without a total; None if the first one is known to be the whole list."""
        if not first.length or self._dialect.is_whole(first.length):
            return None
        return self._page_or_end(2, None)

    def _larger(self, first: wire.ListPage) -> wire.ListPage | None:
        """The first page again, with as many rows as the service grants; None if these are not more."""
        for size in PAGE_SIZES:
            self._size = size
            try:
                page = self._page(1)
            except RejectedError as error:
                if error.status not in INVALID:
                    raise
                continue
            if page.length > first.length:
                is_cut = page.total is not None and page.length < page.total
                self._size = min(size, page.per_page or (page.length if is_cut else size))
                self._learn(page_size=self._size)
                return page
            break
        self._size = 0
        self._learn(page_size=0)
        return None

    def _page_or_end(
        self, number: int, total: int | None, ends: tuple[HTTPStatus, ...] = PAST_THE_END
    ) -> wire.ListPage:
        """A page that may be behind the last one: then it is empty, also where the service refuses it."""
        try:
            return self._page(number)
        except RejectedError as error:
            if error.status not in ends:
                raise
            return wire.ListPage([], total)

    def _page(self, number: int) -> wire.ListPage:
        params = self._params(number)
        return _page_in(self._client.request("GET", self._path, params=params))

    def _params(self, number: int) -> dict[str, str | int]:
        return {
            **{name: value for name, value in self._query.items() if name not in self._refused},
            **({"page": number} if number > 1 else {}),
            **({"per_page": self._size} if self._size else {}),
        }

    @property
    def _dialect(self) -> ListDialect:
        return self._client.dialect.of(self._path)

    def _learn(self, **changes: Any) -> None:
        self._client.learn(self._client.dialect.with_list(self._path, **changes))


def _page_in(answer: Answer) -> wire.ListPage:
    if answer.status == HTTPStatus.NO_CONTENT:
        return wire.ListPage([], None)  # how some services answer an empty page
    return wire.page(answer.content)


def _ids(page: wire.ListPage) -> set[str]:
    return {wire.id_of(row) for row in page.rows}


def _words(message: str) -> list[str]:
    """The words of a message, for the parameters that it names."""
    return "".join(letter if letter.isalnum() or letter == "_" else " " for letter in message).split()
