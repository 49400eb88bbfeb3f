"""Options that several commands share, and the period and filter that their values make."""

from __future__ import annotations

from inspect import Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clockeye_cli.context import Context, Listing
from clockeye_cli.core.selection import Filter, Reading, TypedPeriod, typed_whose
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

COLORS = ("auto", "always", "never")

Words = Annotated[
    list[str] | None, typer.Argument(metavar="[DESCRIPTION]...", help="What it is about; needs no quotes.")
]
Project = Annotated[
    str | None,
    typer.Option(
        "--project",
        "-p",
        metavar="PROJECT",
        help="Its name, the beginning of it, or its id; without a value: pick one.",
    ),
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", "-t", metavar="TAG", help="Put #TAG at the end; repeatable.")
]
Billable = Annotated[
    bool | None, typer.Option("--billable/--no-billable", help="Whether it is billable.", show_default=False)
]
Overlap = Annotated[bool, typer.Option("--overlap", help="Store it even where it overlaps others.")]
At = Annotated[
    str, typer.Option("--at", metavar="WHEN", help="Not now but then: 9:15, 10m ago, yesterday 17:30.")
]
From = Annotated[str, typer.Option("--from", metavar="WHEN", help="The start.")]
To = Annotated[str, typer.Option("--to", metavar="WHEN", help="The end.")]
Description = Annotated[
    str | None, typer.Option("--description", "-d", metavar="TEXT", help="The description instead.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Answer yes instead of being asked.")]
Entry = Annotated[
    str, typer.Argument(metavar="ENTRY", help="An id or its beginning, last, last-1 … or current.")
]
Entries = Annotated[
    list[str], typer.Argument(metavar="ENTRY...", help="Ids or their beginnings, last, last-1 … or current.")
]

PeriodWords = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PERIOD]", help="yesterday, last month, last 7 days, 2026-11, 2026-W47 …"),
]
Today = Annotated[bool, typer.Option("--today", help="The period: today.")]
Yesterday = Annotated[bool, typer.Option("--yesterday", help="Yesterday.")]
Week = Annotated[bool, typer.Option("--week", help="This week.")]
LastWeek = Annotated[bool, typer.Option("--last-week", help="The week before.")]
Month = Annotated[bool, typer.Option("--month", help="This month.")]
LastMonth = Annotated[bool, typer.Option("--last-month", help="The month before.")]
Year = Annotated[bool, typer.Option("--year", help="This year.")]
LastYear = Annotated[bool, typer.Option("--last-year", help="The year before.")]
All = Annotated[bool, typer.Option("--all", help="Everything.")]
FromDay = Annotated[str, typer.Option("--from", metavar="DAY", help="From this day on, up to today or --to.")]
ToDay = Annotated[str, typer.Option("--to", metavar="DAY", help="Up to this day, itself included.")]
PeriodOption = Annotated[
    str, typer.Option("--period", metavar="PERIOD", help="The period in words, as the argument.")
]
Projects = Annotated[
    list[str] | None, typer.Option("--project", "-p", metavar="PROJECT", help="Only these; repeatable.")
]
NotProjects = Annotated[
    list[str] | None, typer.Option("--not-project", metavar="PROJECT", help="Not these; repeatable.")
]
OnlyTags = Annotated[
    list[str] | None,
    typer.Option("--tag", "-t", metavar="TAG", help="Only with all of these tags; repeatable."),
]
OnlyBillable = Annotated[
    bool | None,
    typer.Option("--billable/--no-billable", help="Only what is billable, or is not.", show_default=False),
]
Search = Annotated[
    str, typer.Option("--search", metavar="TEXT", help="Only with this text in description or project.")
]

User = Annotated[
    str,
    typer.Option("--user", metavar="NAME|all", help="On an account: this user's, or everybody's; not yours."),
]
Offline = Annotated[bool, typer.Option("--offline", help="Show what is here; the account is not asked.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Read the account anew, or show nothing.")]


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise typer.BadParameter(f"{text[:40]!r} is not a count: 0, 1, 2 and so on.")
    return int(text[:9])


Count = Annotated[
    int | None, typer.Option("-n", "--count", metavar="COUNT", parser=_count, help="The last so many.")
]
Columns = Annotated[str, typer.Option("--columns", metavar="A,B,C", help="These columns, in this order.")]
Decimal = Annotated[bool, typer.Option("--decimal", help="Hours as 1.50 instead of 1:30:00.")]
Save = Annotated[str, typer.Option("--save", metavar="FILE", help="Into a file: .csv .tsv .json .ndjson .md")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite that file.")]


FLAGS = ("today", "yesterday", "week", "last_week", "month", "last_month", "year", "last_year", "all")


def selecting(face: Callable[..., None]) -> Callable[..., None]:
    """Give a face the options of a period and a filter, which several commands take alike.

    Args:
        face: Takes the Typer context, what was asked for (TypedPeriod and Filter), and its own options.

    Returns:
        What Typer reads: a function with the options of both.
    """

    def run(ctx: typer.Context, **values: Any) -> None:
        shared = {name: values.pop(name) for name in SELECTION if name in values}
        face(ctx, _period(shared), _filter(shared), **values)

    first, _, _, *own = signature(face, eval_str=True).parameters.values()
    run.__doc__ = face.__doc__
    run.__signature__ = Signature([first, *SELECTION.values(), *own])  # type: ignore[attr-defined] # inspect reads it
    return run


def _selection(
    words: PeriodWords = None,
    today: Today = False,
    yesterday: Yesterday = False,
    week: Week = False,
    last_week: LastWeek = False,
    month: Month = False,
    last_month: LastMonth = False,
    year: Year = False,
    last_year: LastYear = False,
    all: All = False,  # noqa: A002 (the word of the option)
    first: FromDay = "",
    last: ToDay = "",
    option: PeriodOption = "",
    project: Projects = None,
    not_project: NotProjects = None,
    tag: OnlyTags = None,
    user: User = "",
    billable: OnlyBillable = None,
    search: Search = "",
) -> None:
    """The options of a period and a filter, in the order of the help."""


SELECTION = signature(_selection, eval_str=True).parameters


def _period(values: dict[str, Any]) -> TypedPeriod:
    given = [name.replace("_", "-") for name in FLAGS if values[name]]
    if len(given) > 1:
        raise UsageError(
            f"Two periods were given: --{given[0]} and --{given[1]}.", hint="Leave one of them out."
        )
    words = tuple(values["words"] or ())
    return TypedPeriod(words, given[0] if given else "", values["option"], values["first"], values["last"])


def _filter(values: dict[str, Any]) -> Filter:
    projects, not_projects, tags = (tuple(values[name] or ()) for name in ("project", "not_project", "tag"))
    return Filter(
        projects, not_projects, tags, values["billable"], values["search"], typed_whose(values["user"])
    )


def reading(*, offline: bool, refresh: bool) -> Reading:
    """How a list is to be read from the account.

    Raises:
        UsageError: Both ways were asked for.
    """
    if offline and refresh:
        raise UsageError("--offline and --refresh exclude each other.", hint="Leave one of them out.")
    return "offline" if offline else "refresh" if refresh else "usual"


def listing(
    ctx: typer.Context, columns: str = "", decimal: bool = False, save: str = "", force: bool = False
) -> Context:
    """The run's context, set to give a list as its options ask for."""
    run: Context = ctx.obj
    run.listing = Listing(columns, decimal, save, force)
    return run


def answered(ctx: typer.Context, yes: bool) -> Context:
    """The run's context, with every question answered if `-y` was given."""
    run: Context = ctx.obj
    run.options = run.options._replace(yes=yes)
    return run


def in_a_hurry(ctx: typer.Context) -> Context:
    """The run's context, as the fast lane has it: the app gives the same answers to what both understand."""
    run: Context = ctx.obj
    run.session.is_in_a_hurry = True
    return run
