"""The options that the faces of lists share: period, filter, layout, and reading from the account."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Face
from clockeye_cli.cli.parameters import parameters
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod, typed_whose
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from clockeye_cli.core.selection import Reading


FLAGS = ("today", "yesterday", "week", "last_week", "month", "last_month", "year", "last_year", "all")


def selecting(face: "Callable[..., None]") -> Face:
    """Add the options of a period and a filter to a face.

    Args:
        face: Takes the run, a TypedPeriod, a Filter, and its own options.

    Returns:
        A face with all of these options, after its own arguments.
    """

    def choose(run: Context, **values: "Any") -> None:
        period, wanted = _selection(**{name: values.pop(name) for name in SELECTION})
        face(run, period, wanted, **values)

    own = parameters(face, after=3)
    arguments = {name: each for name, each in own.items() if not each.names}
    return Face(choose, arguments | SELECTION | own, face.__doc__ or "")


def reporting(face: "Callable[..., None]") -> Face:
    """Add these options to a face, and those of a report: its layout, its file, whether the account is read.

    Args:
        face: Takes the run, with the layout and the file, a TypedPeriod, a Filter, a Reading, and its own
            options.

    Returns:
        A face with all of these options, the shared ones around its own.
    """

    def choose(run: Context, **values: "Any") -> None:
        period, wanted = _selection(**{name: values.pop(name) for name in SELECTION})
        how = _shown(run, **{name: values.pop(name) for name in SHOWN})
        face(run, period, wanted, how, **values)

    return Face(choose, SELECTION | parameters(face, after=4) | SHOWN, face.__doc__ or "")


def over_time(face: "Callable[..., None]") -> Face:
    """Add the options of a period to a face, and those of a report's layout, file and reading.

    Args:
        face: Takes the run, with the layout and the file, a TypedPeriod, a Reading, and its own options.

    Returns:
        A face with all of these options, the shared ones around its own.
    """

    def choose(run: Context, **values: "Any") -> None:
        period, _ = _selection(**{name: values.pop(name) for name in PERIOD})
        how = _shown(run, **{name: values.pop(name) for name in SHOWN})
        face(run, period, how, **values)

    return Face(choose, PERIOD | parameters(face, after=3) | SHOWN, face.__doc__ or "")


def _selection(
    words: o.PeriodWords = None,
    today: o.Today = False,
    yesterday: o.Yesterday = False,
    week: o.Week = False,
    last_week: o.LastWeek = False,
    month: o.Month = False,
    last_month: o.LastMonth = False,
    year: o.Year = False,
    last_year: o.LastYear = False,
    all: o.All = False,  # noqa: A002 (the word of the option)
    first: o.FromDay = "",
    last: o.ToDay = "",
    option: o.PeriodOption = "",
    project: o.Projects = None,
    not_project: o.NotProjects = None,
    client: o.OnlyClient = "",
    unbilled: o.Unbilled = False,
    tag: o.OnlyTags = None,
    user: o.User = "",
    billable: o.OnlyBillable = None,
    search: o.Search = "",
) -> tuple[TypedPeriod, Filter]:
    """The period and the filter; the parameters stand in the order of the help."""
    flags = (today, yesterday, week, last_week, month, last_month, year, last_year, all)
    given = [name.replace("_", "-") for name, is_given in zip(FLAGS, flags, strict=True) if is_given]
    if len(given) > 1:
        raise UsageError(
            f"Two periods were given: --{given[0]} and --{given[1]}.", hint="Leave one of them out."
        )
    period = TypedPeriod(tuple(words or ()), given[0] if given else "", option, first, last)
    projects, not_projects, tags = (tuple(names or ()) for names in (project, not_project, tag))
    if tags:
        from clockeye_cli.core.tags import tag_name  # late: few lists are by tag

        tags = tuple(map(tag_name, tags))
    if unbilled and billable is False:
        raise UsageError("--unbilled lists billable entries.", hint="Leave --no-billable out.")
    billable = True if unbilled else billable
    return period, Filter(projects, not_projects, tags, billable, search, typed_whose(user), client, unbilled)


def of_invoice(wanted: Filter, number: str) -> Filter:
    """A filter that only the entries of an invoice meet; an empty number is no condition.

    Raises:
        UsageError: Only what no invoice has is wanted, too.
    """
    if number and wanted.is_unbilled:
        raise UsageError("--invoice lists what was billed.", hint="Leave --unbilled out.")
    return wanted._replace(invoice=number)


def _shown(
    run: Context,
    columns: o.Columns = "",
    decimal: o.Decimal = False,
    save: o.Save = "",
    force: o.Force = False,
    offline: o.Offline = False,
    refresh: o.Refresh = False,
) -> "Reading":
    """Whether the account is read; the run gets the layout and the file."""
    o.listing(run, columns, decimal, save, force)
    return reading(offline=offline, refresh=refresh)


def reading(*, offline: bool, refresh: bool) -> "Reading":
    """Whether the account is read.

    Raises:
        UsageError: Both options were given.
    """
    if offline and refresh:
        raise UsageError("--offline and --refresh cannot be used together.", hint="Leave one of them out.")
    return "offline" if offline else "refresh" if refresh else "usual"


SELECTION = parameters(_selection, after=0)
PERIOD = {name: SELECTION[name] for name in ("words", *FLAGS, "first", "last", "option")}
SHOWN = parameters(_shown)
