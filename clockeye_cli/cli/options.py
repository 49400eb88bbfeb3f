"""Options shared by several commands, and the period and the filter made from their values."""

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
    list[str] | None, typer.Argument(metavar="[DESCRIPTION]...", help="The description; no quotes needed.")
]
Project = Annotated[
    str | None,
    typer.Option(
        "--project",
        "-p",
        metavar="PROJECT",
        help="A name, its beginning, or an id; without a value, pick from a list.",
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", "-t", metavar="TAG", help="Append #TAG to the description; repeatable."),
]
Billable = Annotated[
    bool | None, typer.Option("--billable/--no-billable", help="Billable or not.", show_default=False)
]
Overlap = Annotated[bool, typer.Option("--overlap", help="Allow overlaps with other entries.")]
At = Annotated[
    str, typer.Option("--at", metavar="WHEN", help="A time other than now: 9:15, 10m ago, yesterday 17:30.")
]
From = Annotated[str, typer.Option("--from", metavar="WHEN", help="The start.")]
To = Annotated[str, typer.Option("--to", metavar="WHEN", help="The end.")]
Description = Annotated[
    str | None, typer.Option("--description", "-d", metavar="TEXT", help="Replace the description.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Answer yes to all questions.")]
Entry = Annotated[
    str, typer.Argument(metavar="ENTRY", help="An id or its beginning, last, last-1 …, or current.")
]
Entries = Annotated[
    list[str], typer.Argument(metavar="ENTRY...", help="Ids or their beginnings, last, last-1 …, or current.")
]

PeriodWords = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PERIOD]", help="yesterday, last month, last 7 days, 2026-11, 2026-W47 …"),
]
Today = Annotated[bool, typer.Option("--today", help="Today.")]
Yesterday = Annotated[bool, typer.Option("--yesterday", help="Yesterday.")]
Week = Annotated[bool, typer.Option("--week", help="This week.")]
LastWeek = Annotated[bool, typer.Option("--last-week", help="Last week.")]
Month = Annotated[bool, typer.Option("--month", help="This month.")]
LastMonth = Annotated[bool, typer.Option("--last-month", help="Last month.")]
Year = Annotated[bool, typer.Option("--year", help="This year.")]
LastYear = Annotated[bool, typer.Option("--last-year", help="Last year.")]
All = Annotated[bool, typer.Option("--all", help="Everything.")]
FromDay = Annotated[
    str, typer.Option("--from", metavar="DAY", help="The first day; the period ends today or with --to.")
]
ToDay = Annotated[str, typer.Option("--to", metavar="DAY", help="The last day.")]
PeriodOption = Annotated[
    str, typer.Option("--period", metavar="PERIOD", help="The same as the PERIOD argument.")
]
Projects = Annotated[
    list[str] | None,
    typer.Option("--project", "-p", metavar="PROJECT", help="Only this project; repeatable."),
]
NotProjects = Annotated[
    list[str] | None,
    typer.Option("--not-project", metavar="PROJECT", help="Exclude this project; repeatable."),
]
OnlyTags = Annotated[
    list[str] | None,
    typer.Option("--tag", "-t", metavar="TAG", help="Only entries with this tag; repeatable."),
]
OnlyBillable = Annotated[
    bool | None,
    typer.Option(
        "--billable/--no-billable",
        help="Only billable entries, or only non-billable ones.",
        show_default=False,
    ),
]
Search = Annotated[
    str,
    typer.Option(
        "--search", metavar="TEXT", help="Only entries with this text in the description or project."
    ),
]

User = Annotated[
    str,
    typer.Option(
        "--user", metavar="NAME|all", help="On an account: the entries of this user, or of everybody."
    ),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Show the stored entries without reading from the account.")
]
Refresh = Annotated[
    bool, typer.Option("--refresh", help="Always read from the account; fail if it cannot be reached.")
]


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise typer.BadParameter(f"{text[:40]!r} is not a whole number.")
    return int(text[:9])


Count = Annotated[
    int | None,
    typer.Option("-n", "--count", metavar="COUNT", parser=_count, help="Show only the latest COUNT."),
]
Columns = Annotated[
    str, typer.Option("--columns", metavar="A,B,C", help="Show only these columns, in this order.")
]
Decimal = Annotated[bool, typer.Option("--decimal", help="Show 1.50 hours instead of 1:30:00.")]
Save = Annotated[
    str, typer.Option("--save", metavar="FILE", help="Write to a file: .csv .tsv .json .ndjson .md")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]


FLAGS = ("today", "yesterday", "week", "last_week", "month", "last_month", "year", "last_year", "all")


def selecting(face: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a period and a filter to a face.

    Args:
        face: Takes the Typer context, a TypedPeriod, a Filter, and its own options.

    Returns:
        A function with all of these options, for Typer to read.
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
    """Whether a list is read from the account.

    Raises:
        UsageError: Both options were given.
    """
    if offline and refresh:
        raise UsageError("--offline and --refresh cannot be used together.", hint="Leave one of them out.")
    return "offline" if offline else "refresh" if refresh else "usual"


def listing(
    ctx: typer.Context, columns: str = "", decimal: bool = False, save: str = "", force: bool = False
) -> Context:
    """The run's context, with the options for lists."""
    run: Context = ctx.obj
    run.listing = Listing(columns, decimal, save, force)
    return run


def answered(ctx: typer.Context, yes: bool) -> Context:
    """The run's context; with `-y`, all questions are answered with yes."""
    run: Context = ctx.obj
    run.options = run.options._replace(yes=yes)
    return run


def in_a_hurry(ctx: typer.Context) -> Context:
    """The run's context as in the fast lane, so that the app gives the same answers."""
    run: Context = ctx.obj
    run.session.is_in_a_hurry = True
    return run
