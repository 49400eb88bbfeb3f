"""`clockeye tags rename`: rename a tag in all entries, or merge it into another."""

from __future__ import annotations

from clockeye_cli.core.entry import Timer
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.tags import tag_name
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.entries import ENTRIES_SHAPE
from clockeye_cli.present.written import say_written, written
from clockeye_cli.store import former_ids
from clockeye_cli.tracking import tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry

REQUESTS = 2
"""For each entry that the account has: its version there is read before it is changed."""

SHAPE = ENTRIES_SHAPE


def rename_tag(ctx: Context, old: str, new: str) -> None:
    """Rename a tag in all of your entries and the timer; ask first on an account.

    Args:
        ctx: The run.
        old: A tag.
        new: Its new name; another tag to merge the two.
    """
    old, new = tag_name(old), tag_name(new)
    with ctx.store.read() as connection:
        renamed = tags.renamed(connection, old, new)
        known_there = former_ids.account_ids(connection, (before.local_id for before, _ in renamed))
    if (
        ctx.account is not None
        and renamed
        and not ctx.questions.confirm(
            f"Rename #{old} to #{new} in {_counted([after for _, after in renamed])}?"
            f" That takes {counted(REQUESTS * len(known_there), 'request', 'requests')} to the account.",
            "-y",
        )
    ):
        ctx.out.notice("Nothing was changed.")
        return
    with ctx.write() as write:
        changed = tags.rename(write, old, new)
        done = written(write, *changed)
    line = (
        f"Renamed #{old} to #{new} in {_counted(changed)}. `clockeye undo` reverts this."
        if changed
        else f"Unchanged: the tag is #{new} everywhere."
    )
    say_written(ctx, line, done.table(ctx))


def _counted(items: Sequence[TimeEntry | Timer]) -> str:
    timers = sum(isinstance(item, Timer) for item in items)
    entries = counted(len(items) - timers, "entry", "entries")
    if not timers:
        return entries
    return f"{entries} and the running timer" if len(items) > timers else "the running timer"
