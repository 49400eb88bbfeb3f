"""`clockeye imports list`: list the imports, the oldest first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.store import imported, runs

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.runs import StoredRun

COLUMNS = (
    Column("run", "Import", "count"),
    Column("at", "When", "instant"),
    Column("source", "Source"),
    Column("entries", "Entries", "count"),
    Column("files", "Files", "words", drop=1),
)

SHAPE = JsonShape(COLUMNS, is_list=True)


def list_imports(ctx: Context) -> None:
    """List the imports; each with the number of its entries that are still here."""
    ctx.out.check_save()
    with ctx.store.read() as connection:
        listed = [run for run in runs.every(connection) if run.kind == "import"]
        counts = imported.entry_counts(connection)
    rows = [_row(run, counts.get(run.id, 0)) for run in listed]
    ctx.out.table(
        Table(COLUMNS, [Section("", rows)], empty="No imports yet; `clockeye import FILE` creates one.")
    )


def _row(run: StoredRun, entries: int) -> Row:
    files = [file["name"] for file in json.loads(run.about).get("files", [])]
    return run.id, run.at, run.source, entries, files
