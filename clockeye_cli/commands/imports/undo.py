"""`clockeye imports undo`: undo an import, but keep what was changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.duration import quoted
from clockeye_cli.core.phrases import counted
from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.tracking.importing.undoing import take_back, to_take_back

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (
    Column("run", "Import", "count"),
    Column("entries", "Entries", "count"),
    Column("kept", "Kept", "words"),
)
PARTLY = 6
SHOWN = 20

SHAPE = JsonShape(COLUMNS)


def undo_import(ctx: Context, text: str) -> None:
    """Take an import back.

    Args:
        ctx: The run.
        text: The number of the import.
    """
    number = _number(text)
    ctx.out.check_save()
    with ctx.store.read() as connection:
        entries, kept = to_take_back(connection, number, ctx.session.closed)
    question = f"Remove {counted(len(entries), 'entry', 'entries')} of import {number}?"
    if ctx.can_ask and not ctx.questions.confirm(question, "-y"):
        ctx.out.notice("Nothing was changed.")
        return
    with ctx.write() as write:
        taken, kept = take_back(write, number)
    lines = [f"Removed {counted(taken, 'entry', 'entries')} of import {number}."]
    if kept:
        ctx.exit_code = PARTLY
        more = f" and {len(kept) - SHOWN} more" if len(kept) > SHOWN else ""
        ids = " ".join(kept[:SHOWN])
        lines.append(f"Edited or billed since, or in the closed period, so they stay: {ids}{more}")
    ctx.out.done(lines, Record(COLUMNS, (number, taken, kept)))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        raise UsageError(
            f"{quoted(text)} is not the number of an import.", hint="`clockeye imports` lists them."
        )
    return int(text[:9])
