"""`clockeye tags list`: the tags of a period, with their entries and time."""

from __future__ import annotations

from clockeye_cli.core.measures import USUAL
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.pages import query
from clockeye_cli.interpret.sums import sum_up
from clockeye_cli.output.cells import JsonShape, Section, Table
from clockeye_cli.present.selection import meta, say_elsewhere, say_left_out, say_running
from clockeye_cli.present.sums import LABELS, sum_columns, sum_row

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Filter, Reading, TypedPeriod


def shape() -> JsonShape:
    """What the command prints as JSON."""
    from clockeye_cli.present.meta_columns import OF_ENTRIES  # late: only `schema` needs it

    return JsonShape(
        (LABELS["tag"][0]._replace(is_nullable=False), *sum_columns(USUAL)),
        OF_ENTRIES,
        is_list=True,
        has_meta=True,
    )


def list_tags(ctx: Context, typed_period: TypedPeriod, filters: Filter, *, how: Reading = "usual") -> None:
    """List the tags, the longest time first.

    Args:
        ctx: The run.
        typed_period: The period; empty for this week.
        filters: The conditions for entries.
        how: Whether to read from the account.
    """
    ctx.out.check_save()
    question = query(ctx, typed_period, filters, "week", how)
    selection, (sums,) = sum_up(ctx, question, ["tag"])
    tagged = [group for group in sums.groups if group.labels != (None,)]
    rows = [sum_row(group.labels, group.sum) for group in tagged]
    about = meta(ctx, selection.period, sums.whole, question.reading)
    empty = f"No tags: {selection.period.name}. `clockeye tags --all` lists all tags."
    ctx.out.table(Table((*LABELS["tag"], *sum_columns(USUAL)), [Section("", rows)], about, empty=empty))
    say_running(ctx, selection)
    say_elsewhere(ctx, selection)
    say_left_out(ctx, selection)
