"""The input and output of importers: the user's choices, rows of work, problems, and remarks on the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

Certainty = Literal["sure", "maybe", "no"]
"""How certain an importer is that a file is its own, by the file's content."""

Weight = Literal["bad", "skipped", "warning"]
"""Of a problem: the row cannot be read; it is left out on purpose; it is read, and worth a look."""


class Choices(NamedTuple):
    """What the user has chosen, or what an earlier reading of the same file has proved.

    Attributes:
        today: The calendar day in the user's zone: later days are in the future.
        dates: The order of dates, `iso`, `dmy` or `mdy`; empty: to be proved from the file.
        encoding: The encoding of text; empty: to be recognised.
        columns: For tables, which column (value) holds which field (key) where the header is not known.
    """

    today: date
    dates: str = ""
    encoding: str = ""
    columns: Mapping[str, str] = {}


class Incoming(NamedTuple):
    """One row of work, as its source has it; texts are not tidied yet.

    Attributes:
        line: Where it begins in the file, from 1 on; in JSON, the number of the element.
        start: A naive wall time of the source's zone, an instant, or None if only the day is known.
        end: Likewise; None: `duration` after the start.
        duration: Seconds, as the source says; None if it does not.
        tolerance: By how many seconds `duration` may be rounded.
        day: The calendar day, where there is no start.
        description: What was done.
        project: The project's name; empty for none, or if only a rule can find it among the tags.
        client: The name of the project's client.
        task: The task or activity within the project.
        tags: Tags without `#`; they may contain blanks.
        billable: None if the source does not say.
        person: Whose it is: an e-mail address, else a name; empty if the source does not say.
        external_id: The source's own id; empty if it has none.
        is_clock_made: The clock times are made up, because the source has only a length.
        invoice: The number of its invoice, or `yes`; empty if it was not invoiced.
        more: Other values to keep, such as the amount, by the source's names.
        project_id: The id of the project, in files of our own that have it.
    """

    line: int
    start: datetime | int | None
    end: datetime | int | None
    duration: int | None = None
    tolerance: int = 0
    day: date | None = None
    description: str = ""
    project: str = ""
    client: str = ""
    task: str = ""
    tags: tuple[str, ...] = ()
    billable: bool | None = None
    person: str = ""
    external_id: str = ""
    is_clock_made: bool = False
    invoice: str = ""
    more: tuple[tuple[str, str], ...] = ()
    project_id: str = ""


class Problem(NamedTuple):
    """Something about a row that the user should know.

    Attributes:
        line: Where the row is.
        code: A word for scripts.
        text: What is the matter, for people.
        weight: Whether the row is bad, left out, or only worth a look.
        column: The column's name, if it is about one.
    """

    line: int
    code: str
    text: str
    weight: Weight = "bad"
    column: str = ""


class BadRowError(Exception):
    """A row cannot be read.

    Args:
        code: A word for scripts.
        text: What is the matter, for people.
        column: The column's name, if it is about one.
    """

    def __init__(self, code: str, text: str, column: str = "") -> None:
        super().__init__(text)
        self.code, self.text, self.column = code, text, column

    def at(self, line: int) -> Problem:
        """The problem, of the row that begins in a line."""
        return Problem(line, self.code, self.text, column=self.column)


class Remark(NamedTuple):
    """Something that was understood about the whole file.

    Attributes:
        about: `encoding`, `dates` (`iso`, `dmy` or `mdy`), `dates_from` (what proved the order), `total`
            (seconds, as the file adds them up), `ignored` (a column), `note` (a sentence).
        text: The value.
    """

    about: Literal["encoding", "dates", "dates_from", "total", "ignored", "note"]
    text: str


if TYPE_CHECKING:
    Reading = Iterator[Incoming | Problem | Remark]
    """What an importer gives, in the order of the file."""
