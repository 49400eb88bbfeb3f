"""The preview of an import: what was understood and what would be stored, in lines and as one record."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

from clockeye_cli.config.zone import name_of
from clockeye_cli.core.duration import clock
from clockeye_cli.core.entry import folded
from clockeye_cli.core.phrases import counted
from clockeye_cli.importers import SOURCES
from clockeye_cli.importers.clocks import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clockeye_cli.tracking.importing.plan import Plan
    from clockeye_cli.tracking.importing.survey import Survey
    from clockeye_cli.tracking.importing.wishes import Wishes

SHOWN = 5
"""How many names or problems a line of the preview shows."""

MADE_CLOCK = "made-up clock times"


def preview_lines(plan: Plan, wishes: Wishes) -> list[str]:
    """The preview, for people."""
    lines = [line for survey in plan.surveys for line in _file_lines(survey, wishes)]
    lines += [*_names_lines(plan, wishes), *(line for s in plan.surveys for line in _time_lines(s, plan))]
    lines.append(_row("Here", _counts(plan)))
    if looks := _looks(plan):
        lines.append(_row("Look at", looks))
    bad = [
        (survey, problem) for survey in plan.surveys for problem in survey.problems if problem.weight == "bad"
    ]
    if bad:
        named = [f"line {problem.line}: {problem.text}" for _, problem in bad[:SHOWN]]
        lines.append(_row("Bad", " · ".join(named) + _more(plan.bad - len(named))))
    if number := plan.count("closed"):
        rows = [str(line) for _, line in islice(plan.closed_rows, SHOWN)]
        more = _more(number - len(rows))
        lines.append(_row("Closed", f"until {plan.closed_until}, so left out: line {', '.join(rows)}{more}"))
    if plan.gone:
        lines.append(_row("Gone", " ".join(plan.gone[:SHOWN]) + _more(len(plan.gone) - SHOWN)))
    return lines


def _row(title: str, text: str) -> str:
    return f"{title:<9} {text}"


def _file_lines(survey: Survey, wishes: Wishes) -> Iterator[str]:
    title = SOURCES[survey.file.source].title
    span = f"{survey.first[:10]} to {survey.last[:10]}" if survey.first else "nothing"
    rows = counted(survey.rows + survey.bad + survey.skipped, "row", "rows")
    yield f"{os.path.basename(survey.file.name)}  {title} · {rows} · {span} · {survey.encoding}"
    parts = []
    if survey.dates:
        parts.append(f"dates {ORDERS.get(survey.dates, survey.dates)}{_proof(survey)}")
    if survey.has_wall_times:
        proved = f", proved by {counted(survey.proofs, 'row', 'rows')}" if survey.proofs else ""
        parts.append(f"zone {name_of(wishes.zone)} ({wishes.zone_from}){proved}")
    people = list(dict.fromkeys(filter(None, survey.folded_people)))
    parts += [wishes.person] if wishes.person else people[:1]
    parts += survey.notes
    if parts:
        yield f"  {' · '.join(parts)}"
    if survey.ignored:
        yield f"  not read: {', '.join(survey.ignored[:12])}{_more(len(survey.ignored) - 12)}"


def _proof(survey: Survey) -> str:
    return "" if survey.dates_from == "the file" else f", by {survey.dates_from}"


def _names_lines(plan: Plan, wishes: Wishes) -> Iterator[str]:
    named = [each for each in plan.projects.values() if each.name or each.action == "skip"]
    here = {each.project_id for each in named if each.action == "use"}
    made = plan.to_make
    text = f"{len(here) + len(made)}: {len(here)} here, {len(made)} new"
    renamed = [
        f'{each.source_name} → "{each.name}"'
        for each in named
        if each.action != "skip" and each.source_name and folded(each.name) != folded(each.source_name)
    ]
    skipped = [f"{each.source_name} left out" for each in named if each.action == "skip"]
    yield _row("Projects", "   ".join([text, ", ".join([*renamed, *skipped][:SHOWN])]).rstrip())
    parts = []
    if new := sum(client.action == "make" for client in plan.clients):
        parts.append(f"Clients {new} new")
    tags = len(set().union(*(survey.tags for survey in plan.surveys)))
    if tags:
        changed = ", ".join(f'"{word}" → #{name}' for word, name in islice(plan.tags.items(), SHOWN))
        parts.append(f"Tags {tags}" + (f" ({changed}{_more(len(plan.tags) - SHOWN)})" if changed else ""))
    if any(group.task for survey in plan.surveys for group in survey.groups):
        words = {"tag": "#tag", "drop": "nothing"}.get(wishes.task, wishes.task)
        parts.append(f"Task → {words}")
    if parts:
        yield _row("Names", " · ".join(parts))


def _time_lines(survey: Survey, plan: Plan) -> Iterator[str]:
    total = survey.source_total
    name = f"{os.path.basename(survey.file.name)}: " if len(plan.surveys) > 1 else ""
    if total is None:
        yield _row("Time", f"{name}{clock(survey.seconds)} understood; the file has no total to compare")
        return
    understood = survey.seconds if survey.declared is not None else survey.understood
    verdict = "differ" if survey.differs else "equal"
    if verdict == "equal" and total != understood:
        verdict = f"equal within {clock(survey.tolerance)}, to which the file is rounded"
    where = "by the file's total" if survey.declared is not None else "by the file's own lengths"
    yield _row("Time", f"{name}{clock(total)} {where}, {clock(understood)} understood: {verdict}")


def _counts(plan: Plan) -> str:
    parts = [f"{plan.count('new')} new", f"{plan.count('there')} already stored"]
    for number, text in (
        (plan.count("changed"), "changed there"),
        (plan.count("deleted"), "deleted here"),
        (len(plan.gone), "gone there"),
        (plan.bad, "bad"),
        (plan.count("closed"), "in the closed period"),
        (_skipped(plan), "left out"),
    ):
        if number:
            parts.append(f"{number} {text}")
    return " · ".join(parts)


def _skipped(plan: Plan) -> int:
    return sum(survey.skipped for survey in plan.surveys) + plan.count("skip")


def _looks(plan: Plan) -> str:
    words = {
        "running": "running",
        "break": "left out as a break",
        "no_length": "without a duration",
        "long": "over 12h",
        "repeated_hour": "in a repeated hour",
        "shortened": "shortened by a break",
        "should_total": "with a should-total, not stored",
    }
    counts: dict[str, int] = {}
    for survey in plan.surveys:
        for problem in survey.problems:
            if problem.weight != "bad":
                counts[problem.code] = counts.get(problem.code, 0) + 1
    made = sum(survey.untimed for survey in plan.surveys)
    parts = [f"{number} {words.get(code, code)}" for code, number in counts.items()]
    return " · ".join([*parts, *([f"{made} with {MADE_CLOCK}"] if made else [])])


def _more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""


def said_people(surveys: Iterable[Survey]) -> list[str]:
    """The people of files, each once."""
    return sorted({person for survey in surveys for person in survey.folded_people if person})
