"""`clockeye doctor`: check the installation, the settings and the store, and repair a damaged store."""

from __future__ import annotations

import os
import sys
from contextlib import closing

from clockeye_cli import __version__
from clockeye_cli.config import paths
from clockeye_cli.config.content import read_config
from clockeye_cli.core import aliases
from clockeye_cli.core.phrases import counted, file_stamp
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClockeyeError, StorageError
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.present.account_rows import account_rows
from clockeye_cli.present.environment import understood
from clockeye_cli.present.selection import future_entries
from clockeye_cli.store import repair
from clockeye_cli.store.database import connect_as_it_is, settings_of, sqlite_version
from clockeye_cli.store.replay import accept, compare
from clockeye_cli.store.soundness import check
from clockeye_cli.store.state import exists
from clockeye_cli.strays import clear, strays

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from clockeye_cli.context import Context

PARTS = ("typer", "rich", "httpx", "keyring", "platformdirs", "tomlkit")

COLUMNS = (
    Column("check", "Check", "id"),
    Column("value", "Result"),
    Column("ok", "OK", "flag"),
    Column("mend", "Fix"),
)

NAMED = 10
"""How many rows that differ from the history are named."""

SHAPE = JsonShape(COLUMNS, is_list=True)


class Finding(NamedTuple):
    """The result of one check, as a row.

    Attributes:
        check: What was checked.
        value: The result.
        ok: Whether there is no problem.
        fix: How to solve the problem, as a command.
    """

    check: str
    value: str
    ok: bool = True
    fix: str = ""


OF_STORAGE = ("config", "store", "integrity", "history", "folder")
"""The checks of what is stored on this computer."""


def doctor(ctx: Context, commands: Collection[str], *, repairs: bool = False) -> None:
    """Check everything that clockeye depends on.

    Args:
        ctx: The run.
        commands: The names of all commands, which no alias may have.
        repairs: Repair a damaged store first.

    Raises:
        StorageError: A file or a folder has a problem.
        ClockeyeError: Something else has a problem.
    """
    if repairs:
        _repair(ctx)
    findings = list(_findings(ctx, commands))
    ctx.out.table(Table(COLUMNS, [Section("", list(findings))], stack="rows"))
    problems = [finding for finding in findings if not finding.ok]
    if problems:
        is_stored = any(finding.check in OF_STORAGE for finding in problems)
        raise (StorageError if is_stored else ClockeyeError)(
            f"Problems found: {', '.join(finding.check for finding in problems)}.", hint=problems[0].fix
        )


def _findings(ctx: Context, commands: Collection[str]) -> Iterator[Finding]:
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yield Finding("clockeye", f"{__version__} ({folder})")
    yield Finding("python", f"{sys.version.split()[0]} ({sys.executable})")
    yield from _installed()
    yield _tried(
        "config",
        lambda: (
            f"{ctx.session.config_path}{'' if exists(ctx.session.config_path) else ' (not found: defaults)'}"
            if ctx.session.config is not None
            else ""
        ),
        ctx,
    )
    yield _tried("settings", lambda: _settings(ctx, commands), ctx)
    for part, meaning, fix in understood(ctx):
        yield Finding(part, meaning, ok=not fix, fix=fix)
    yield _folder(ctx)
    yield _tried("files", lambda: _files(ctx), ctx)
    yield from _store(ctx)


def _installed() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    for part in PARTS:
        try:
            yield Finding(part, version(part))
        except PackageNotFoundError:
            yield Finding(part, "not installed", ok=False, fix=f"pip install {part}")


def _tried(check: str, result: Callable[[], str], ctx: Context) -> Finding:
    try:
        return Finding(check, result())
    except ClockeyeError as error:
        return Finding(check, error.message, ok=False, fix=error.hint or f"Check {ctx.session.config_path}.")


def _settings(ctx: Context, commands: Collection[str]) -> str:
    ctx.settings.check()
    aliases.check(ctx.session.config, commands)
    if unknown := ctx.settings.unknown_keys():
        raise ClockeyeError(f"unknown setting {', '.join(unknown)}", hint="clockeye config edit")
    return f"profile {ctx.session.profile.name} ({ctx.session.profile.source})"


def _folder(ctx: Context) -> Finding:
    folder = paths.data_folder(ctx.world.environ)
    existing = folder
    while not exists(existing):
        existing = os.path.dirname(existing)
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding("folder", f"{folder} (not writable)", ok=False, fix=f"chmod u+rwx {existing}")
    return Finding("folder", folder)


def _files(ctx: Context) -> str:
    unnamed = [
        f"{stray.path} ({stray.kind})" for stray in strays(ctx.world.environ, ctx.session.config, ctx.now)
    ]
    if unnamed:
        raise ClockeyeError(f"not used by any profile: {', '.join(unnamed)}", hint="clockeye doctor --repair")
    return "every file belongs to a profile"


def _store(ctx: Context) -> Iterator[Finding]:
    try:
        path = ctx.store.path
    except ClockeyeError:
        return  # the check of the config, which names the profile, reports this
    yield Finding("sqlite", sqlite_version())
    if not exists(path):
        yield Finding("store", f"{path} (not created yet; nothing has been tracked)")
        return
    try:
        problems = check(path)
        with closing(connect_as_it_is(path)) as connection:
            pragmas = settings_of(connection)
    except StorageError as error:
        yield Finding("store", error.message, ok=False, fix=error.hint)
        return
    if os.access(path, os.W_OK):
        yield Finding("store", path)
    else:
        yield Finding("store", f"{path} (not writable)", ok=False, fix=f"chmod u+w {path}")
    yield Finding("connection", ", ".join(f"{name}={value}" for name, value in pragmas.items()))
    integrity = "; ".join(problems) or "all entries and indexes are intact"
    yield Finding("integrity", integrity, ok=not problems, fix="clockeye doctor --repair" if problems else "")
    if not problems:
        yield _history(ctx)
        sentence = future_entries(ctx)
        fix = "Correct a wrong time with `clockeye edit ENTRY`." if sentence else ""
        yield Finding("future", sentence or "no entry ends in the future", fix=fix)
        for part, value in account_rows(ctx):
            yield Finding(part, value)


def _history(ctx: Context) -> Finding:
    """Whether the rows are as the history says: damage can leave a row that is possible, but wrong."""
    with ctx.store.read() as connection:
        comparison = compare(connection)
    rows = f"{counted(comparison.compared, 'row', 'rows')} compared"
    if not comparison.differing:
        return Finding("history", f"{rows}; all match the history")
    count = counted(len(comparison.differing), "does", "do")
    return Finding(
        "history",
        f"{rows}; {count} not match the history: {_named(comparison.differing)}",
        ok=False,
        fix="Find them with `clockeye log --all`, correct them with `clockeye edit ENTRY`,"
        " and accept the rest with `clockeye doctor --repair`.",
    )


def _repair(ctx: Context) -> None:
    config = read_config(ctx.session.config_path)
    back: set[str] = set()
    for stray in strays(ctx.world.environ, config, ctx.now):  # stores first: their keys and locks stay
        if not stray.profile or stray.profile not in back:
            ctx.out.notice(clear(ctx.world.environ, stray))
        if stray.kind == "store":
            back.add(stray.profile)
    _repair_store(ctx)


def _repair_store(ctx: Context) -> None:
    path = ctx.store.path
    if not exists(path) or not check(path):
        _accept_rows(ctx)
        return
    saved = repair.repair(path, file_stamp(ctx.now, ctx.zone))
    rows = saved.rows
    changes = counted(rows["outbox"], "change has", "changes have")
    unsent = f" {changes} not been sent to the account yet." if rows["outbox"] else ""
    ctx.out.notice(
        f"Saved {counted(rows['entries'], 'entry', 'entries')},"
        f" {counted(rows['projects'], 'project', 'projects')} and"
        f" {rows['timer'] or 'no'} running timer.{unsent}"
        f" The damaged file is kept as {saved.aside}."
    )
    if saved.differing:
        count = counted(len(saved.differing), "row is missing or does", "rows are missing or do")
        names = _named(saved.differing)
        ctx.out.notice(f"{count} not match the history: {names}. Check them with `clockeye history`.")


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:NAMED]) + (", …" if len(ids) > NAMED else "")


def _accept_rows(ctx: Context) -> None:
    with ctx.store.read() as connection:
        differing = compare(connection).differing
    if not differing:
        ctx.out.notice("The store is not damaged; nothing to repair.")
        return
    with ctx.store.exchange() as connection:
        accept(connection)
    ctx.out.notice(f"Accepted {counted(len(differing), 'row', 'rows')} as stored.")
