"""The tools: each is one command, whose arguments and options are the properties of its input."""

from __future__ import annotations

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

ENTRY = "An id, its beginning, last, last-1, it (what you changed last), or current (the timer)."
PROJECT = ("--project", "string", "A project's name or id; none for no project.")
DESCRIPTION = ("--description", "string", "The new description; #words are tags.")
WORDS = ("", "string", "What was done; #words are tags.")
BILLABLE = ("--billable/--no-billable", "boolean", "Billable or not.")
DRY_RUN = {"dry_run": ("--dry-run", "boolean", "Only show what it would do.")}
FROM = ("--from", "string", "The start: 9:15, yesterday 9:00, 2026-11-20T09:00+01:00.")
TO = ("--to", "string", "The end, likewise.")
FOR = ("--for", "string", "The duration: 90m, 1h30.")
PERIOD = ("--period", "string", "today, yesterday, last month, last 7 days, 2026-11, 2026-W47, A..B.")
SEARCH = ("--search", "string", "Only entries with this text.")
READS = {"readOnlyHint": True, "openWorldHint": False}
ADDS = {"readOnlyHint": False, "destructiveHint": False, "openWorldHint": False}
KINDS = {"string": str, "boolean": bool}
CHANGES = {"readOnlyHint": False, "destructiveHint": True, "openWorldHint": False}


class Tool(NamedTuple):
    """A tool.

    Attributes:
        about: What it does, for the model.
        hints: What it does to the user's data, in the protocol's words.
        properties: The option, the type and the description of each property; no option for an argument, and
            for a flag also the one that turns it off, if there is one.
        required: The properties that must be given.
        always: Options that are always given.
    """

    about: str
    hints: dict[str, bool]
    properties: dict[str, tuple[str, str, str]]
    required: tuple[str, ...] = ()
    always: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its input."""
        properties = {name: {"type": kind, "description": about} for name, (_, kind, about) in self.items()}
        return {
            "type": "object",
            "properties": properties,
            "required": [*self.required],
            "additionalProperties": False,
        }

    def items(self) -> list[tuple[str, tuple[str, str, str]]]:
        """The properties with their names."""
        return [*self.properties.items()]

    def args(self, values: Mapping[str, object]) -> list[str]:
        """The options and arguments of its command for an input; no value is taken for an option.

        Raises:
            UsageError: The input is not as the schema says.
        """
        for name in values:
            if name not in self.properties:
                raise unknown("property", name, self.properties, hint=self._takes())
        options, words = [*self.always], []
        for name, (option, kind, about) in self.items():
            value = values.get(name)
            if value is None and name not in self.required:
                continue
            if not isinstance(value, KINDS[kind]):
                what = "is missing" if value is None else f"must be a {kind}, not {str(value)[:40]!r}"
                raise UsageError(f"The property {name} {what}.", hint=about)
            if kind == "boolean":
                on, _, off = option.partition("/")
                options += filter(None, [on if value else off])
            elif option:
                options.append(f"{option}={value}")
            else:
                words.append(str(value))
        return [*options, "--", *words] if words else options

    def _takes(self) -> str:
        return f"Known: {', '.join(self.properties)}." if self.properties else "The tool takes no input."


TOOLS: dict[str, Tool] = {
    "status": Tool("Show the running timer.", READS, {}),
    "start": Tool(
        "Start a timer, stopping the running one.",
        ADDS,
        {
            "description": WORDS,
            "project": PROJECT,
            "at": ("--at", "string", "A time other than now: 9:15, 10m ago."),
            "billable": BILLABLE,
            **DRY_RUN,
        },
    ),
    "stop": Tool(
        "Stop the timer and store it as an entry.",
        ADDS,
        {
            "at": ("--at", "string", "A time other than now: 17:30, 10m ago."),
            "description": DESCRIPTION,
            "project": PROJECT,
            **DRY_RUN,
        },
    ),
    "add": Tool(
        "Store a finished entry: two of from, to and for; or for alone, ending now.",
        {**ADDS, "idempotentHint": False},
        {
            "description": WORDS,
            "project": PROJECT,
            "from": FROM,
            "to": TO,
            "for": FOR,
            "billable": BILLABLE,
            "key": ("--key", "string", "A key of your own: a repeated call with it stores nothing twice."),
            **DRY_RUN,
        },
    ),
    "edit": Tool(
        "Change an entry, or the running timer.",
        CHANGES,
        {
            "entry": ("", "string", ENTRY),
            "description": DESCRIPTION,
            "project": PROJECT,
            "from": FROM,
            "to": TO,
            "for": FOR,
            "billable": BILLABLE,
            **DRY_RUN,
        },
        ("entry",),
    ),
    "log": Tool(
        "List the entries of a period.", READS, {"period": PERIOD, "project": PROJECT, "search": SEARCH}
    ),
    "report": Tool(
        "Sum up a period.",
        READS,
        {
            "period": PERIOD,
            "project": PROJECT,
            "search": SEARCH,
            "by": (
                "--by",
                "string",
                "Keys, with commas: project, client, tag, day, week, month.",
            ),
        },
    ),
    "undo": Tool("Undo your own last command that changed something.", CHANGES, DRY_RUN, always=("--yes",)),
}
"""The tools by the name of their command. None deletes, logs in, or reads a key."""


def command_line(name: str, values: Mapping[str, object]) -> list[str]:
    """The command line of a call, without options for all commands.

    Raises:
        UsageError: The tool is unknown, or its input is not as its schema says.
    """
    if name not in TOOLS:
        raise unknown("tool", name, TOOLS)
    return [name, *TOOLS[name].args(values)]
