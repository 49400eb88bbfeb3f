"""One short function for each endpoint of the API reference."""

from __future__ import annotations

from contextlib import closing
from http import HTTPStatus
from urllib.parse import quote

from clockeye_cli.api import summary as summaries
from clockeye_cli.api import wire
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import NoAnswerError, RejectedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from typing import Any

    from clockeye_cli.api.client import Client
    from clockeye_cli.core.user import User

PER_PAGE = 200
"""The page size that is requested; with smaller pages the result is the same, only slower."""

MOST_PAGES = 10_000

GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""How a service refuses a request for an id that it does not have, or no longer has."""

Query = "Mapping[str, str | int | None]"


class FullListing(NamedTuple):
    """A list, read to its end.

    Attributes:
        rows: One row per id, in the order of the answers.
        is_steady: Whether every page had the same total, and it equals the number of distinct ids.
        nameless: How many rows were skipped because they have no id.
    """

    rows: list[dict[str, Any]]
    is_steady: bool
    nameless: int = 0


def time_entries(
    client: Client,
    *,
    start_date: str | None = None,
    end_date: str | None = None,
    user_id: str | None = None,
    project_id: str | None = None,
) -> list[wire.RemoteEntry]:
    """Time entries; dates are UTC days, both included. A service may ignore a filter: check the rows."""
    return [
        wire.entry(row)
        for row in entry_listing(
            client, start_date=start_date, end_date=end_date, user_id=user_id, project_id=project_id
        ).rows
    ]


def entry_listing(
    client: Client,
    *,
    each_page: Callable[[int, int | None], None] = lambda _rows, _total: None,
    **query: str | None,
) -> FullListing:
    """Time entries as rows, and whether the list was stable while it was read.

    Args:
        client: The client.
        each_page: Called with the number of rows so far, and the total.
        **query: `start_date`, `end_date`, `user_id`, `project_id`.
    """
    return listing(client, "/time-entries", query, each_page)


def time_entry(client: Client, entry_id: str) -> wire.RemoteEntry | None:
    """One time entry; None if the service says that no entry has that id, or no longer.

    Raises:
        NoAnswerError: Also if the answer is another entry.
    """
    try:
        answer = client.request("GET", _path_of(entry_id))
    except RejectedError as error:
        if error.status in GONE:
            return None
        raise
    return _same_entry(wire.entry(wire.one(answer.content)), entry_id)


def create_time_entry(client: Client, body: Mapping[str, Any]) -> wire.RemoteEntry:
    """Create a time entry (`wire.body` builds the body)."""
    return wire.entry(wire.one(client.request("POST", "/time-entries", body=dict(body)).content))


def update_time_entry(client: Client, entry_id: str, body: Mapping[str, Any]) -> wire.RemoteEntry:
    """Change a time entry; send all its fields: services may merge them or replace the whole entry."""
    answer = client.request("PUT", _path_of(entry_id), body=dict(body))
    return _same_entry(wire.entry(wire.one(answer.content)), entry_id)


def delete_time_entry(client: Client, entry_id: str) -> bool:
    """Delete a time entry. Returns whether it was deleted now: it may be gone already."""
    try:
        client.request("DELETE", _path_of(entry_id))
    except RejectedError as error:
        if error.status in GONE:
            return False
        raise
    return True


def projects(client: Client) -> list[wire.RemoteProject]:
    """All projects."""
    return [wire.project(row) for row in listing(client, "/projects", {}).rows]


def create_project(client: Client, name: str) -> wire.RemoteProject:
    """Create a project."""
    return wire.project(wire.one(client.request("POST", "/projects", body={"name": name}).content))


def users(client: Client) -> list[User]:
    """The users that the key may see."""
    return [wire.user(row) for row in listing(client, "/users", {}).rows]


def screenshots(
    client: Client,
    *,
    each_page: Callable[[int, int | None], None] = lambda _rows, _total: None,
    **query: str | None,
) -> list[wire.RemoteScreenshot]:
    """Screenshots, by `user_id`, `time_entry_id`, `start_date`, `end_date`.

    `each_page` is called with the number of screenshots so far, and the total.
    """
    return [wire.screenshot(row) for row in listing(client, "/screenshots", query, each_page).rows]


def summary(
    client: Client, *, start_date: str, end_date: str, group_by: str, **query: str | None
) -> summaries.RemoteSummary:
    """A summary computed by ClockEye, by `project`, `user` or `day`; dates are UTC days, both included."""
    params = _given({"start_date": start_date, "end_date": end_date, "group_by": group_by, **query})
    return summaries.summary(client.request("GET", "/reports/summary", params=params).content, group_by)


def listing(
    client: Client,
    path: str,
    query: Mapping[str, str | None],
    each_page: Callable[[int, int | None], None] = lambda _rows, _total: None,
) -> FullListing:
    """Read a list to its end: until `meta.total` distinct ids were read, or a page is empty.

    A short page does not end the list (a service may use smaller pages). A page without a new id is an error,
    since reading would go on forever.

    Raises:
        NoAnswerError: A page brings no new row, or the list does not end.
    """
    by_id: dict[str, dict[str, Any]] = {}
    totals: set[int | None] = set()
    nameless = 0
    with closing(_in_order(client, path, _given(query))) as read:
        for number, page in enumerate(read, 1):
            totals.add(page.total)
            before = len(by_id)
            by_id |= {wire.id_of(row): row for row in page.rows}
            nameless += page.nameless
            count = len(by_id) + nameless
            each_page(count, page.total)
            if not (page.rows or page.nameless) or (page.total is not None and count >= page.total):
                is_steady = len(totals) == 1 and page.total == count
                return FullListing(list(by_id.values()), is_steady, nameless)
            if len(by_id) == before and len(totals) > 1:
                return FullListing(list(by_id.values()), is_steady=False)  # it grew while it was read
            if len(by_id) == before:
                raise NoAnswerError(f"Cannot read all of {path}: page {number} repeats earlier rows.")
    raise NoAnswerError(f"Cannot read all of {path}: the list does not end.")


def _in_order(client: Client, path: str, query: dict[str, str | int]) -> Generator[wire.ListPage]:
    """The pages of a list: the first, then those that it announces, several at a time, then one by one."""

    def params(number: int) -> dict[str, str | int]:
        return {**query, "page": number, "per_page": PER_PAGE}

    first = wire.page(client.request("GET", path, params=params(1)).content)
    yield first
    announced = min(-(-(first.total or 0) // max(1, len(first.rows))), MOST_PAGES)
    several = range(2, announced + 1) if announced > 2 else ()  # noqa: PLR2004 (one more is not several)
    if several:
        with closing(client.get_several(path, map(params, several))) as answers:
            for answer in answers:
                yield wire.page(answer.content)
    for number in range(2 + len(several), MOST_PAGES + 1):
        yield wire.page(client.request("GET", path, params=params(number)).content)


def pages(client: Client, path: str, query: Mapping[str, str | None]) -> Iterator[Any]:
    """The raw pages of any list, for `clockeye api --paginate`."""
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        content = client.request("GET", path, params={**_given(query), "page": number}).content
        page = wire.page(content)
        ids = {str(row.get("id")) for row in page.rows}
        if not page.rows or ids <= seen:
            return
        seen |= ids
        yield content
        if page.total is not None and len(seen) >= page.total:
            return


def _same_entry(remote_entry: wire.RemoteEntry, entry_id: str) -> wire.RemoteEntry:
    if remote_entry.id != wire.clean(entry_id):
        raise NoAnswerError(
            f"ClockEye answered with the entry {remote_entry.id[:60]} instead of {entry_id[:60]}."
        )
    return remote_entry


def _path_of(entry_id: str) -> str:
    if entry_id in ("", ".", ".."):  # even quoted, they would address another resource
        raise UsageError(f"{entry_id!r} is not an id.")
    return f"/time-entries/{quote(entry_id, safe='', errors='replace')}"


def _given(query: Mapping[str, str | None]) -> dict[str, str | int]:
    return {key: value for key, value in query.items() if value is not None}
