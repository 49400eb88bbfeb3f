"""The notices about the exchange with the account, in sentences."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from clockeye_cli.api import wire
from clockeye_cli.core.duration import short
from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.store import entries, notices, projects, remote
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.notices import Notice

LONGEST = 60

WORDS = {
    "start_time": "start",
    "end_time": "end",
    "description": "description",
    "project_id": "project",
    "billable": "billable",
    "name": "name",
}


def say_account_notices(ctx: Context, to_say: Sequence[Notice]) -> None:
    """Say what the exchange with the account has left to say, once: at least one notice."""
    with ctx.store.read() as connection:
        sentences = [_sentence(ctx, connection, notice) for notice in to_say]
    ctx.out.notice(sentences)
    with suppress(StorageError), ctx.store.exchange() as connection:  # a read-only store stays as it is
        notices.forget(connection, to_say[-1])


def _sentence(ctx: Context, connection: Connection, notice: Notice) -> str:
    if notice.what in (notices.TIMER_ENDED, notices.TIMER_DELETED):
        return _about_timer(ctx, connection, notice)
    if notice.what == notices.CLOCK_DIFFERS:
        seconds = notice.details["seconds"]
        return (
            f"This computer's clock is {short(abs(seconds))} {'behind' if seconds > 0 else 'ahead of'}"
            " the service's. Entries get this computer's time; set its clock."
        )
    asked, stored = notice.details["asked"], notice.details["stored"]
    changes = [
        f"{WORDS.get(field, field)} {_value(ctx, connection, field, stored.get(field))}"
        f" instead of {_value(ctx, connection, field, asked[field])}"
        for field in asked
    ]
    entry = entries.by_id(connection, notice.local_id)
    name = f" ({entry.description[:LONGEST]})" if entry and entry.description else ""
    return f"The account stored {notice.local_id}{name} with {', '.join(changes)}."


def _about_timer(ctx: Context, connection: Connection, notice: Notice) -> str:
    item = timers.item(connection, notice.local_id)
    name = describe(item, projects.names(connection), ctx.zone, ctx.now) if item else notice.local_id
    if notice.what == notices.TIMER_DELETED:
        return (
            f"The running timer was deleted on the account: {name}. It keeps running here;"
            " `clockeye cancel` discards it."
        )
    if not notice.details["is_here"]:
        return f"The timer was stopped elsewhere on the account: {name}."
    at = stamp(notice.details["at"], ctx.zone, ctx.now)
    return f"The timer was also stopped elsewhere on the account, at {at}; the earlier end counts: {name}."


def _value(ctx: Context, connection: Connection, field: str, value: Any) -> str:
    instant = wire.instant(value) if field in ("start_time", "end_time") else None
    if instant is not None:
        return f"{datetime.fromtimestamp(instant, ctx.zone):%Y-%m-%d %H:%M:%S}"
    if field == "billable":
        return "yes" if wire.flag(value) else "no"
    if field == "project_id" and value is not None:
        local_id = remote.local_project_id(connection, str(value))
        project = projects.by_id(connection, local_id) if local_id else None
        return project.name if project else str(value)
    if value is None or value == "":
        return "none"
    text = str(value)
    return f'"{text[:LONGEST]}{"…" if len(text) > LONGEST else ""}"'
