"""`clockeye report`: a period summed up, as a timesheet or by what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.measures import Sum
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.totals import KEYS, Group, Sums, needs_texts, summed
from clockeye_cli.core.whose import Everybody
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.selection import select
from clockeye_cli.present.entries import sum_row
from clockeye_cli.present.selection import meta, nothing, say_elsewhere, say_left_out, say_running
from clockeye_cli.present.sums import labels, shares_table, sums_table
from clockeye_cli.present.timesheet import DAYS_OF_A_TIMESHEET, timesheet_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Filter, Reading, Selection, TypedPeriod
    from clockeye_cli.output.cells import Table


def report(
    ctx: Context,
    typed_period: TypedPeriod,
    filters: Filter,
    *,
    by: str = "",
    source: str = "entries",
    how: Reading = "usual",
) -> None:
    """Sum up a period.

    Args:
        ctx: What the command works with.
        typed_period: The period; silent for this week.
        filters: What entries must be like.
        by: Keys with commas between; empty for projects, and on a terminal for a timesheet of up to a week.
        source: `entries`, or `summary` for what ClockEye itself has added up.
        how: Whether the account is asked.

    Raises:
        UsageError: A key or the period is not understood.
    """
    ctx.out.check_save()
    keys = _keys(by)
    if source == "summary":
        from clockeye_cli.commands.report.summary import summary

        summary(ctx, typed_period, filters, keys, how)
        return
    if source != "entries":
        raise unknown("source", source, ("entries", "summary"))
    found = select(ctx, typed_period, filters, "week", how, with_texts=needs_texts(keys))
    sums = summed(found.entries, keys, ctx.rule, found.span)
    if "user" in keys and isinstance(filters.whose, Everybody):
        sums.groups.extend(_with_nothing(found, keys, sums.groups))
    rows = [sum_row(labels(ctx, keys, group, found), group.sum) for group in sums.groups]
    said = meta(ctx, found.period, sums.whole, as_of=found.as_of)
    table = sums_table(keys, rows, sums.whole, said, nothing(found, filters))
    ctx.out.table(table, look=lambda width: _look(ctx, found, keys, sums, width, is_plain=not by))
    say_running(ctx, found)
    say_elsewhere(ctx, found)
    say_left_out(ctx, found)
    if "tag" in keys and sums.whole.entries:
        ctx.out.notice(
            "An entry counts under each of its tags, so the rows can add up to more than the total."
        )


def _with_nothing(found: Selection, keys: Sequence[str], groups: Sequence[Group]) -> list[Group]:
    """A group for each user of whom there is nothing, so that a missing week is seen."""
    place = keys.index("user")
    there = {group.labels[place] or found.me for group in groups}
    missing = [user_id for user_id in found.people if user_id not in there]
    return [Group(tuple(user_id if key == "user" else None for key in keys), Sum()) for user_id in missing]


def _keys(by: str) -> list[str]:
    keys = [key.strip().lower() for key in by.split(",")] if by else ["project"]
    for key in keys:
        if key not in KEYS:
            raise unknown("key of --by", key, KEYS)
    if len(set(keys)) < len(keys):
        raise UsageError(f"--by {by[:60]} names a key twice.", hint="Name each once.")
    return keys


def _look(
    ctx: Context, found: Selection, keys: list[str], sums: Sums, width: int, *, is_plain: bool
) -> list[Table]:
    first, last = found.period.first, found.period.last
    if is_plain and first and last and 1 <= (last - first).days < DAYS_OF_A_TIMESHEET:
        return timesheet_tables(ctx, found, first, last, width)
    return [shares_table(ctx, found, keys, sums)]
