"""Delivery of one row of the outbox: read the account, send the change, record the answer."""

from __future__ import annotations

import json
from http import HTTPStatus

from clockeye_cli.api import endpoints
from clockeye_cli.core.entry import Timer, new_id
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import KeyMissingError, NoAnswerError, RejectedError
from clockeye_cli.store import notices, outbox, projects, remote, users
from clockeye_cli.store import timer as timers
from clockeye_cli.sync import queue, search
from clockeye_cli.sync import timer as timer_rules
from clockeye_cli.sync.conversion import body_of, is_running, put_projects
from clockeye_cli.sync.current import current_entry, refuse_if_present
from clockeye_cli.sync.merge import Conflict, is_ours_as_stored, merged, same
from clockeye_cli.sync.writing import create_entry, lost_fields, update_entry

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.api import wire
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account


def deliver(account: Account, row: Row) -> None:
    """Deliver one row.

    Raises:
        Conflict: Both sides have changed the entry.
        Undecided: The row may have arrived already.
        NotYet: The row may have arrived already, and will be looked for again.
        WaitsForStop: A running entry that the account does not take, or must not get.
        Overtaken: Another command has changed or reverted the row in the meantime.
        ClockeyeError: What `Client.request` raises.
    """
    {"project": _project, "create": _create, "update": _update, "delete": _delete}[row.what](account, row)


def _create(account: Account, row: Row) -> None:
    if row.state == "unknown":
        arrived = search.look(account, row)
        if arrived is not None:
            with account.store.exchange() as connection:
                posted = timer_rules.as_posted(account, json.loads(row.body or "{}"), arrived)
                queue.settle_within(account, connection, row, posted, None)
            return
    with account.store.exchange() as connection:
        row = queue.current(connection, row)
        item = timers.item(connection, row.local_id)
        runs = item is not None and is_running(item)
        if item is None or (runs and not (account.posts_timer and timer_rules.are_taken(account))):
            outbox.done(connection, row)
            return
        body = body_of(connection, item)
        outbox.put(connection, row._replace(state="sending", body=json.dumps(body), looks=0, looked_at=None))
    user_id = None if isinstance(item, Timer) else item.user_id
    try:
        remote_entry = create_entry(account, body)
    except RejectedError as error:
        if user_id and _is_about_user(error):
            with account.store.exchange() as connection:
                users.remember_refused(connection)
        elif runs:
            timer_rules.wait_for_stop(account, row, error)
            raise queue.WaitsForStop from error
        raise
    _refuse_another(account, row, remote_entry)
    if runs:
        timer_rules.learn(account, remote_entry)
    if user_id is None:
        _settle_own(account, row, remote_entry, body)
    else:
        _settle_of_other(account, row, remote_entry, user_id, body)


def _refuse_another(account: Account, row: Row, remote_entry: wire.RemoteEntry) -> None:
    """Refuse an answer to a POST that names an entry which was here before.

    Raises:
        Undecided: It does: whether ours was stored is unknown.
    """
    with account.store.read() as connection:
        seen = remote.by_account_id(connection, remote_entry.id)
    if seen and seen.local_id != row.local_id:
        raise search.Undecided(f"ClockEye answered with {remote_entry.id}, which is {seen.local_id} here.")


def _settle_own(account: Account, row: Row, remote_entry: wire.RemoteEntry, body: dict[str, Any]) -> None:
    """Settle an own entry; the first one reveals the profile's own user.

    Raises:
        KeyMissingError: The account stored it for another user: nothing more is sent with this key.
    """
    with account.store.exchange() as connection:
        own_user = users.own(connection)
        if own_user is None and remote_entry.user_id:
            users.bind(connection, remote_entry.user_id)  # the user who created it is the key's
        queue.settle_within(account, connection, row, remote_entry, body)
    if own_user and remote_entry.user_id and remote_entry.user_id != own_user:
        raise KeyMissingError(
            f"ClockEye stored the entry for user {remote_entry.user_id} instead of {own_user}.",
            hint="Nothing more was sent. `clockeye auth status` shows the user of this key.",
            code="foreign_user",
        )


def _settle_of_other(
    account: Account, row: Row, remote_entry: wire.RemoteEntry, user_id: str, body: dict[str, Any]
) -> None:
    """Settle another user's entry that was restored here; if the account gave it to somebody else, delete it.

    Raises:
        RejectedError: It was given to somebody else, and its deletion is queued.
    """
    with account.store.exchange() as connection:
        if remote_entry.user_id in (None, user_id):
            users.remember_taken(connection)
            queue.settle_within(account, connection, row, remote_entry, body)
            return
        stray_id = new_id("te")
        seen = remote.Seen(stray_id, remote_entry.id, remote_entry.fields, account.now())
        remote.put(connection, seen)
        outbox.queue_delete(connection, stray_id)
    raise RejectedError(
        f"ClockEye stored this entry for user {remote_entry.user_id} instead of {user_id};"
        " its deletion is queued.",
        status=HTTPStatus.CREATED,
    )


def _is_about_user(error: RejectedError) -> bool:
    """Whether the service refuses the user of a new entry: it names that field, or an unknown field."""
    if error.status not in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
        return False
    if error.field:
        return error.field == "user_id"
    text = f"{error.code} {error.message}".casefold()
    return "user_id" in text or ("unknown" in text and "field" in text)


def _update(account: Account, row: Row) -> None:
    with account.store.read() as connection:
        seen = remote.of(connection, row.local_id)
    remote_entry = current_entry(account, seen, follow=True) if seen else None
    with account.store.exchange() as connection:
        # The entry is read only now: it may have been edited while the account was being read.
        row, item = queue.current(connection, row), timers.item(connection, row.local_id)
        seen = remote.of(connection, row.local_id)  # it may have another id on the account now
        sent = json.loads(row.body) if row.body else None
        lost: dict[str, Any] = {}
        if seen and remote_entry and sent and is_ours_as_stored(seen.fields, sent, remote_entry.fields):
            # Our earlier request arrived, though its answer did not: not a change made on the account. What
            # it took away without being asked to is given back.
            lost = lost_fields(seen.fields, remote_entry.fields)
            seen = seen._replace(fields=remote_entry.fields | lost)
            remote.put(connection, seen)
        if item is None or seen is None:
            outbox.done(connection, row)
            return
        if remote_entry is None:
            raise Conflict("Changed here, deleted on the account.", None)
        item, seen = timer_rules.settled(connection, item, seen, remote_entry)
        body = merged(seen.fields, body_of(connection, item), remote_entry.fields)
        if same(body, remote_entry.fields) and not lost:
            queue.settle_within(account, connection, row, remote_entry, None)
            return
        outbox.put(connection, row._replace(state="sending", body=json.dumps(body)))
    try:
        stored = update_entry(account, remote_entry._replace(fields=remote_entry.fields | lost), body)
    except RejectedError as error:
        if error.status not in endpoints.GONE:
            raise
        refuse_if_present(account, seen)
        raise Conflict("Changed here, deleted on the account.", None) from error
    _refuse_other_user(remote_entry, stored)
    queue.settle(account, row, stored, body)


def _refuse_other_user(before: wire.RemoteEntry, after: wire.RemoteEntry) -> None:
    """Refuse an answer to a PUT with another user's entry.

    Raises:
        NoAnswerError: It is another user's, so what became of ours is unknown.
    """
    if None not in (before.user_id, after.user_id) and before.user_id != after.user_id:
        raise NoAnswerError(
            f"ClockEye answered with an entry of {after.user_id} instead of {before.user_id}."
        )


def _delete(account: Account, row: Row) -> None:
    with account.store.read() as connection:
        seen = remote.of(connection, row.local_id)
    if seen is None:
        queue.done(account, row)
        return
    remote_entry = current_entry(account, seen)
    if remote_entry is not None:
        if not same(seen.fields, remote_entry.fields):
            raise Conflict("Deleted here, changed on the account.", remote_entry.fields)
        with account.store.exchange() as connection:
            outbox.put(connection, queue.current(connection, row)._replace(state="sending"))
        if not endpoints.delete_time_entry(account.client, seen.account_id):
            refuse_if_present(account, seen)
    with account.store.exchange() as connection:
        row = queue.current(connection, row)
        remote.forget(connection, row.local_id)
        outbox.done(connection, row)


def _project(account: Account, row: Row) -> None:
    with account.store.read() as connection:
        project = projects.by_id(connection, row.local_id)
    if project is None:
        queue.done(account, row)
        return
    # A project is looked up by name even before the first try, to avoid duplicates.
    remote_project = _project_named(account, project.name)
    if remote_project is None:
        if row.state == "unknown":
            search.count_look(account, row)
        with account.store.exchange() as connection:
            row = queue.current(connection, row)
            body = json.dumps({"name": project.name})
            outbox.put(connection, row._replace(state="sending", body=body, looks=0, looked_at=None))
        try:
            remote_project = endpoints.create_project(account.client, project.name)
        except RejectedError:
            remote_project = _project_named(account, project.name)  # somebody else may have just created it
            if remote_project is None:
                raise
    with account.store.exchange() as connection:
        remote.put_project(connection, row.local_id, remote_project.id)
        if remote_project.name not in (project.name, remote_project.id):  # without a name, it has its id
            put_projects(connection, [remote_project])
            details = {"asked": {"name": project.name}, "stored": {"name": remote_project.name}}
            notices.add(connection, notices.STORED_OTHERWISE, row.local_id, details)
        outbox.done(connection, row)


def _project_named(account: Account, name: str) -> wire.RemoteProject | None:
    return next((other for other in endpoints.projects(account.client) if other.name == name), None)
