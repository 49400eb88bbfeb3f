"""`clockeye screenshots`: list them, download them, or put them on one sheet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.api import endpoints
from clockeye_cli.api.download import fetch
from clockeye_cli.config.zone import name_of
from clockeye_cli.core.day import ONE_DAY, local
from clockeye_cli.core.origin import is_loopback
from clockeye_cli.core.phrases import counted, work
from clockeye_cli.errors import ClockeyeError, NeverArrivedError, PartlyDoneError, StorageError
from clockeye_cli.interpret.reading import user_of
from clockeye_cli.interpret.selection import by_ids, period_of
from clockeye_cli.output import contact_sheet
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.pictures import SAFE_ID, file_of, keep
from clockeye_cli.store import entries, projects, remote
from clockeye_cli.sync.account import INTERACTIVE_SECONDS, connect
from clockeye_cli.sync.pull import pull

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.api.wire import RemoteScreenshot
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Asked, Filter
    from clockeye_cli.output.cells import Row
    from clockeye_cli.sync.account import Account

COLUMNS = (
    Column("id", "Id", "id"),
    Column("captured_at", "Time", "instant"),
    Column("user", "User"),
    Column("project", "Project"),
    Column("entry", "Entry"),
    Column("activity", "Activity", "share"),
    Column("file", "File", is_detail=True),
    Column("time_entry_id", "Entry's id", "id", is_detail=True),
    Column("user_id", "User's id", "id", is_detail=True),
    Column("url", "Address", is_detail=True),
)

TIME = Column("time", "Time", "id")
WORK = (
    Column("work", "Entry"),
    Column("activity", "Activity", "share"),
    Column("activity_bar", "", "bar", drop=1),
)
NARROW_WIDTH = 60
"""Columns of a terminal below which a single user goes without saying."""

SHEET = ".html"
MOST_ON_SHEET = 64 * 1024 * 1024
"""Bytes of pictures: a page that browsers still open."""

MOST_MISSES = 3
"""After so many servers that are not there, one after the other, the rest is not tried."""


class Shot(NamedTuple):
    """A screenshot, and what is known of it here.

    Attributes:
        there: As the account has it.
        user: Whose screen it shows: an address, else an id.
        project: The name of its entry's project.
        entry: What was worked on; None if it is not known.
    """

    there: RemoteScreenshot
    user: str
    project: str | None
    entry: TimeEntry | None

    @property
    def work(self) -> str:
        """What was worked on, in one line."""
        if self.entry is None:
            return self.there.time_entry_id or "(no entry)"
        return work(self.project, self.entry.description)

    @property
    def activity(self) -> float | None:
        """From 0 to 1."""
        level = self.there.activity_level
        return None if level is None else level / 100


class Fetched(NamedTuple):
    """What became of the pictures, by the ids of their screenshots.

    Attributes:
        files: Where they are kept, those that were there before included.
        embedded: How they stand on a sheet.
        failed: Why they could not be had.
        new: How many files came.
    """

    files: dict[str, str]
    embedded: dict[str, str]
    failed: dict[str, str]
    new: int


def screenshots(ctx: Context, asked: Asked, filters: Filter, *, download: str = "") -> None:
    """List screenshots, keep their pictures in a folder, or put them on a sheet (`--save FILE.html`).

    Args:
        ctx: What the command works with.
        asked: The period; silent for this week.
        filters: Whose they are, and what their entries must be like.
        download: A folder; empty for none.

    Raises:
        ClashError: The profile has no account.
        PartlyDoneError: Some pictures could not be had; each is named.
        StorageError: The folder or the disk refuses.
    """
    is_sheet = ctx.out.check_save(SHEET)
    period = period_of(ctx, asked, "week")
    access = ctx.access()
    wanted = by_ids(ctx, filters)
    patience = None if download or is_sheet else INTERACTIVE_SECONDS
    with connect(ctx.store, access, patience=patience) as account:
        user_id = user_of(ctx, account, wanted.user)
        found = _read(ctx, account, period, user_id)
    shots = [shot for shot in _known(ctx, found) if _fits(shot, wanted)]
    fetched = _fetch(ctx, shots, download, is_sheet=is_sheet)
    table = _table(ctx, period, shots, fetched.files)
    there = len(fetched.files) - fetched.new
    done = f"Downloaded {fetched.new} to {download}" + (f"; {there} were there." if there else ".")
    if is_sheet:
        ctx.out.file(_sheet(ctx, period, shots, fetched).encode("utf-8", "backslashreplace"))
        if download:
            ctx.out.notice(done)
    elif download:
        ctx.out.done(done if shots else table.empty, table)
    else:
        ctx.out.table(table, look=lambda width: [_look(ctx, shots, width)])
    if fetched.failed:
        named = [f"{_named(key)}: {why}" for key, why in fetched.failed.items()]
        raise PartlyDoneError(
            "\n".join([f"{len(named)} of {len(shots)} pictures could not be had:", *named]),
            hint="The same command tries them again.",
        )


def _read(ctx: Context, account: Account, period: Period, user_id: str) -> list[RemoteScreenshot]:
    """The screenshots of a period, in the order of time; their entries are brought up to date here."""
    # The service's days are UTC days: a day more on either side, and cut exactly here.
    first = None if period.first is None else (period.first - ONE_DAY).isoformat()
    last = None if period.last is None else (period.last + ONE_DAY).isoformat()
    with ctx.out.progress("Reading") as each:
        found = endpoints.screenshots(
            account.client, each_page=each, user_id=user_id or None, start_date=first, end_date=last
        )
        pull(account, period.first, period.last, user_id=user_id, each=each)
    start, end = period.bounds(ctx.rule)
    return sorted(
        (
            shot
            for shot in found
            if (not user_id or (shot.user_id or account.user_id) == user_id)
            and _is_within(shot.captured_at, start, end)
        ),
        key=lambda shot: (shot.captured_at is None, shot.captured_at or 0, shot.id),
    )


def _is_within(at: int | None, start: int | None, end: int | None) -> bool:
    # A service that does not say when has been asked for these days, and cannot be asked better.
    return at is None or ((start is None or at >= start) and (end is None or at < end))


def _known(ctx: Context, found: Sequence[RemoteScreenshot]) -> list[Shot]:
    with ctx.store.read() as connection:
        names = projects.names(connection)
        people = {key: email or key for key, email, _ in remote.users(connection)}
        shots = []
        for shot in found:
            seen = remote.by_account_id(connection, shot.time_entry_id or "")
            entry = entries.by_id(connection, seen.local_id) if seen else None
            project = names.get(entry.project_id or "") if entry else None
            shots.append(Shot(shot, people.get(shot.user_id or "", shot.user_id or ""), project, entry))
    return shots


def _fits(shot: Shot, filters: Filter) -> bool:
    """Whether its entry is like that; of an entry that is not known nothing can be said."""
    asks = filters.projects or filters.not_projects or filters.tags or filters.search
    if not asks and filters.billable is None:
        return True
    if shot.entry is None:
        return False
    return filters.fits(shot.entry, {shot.entry.project_id or "": shot.project or ""})


def _fetch(ctx: Context, shots: Sequence[Shot], folder: str, *, is_sheet: bool) -> Fetched:
    """Get the pictures that are needed: those that the folder has not, and all for a sheet."""
    files: dict[str, str] = {}
    embedded: dict[str, str] = {}
    failed: dict[str, str] = {}
    new = held = 0
    source = _Source(ctx)
    if folder and shots:
        _make(folder)
    with ctx.out.progress("Downloading") as each:
        for number, shot in enumerate(shots if folder or is_sheet else ()):
            each(number, len(shots))
            key = shot.there.id
            try:
                path = file_of(folder, key) if folder else ""
                has_room = is_sheet and held < MOST_ON_SHEET
                content = source.get(shot.there.url) if path is None or has_room else b""
                if folder:
                    files[key] = path or keep(folder, key, content)
                    new += path is None
                if has_room:
                    embedded[key] = contact_sheet.embedded(content)
                    held += len(content)
                elif is_sheet:
                    failed[key] = "The sheet has no room for it; a shorter period has."
            except StorageError:
                raise
            except ClockeyeError as error:
                failed[key] = error.message
    return Fetched(files, embedded, failed, new)


class _Source:
    """Where pictures come from, wherever the account says; never with the key."""

    def __init__(self, ctx: Context) -> None:
        self._environ = ctx.world.environ
        self._is_here = ctx.account is not None and is_loopback(ctx.account.url)
        self._misses = 0

    def get(self, url: str) -> bytes:
        """A picture.

        Raises:
            ClockeyeError: It cannot be had.
        """
        if self._misses == MOST_MISSES:
            raise NeverArrivedError(f"Not tried, since {MOST_MISSES} others could not be reached.")
        try:
            content = fetch(url, self._environ, may_be_here=self._is_here)
        except NeverArrivedError:
            self._misses += 1
            raise
        self._misses = 0
        return content


def _make(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be made: {error.strerror}.") from error


def _named(key: str) -> str:
    """An id as it is told, in one line that cannot be taken for two."""
    return key if SAFE_ID.fullmatch(key) else ascii(key[:60])


def _table(ctx: Context, period: Period, shots: Sequence[Shot], files: dict[str, str]) -> Table:
    def row(shot: Shot) -> Row:
        there = shot.there
        entry = shot.entry.description if shot.entry else None
        own = (there.id, there.captured_at, shot.user, shot.project, entry, shot.activity)
        return (*own, files.get(there.id), there.time_entry_id, there.user_id, there.url)

    meta = {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "zone": name_of(ctx.zone),
    }
    rows = [row(shot) for shot in shots]
    return Table(COLUMNS, [Section("", rows)], meta=meta, empty=f"No screenshot was taken: {period.name}.")


def _look(ctx: Context, shots: Sequence[Shot], width: int) -> Table:
    """By day; where it is narrow, whose it is goes if that is the same in all, else the bars."""
    has_users = width >= NARROW_WIDTH or len({shot.user for shot in shots}) > 1
    user = [Column("user", "User")] if has_users else []

    def row(shot: Shot) -> Row:
        own = [shot.user] if has_users else []
        return (_time(ctx, shot), *own, shot.work, shot.activity, shot.activity)

    days = _by_day(ctx, shots).items()
    sections = [Section(day, [row(shot) for shot in some]) for day, some in days]
    return Table((TIME, *user, *WORK), sections)


def _by_day(ctx: Context, shots: Sequence[Shot]) -> dict[str, list[Shot]]:
    days: dict[str, list[Shot]] = {}
    for shot in shots:
        at = shot.there.captured_at
        day = None if at is None else ctx.rule.day_of(at)
        days.setdefault("No time" if day is None else f"{day:%a} {day}", []).append(shot)
    return days


def _time(ctx: Context, shot: Shot) -> str:
    at = shot.there.captured_at
    return "" if at is None else f"{local(at, ctx.zone):%H:%M}"


def _sheet(ctx: Context, period: Period, shots: Sequence[Shot], fetched: Fetched) -> str:
    def on_sheet(shot: Shot) -> contact_sheet.Shot:
        key = shot.there.id
        picture, why = fetched.embedded.get(key, ""), fetched.failed.get(key, "")
        return contact_sheet.Shot(picture, why, _time(ctx, shot), shot.user, shot.work, shot.activity)

    users = sorted({shot.user for shot in shots})
    about = [
        counted(len(shots), "screenshot", "screenshots"),
        *([", ".join(users)] if users else []),
        f"times in {name_of(ctx.zone)}",
    ]
    days = {day: [on_sheet(shot) for shot in some] for day, some in _by_day(ctx, shots).items()}
    return contact_sheet.render(f"Screenshots: {period.name}", " · ".join(about), days)
