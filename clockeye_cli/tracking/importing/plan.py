"""The plan of an import: what was understood of its files, and what would be stored."""

from __future__ import annotations

import shlex
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.core.phrases import counted
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import clients, projects
from clockeye_cli.tracking.importing.matching import LOCKED, Matches, matched
from clockeye_cli.tracking.importing.naming import Naming, rule_for
from clockeye_cli.tracking.importing.project_plans import ProjectPlan, project_plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from clockeye_cli.store.database import Connection
    from clockeye_cli.tracking.importing.matching import Action
    from clockeye_cli.tracking.importing.project_plans import Names
    from clockeye_cli.tracking.importing.survey import Survey
    from clockeye_cli.tracking.importing.wishes import Wishes


class ClientPlan(NamedTuple):
    """What becomes of a client of the source: its name here, and whether it has to be made."""

    name: str
    action: Literal["use", "make"]


class Plan(NamedTuple):
    """What an import would store.

    Attributes:
        surveys: Its files.
        naming: How rows are named here.
        projects: What becomes of each project of the sources.
        clients: What becomes of each client.
        tags: The tags that are called otherwise here.
        matches: By family: what becomes of each row.
        closed_until: The last day of the closed period; empty for none.
    """

    surveys: Sequence[Survey]
    naming: Naming
    projects: dict[Names, ProjectPlan]
    clients: list[ClientPlan]
    tags: dict[str, str]
    matches: dict[str, Matches]
    closed_until: str = ""

    def count(self, *actions: Action) -> int:
        """How many rows have one of these actions."""
        return sum(matches.counts[action] for matches in self.matches.values() for action in actions)

    @property
    def gone(self) -> list[str]:
        """The entries that came from rows which the files should have and have not."""
        return [local_id for matches in self.matches.values() for local_id in matches.gone]

    @property
    def to_make(self) -> list[str]:
        """The names of the projects to make, each once."""
        names = {folded(plan.name): plan.name for plan in self.projects.values() if plan.action == "make"}
        return [*names.values()]

    @property
    def closed_rows(self) -> Iterator[tuple[str, int]]:
        """The rows that are left out because they are in the closed period: each by its file and its line."""
        for family, matches in self.matches.items():
            surveys = [survey for survey in self.surveys if survey.file.source == family]
            for survey, rows in zip(surveys, matches.files, strict=True):
                for row, line in survey.lines.items():
                    if rows.actions[row] == LOCKED:
                        yield survey.file.name, line

    @property
    def bad(self) -> int:
        """How many rows are bad."""
        return sum(survey.bad for survey in self.surveys)


def plan(connection: Connection, surveys: Sequence[Survey], wishes: Wishes, *, needs_project: bool) -> Plan:
    """What an import of files would store.

    Args:
        connection: The store.
        surveys: The files.
        wishes: What the user wishes.
        needs_project: Whether an entry must have a project.

    Raises:
        UsageError: The rows are of several people, or nothing says which tags are projects.
    """
    _refuse_several_people(surveys, wishes)
    every_project = projects.every(connection)
    rule = rule_for(surveys, wishes, every_project)
    naming = Naming(wishes, rule, every_project)
    families = list(dict.fromkeys(survey.file.source for survey in surveys))
    matches = {
        family: matched(
            connection,
            family,
            [survey for survey in surveys if survey.file.source == family],
            may_update=wishes.may_update,
        )
        for family in families
    }
    former: dict[Names, str] = {}
    for family in families:
        former |= matches[family].former
    for each in surveys:
        former |= each.project_ids
    client_names = clients.names(connection)
    plans = project_plans(_sums(surveys, naming), wishes, every_project, client_names, former)
    nameless = plans.get(("", ""))
    if needs_project and nameless is not None and nameless.action == "use" and not nameless.project_id:
        raise UsageError(
            f"{nameless.entries} rows have no project, and an entry on an account needs one.",
            hint="Nothing was stored. `clockeye config set project NAME` names one for them.",
            code="projects_to_make",
        )
    return Plan(
        surveys,
        naming,
        plans,
        _clients(plans.values(), client_names.values()),
        _tags(surveys, naming),
        matches,
        wishes.closed.until if wishes.closed else "",
    )


def refuse(plan: Plan, *, partial: bool) -> None:
    """Refuse to store a plan that does not take over everything.

    Args:
        plan: The plan.
        partial: Whether the user allows it.

    Raises:
        UsageError: There are bad rows.
        ClashError: Rows are in the closed period, or what was understood is not what the files add up to.
    """
    if partial:
        return
    if plan.bad:
        bad = [(s.file.name, p) for s in plan.surveys for p in s.problems if p.weight == "bad"]
        lines = [f"{name}, line {problem.line}: {problem.text}" for name, problem in bad[:5]]
        rows = "1 row" if plan.bad == 1 else f"{plan.bad} rows"
        raise UsageError(
            "\n".join([f"{rows} cannot be read.", *lines]),
            hint="Nothing was stored. Correct the file, or leave these rows out with --partial.",
            code="bad_rows",
        )
    if number := plan.count("closed"):
        named = [f"{name}, line {line}" for name, line in islice(plan.closed_rows, 5)]
        raise ClashError(
            "\n".join([f"{counted(number, 'row is', 'rows are')} in the closed period.", *named]),
            hint=f"Nothing was stored: the books are closed until {plan.closed_until}."
            " Leave these rows out with --partial; `clockeye config set closed_until DAY` sets another day.",
            code="closed_period",
        )
    for survey in plan.surveys:
        if survey.differs:
            raise ClashError(_differing(survey), hint=_DIFFERING, code="totals_differ")


_DIFFERING = "Nothing was stored. Correct the file, or store it as it was understood with --partial."


def _differing(survey: Survey) -> str:
    from clockeye_cli.core.duration import clock

    whole = survey.declared if survey.declared is not None else survey.stated
    understood = survey.seconds if survey.declared is not None else survey.understood
    lines = [
        f"line {each.line}: {clock(each.source)} there, {clock(each.understood)} understood"
        for each in sorted(survey.worst, reverse=True)
    ]
    first = f"{survey.file.name}: the file adds up to {clock(whole)}, but {clock(understood)} was understood."
    return "\n".join([first, *lines])


def _refuse_several_people(surveys: Sequence[Survey], wishes: Wishes) -> None:
    people: dict[str, tuple[str, int]] = {}
    for survey in surveys:
        for person, count in survey.people.items():
            if person:
                name, number = people.get(folded(person), (person, 0))
                people[folded(person)] = (name, number + count)
    counts = ", ".join(f"{name} ({counted(number, 'row', 'rows')})" for name, number in people.values())
    if len(people) > 1 and not wishes.person:
        first, _ = next(iter(people.values()))
        raise UsageError(
            f"The rows belong to {len(people)} people: {counts}.",
            hint=f"Nothing was stored. Choose one of them: --user {shlex.quote(first)}",
            code="several_users",
        )
    if wishes.person and people and wishes.person not in people:
        raise UsageError(
            f"No row belongs to {wishes.person}. The rows belong to {counts}.",
            hint="Nothing was stored.",
            code="several_users",
        )


def _sums(surveys: Iterable[Survey], naming: Naming) -> dict[Names, list[int]]:
    """The rows and the seconds of each project, those that a rule finds among tags included."""
    sums: dict[Names, list[int]] = {}
    for survey in surveys:
        for group, (count, seconds) in survey.groups.items():
            numbers = sums.setdefault(naming.names(group)[0], [0, 0])
            numbers[0], numbers[1] = numbers[0] + count, numbers[1] + seconds
    return sums


def _clients(plans: Iterable[ProjectPlan], here: Iterable[str]) -> list[ClientPlan]:
    known = {folded(name) for name in here}
    names = {folded(plan.client_name): plan.client_name for plan in plans if plan.client_name}
    return [ClientPlan(name, "use" if key in known else "make") for key, name in names.items()]


def _tags(surveys: Iterable[Survey], naming: Naming) -> dict[str, str]:
    """The tags that are called otherwise here."""
    words = sorted(set().union(*(survey.tags for survey in surveys)))
    return {word: name for word in words if (name := naming.tag(word)) != word}
