"""`clockeye screenshots`: list them, download them, or put them on one sheet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clockeye_cli.api import endpoints
from clockeye_cli.api.client import fetch
from clockeye_cli.commands.selection import period_of
from clockeye_cli.core.phrases import stamp
from clockeye_cli.errors import ClockeyeError, PartlyDoneError, StorageError, UnreachableError
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.store import entries, history, remote
from clockeye_cli.sync.account import connect
from clockeye_cli.sync.pull import pull_users

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.api.wire import RemoteScreenshot
    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Asked
    from clockeye_cli.output.cells import Row

COLUMNS = (
    Column("captured_at", "When", "instant"),
    Column("user", "User"),
    Column("entry", "Entry"),
    Column("activity", "Activity", "share", drop=1),
    Column("activity_bar", "", "bar", drop=2),
    Column("screenshot_id", "Id", "id"),
    Column("user_id", "User id", "id", is_detail=True),
    Column("time_entry_id", "Entry's id", "id", is_detail=True),
    Column("url", "Address", is_detail=True),
)

KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
"""Files by their first bytes; the name that a service gives is only data."""

SAFE_ID = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
LONGEST_ID = 64


def run(ctx: Context, asked: Asked, *, download: str = "", user: str = "") -> None:
    """List screenshots; with `download` also fetch those that are not there yet.

    Args:
        ctx: What the command works with.
        asked: The period; silent for this week.
        download: A folder.
        user: Whose, by id or address; `all` for everybody's, empty for yours.

    Raises:
        PartlyDoneError: Some could not be downloaded.
    """
    ctx.out.check_save()
    period = period_of(ctx, asked, "week")
    start, end = period.bounds(ctx.rule)
    with connect(**ctx.connection()) as account:
        people = {one.id: one.email for one in pull_users(account)}
        wanted = _user_id(people, user) if user else account.user_id
        found = endpoints.screenshots(account.client, user_id=wanted or None, **_dates(period))
    shots = [shot for shot in found if _is_in(shot, start, end) and (not wanted or shot.user_id == wanted)]
    shots.sort(key=lambda shot: (shot.captured_at or 0, shot.id))
    rows = [_row(ctx, shot, people) for shot in shots]
    ctx.out.table(Table(COLUMNS, [Section("", rows)], empty=f"No screenshots: {period.name}."))
    if download:
        _download(ctx, shots, download)


def _row(ctx: Context, shot: RemoteScreenshot, people: dict[str, str]) -> Row:
    activity = None if shot.activity_level is None else min(1.0, max(0.0, shot.activity_level / 100))
    return (
        shot.captured_at,
        people.get(shot.user_id or "", shot.user_id),
        _entry(ctx, shot),
        activity,
        activity or 0.0,
        shot.id,
        shot.user_id,
        shot.time_entry_id,
        shot.url,
    )


def _entry(ctx: Context, shot: RemoteScreenshot) -> str:
    with ctx.store.read() as connection:
        local_id = history.present_id(connection, shot.time_entry_id or "")
        seen = remote.by_account_id(connection, shot.time_entry_id or "")
        entry = entries.by_id(connection, seen.local_id if seen else local_id)
    if entry is None:
        return shot.time_entry_id or ""
    return f"{entry.description or entry.local_id}, {stamp(entry.started_at, ctx.zone, ctx.now)}"


def _download(ctx: Context, shots: Sequence[RemoteScreenshot], folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
        there = {name.partition(".")[0] for name in os.listdir(folder)}
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror}.") from error
    failed = []
    missing = [shot for shot in shots if shot.id not in there]
    for shot in missing:
        try:
            _save(shot, fetch(shot.url, ctx.world.environ), folder)
        except (UnreachableError, ClockeyeError) as error:
            failed.append(f"{shot.id}: {error.message}")
    ctx.out.notice(
        f"Downloaded {len(missing) - len(failed)} of {len(shots)} to {folder}; the others were there."
    )
    if failed:
        raise PartlyDoneError(
            "\n".join([f"{len(failed)} could not be downloaded:", *failed]), hint="Run it again for the rest."
        )


def _save(shot: RemoteScreenshot, content: bytes, folder: str) -> None:
    if not set(shot.id) <= SAFE_ID or not 0 < len(shot.id) <= LONGEST_ID:
        raise ClockeyeError(f"{shot.id[:40]!r} cannot be the name of a file.")
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), "")
    if not kind:
        raise ClockeyeError("it is no picture")
    path = os.path.join(folder, f"{shot.id}.{kind}")
    draft = f"{path}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        with open(os.open(draft, flags, 0o600), "wb") as file:
            file.write(content)
        os.link(draft, path)  # never over a file that is there
        os.unlink(draft)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}.") from error


def _user_id(people: dict[str, str], user: str) -> str:
    from clockeye_cli.api.wire import RemoteUser
    from clockeye_cli.sync.binding import identified

    if user == "all":
        return ""
    found = identified([RemoteUser(key, email, "") for key, email in people.items()], user)
    return found.id if found else user


def _dates(period: Any) -> dict[str, str]:
    from datetime import timedelta

    # The service's days are UTC days: a day more on either side, and cut exactly here.
    day = timedelta(days=1)
    found = {}
    if period.first:
        found["start_date"] = (period.first - day).isoformat()
    if period.last:
        found["end_date"] = (period.last + day).isoformat()
    return found


def _is_in(shot: RemoteScreenshot, start: int | None, end: int | None) -> bool:
    if shot.captured_at is None:
        return True  # a service that does not say when cannot be asked better
    return (start is None or shot.captured_at >= start) and (end is None or shot.captured_at < end)
