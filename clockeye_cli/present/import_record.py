"""An import as one record for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.config.zone import name_of
from clockeye_cli.importers.clocks import ORDERS
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.present.importing import said_people

if TYPE_CHECKING:
    from clockeye_cli.importers.incoming import Problem
    from clockeye_cli.tracking.importing.plan import Plan
    from clockeye_cli.tracking.importing.survey import Survey
    from clockeye_cli.tracking.importing.wishes import Wishes

DAY = r"\d{4}-\d\d-\d\d"
FILE = (
    Column("path", "Path"),
    Column("source", "Source"),
    Column("rows", "Rows", "count"),
    Column("from", "From", is_nullable=True, pattern=DAY),
    Column("to", "To", is_nullable=True, pattern=DAY),
    Column("encoding", "Encoding"),
    Column("dates", "Dates", is_nullable=True, values=tuple(ORDERS)),
    Column("zone", "Zone", is_nullable=True),
    Column("zone_from", "Zone from", is_nullable=True),
    Column("users", "Users", "words"),
)
PROJECT = (
    Column("name", "Name", is_nullable=True),
    Column("client", "Client", is_nullable=True),
    Column("action", "Action", values=("use", "make", "skip")),
    Column("project_id", "Project id", "id", is_nullable=True),
    Column("entries", "Entries", "count"),
    Column("duration", "Duration", "duration"),
    Column("source_name", "Name there", is_nullable=True),
)
CLIENT = (Column("name", "Name"), Column("action", "Action", values=("use", "make", "skip")))
TAG = (Column("from", "From"), Column("to", "To"))
TOTALS = (
    Column("source", "Source", "duration", is_nullable=True),
    Column("understood", "Understood", "duration"),
    Column("tolerance", "Tolerance", "duration"),
)
COUNTS = tuple(
    Column(name, name.capitalize(), "count")
    for name in ("new", "there", "changed", "gone", "deleted", "bad", "skipped", "closed")
)
PROBLEM = (
    Column("file", "File"),
    Column("line", "Line", "count"),
    Column("column", "Column", is_nullable=True),
    Column("code", "Code"),
    Column("text", "Text"),
)
IMPORT = (
    Column("files", "Files", "records", of=FILE),
    Column("projects", "Projects", "records", of=PROJECT),
    Column("clients", "Clients", "records", of=CLIENT),
    Column("tags", "Tags", "records", of=TAG),
    Column("totals", "Totals", "record", of=TOTALS),
    Column("counts", "Counts", "record", of=COUNTS),
    Column("warnings", "Warnings", "records", of=PROBLEM),
    Column("problems", "Problems", "records", of=PROBLEM),
    Column("run", "Run", "count", is_nullable=True),
    Column("gone", "Gone", "words"),
    Column("dry_run", "Dry run", "flag"),
)


def import_record(plan: Plan, wishes: Wishes, run: int | None, *, dry_run: bool) -> Record:
    """An import, or the preview of one.

    Args:
        plan: What is, or would be, stored.
        wishes: What the user wishes.
        run: The number of the run; None if nothing was stored.
        dry_run: Whether nothing is stored in any case.
    """
    surveys = plan.surveys
    text = f"is in the closed period, until {plan.closed_until}"
    problems = [(survey, problem) for survey in surveys for problem in survey.problems]
    return Record(
        IMPORT,
        (
            [_file(survey, wishes) for survey in surveys],
            [
                Record(
                    PROJECT,
                    (
                        each.name or None,
                        each.client or None,
                        each.action,
                        each.project_id,
                        each.entries,
                        each.duration,
                        each.source_name or None,
                    ),
                )
                for each in plan.projects.values()
            ],
            [Record(CLIENT, client) for client in plan.clients],
            [Record(TAG, pair) for pair in plan.tags.items()],
            _totals(plan),
            Record(
                COUNTS,
                (
                    plan.count("new"),
                    plan.count("there"),
                    plan.count("changed"),
                    len(plan.gone),
                    plan.count("deleted"),
                    plan.bad,
                    sum(survey.skipped for survey in surveys) + plan.count("skip"),
                    plan.count("closed"),
                ),
            ),
            [_problem(survey, problem) for survey, problem in problems if problem.weight != "bad"],
            [
                *(_problem(survey, problem) for survey, problem in problems if problem.weight == "bad"),
                *(
                    Record(PROBLEM, (name, line, None, "closed_period", text))
                    for name, line in plan.closed_rows
                ),
            ],
            run,
            plan.gone,
            dry_run,
        ),
    )


def _file(survey: Survey, wishes: Wishes) -> Record:
    needs_zone = survey.has_wall_times
    return Record(
        FILE,
        (
            survey.file.name,
            survey.file.source,
            survey.rows + survey.bad + survey.skipped,
            survey.first[:10] or None,
            survey.last[:10] or None,
            survey.encoding,
            survey.dates or None,
            name_of(wishes.zone) if needs_zone else None,
            wishes.zone_from if needs_zone else None,
            said_people([survey]),
        ),
    )


def _totals(plan: Plan) -> Record:
    totals = [survey.source_total for survey in plan.surveys]
    whole = [total for total in totals if total is not None]
    understood = sum(survey.seconds for survey in plan.surveys)
    tolerance = sum(survey.tolerance for survey in plan.surveys)
    return Record(TOTALS, (sum(whole) if len(whole) == len(totals) else None, understood, tolerance))


def _problem(survey: Survey, problem: Problem) -> Record:
    return Record(
        PROBLEM, (survey.file.name, problem.line, problem.column or None, problem.code, problem.text)
    )
