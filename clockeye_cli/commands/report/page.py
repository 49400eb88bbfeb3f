"""`clockeye report --save FILE.html`: what a document needs, read from one state of the store."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.pages import pages
from clockeye_cli.interpret.sums import sum_up
from clockeye_cli.present.hand_in import about, colors, entries_by_day, hand_in, sums_by_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.output.document import Document
    from clockeye_cli.store.state import Read


def page(
    ctx: Context,
    question: Query,
    keys: Sequence[str],
    most: int | None,
    complete: Callable[[Selection, Sums], None],
) -> tuple[Document, Selection, Sums]:
    """The report as a document, and what `sum_up` returns for the keys.

    Args:
        ctx: The run.
        question: The period and the filter.
        keys: The keys of the report.
        most: How many entries it may list; with more, it has sums by day. None for all of them.
        complete: Adds the groups without entries.
    """
    groupings = [("day", "project"), ("project",), *([] if [*keys] == ["project"] else [keys])]

    def work(read: Read) -> tuple[Document, Selection, Sums]:
        selection, (by_day, by_project, *others) = sum_up(ctx, question, *groupings, read=read)
        sums = others[0] if others else by_project
        complete(selection, sums)
        count = sums.whole.entries
        if most is None or count <= most:
            entries = entries_by_day(ctx, pages(ctx, read, question))
        else:
            entries = sums_by_day(by_day, selection.names, count)
        with read() as connection:
            slot = colors(connection)
        document = hand_in(
            ctx, selection, keys, sums, by_project, by_day, entries, slot, about=about(ctx, selection)
        )
        return document, selection, sums

    return ctx.store.steadily(work)
