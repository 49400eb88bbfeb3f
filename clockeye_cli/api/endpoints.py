"""One short function for each endpoint of the API reference."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from clockeye_cli.api import summary as summaries
from clockeye_cli.api import wire
from clockeye_cli.api.list_pages import MOST_PAGES, PAST_THE_END
from clockeye_cli.api.lists import listing
from clockeye_cli.api.screenshots import RemoteScreenshot, screenshot
from clockeye_cli.core.safe_text import storable
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import NoAnswerError, NotShownError, RejectedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from clockeye_cli.api.client import Client
    from clockeye_cli.api.lists import FullListing
    from clockeye_cli.core.user import User

ENTRIES, PROJECTS, USERS, SCREENSHOTS = "/time-entries", "/projects", "/users", "/screenshots"

GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""How a service refuses a request for an id that it does not have, or no longer has."""


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


def entry_listing(client: Client, **query: str | None) -> FullListing:
    """Time entries as rows, and whether the list was stable while it was read.

    Args:
        client: The client.
        **query: `start_date`, `end_date`, `user_id`, `project_id`.
    """
    return listing(client, ENTRIES, query)


def time_entry(client: Client, entry_id: str) -> wire.RemoteEntry | None:
    """One time entry; None if the service says that no entry has that id, or no longer.

    Raises:
        NoAnswerError: Also if the answer is another entry.
    """
    try:
        answer = client.request("GET", _path_of(entry_id))
    except RejectedError as error:
        if error.status in GONE:
            client.learn(client.dialect._replace(gone=error.status))
            return None
        raise
    fields = wire.one(answer.content)
    return None if wire.is_deleted(fields) else _same_entry(wire.entry(fields), entry_id)


def create_time_entry(client: Client, body: Mapping[str, Any]) -> wire.RemoteEntry:
    """Create a time entry (`wire.body` builds the body). Returns it as it was stored.

    Raises:
        NotShownError: It was stored, but the answer is empty.
    """
    content = client.request("POST", ENTRIES, body=dict(body)).content
    if content is None:
        raise NotShownError("ClockEye accepted the entry, but did not say under which id.")
    fields = wire.one(content)
    return _stored(client, wire.id_of(fields), fields, body)


def update_time_entry(client: Client, entry_id: str, body: Mapping[str, Any]) -> wire.RemoteEntry:
    """Change a time entry. Returns it as it was stored; `sync/writing.py` knows which fields to send.

    Raises:
        NoAnswerError: Also if the answer is another entry.
    """
    content = client.request("PUT", _path_of(entry_id), body=dict(body)).content
    return _stored(client, entry_id, {} if content is None else wire.one(content), body)


def _stored(
    client: Client, entry_id: str, fields: dict[str, Any], body: Mapping[str, Any]
) -> wire.RemoteEntry:
    """The entry in the answer to a change; read again if the answer does not show all that was sent."""
    if fields and all(name in fields or not body[name] for name in body if name != "user_id"):
        return _same_entry(wire.entry(fields), entry_id)
    remote_entry = time_entry(client, entry_id)
    if remote_entry is None:
        raise NoAnswerError(f"ClockEye does not find the entry {entry_id[:60]} that it has just stored.")
    return remote_entry


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
    return [wire.project(row) for row in listing(client, PROJECTS, {}).rows]


def create_project(client: Client, name: str) -> wire.RemoteProject:
    """Create a project."""
    fields = wire.one(client.request("POST", PROJECTS, body={"name": name}).content)
    if wire.has_integer(fields["id"]):
        ids = {*client.dialect.integer_ids, "project"}
        client.learn(client.dialect._replace(integer_ids=tuple(sorted(ids))))
    return wire.project(fields)


def users(client: Client) -> list[User]:
    """The users that the key may see."""
    return [wire.user(row) for row in listing(client, USERS, {}).rows]


def screenshots(
    client: Client,
    *,
    each_page: Callable[[int, int | None], None] = lambda _rows, _total: None,
    **query: str | None,
) -> list[RemoteScreenshot]:
    """Screenshots, by `user_id`, `time_entry_id`, `start_date`, `end_date`.

    `each_page` is called with the number of screenshots so far, and the total.
    """
    return [screenshot(row) for row in listing(client, SCREENSHOTS, query, each_page).rows]


def summary(
    client: Client, *, start_date: str, end_date: str, group_by: str, **query: str | None
) -> summaries.RemoteSummary:
    """A summary computed by ClockEye, by `project`, `user` or `day`; dates are UTC days, both included."""
    params = _given({"start_date": start_date, "end_date": end_date, "group_by": group_by, **query})
    return summaries.summary(client.request("GET", "/reports/summary", params=params).content, group_by)


def pages(client: Client, path: str, query: Mapping[str, str | None]) -> Iterator[Any]:
    """The raw pages of any list, for `clockeye api --paginate`."""
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        params = {**_given(query), **({"page": number} if number > 1 else {})}
        try:
            content = client.request("GET", path, params=params).content
        except RejectedError as error:
            if number > 1 and error.status in PAST_THE_END:
                return
            raise
        rows, total = wire.rows_of(content), wire.page(content).total
        ids = {str(row.get("id")) for row in rows if isinstance(row, dict)}
        if not rows or ids <= seen:
            return
        seen |= ids
        yield content
        if total is not None and len(seen) >= total:
            return


def _same_entry(remote_entry: wire.RemoteEntry, entry_id: str) -> wire.RemoteEntry:
    if remote_entry.id != storable(entry_id):
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
