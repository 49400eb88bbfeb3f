"""`clockeye report --save FILE.html`: what a document needs, read from one state of the store."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import MINE, OneUser
from clockeye_cli.errors import ClashError
from clockeye_cli.interpret.pages import pages
from clockeye_cli.interpret.sums import sum_up
from clockeye_cli.interpret.terms import parties_of, recipient
from clockeye_cli.output.document import Heading
from clockeye_cli.present.charged import how_rounded, unpriced
from clockeye_cli.present.hand_in import about, hand_in
from clockeye_cli.present.handed_entries import KINDS, HandedEntries, of_user, sums_by_day
from clockeye_cli.store import projects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clockeye_cli.commands.report.calculation import Calculation, ReportSums
    from clockeye_cli.core.charges import Charged
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.output.cells import Table
    from clockeye_cli.output.document import Block, Document
    from clockeye_cli.output.formats import Format
    from clockeye_cli.present.targets import Due
    from clockeye_cli.store.state import Read


def prepared_page(
    calculation: Calculation,
    measures: Sequence[str],
    page_format: Format,
    of_period: Due | None,
    listed: Callable[[ReportSums], Table],
) -> tuple[Callable[[], None], ReportSums]:
    """Write the report as a document. Returns the function that prints or saves it, and the sums.

    Args:
        calculation: The calculation.
        measures: Its measures.
        page_format: The format.
        of_period: The time to work; None if none is set.
        listed: Makes the list of the sums, for formats of a single table.

    Raises:
        ClashError: It is to have amounts, and there is billable time without a rate (`no_rate`).
        StorageError: It cannot be written.
    """

    def work(read: Read) -> tuple[Callable[[], None], ReportSums]:
        result = calculation.run(read)
        if "amounts" in measures:
            _check_rates(result.charged)
        document = _document(calculation, result, read, measures, page_format, of_period)
        return calculation.ctx.out.prepared(listed(result), page=document), result

    return calculation.ctx.store.steadily(work)


def _check_rates(charged: Charged | None) -> None:
    if charged and (lines := [*unpriced(charged)]):
        from clockeye_cli.core.rate_hint import rate_hint  # late: it is refused

        raise ClashError(
            "\n".join(["A page with amounts needs a rate for all billable time:", *lines]),
            hint=rate_hint(charged.charges, charged.selection.names),
            code="no_rate",
        )


def _document(
    calculation: Calculation,
    result: ReportSums,
    read: Read,
    measures: Sequence[str],
    page_format: Format,
    of_period: Due | None,
) -> Document:
    ctx, question, keys = calculation.ctx, calculation.question, calculation.keys
    selection, sums, charged = result
    _, (by_day, by_project, kinds) = sum_up(ctx, question, ("day", "project"), ("project",), KINDS, read=read)
    entries = HandedEntries(ctx, pages(ctx, read, question), kinds)
    count, most = sums.whole.entries, page_format.most_rows
    if most is None:
        table = entries.in_one_list()
    else:
        table = entries.by_day() if count <= most else sums_by_day(by_day, selection.names, count)
    with read() as connection:
        slot, parties = projects.colors(connection), parties_of(connection)
    client = recipient(ctx, parties, (group.labels[1] for group in by_day.groups))
    document = hand_in(
        ctx,
        selection,
        keys,
        measures,
        sums,
        sums if [*keys] == ["project"] else by_project,
        by_day,
        table,
        slot,
        about=about(ctx, parties.person, client),
        of_period=of_period,
        notes=[
            *question.reading.never_read,
            *([how_rounded(charged)] if charged and "rounded_duration" in measures else []),
        ],
    )
    if most is None and "user" in keys:
        document = document._replace(
            blocks=(*document.blocks, *_of_people(calculation, selection, sums, kinds, read))
        )
    return document


def _of_people(
    calculation: Calculation, selection: Selection, sums: Sums, kinds: Sums, read: Read
) -> Iterator[Block]:
    """A list of the entries of each person, for a spreadsheet, which has a sheet for each list."""
    place = [*calculation.keys].index("user")
    question = calculation.question
    for user_id in dict.fromkeys(group.labels[place] for group in sums.groups):
        whose = MINE if user_id is None else OneUser(user_id)
        of_one = question._replace(reading=question.reading._replace(whose=whose))
        entries = HandedEntries(
            calculation.ctx, pages(calculation.ctx, read, of_one), of_user(kinds, user_id)
        )
        yield Heading(selection.user_of(user_id)[1])
        yield entries.in_one_list()
