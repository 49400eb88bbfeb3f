"""Sums of entries, added up by SQLite: reading a year of them to add them up here takes many times as long.

An entry within one piece of time is added up where it is stored. The few that cross a cut are read, so that
`core/totals.py` can divide them.
"""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.totals import Span, Sums, cut, grouped, needs_texts, parts
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import Everybody
from clockeye_cli.store import rows
from clockeye_cli.store.database import BOOLEAN
from clockeye_cli.store.entries import ALWAYS, COLUMNS, of_user
from clockeye_cli.store.extremes import extremes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from clockeye_cli.core.cuts import Cuts
    from clockeye_cli.core.day import DayRule
    from clockeye_cli.core.selection import Filter
    from clockeye_cli.core.totals import Alike, Part
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection

LENGTH = "ended_at - started_at"

MEASURES = f"sum({LENGTH}), coalesce(sum({LENGTH}) FILTER (WHERE billable), 0), count(*)"
"""The usual measures of a Sum."""

WITHIN = "number >= 0 AND started_at >= since AND started_at < until AND +ended_at <= until"
"""The entries within a piece of time, read from the table, which is in the order of time."""

WITHIN_BY_PROJECT = (
    "number >= 0 AND project_id IS ? AND ended_at >= since AND ended_at <= until"
    " AND +started_at >= since AND +started_at < until"
)
"""Those of a project, read from the index by project and end, which has all that sums without texts need."""

UNUSED = {"number": "0", "project_id": "NULL", "description": "''", "billable": "0", "user_id": "NULL"}
"""The piece's number and the columns of an Alike, each with what replaces it where it does not matter."""

UNBILLED = " AND local_id NOT IN (SELECT local_id FROM billed)"
"""The entries that no invoice has."""

LONGEST = 100
"""How many of the longest entries are looked at one by one to find those that cross a cut."""


class Wanted(NamedTuple):
    """The entries to add up.

    Attributes:
        filter: The conditions that they meet, with project ids.
        whose: Whose they are.
        names: The names of all projects, by id.
    """

    filter: Filter
    whose: Whose
    names: Mapping[str, str]

    def matcher(self) -> Callable[[Alike], bool]:
        """A function that says whether entries that have this in common meet the conditions."""
        fits = self.filter.matcher(self.names)

        def all_fit(alike: Alike) -> bool:
            project_id, description, billable, user_id = alike
            return fits(TimeEntry("", description, project_id, 0, 0, billable, user_id))

        return all_fit


def summed(
    connection: Connection,
    wanted: Wanted,
    keys: Sequence[str],
    rule: DayRule,
    span: Span,
    running: TimeEntry | None = None,
) -> Sums:
    """The same as `core.totals.summed` gives for the stored entries with a part in a span.

    Args:
        connection: The store, in a transaction; a temporary table that ends with it holds the pieces of time.
        wanted: Which entries.
        keys: Some of `core.totals.KEYS`.
        rule: How days are counted.
        span: The span that counts.
        running: The running timer as an entry, if it counts.
    """
    whole = extent(connection, running)
    if whole is None or span.end <= max(span.start, whole.start) or span.start > whole.end:
        return Sums([], Sum())
    cuts = cut(keys, rule, span, whole)
    apart = _told_apart(keys, wanted.filter, cuts)
    _put_pieces(connection, cuts)
    if "description" in apart:
        within = list(_by_text(connection, apart, wanted, with_ends="tag" in keys))
    else:
        within = list(_by_index(connection, apart, wanted, cuts))
    divided = _crossing(connection, wanted, cuts) + ([running] if running else [])
    count = sum(measured[-1] for _, _, measured, _ in within) + len(divided)
    of_all = [*within, *parts(divided, cuts, with_texts=needs_texts(keys))]
    if "client" not in keys:
        return grouped(of_all, keys, cuts, count)
    from clockeye_cli.store.clients import of_projects  # late: few reports are by client

    return grouped(of_all, keys, cuts, count, of_projects(connection))


def _told_apart(keys: Sequence[str], wanted: Filter, cuts: Cuts) -> list[str]:
    """The columns in which entries that are added up together must be equal: as few as keys and filter allow.

    A filter on texts is applied to the sums, so it needs all that it looks at. The description comes first:
    SQLite sorts by these columns, and compares the first one fastest.
    """
    by_text = bool(wanted.tags or wanted.search)
    by_project = bool(wanted.projects or wanted.not_projects or wanted.search)
    is_needed = {
        "description": needs_texts(keys) or by_text,
        "project_id": by_project or not {"project", "client"}.isdisjoint(keys),
        "billable": "billable" in keys or wanted.billable is not None,
        "user_id": "user" in keys,
        "number": len(cuts.labels) > 1,
    }
    return [column for column, needed in is_needed.items() if needed]


def extent(connection: Connection, running: TimeEntry | None) -> Span | None:
    """The first start and the last end of all entries; None if there are none."""
    extremes = extremes_of(connection)
    spans = [(extremes.first_start, extremes.last_end)] if extremes else []
    if running is not None:
        spans.append((running.started_at, running.ended_at))
    return Span(min(start for start, _ in spans), max(end for _, end in spans)) if spans else None


def _put_pieces(connection: Connection, cuts: Cuts) -> None:
    """Make the table of the pieces of time, with piece -1 for the time before the span.

    SQLite reads them in the order of their numbers, so it need not sort to group by piece.
    """
    connection.execute("DROP TABLE IF EXISTS temp.pieces")
    connection.execute("CREATE TEMP TABLE pieces (number INTEGER PRIMARY KEY, since INTEGER, until INTEGER)")
    since = [-ALWAYS, *cuts.instants]
    pieces = zip(range(-1, len(cuts.labels)), since, cuts.instants, strict=False)
    connection.executemany("INSERT INTO pieces VALUES (?, ?, ?)", pieces)


def _by_index(connection: Connection, apart: Sequence[str], wanted: Wanted, cuts: Cuts) -> Iterator[Part]:
    """Add up each project by itself, and what is billable by itself, so that SQLite need not sort."""
    by_project, by_billable = "project_id" in apart, "billable" in apart
    by_user, user_ids = of_user(wanted.whose)
    where = (WITHIN_BY_PROJECT if by_project else WITHIN) + (" AND billable = ?" if by_billable else "")
    group = ["number", *_differing({"user_id"}.intersection(apart), wanted.whose)]
    statement = _statement(apart, where + by_user + UNBILLED * wanted.filter.is_unbilled, group)
    fits = wanted.matcher()
    for project_id in _projects(connection, cuts) if by_project else [None]:
        for billable in (False, True) if by_billable else (False,):
            if fits((project_id, "", billable, None)):
                values = [project_id] * by_project + [billable] * by_billable
                yield from _read(connection.execute(statement, (*values, *user_ids)))


def _projects(connection: Connection, cuts: Cuts) -> list[str | None]:
    """The projects that have entries with an end in the span, and None for no project."""
    cursor = connection.execute(
        "SELECT id FROM projects WHERE EXISTS"
        " (SELECT 1 FROM entries WHERE project_id = id AND ended_at >= ? AND ended_at <= ?)",
        (cuts.instants[0], cuts.instants[-1]),
    )
    return [None, *(project_id for (project_id,) in cursor)]


def _by_text(
    connection: Connection, apart: Sequence[str], wanted: Wanted, *, with_ends: bool
) -> Iterator[Part]:
    """Add up what has the same description, and choose among these sums: each text is looked at once."""
    where, values = _conditions(wanted)
    group = _differing(apart, wanted.whose)
    cursor = connection.execute(_statement(apart, WITHIN + where, group, with_ends=with_ends), values)
    sums = _read(cursor)
    fits = wanted.matcher()
    return (part for part in sums if fits(part[1])) if wanted.filter.has_conditions else sums


def _differing(apart: Iterable[str], whose: Whose) -> list[str]:
    """The columns that can differ: a single user's entries have the same user."""
    return [column for column in apart if column != "user_id" or isinstance(whose, Everybody)]


def _statement(apart: Sequence[str], where: str, group: Sequence[str], *, with_ends: bool = False) -> str:
    number, project_id, description, billable, user_id = (
        column if column in apart else constant for column, constant in UNUSED.items()
    )
    return (
        f"SELECT {number}, {'max(ended_at)' if with_ends else '0'}, {MEASURES},"
        f' {project_id}, {description}, {billable} AS "billable [{BOOLEAN}]", {user_id}'
        f" FROM pieces CROSS JOIN entries WHERE {where} GROUP BY {', '.join(group)}"
    )


def _read(cursor: Iterable[tuple[Any, ...]]) -> Iterator[Part]:
    for number, ended_at, duration, billable_duration, count, *alike in cursor:
        yield number, tuple(alike), (duration, billable_duration, count), ended_at


def _crossing(connection: Connection, wanted: Wanted, cuts: Cuts) -> list[TimeEntry]:
    """The entries that reach from one piece of time into another, or into or out of the span.

    All but the longest begin shortly before the cut that they cross, so little is read.
    """
    longest = f"SELECT {LENGTH} FROM entries ORDER BY {LENGTH} DESC LIMIT 1 OFFSET {LONGEST}"
    (short,) = connection.execute(longest).fetchone() or (-1,)
    where, values = _conditions(wanted)
    cursor = connection.execute(
        f"SELECT {COLUMNS} FROM pieces CROSS JOIN entries WHERE started_at >= max(since, until - ?)"
        f" AND started_at < until AND +ended_at > until AND +({LENGTH}) <= ?{where}"
        f" UNION ALL SELECT {COLUMNS} FROM entries WHERE {LENGTH} > ?"
        f" AND +started_at < ? AND +ended_at > ?{where}",
        (short, short, *values, short, cuts.instants[-1], cuts.instants[0], *values),
    )
    entries = rows.values(TimeEntry, cursor)
    fits = wanted.filter.matcher(wanted.names)
    return [entry for entry in entries if cuts.cross(entry) and fits(entry)]


def _conditions(wanted: Wanted) -> tuple[str, list[object]]:
    """The conditions for entries in SQL, but those on texts and on projects to leave out."""
    where, user_ids = of_user(wanted.whose)
    where += UNBILLED * wanted.filter.is_unbilled
    values: list[object] = [*user_ids]
    if wanted.filter.projects:
        where += f" AND coalesce(project_id, '') IN ({','.join('?' * len(wanted.filter.projects))})"
        values += [project_id or "" for project_id in wanted.filter.projects]
    if wanted.filter.billable is not None:
        where += " AND billable = ?"
        values.append(wanted.filter.billable)
    return where, values
