"""Writes an entry to the account in the form that its service accepts, as its answers have shown.

The service is sent the writable fields, and no `duration`, which would be stale. One that wants the duration
gets the right one; one whose PUT replaces the whole entry gets back what was read, too. One that refuses
RFC 3339 gets seconds since 1970.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from clockeye_cli.api import endpoints, wire
from clockeye_cli.api.list_pages import INVALID
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import NotShownError, RejectedError
from clockeye_cli.sync import search
from clockeye_cli.sync.merge import OURS, canonical

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from clockeye_cli.sync.account import Account

    Body = dict[str, Any]

TIMES = ("start_time", "end_time")
EPOCH = ("integer", "number", "epoch", "unix", "timestamp", "seconds")
"""Words with which a service refuses times that are texts."""


def create_entry(account: Account, body: Body) -> wire.RemoteEntry:
    """POST an entry. Returns it as the account has stored it.

    Raises:
        NotShownError: It was stored, but cannot be told from others.
        ClockeyeError: What `Client.request` raises.
    """
    try:
        return _posted(account, body)
    except NotShownError:
        with suppress(search.Undecided):
            if entry := search.just_stored(account, body):
                return entry
        raise


def _posted(account: Account, body: Body) -> wire.RemoteEntry:
    client = account.client
    sent = _with_duration(body) if client.dialect.put == "duration" else body
    try:
        return _written(account, sent, partial(endpoints.create_time_entry, client))
    except RejectedError as error:
        if "duration" in sent or not _wants_duration(error):
            raise
    remote_entry = _written(account, _with_duration(body), partial(endpoints.create_time_entry, client))
    _learn_put(account, "duration")
    return remote_entry


def update_entry(account: Account, before: wire.RemoteEntry, body: Body) -> wire.RemoteEntry:
    """PUT an entry. Returns it as the account has stored it.

    Args:
        account: The account.
        before: The entry as it was just read.
        body: The writable fields.

    Raises:
        ClockeyeError: What `Client.request` raises.
    """
    put = account.client.dialect.put
    try:
        stored = _sent(account, before, body, put)
    except RejectedError as error:
        other = {"whole": "writable", "duration": "writable"}.get(put, "duration")
        if error.status not in INVALID or (other == "duration" and not _wants_duration(error)):
            raise
        stored = _sent(account, before, body, other)
        _learn_put(account, other)
        return stored
    if put == "" and _has_old_length(before, stored, body):
        stored = _with_right_end(account, before, body, stored)
    if put != "whole" and lost_fields(before.fields, stored.fields):
        return _restored(account, before, body, stored)
    return stored


def lost_fields(before: Body, after: Body) -> Body:
    """The fields that have lost their value, although none of our changes concerns them."""
    return {
        name: value
        for name, value in before.items()
        if name not in (*OURS, "duration") and value and not after.get(name)
    }


def _with_right_end(
    account: Account, before: wire.RemoteEntry, body: Body, stored: wire.RemoteEntry
) -> wire.RemoteEntry:
    """The entry after a second PUT with the duration, if that is what the service uses."""
    try:
        second = _sent(account, before, body, "duration")
    except RejectedError:
        return stored
    if _end(second.fields) == _end(body):
        _learn_put(account, "duration")
    return second


def _restored(
    account: Account, before: wire.RemoteEntry, body: Body, stored: wire.RemoteEntry
) -> wire.RemoteEntry:
    """The entry after a PUT of all that was read, if the first one has deleted what it did not name."""
    current = endpoints.time_entry(account.client, stored.id)  # an answer may leave out fields
    if current is None or not lost_fields(before.fields, current.fields):
        return current or stored
    try:
        whole = _sent(account, before, body, "whole")
    except RejectedError:
        return current
    _learn_put(account, "whole")
    return whole


def _sent(account: Account, before: wire.RemoteEntry, body: Body, put: str) -> wire.RemoteEntry:
    sent = dict(body)
    if put == "duration" or (put == "whole" and "duration" in before.fields):
        sent = _with_duration(sent)
    if put == "whole":
        sent = {**before.fields, **sent}
    return _written(account, sent, partial(endpoints.update_time_entry, account.client, before.id))


def _written(account: Account, body: Body, write: Callable[[Body], wire.RemoteEntry]) -> wire.RemoteEntry:
    """What `write` returns for a body, with times in RFC 3339 or in seconds, as the service takes them."""
    is_epoch = account.client.dialect.epoch_times
    try:
        return write(_with_times(body, is_epoch=is_epoch))
    except RejectedError as error:
        if not _wants_other_times(error, body, is_epoch=is_epoch):
            raise
        refusal = error
    try:
        stored = write(_with_times(body, is_epoch=not is_epoch))
    except RejectedError:
        raise refusal from None
    account.client.learn(account.client.dialect._replace(epoch_times=not is_epoch))
    return stored


def _with_times(body: Body, *, is_epoch: bool) -> Body:
    return {**body, **{name: wire.instant(body[name]) for name in TIMES if is_epoch and body.get(name)}}


def _wants_other_times(error: RejectedError, body: Body, *, is_epoch: bool) -> bool:
    text = f"{error.field} {error.message}".casefold()
    is_named = any(name in text for name in TIMES if name in body)
    return error.status in INVALID and is_named and (is_epoch or any(word in text for word in EPOCH))


def _has_old_length(before: wire.RemoteEntry, stored: wire.RemoteEntry, body: Body) -> bool:
    """Whether the end is another one than was asked for, as if the old duration still held."""
    if before.ended_at is None or stored.ended_at is None or stored.ended_at == _end(body):
        return False
    return stored.ended_at - stored.started_at == before.ended_at - before.started_at


def _with_duration(body: Body) -> Body:
    started_at, ended_at = wire.instant(body.get("start_time")), _end(body)
    return body if started_at is None or ended_at is None else {**body, "duration": ended_at - started_at}


def _end(fields: Body) -> int | None:
    ended_at: int | None = canonical("end_time", fields.get("end_time"))
    return ended_at


def _wants_duration(error: RejectedError) -> bool:
    return error.status in INVALID and "duration" in f"{error.field} {error.message}"


def _learn_put(account: Account, put: str) -> None:
    account.client.learn(account.client.dialect._replace(put=put))
