"""Options shared by several commands, and the period and the filter made from their values."""

from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context, Listing
from clockeye_cli.core.typing import Annotated

COLORS = ("auto", "always", "never")

Words = Annotated[
    list[str] | None, Argument(metavar="[DESCRIPTION]...", help="The description; no quotes needed.")
]
Project = Annotated[
    str | None,
    Option(
        "--project",
        "-p",
        metavar="PROJECT",
        help="A name, its beginning, or an id; none for no project; without a value, pick from a list.",
        may_be_empty=True,  # refused with words of its own
    ),
]
Tags = Annotated[
    list[str] | None,
    Option(
        "--tag", "-t", metavar="TAG", help="Append #TAG to the description; repeatable.", may_be_empty=True
    ),
]
Untag = Annotated[
    list[str] | None,
    Option("--untag", metavar="TAG", help="Remove this tag, or all; repeatable."),
]
Billable = Annotated[
    bool | None,
    Option(
        "--billable/--no-billable",
        help="Billable or not.",
    ),
]
Overlap = Annotated[bool, Option("--overlap", help="Allow overlaps with other entries.")]
Adjust = Annotated[
    bool, Option("--adjust", help="Make room: cut the entries that overlap, move the timer's start.")
]
At = Annotated[
    str, Option("--at", metavar="WHEN", help="A time other than now: 9:15, 10m ago, last, yesterday 17:30.")
]
From = Annotated[str, Option("--from", metavar="WHEN", help="The start.")]
To = Annotated[str, Option("--to", metavar="WHEN", help="The end.")]
For = Annotated[str, Option("--for", metavar="DURATION", help="The duration: 90m, 1h30, 0:45, 1.5h.")]
Description = Annotated[
    str | None,
    Option(
        "--description",
        "-d",
        metavar="TEXT",
        help="Replace the description; tags at its end are kept.",
        may_be_empty=True,
    ),
]
Yes = Annotated[bool, Option("--yes", "-y", help="Answer yes to all questions.")]
Entry = Annotated[
    str, Argument(metavar="ENTRY", help="An id or its beginning, last, last-1 …, it, or current.")
]
EntryOrText = Annotated[
    list[str] | None,
    Argument(
        metavar="[ENTRY|TEXT]...",
        help="An id or its beginning, last, last-1 …, it, or current; or a text; by default last.",
    ),
]
NAMES_OF_ENTRIES = (
    "Ids or their beginnings, last, last-1 …, it, or current; - reads a list from standard input"
)
Entries = Annotated[list[str], Argument(metavar="ENTRY...", help=f"{NAMES_OF_ENTRIES}.")]
EntriesOrIt = Annotated[
    list[str] | None, Argument(metavar="[ENTRY]...", help=f"{NAMES_OF_ENTRIES}; by default it.")
]

PeriodWords = Annotated[
    list[str] | None,
    Argument(metavar="[PERIOD]", help="yesterday, last month, last 7 days, 2026-11, 2026-W47 …"),
]
Today = Annotated[bool, Option("--today", help="Today.")]
Yesterday = Annotated[bool, Option("--yesterday", help="Yesterday.")]
Week = Annotated[bool, Option("--week", help="This week.")]
LastWeek = Annotated[bool, Option("--last-week", help="Last week.")]
Month = Annotated[bool, Option("--month", help="This month.")]
LastMonth = Annotated[bool, Option("--last-month", help="Last month.")]
Year = Annotated[bool, Option("--year", help="This year.")]
LastYear = Annotated[bool, Option("--last-year", help="Last year.")]
All = Annotated[bool, Option("--all", help="Everything.")]
FromDay = Annotated[
    str, Option("--from", metavar="DAY", help="The first day; the period ends today or with --to.")
]
ToDay = Annotated[str, Option("--to", metavar="DAY", help="The last day.")]
PeriodOption = Annotated[str, Option("--period", metavar="PERIOD", help="The same as the PERIOD argument.")]
Projects = Annotated[
    list[str] | None,
    Option(
        "--project",
        "-p",
        metavar="PROJECT",
        help="Only this project, or none for entries without one; repeatable.",
        may_be_empty=True,  # refused with words of its own
    ),
]
NotProjects = Annotated[
    list[str] | None,
    Option("--not-project", metavar="PROJECT", help="Exclude this project; repeatable."),
]
OnlyClient = Annotated[
    str, Option("--client", metavar="CLIENT", help="Only this client's projects, or none for those without.")
]
Unbilled = Annotated[bool, Option("--unbilled", help="Only billable entries that are not on an invoice.")]
OnlyInvoice = Annotated[str, Option("--invoice", metavar="NUMBER", help="Only the entries on this invoice.")]
OnlyTags = Annotated[
    list[str] | None,
    Option("--tag", "-t", metavar="TAG", help="Only entries with this tag; repeatable."),
]
OnlyBillable = Annotated[
    bool | None,
    Option(
        "--billable/--no-billable",
        help="Only billable entries, or only non-billable ones.",
    ),
]
Search = Annotated[
    str,
    Option("--search", metavar="TEXT", help="Only entries with this text in the description or project."),
]

User = Annotated[
    str,
    Option("--user", metavar="NAME|all", help="On an account: the entries of this user, or of everybody."),
]
Offline = Annotated[
    bool, Option("--offline", help="Show the stored entries without reading from the account.")
]
Refresh = Annotated[
    bool, Option("--refresh", help="Always read from the account; fail if it cannot be reached.")
]


def _count(text: str) -> int:
    digits = text.removeprefix("-")
    if digits != text and digits.isascii() and digits.isdigit():
        raise ValueError(f"{text[:40]} is negative; write {digits[:40]}.")
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text[:40]!r} is not a whole number.")
    return int(text[:9])


Count = Annotated[
    int | None,
    Option("-n", "--count", metavar="COUNT", read=_count, help="Show only the latest COUNT."),
]
Columns = Annotated[
    str,
    Option("--columns", metavar="A,B,C", help="Show only these columns, in this order.", is_joined=True),
]
Decimal = Annotated[bool, Option("--decimal", help="Show 1.50 hours instead of 1:30.")]
Chart = Annotated[
    bool | None,
    Option("--chart/--no-chart", help="On a terminal: show when you worked, as strips or a calendar."),
]
Save = Annotated[
    str,
    Option("--save", metavar="FILE", help="A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx"),
]
Force = Annotated[bool, Option("--force", help="Overwrite an existing file.")]


Rate = Annotated[
    str, Option("--rate", metavar="RATE", help='What an hour costs, such as "80 EUR"; none for no rate.')
]
RateFrom = Annotated[str, Option("--from", metavar="DAY", help="With --rate: the first day of the rate.")]
RoundingRule = Annotated[
    str, Option("--rounding", metavar="RULE", help="How --round rounds its time; none for exact time.")
]
Budget = Annotated[
    str,
    Option("--budget", metavar="BUDGET", help="Such as 120h, 40h a month or 5000 EUR; none for no budget."),
]


def listing(
    run: Context, columns: str = "", decimal: bool = False, save: str = "", force: bool = False
) -> Context:
    """The run, with the options for lists."""
    run.listing = Listing(columns, decimal, save, force)
    return run


def answered(run: Context, yes: bool) -> Context:
    """The run; with `-y`, all questions are answered with yes."""
    run.options = run.options._replace(yes=yes)
    return run


def in_a_hurry(run: Context) -> Context:
    """The run as in the fast lane, so that the app gives the same answers."""
    run.session.is_in_a_hurry = True
    return run
