"""`clockeye import`: import the times of another tracker, shown before anything is stored."""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from clockeye_cli import files as disk
from clockeye_cli.config.zone import name_of
from clockeye_cli.core.phrases import counted
from clockeye_cli.errors import UsageError
from clockeye_cli.importers import SOURCES
from clockeye_cli.interpret.import_files import import_files
from clockeye_cli.interpret.import_map import ImportMap, read_map, written_map
from clockeye_cli.interpret.importing import ImportOptions, wishes_of
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.present.import_record import IMPORT, import_record
from clockeye_cli.present.importing import preview_lines
from clockeye_cli.tracking.importing.plan import Plan, plan, refuse
from clockeye_cli.tracking.importing.storing import Stored, store
from clockeye_cli.tracking.importing.survey import Survey, survey
from clockeye_cli.tracking.importing.times import WallClock
from clockeye_cli.tracking.importing.wishes import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.store.database import Connection
    from clockeye_cli.tracking.importing.wishes import ImportFile, Wishes

A_MINUTE = 100
"""Requests that ClockEye's API accepts a minute."""

PARTLY = 6
SOURCE = (
    Column("source", "Source"),
    Column("title", "File"),
    Column("place", "Where it is"),
    Column("keeps", "Keeps"),
    Column("loses", "Loses"),
)

SHAPE = JsonShape(IMPORT)
SOURCES_SHAPE = JsonShape(SOURCE, is_list=True)


def list_sources(ctx: Context) -> None:
    """List the programs that times can come from, and what is kept of each."""
    rows = [(name, s.title, s.place, s.keeps, s.loses) for name, s in SOURCES.items()]
    ctx.out.table(Table(SOURCE, [Section("", rows)], stack="rows"))


def import_(ctx: Context, names: Sequence[str], options: ImportOptions) -> None:
    """Take over the times of files.

    Args:
        ctx: The run.
        names: Files, folders, or `-`.
        options: The options.
    """
    ctx.out.check_save()
    mapped = read_map(options.map_file) if options.map_file else ImportMap()
    writes_map = mapped is None
    mapped = mapped or ImportMap()
    wishes = wishes_of(ctx, options, mapped)
    with ExitStack() as opened:
        files = import_files(ctx, names, options.source, options.encoding, mapped.columns, opened)
        _import(ctx, files, wishes, options, writes_map=writes_map)


def _import(
    ctx: Context, files: Sequence[ImportFile], wishes: Wishes, options: ImportOptions, *, writes_map: bool
) -> None:
    clock = WallClock(wishes.zone, name_of(wishes.zone))
    surveys = _surveyed(ctx, files, wishes, clock)

    def planned(connection: Connection) -> Plan:
        return plan(connection, surveys, wishes, needs_project=ctx.account is not None)

    asks = ctx.can_ask and not ctx.options.yes
    if writes_map or ctx.options.dry_run or asks or ctx.account is not None:
        with ctx.store.read() as connection:
            shown = planned(connection)
        if writes_map or ctx.options.dry_run:
            _preview(ctx, shown, wishes, options.map_file if writes_map else "")
            return
        refuse(shown, partial=options.partial)
        changes = shown.count("new") + (shown.count("changed") if options.update else 0)
        if changes and not _is_agreed(ctx, shown, wishes):
            ctx.out.notice("Nothing was stored.")
            return
    named = [{"name": os.path.basename(file.name), "sha256": digest(file)} for file in files]
    with ctx.out.progress("Storing") as progress, ctx.write() as write:
        shown = planned(write.connection)
        refuse(shown, partial=options.partial)
        number = sum(each.rows for each in surveys)
        stored = store(write, shown, wishes, clock, named, lambda done: progress(done, number))
    if shown.bad or shown.count("closed") or stored.kept or any(each.differs for each in surveys):
        ctx.exit_code = PARTLY
    lines = [] if asks and stored.run is not None else preview_lines(shown, wishes)
    ctx.out.done(
        [*lines, *_outcome(ctx, shown, stored, options)],
        import_record(shown, wishes, stored.run, dry_run=False),
    )


def _surveyed(ctx: Context, files: Sequence[ImportFile], wishes: Wishes, clock: WallClock) -> list[Survey]:
    sizes = [file.content.seek(0, os.SEEK_END) for file in files]
    surveys = []
    with ctx.out.progress("Reading") as progress:
        for place, file in enumerate(files):
            before = sum(sizes[:place])
            try:
                surveys.append(survey(file, wishes, clock, partial(_forward, progress, before, sum(sizes))))
            except UsageError as error:
                if not error.message.startswith(file.name):
                    error.message = f"{file.name}: {error.message}"
                raise
    return surveys


def _forward(progress: Callable[[int, int | None], None], before: int, whole: int, at: int) -> None:
    progress(before + at, whole)


def _preview(ctx: Context, shown: Plan, wishes: Wishes, map_file: str) -> None:
    """Show what would be stored, and write a map file with it if one is named."""
    lines = preview_lines(shown, wishes)
    if map_file:
        content = written_map(shown, wishes.columns, wishes.work_start).encode()
        disk.write(os.path.abspath(map_file), [content], over=False, is_private=False)
        lines.append(f"Nothing is stored. {map_file} has what was understood; edit it, and run this again.")
    ctx.out.result(lines, import_record(shown, wishes, None, dry_run=True))


def _is_agreed(ctx: Context, shown: Plan, wishes: Wishes) -> bool:
    """Whether the preview is agreed to. Only a terminal is asked; new projects on an account need a yes."""
    new_names = shown.to_make
    if ctx.can_ask and not ctx.options.yes:
        for line in preview_lines(shown, wishes):
            ctx.out.notice(line)
        return ctx.questions.confirm(f"Store {counted(shown.count('new'), 'entry', 'entries')}?", "-y")
    if ctx.account is not None and new_names and not ctx.options.yes:
        raise UsageError(
            f"{counted(len(new_names), 'project', 'projects')} would be created on the account for everybody:"
            f" {', '.join(new_names[:10])}.",
            hint="Nothing was stored. -y creates them; --map FILE gives them other names.",
            code="projects_to_make",
        )
    return True


def _outcome(ctx: Context, shown: Plan, stored: Stored, options: ImportOptions) -> list[str]:
    """What was stored, and what to do next."""
    if stored.run is None:
        changed = shown.count("changed")
        hint = f" {changed} have changed in the file: --update applies the changes." if changed else ""
        return [f"Nothing new.{hint}"]
    parts = [counted(stored.entries, "entry", "entries")]
    parts += [f"{stored.updated} updated"] if stored.updated else []
    lines = [f"Stored {', '.join(parts)} (import {stored.run}). `clockeye undo` reverts this."]
    if stored.overlapping:
        lines.append(f"{stored.overlapping} overlap others; `clockeye check --overlaps` lists them.")
    if stored.kept:
        lines.append(
            "Edited or billed here, or in the closed period, so these stay as they are:"
            f" {' '.join(stored.kept[:20])}"
        )
    if ctx.account is not None:
        requests = stored.entries + stored.updated + 2 * len(shown.to_make)
        waits = (requests - 1) // A_MINUTE
        time = f"about {waits} min at the account's rate limit" if waits else "a few seconds"
        lines.append(f"Stored here; sending it takes {time}.")
    if shown.count("changed") and not options.update:
        lines.append(f"{shown.count('changed')} have changed in the file: --update applies the changes.")
    return lines
