"""The faces of what looks back: log, report, history."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.examples import examples


@examples(
    "clockeye log yesterday",
    "clockeye log --week -p website",
    "clockeye log --search login -n 20",
)
def log(
    ctx: typer.Context,
    words: o.PeriodWords = None,
    today: o.Today = False,
    yesterday: o.Yesterday = False,
    week: o.Week = False,
    last_week: o.LastWeek = False,
    month: o.Month = False,
    last_month: o.LastMonth = False,
    year: o.Year = False,
    last_year: o.LastYear = False,
    everything: o.All = False,
    first: o.FromDay = "",
    last: o.ToDay = "",
    option: o.PeriodOption = "",
    project: o.Projects = None,
    not_project: o.NotProjects = None,
    tag: o.OnlyTags = None,
    billable: o.OnlyBillable = None,
    search: o.Search = "",
    count: Annotated[
        int | None, typer.Option("-n", "--count", metavar="COUNT", min=0, help="The last so many.")
    ] = None,
    columns: o.Columns = "",
    decimal: o.Decimal = False,
    save: o.Save = "",
    force: o.Force = False,
) -> None:
    """The period is today, or everything with --search or -n. An entry over midnight counts in each day."""
    from clockeye_cli.commands import log as run

    asked = o.period(
        words,
        option,
        first,
        last,
        today=today,
        yesterday=yesterday,
        week=week,
        last_week=last_week,
        month=month,
        last_month=last_month,
        year=year,
        last_year=last_year,
        all=everything,
    )
    wanted = o.filters(project, not_project, tag, billable, search)
    run.run(o.listing(ctx, columns, decimal, save, force), asked, wanted, count=count)


@examples(
    "clockeye report --week",
    "clockeye report last month --by week,project",
    "clockeye report 2026-11 -p acme --save acme.csv",
)
def report(
    ctx: typer.Context,
    words: o.PeriodWords = None,
    today: o.Today = False,
    yesterday: o.Yesterday = False,
    week: o.Week = False,
    last_week: o.LastWeek = False,
    month: o.Month = False,
    last_month: o.LastMonth = False,
    year: o.Year = False,
    last_year: o.LastYear = False,
    everything: o.All = False,
    first: o.FromDay = "",
    last: o.ToDay = "",
    option: o.PeriodOption = "",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="KEYS",
            help="project, tag, day, week, month, user, description, billable; or some: week,project.",
        ),
    ] = "",
    project: o.Projects = None,
    not_project: o.NotProjects = None,
    tag: o.OnlyTags = None,
    billable: o.OnlyBillable = None,
    search: o.Search = "",
    columns: o.Columns = "",
    decimal: o.Decimal = False,
    save: o.Save = "",
    force: o.Force = False,
) -> None:
    """The period is this week. Up to a week is a timesheet on a terminal; everything else a row a group."""
    from clockeye_cli.commands import report as run

    asked = o.period(
        words,
        option,
        first,
        last,
        today=today,
        yesterday=yesterday,
        week=week,
        last_week=last_week,
        month=month,
        last_month=last_month,
        year=year,
        last_year=last_year,
        all=everything,
    )
    wanted = o.filters(project, not_project, tag, billable, search)
    run.run(o.listing(ctx, columns, decimal, save, force), asked, wanted, by=by)


@examples("clockeye history", "clockeye history -n 5", "clockeye history --json")
def history(
    ctx: typer.Context,
    count: Annotated[
        int | None, typer.Option("-n", "--count", metavar="COUNT", min=0, help="The last so many.")
    ] = None,
    columns: o.Columns = "",
) -> None:
    """When, which command, what changed: `+` came, `-` went, `~` changed."""
    from clockeye_cli.commands import history as run

    run.run(o.listing(ctx, columns), count=count)
