"""`clockeye report --save FILE.html`: what a document needs, read from one state of the store."""

from __future__ import annotations

from clockeye_cli.core.charges import rate_hint
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.interpret.pages import pages
from clockeye_cli.interpret.sums import sum_up
from clockeye_cli.interpret.terms import parties_of, recipient
from clockeye_cli.present.charged import how_rounded, unpriced
from clockeye_cli.present.hand_in import about, colors, entries_by_day, hand_in, sums_by_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.commands.report.adding import Added, Adding
    from clockeye_cli.output.document import Document
    from clockeye_cli.present.targets import Due
    from clockeye_cli.store.state import Read


def page(
    adding: Adding, measures: Sequence[str], most: int | None, of_period: Due | None
) -> tuple[Document, Added]:
    """The report as a document, and what was added up.

    Args:
        adding: What the report adds up.
        measures: Its measures.
        most: How many entries it may list; with more, it has sums by day. None for all of them.
        of_period: The time to work; None if none is set.

    Raises:
        ClashError: It is to have amounts, and there is billable time without a rate (`no_rate`).
    """
    ctx, question, keys = adding.ctx, adding.question, adding.keys
    is_by_project = [*keys] == ["project"]
    others = [("day", "project"), *([] if is_by_project else [("project",)])]

    def work(read: Read) -> tuple[Document, Added]:
        added = selection, sums, charged = adding.up(read)
        _, (by_day, *by_project) = sum_up(ctx, question, *others, read=read)
        count = sums.whole.entries
        if most is None or count <= most:
            entries = entries_by_day(ctx, pages(ctx, read, question))
        else:
            entries = sums_by_day(by_day, selection.names, count)
        with read() as connection:
            slot, parties = colors(connection), parties_of(connection)
        client = recipient(ctx, parties, (group.labels[1] for group in by_day.groups))
        document = hand_in(
            ctx,
            selection,
            keys,
            measures,
            sums,
            by_project[0] if by_project else sums,
            by_day,
            entries,
            slot,
            about=about(ctx, parties.person, client),
            target=of_period.about(sums.whole.duration) if of_period else {},
            rounding=how_rounded(charged) if charged and "rounded_duration" in measures else "",
        )
        return document, added

    document, added = ctx.store.steadily(work)
    charged = added[2]
    if charged and "amounts" in measures and (lines := [*unpriced(charged)]):
        raise ClashError(
            "\n".join(["A page with amounts needs a rate for all billable time:", *lines]),
            hint=rate_hint(charged.charges, charged.selection.names),
            code="no_rate",
        )
    return document, added
