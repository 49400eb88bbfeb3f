"""The options of an import, and the files that it reads."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, tzinfo

    from clockeye_cli.store.guards import Closed

_PIECE = 1 << 20

TASKS = ("tag", "description", "project", "drop")
"""What can become of a task: a tag, a part of the description, a part of the project's name, or nothing."""


class ImportFile(NamedTuple):
    """A file to import.

    Attributes:
        name: As the user named it.
        content: Its bytes, which can be read from the start again and again.
        source: The name of its source.
    """

    name: str
    content: BinaryIO
    source: str


def digest(file: ImportFile) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    file.content.seek(0)
    hashed = sha256()
    while piece := file.content.read(_PIECE):
        hashed.update(piece)
    return hashed.hexdigest()


class ProjectRule(NamedTuple):
    """Which of the tags of a row is its project.

    Attributes:
        prefixes: A tag with one of these in front names the project with its rest.
        tags: These tags are projects, the first one that a row has.
        known: So are tags that are projects here.
    """

    prefixes: Sequence[str] = ()
    tags: Sequence[str] = ()
    known: bool = False


class NameMap(NamedTuple):
    """What names become: of a map file. Keys are folded.

    Attributes:
        projects: By `client/project` or `project`: the name here, or None to leave its rows out.
        clients: By name: the name here.
        tags: By name: the name here.
    """

    projects: Mapping[str, str | None] = {}
    clients: Mapping[str, str] = {}
    tags: Mapping[str, str] = {}

    def leaves_out(self, client: str, project: str) -> bool:
        """Whether the rows of a project are left out."""
        return self.project(client, project) == (True, None)

    def project(self, client: str, project: str) -> tuple[bool, str | None]:
        """Whether a project is mapped, and to which name; None leaves its rows out."""
        for key in (folded(f"{client}/{project}"), folded(project)):
            if key in self.projects:
                return True, self.projects[key]
        return False, None


class Wishes(NamedTuple):
    """What the user wishes.

    Attributes:
        zone: The zone of wall times.
        zone_from: Where it comes from: `--zone`, or `the settings`.
        today: The present day in the zone.
        dates: The order of dates; empty: to be proved.
        encoding: The encoding of text; empty: to be recognised.
        columns: The columns of other tables, by field.
        person: Only this person's rows, folded; empty for all.
        first: The first day to take; None for no limit.
        last: The last day to take; None for no limit.
        rule: How a project is found among tags; None: it has to be asked for.
        task: What becomes of a task.
        names: What names become.
        work_start: Seconds after midnight at which days without clock times begin.
        billable: Whether entries are billable whose source does not say so.
        project: The project of rows without one, by name; empty for none.
        may_update: Whether rows that have changed at the source change here, too.
        closed: The closed period, in which nothing is stored; None for none.
    """

    zone: tzinfo
    zone_from: str
    today: date
    dates: str = ""
    encoding: str = ""
    columns: Mapping[str, str] = {}
    person: str = ""
    first: date | None = None
    last: date | None = None
    rule: ProjectRule | None = None
    task: Literal["tag", "description", "project", "drop"] = "tag"
    names: NameMap = NameMap()
    work_start: int = 9 * 3600
    billable: bool = True
    project: str = ""
    may_update: bool = False
    closed: Closed | None = None


def parse_rule(text: str) -> ProjectRule | None:
    """The rule of `--project-from`; None if it is not given.

    Raises:
        UsageError: It is no rule.
    """
    if not text:
        return None
    prefixes: list[str] = []
    tags: list[str] = []
    known, is_tags = False, False
    for part in text.split(","):
        word = part.strip()
        if word.startswith("prefix:") and word != "prefix:":
            prefixes.append(word.removeprefix("prefix:"))
            is_tags = False
        elif word.startswith("tags:") and word != "tags:":
            tags.append(word.removeprefix("tags:"))
            is_tags = True
        elif is_tags and word:
            tags.append(word)
        elif word == "known":
            known = True
        elif word != "none" or len(text.split(",")) > 1:
            raise UsageError(
                f"{word!r} is not a rule for --project-from.",
                hint="Rules: prefix:project:, tags:A,B, known, none; several with commas between them.",
                code="project_rule",
            )
    return ProjectRule(prefixes, tags, known)
