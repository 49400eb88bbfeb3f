"""`clockeye doctor`: look whether all is well, and mend what is not."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli import __version__
from clockeye_cli.config import paths
from clockeye_cli.config.zone import name_of
from clockeye_cli.core.phrases import counted, file_stamp
from clockeye_cli.errors import ClockeyeError, StorageError
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.store import repair
from clockeye_cli.store.database import connect_as_it_is, settings_of, sqlite_version
from clockeye_cli.store.soundness import check
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clockeye_cli.context import Context

PARTS = ("typer", "rich", "httpx", "keyring", "platformdirs", "tomlkit")

COLUMNS = (
    Column("check", "What", "id"),
    Column("value", "Found"),
    Column("ok", "Well", "flag"),
    Column("mend", "What to do"),
)


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        check: What.
        value: What was found.
        ok: Whether that is well.
        mend: What to do if not, as a command.
    """

    check: str
    value: str
    ok: bool = True
    mend: str = ""


def doctor(ctx: Context, *, mend: bool = False) -> None:
    """Look at everything that clockeye stands on.

    Args:
        ctx: What the command works with.
        mend: Repair a damaged store.

    Raises:
        StorageError: The store is not well.
        ClockeyeError: Something else is not.
    """
    if mend:
        _repair(ctx)
    found = list(_findings(ctx))
    ctx.out.table(Table(COLUMNS, [Section("", list(found))]))
    bad = [finding for finding in found if not finding.ok]
    if bad:
        kind = (
            StorageError
            if any(finding.check in ("config", "store", "integrity", "folder") for finding in bad)
            else ClockeyeError
        )
        raise kind(f"Not well: {', '.join(finding.check for finding in bad)}.", hint=bad[0].mend)


def _findings(ctx: Context) -> Iterator[Finding]:
    yield Finding(
        "clockeye", f"{__version__} ({os.path.dirname(os.path.dirname(os.path.abspath(__file__)))})"
    )
    yield Finding("python", f"{sys.version.split()[0]} ({sys.executable})")
    yield from _installed()
    yield _tried(
        "config",
        lambda: (
            f"{ctx.session.config_path}{'' if exists(ctx.session.config_path) else ' (not there: defaults)'}"
            if ctx.session.config is not None
            else ""
        ),
        ctx,
    )
    yield _tried("settings", lambda: _settings(ctx), ctx)
    yield _tried("zone", lambda: name_of(ctx.zone), ctx)
    yield _folder(ctx)
    yield from _store(ctx)


def _installed() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    for part in PARTS:
        try:
            yield Finding(part, version(part))
        except PackageNotFoundError:
            yield Finding(part, "not installed", ok=False, mend=f"pip install {part}")


def _tried(check: str, find: Callable[[], str], ctx: Context) -> Finding:
    try:
        return Finding(check, find())
    except ClockeyeError as error:
        return Finding(check, error.message, ok=False, mend=error.hint or f"see {ctx.session.config_path}")


def _settings(ctx: Context) -> str:
    ctx.settings.check()
    unknown = ctx.settings.unknown_keys()
    if unknown:
        raise ClockeyeError(f"unknown setting {', '.join(unknown)}", hint="clockeye config edit")
    return f"profile {ctx.session.profile.name} ({ctx.session.profile.source})"


def _folder(ctx: Context) -> Finding:
    folder = paths.data_folder(ctx.world.environ)
    there = folder
    while not exists(there):
        there = os.path.dirname(there)
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding("folder", f"{folder} (cannot be written)", ok=False, mend=f"chmod u+rwx {there}")
    return Finding("folder", folder)


def _store(ctx: Context) -> Iterator[Finding]:
    try:
        path = ctx.store.path
    except ClockeyeError:
        return  # the config, which names the profile, is found unwell above
    yield Finding("sqlite", sqlite_version())
    if not exists(path):
        yield Finding("store", f"{path} (not there: nothing was tracked yet)")
        return
    try:
        problems = check(path)
        with closing(connect_as_it_is(path)) as connection:
            kept = settings_of(connection)
    except StorageError as error:
        yield Finding("store", error.message, ok=False, mend=error.hint)
        return
    if os.access(path, os.W_OK):
        yield Finding("store", path)
    else:
        yield Finding("store", f"{path} (cannot be written)", ok=False, mend=f"chmod u+w {path}")
    yield Finding("connection", ", ".join(f"{name}={value}" for name, value in kept.items()))
    what = "; ".join(problems) or "all entries and indexes are whole"
    yield Finding("integrity", what, ok=not problems, mend="clockeye doctor --repair" if problems else "")


def _repair(ctx: Context) -> None:
    path = ctx.store.path
    if not exists(path) or not check(path):
        ctx.out.notice("The store is well; there is nothing to repair.")
        return
    saved = repair.repair(path, file_stamp(ctx.now, ctx.zone))
    rows = saved.rows
    changes = counted(rows["outbox"], "change was", "changes were")
    unsent = f" {changes} not sent to the account yet." if rows["outbox"] else ""
    ctx.out.notice(
        f"Saved {counted(rows['entries'], 'entry', 'entries')},"
        f" {counted(rows['projects'], 'project', 'projects')} and"
        f" {rows['timer'] or 'no'} running timer.{unsent}"
        f" The damaged file is kept as {saved.aside}."
    )
