"""From the options of `import`, as typed, to their meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from clockeye_cli.config import zone as zones
from clockeye_cli.core.day import local
from clockeye_cli.core.duration import quoted
from clockeye_cli.core.entry import folded
from clockeye_cli.core.period_words import parse_day
from clockeye_cli.errors import UsageError
from clockeye_cli.importers.clocks import ORDERS
from clockeye_cli.tracking.importing.wishes import TASKS, Wishes, parse_rule

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.interpret.import_map import ImportMap


class ImportOptions(NamedTuple):
    """The options of `import`, as they were typed; empty ones were not given."""

    source: str = ""
    map_file: str = ""
    zone: str = ""
    dates: str = ""
    encoding: str = ""
    user: str = ""
    project_from: str = ""
    task: str = ""
    first: str = ""
    last: str = ""
    update: bool = False
    partial: bool = False


def wishes_of(ctx: Context, options: ImportOptions, mapped: ImportMap) -> Wishes:
    """What the user wishes.

    Raises:
        UsageError: An option has a value that it cannot have.
    """
    zone = zones.named(options.zone) if options.zone else ctx.zone
    if zone is None:
        raise UsageError(
            f"The time zone {quoted(options.zone)} is unknown.",
            hint=f"Example: --zone {zones.example(options.zone)}",
        )
    _refuse_other(options.dates, tuple(ORDERS), "--dates")
    _refuse_other(options.task, TASKS, "--task")
    today = local(ctx.now, zone).date()
    first = parse_day(options.first, today) if options.first else None
    last = parse_day(options.last, today, begin=first) if options.last else None
    hours = ctx.settings.work_hours
    return Wishes(
        zone,
        "--zone" if options.zone else "the settings",
        today,
        options.dates,
        options.encoding,
        mapped.columns,
        folded(options.user),
        first,
        last,
        parse_rule(options.project_from),
        cast("Literal['tag', 'description', 'project', 'drop']", options.task or "tag"),
        mapped.names,
        hours[0] if mapped.work_start is None else mapped.work_start,
        ctx.settings.billable,
        ctx.settings.project if ctx.account is not None else "",
        options.update,
        ctx.session.closed,
    )


def _refuse_other(value: str, allowed: tuple[str, ...], option: str) -> None:
    if value and value not in allowed:
        raise UsageError(f"{option} cannot be {quoted(value)}.", hint=f"One of: {', '.join(allowed)}")
