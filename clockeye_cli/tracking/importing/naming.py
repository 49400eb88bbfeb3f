"""What the names of a source become here: projects, clients, tags and descriptions."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

from clockeye_cli.core.entry import folded
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.tagging import with_tags
from clockeye_cli.core.tags import tags
from clockeye_cli.errors import UsageError
from clockeye_cli.tracking.importing.wishes import ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clockeye_cli.core.entry import Project
    from clockeye_cli.tracking.importing.project_plans import Names
    from clockeye_cli.tracking.importing.spool import PlainRow
    from clockeye_cli.tracking.importing.survey import NameGroup, Survey
    from clockeye_cli.tracking.importing.wishes import Wishes


ENOUGH = 95
"""Percent of the time that tags which are projects here must cover to be taken for the projects."""

MOST_PROPOSED = 12


def rule_for(surveys: Iterable[Survey], wishes: Wishes, projects: Iterable[Project]) -> ProjectRule:
    """How a project is found among the tags of rows that name none.

    Raises:
        UsageError: Nothing says which tag is the project.
    """
    if wishes.rule is not None:
        return wishes.rule
    combos: dict[tuple[str, ...], int] = {}
    for survey in surveys:
        for group, (_, seconds) in survey.groups.items():
            if survey.file.source == "timewarrior" and group.tags:
                combos[group.tags] = combos.get(group.tags, 0) + seconds
    if not combos:
        return ProjectRule()
    here = {folded(project.name) for project in projects}
    total = sum(combos.values())
    covered = sum(seconds for names, seconds in combos.items() if here.intersection(map(folded, names)))
    if total and 100 * covered >= ENOUGH * total:
        return ProjectRule(known=True)
    raise UsageError(
        "Timewarrior has tags, and nothing says which of them are projects.",
        hint=f"Nothing was stored. For example: --project-from {shlex.quote(_proposal(combos))}"
        "\nOther rules: --project-from known (tags that are projects here), --project-from none",
        code="project_rule",
    )


def _proposal(combos: Mapping[tuple[str, ...], int]) -> str:
    """The one-word tags that never occur together, those with the most time first."""
    has_prefix = any(name.startswith("project:") for names in combos for name in names)
    free = {names: sums for names, sums in combos.items() if not any(n.startswith("project:") for n in names)}
    seconds: Counter[str] = Counter()
    for names, length in free.items():
        seconds.update(dict.fromkeys(names, length))
    chosen: list[str] = []
    for name in sorted(seconds, key=lambda name: (-seconds[name], name)):
        if "," not in name and not any(name in names and set(chosen) & set(names) for names in free):
            chosen.append(name)
    parts = ["prefix:project:"] if has_prefix else []
    parts += [f"tags:{','.join(chosen[:MOST_PROPOSED])}"] if chosen else []
    return ",".join(parts) or "none"


class Naming:
    """How rows are named here.

    Args:
        wishes: What the user wishes.
        rule: How a project is found among tags.
        projects: The projects here.
    """

    def __init__(self, wishes: Wishes, rule: ProjectRule, projects: Iterable[Project]) -> None:
        self._wishes, self._rule = wishes, rule
        self._here = {folded(project.name): project.name for project in projects}
        self._order = {folded(name): place for place, name in enumerate(rule.tags)}
        self._tags: dict[str, str] = {}
        self._endings: dict[tuple[str, ...], str] = {}

    def names(self, row: PlainRow | NameGroup) -> tuple[Names, tuple[str, ...]]:
        """The client and the project of a row, as the source calls them, and its other tags."""
        client, project, words = row.client, row.project, row.tags
        if not project and words:
            project, words = self.split(words)
        if self._wishes.task == "project" and row.task:
            project = f"{project}: {row.task}" if project else row.task
        return (client, project), words

    def split(self, words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """The project among tags, of which there is at least one; empty if none is; and the others."""
        _, place, project = min(self._rank(word, place) for place, word in enumerate(words))
        if not project:
            return "", words
        return project, (*words[:place], *words[place + 1 :])

    def _rank(self, word: str, place: int) -> tuple[int, int, str]:
        for prefix in self._rule.prefixes:
            if word.startswith(prefix) and word != prefix:
                return 0, place, word.removeprefix(prefix)
        name = folded(word)
        if name in self._order:
            return 1 + self._order[name], place, word
        if self._rule.known and name in self._here:
            return 1_000_000, place, self._here[name]
        return 2_000_000, place, ""

    def description(self, row: PlainRow, words: tuple[str, ...]) -> str:
        """The description of a row here, with its tags and its task at the end."""
        text = tidy(row.description)
        names = [self.tag(word) for word in words]
        if row.task and self._wishes.task == "tag":
            names.append(self.tag(row.task))
        elif row.task and self._wishes.task == "description":
            text = f"{tidy(row.task)}: {text}" if text else tidy(row.task)
        if "#" in text:
            return with_tags(text, [*filter(None, names)])
        ending = self._endings.get(tuple(names))
        if ending is None:
            ending = self._endings[tuple(names)] = with_tags("", [*filter(None, names)])
        return f"{text} {ending}" if text and ending else text or ending

    def tag(self, word: str) -> str:
        """What a tag of the source is called here; empty if nothing of it can be a tag."""
        name = self._tags.get(word)
        if name is None:
            name = self._tags[word] = tag_here(self._wishes.names.tags.get(folded(word), word))
        return name


def tag_here(word: str) -> str:
    """The tag that a name of a source becomes: blanks become hyphens, punctuation at its ends goes."""
    name = "-".join(tidy(word).lstrip("#").split())
    names = tags(f"#{name}")
    if names == [name]:
        return name
    while name and not (name[0].isalnum() or name[0] == "_"):
        name = name[1:]
    names = tags(f"#{name}")
    return names[0] if names and len(names) == 1 else ""
