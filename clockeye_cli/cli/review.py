"""The faces of what looks back, and of what looks on: log, report, history, check, watch."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.examples import examples
from clockeye_cli.core.selection import Asked, Filter  # noqa: TC001 (read when a face is made)


@examples(
    "clockeye log yesterday",
    "clockeye log --week -p website",
    "clockeye log --search login -n 20",
)
@o.selecting
def log(
    ctx: typer.Context,
    asked: Asked,
    wanted: Filter,
    count: o.Count = None,
    columns: o.Columns = "",
    decimal: o.Decimal = False,
    save: o.Save = "",
    force: o.Force = False,
    offline: o.Offline = False,
    refresh: o.Refresh = False,
) -> None:
    """The period is today, or everything with --search or -n. An entry over midnight counts in each day."""
    from clockeye_cli.commands import log as run

    how = o.reading(offline=offline, refresh=refresh)
    run.run(o.listing(ctx, columns, decimal, save, force), asked, wanted, count=count, how=how)


@examples(
    "clockeye report --week",
    "clockeye report last month --by week,project",
    "clockeye report 2026-11 -p acme --save acme.csv",
)
@o.selecting
def report(
    ctx: typer.Context,
    asked: Asked,
    wanted: Filter,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="KEYS",
            help="project, tag, day, week, month, user, description, billable; or some: week,project.",
        ),
    ] = "",
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="entries|summary",
            help="summary: what ClockEye has added up, by project, user or day.",
        ),
    ] = "entries",
    columns: o.Columns = "",
    decimal: o.Decimal = False,
    save: o.Save = "",
    force: o.Force = False,
    offline: o.Offline = False,
    refresh: o.Refresh = False,
) -> None:
    """The period is this week. Up to a week is a timesheet on a terminal; everything else a row a group."""
    from clockeye_cli.commands.report import report as run

    how = o.reading(offline=offline, refresh=refresh)
    run.run(o.listing(ctx, columns, decimal, save, force), asked, wanted, by=by, source=source, how=how)


@examples("clockeye history", "clockeye history -n 5", "clockeye history --json")
def history(
    ctx: typer.Context,
    count: o.Count = None,
    columns: o.Columns = "",
) -> None:
    """When, which command, what changed: `+` came, `-` went, `~` changed."""
    from clockeye_cli.commands import history as run

    run.run(o.listing(ctx, columns), count=count)


@examples(
    "clockeye check                          # a timer over max_timer",
    "clockeye check --max 10h",
    "clockeye check --max 10h --idle 30m",
)
def check(
    ctx: typer.Context,
    longest: Annotated[
        str, typer.Option("--max", metavar="DURATION", help="The running timer is longer than this.")
    ] = "",
    idle: Annotated[
        str,
        typer.Option("--idle", metavar="DURATION", help="Nothing was tracked for so long, in hours of work."),
    ] = "",
) -> None:
    """Says nothing and exits with 0 if all is well; else one line and 1. Asks the account nothing."""
    from clockeye_cli.commands import check as run

    run.run(ctx.obj, longest=longest, idle=idle)


@examples(
    "clockeye watch",
    "clockeye -P work watch                  # another profile's day",
    "clockeye config set target 8h           # what its bar is of",
)
def watch(ctx: typer.Context) -> None:
    """`s` stops, `r` resumes, a number switches to what was worked on lately, `q` quits."""
    from clockeye_cli.commands import watch as run

    run.run(ctx.obj)
