"""How a service interprets the API where the reference leaves it open, as far as it has shown. Pure.

It is kept with the profile, so that the next request is sent as the service takes it, and learned anew when
an answer contradicts it. What was refused is not asked for, so no answer can contradict that: it is tried
again after a day.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FEWEST_ON_A_PAGE = 10
"""No service divides a list into smaller pages than this by itself."""

TRY_AGAIN = 86_400
"""Seconds after which the service is asked again for what it has refused."""


class ListDialect(NamedTuple):
    """How a service answers one list.

    Attributes:
        page_size: How many rows it grants when more are asked for; 0 if it refuses or ignores the question;
            None while it was not asked.
        refused: The parameters that it refuses.
        has_pages: Whether there are pages; None while unknown.
        longest_page: The number of rows of the longest page behind which there was nothing.
        total: `right`, `none` or `wrong`; empty while unknown.
    """

    page_size: int | None = None
    refused: tuple[str, ...] = ()
    has_pages: bool | None = None
    longest_page: int = 0
    total: str = ""

    def is_whole(self, rows: int) -> bool:
        """Whether a first page with so many rows is the whole list, since the list has no pages.

        A round number of rows may be a full page of a service that has pages by now.
        """
        is_round = rows > 0 and rows % FEWEST_ON_A_PAGE == 0
        return self.has_pages is False and rows < max(self.longest_page, FEWEST_ON_A_PAGE) and not is_round

    def without_refusals(self) -> ListDialect:
        """The dialect as if nothing had been refused."""
        return self._replace(refused=(), page_size=self.page_size or None)


class Dialect(NamedTuple):
    """How a service reads the API.

    Attributes:
        lists: How it answers its lists, by their paths.
        put: What a PUT must contain: `writable` fields only, also the `duration`, or the `whole` entry; empty
            while only writable fields were sent and nothing was wrong with that.
        gone: The status with which it answers for an entry that was deleted; None while unknown.
        integer_ids: The kinds of ids that are integers: `project`, `user`.
        epoch_times: Whether it takes times as seconds since 1970 only.
        takes_timer: Whether it takes an entry without an end; None while unknown.
        refused_at: The instant when it last refused anything new; 0 for never.
    """

    lists: Mapping[str, ListDialect] = {}
    put: str = ""
    gone: int | None = None
    integer_ids: tuple[str, ...] = ()
    epoch_times: bool = False
    takes_timer: bool | None = None
    refused_at: int = 0

    def of(self, path: str) -> ListDialect:
        """How the service answers the list at this path."""
        return self.lists.get(path, ListDialect())

    def with_list(self, path: str, **changes: Any) -> Dialect:
        """The dialect after something new was learned about a list."""
        return self._replace(lists={**self.lists, path: self.of(path)._replace(**changes)})

    def without_refusals(self) -> Dialect:
        """The dialect as if nothing had been refused."""
        lists = {path: one.without_refusals() for path, one in self.lists.items()}
        return self._replace(lists=lists, takes_timer=self.takes_timer or None)

    def learned(self, dialect: Dialect, now: int) -> Dialect:
        """A dialect that was learned after this one, with the instant of its refusals."""
        is_same = self._refusals() == dialect._refusals()
        return dialect._replace(refused_at=self.refused_at if is_same else now)

    def _refusals(self) -> tuple[object, ...]:
        lists = [(path, one.refused, one.page_size == 0) for path, one in sorted(self.lists.items())]
        return ([one for one in lists if any(one[1:])], self.takes_timer is False)

    def sent_id(self, kind: str, account_id: str) -> str | int:
        """An id of this kind as the service writes it."""
        return int(account_id) if kind in self.integer_ids and account_id.isdecimal() else account_id


def dialect_text(dialect: Dialect) -> str:
    """The dialect as JSON, to be stored."""
    import json

    lists = {path: one._asdict() for path, one in dialect.lists.items()}
    return json.dumps({**dialect._asdict(), "lists": lists}, sort_keys=True)


def dialect_of(text: str) -> Dialect:
    """The dialect in a stored text; what another version of the program has stored counts as unknown."""
    import json

    try:
        fields = json.loads(text or "{}")
        lists = {path: ListDialect(**_tuples(one)) for path, one in fields.pop("lists", {}).items()}
        return Dialect(lists=lists, **_tuples(fields))
    except (ValueError, TypeError, AttributeError):
        return Dialect()


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
