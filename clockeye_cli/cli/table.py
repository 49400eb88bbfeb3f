"""The table of commands, one line per command; only the face that is named gets imported."""

import sys

from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.core.typing import NamedTuple

PANELS = ("Track", "Review", "Account", "Set up", "For programs")


class Line(NamedTuple):
    """A command: its name, its face (file in `cli` and function), its panel and its description."""

    name: str
    face: str
    panel: str
    about: str


TABLE: tuple[Line, ...] = (
    Line("start", "timer:start", "Track", "Start a timer, stopping the running one."),
    Line("stop", "timer:stop", "Track", "Stop the timer and store it as an entry."),
    Line("status", "timer:status", "Track", "Show the running timer."),
    Line("cancel", "timer:cancel", "Track", "Discard the running timer without storing an entry."),
    Line("resume", "timer:resume", "Track", "Start a timer for the work of an earlier entry."),
    Line("add", "entries:add", "Track", "Store a finished entry."),
    Line("edit", "entries:edit", "Track", "Change entries, or the running timer."),
    Line("split", "entries:split", "Track", "Split an entry in two."),
    Line("delete", "entries:delete", "Track", "Delete entries."),
    Line("undo", "history:undo", "Track", "Undo the last command that changed something."),
    Line("redo", "history:redo", "Track", "Redo what was undone last."),
    Line("history", "history:history", "Review", "List the changes made by commands, the latest first."),
    Line("log", "log:log", "Review", "List the entries of a period, day by day."),
    Line("report", "report:report", "Review", "Sum up a period: a timesheet, or grouped as you choose."),
    Line("gaps", "gaps:gaps", "Review", "List untracked time within your working hours."),
    Line("export", "export:export", "Review", "Export entries, also as a calendar, klog or timeclock."),
    Line("check", "timer:check", "Review", "Report a forgotten timer, for cron and scripts."),
    Line("watch", "timer:watch", "Review", "Watch the timer and the day, with keys to stop and switch."),
    Line("auth", "auth:auth", "Account", "Log in to a ClockEye account, log out, and check the key."),
    Line("sync", "sync:sync", "Account", "Exchange everything with the account now."),
    Line("users", "users:users", "Account", "List the users of the account."),
    Line(
        "screenshots",
        "screenshots:screenshots",
        "Account",
        "List or download screenshots, or make a contact sheet.",
    ),
    Line("api", "api:api", "Account", "Send a raw request to the account's API."),
    Line(
        "projects",
        "projects:projects",
        "Set up",
        "List, add, edit, rename, archive, merge and delete projects.",
    ),
    Line("clients", "clients:clients", "Set up", "List, edit, rename and archive clients."),
    Line(
        "invoices",
        "invoices:invoices",
        "Set up",
        "List, add and remove invoices.",
    ),
    Line("tags", "tags:tags", "Set up", "List and rename tags."),
    Line("profiles", "profiles:profiles", "Set up", "List the profiles, add one, and choose the default."),
    Line("config", "config:config", "Set up", "Show and change the settings."),
    Line("import", "importing:import_", "Set up", "Import the times of another tracker."),
    Line("imports", "importing:imports", "Set up", "List the imports, and undo one."),
    Line("backup", "store:backup", "Set up", "Copy all of your data to one file."),
    Line("restore", "store:restore", "Set up", "Replace your data with a backup."),
    Line("doctor", "store:doctor", "Set up", "Check for problems, and repair damaged data."),
    Line("serve", "serve:serve", "Set up", "Serve ClockEye's API on this computer."),
    Line("help", "help:topic", "Set up", "Explain a command or a topic."),
    Line("man", "help:man", "Set up", "Show the manual page of a command."),
    Line("prompt", "shell:prompt", "Set up", "Print the running timer for a shell prompt."),
    Line(
        "completion",
        "shell:completion",
        "Set up",
        "Print or install the completion script for a shell.",
    ),
    Line("schema", "agents:schema", "For programs", "Describe the commands as JSON."),
    Line("skill", "agents:skill", "For programs", "Print or install a skill file for agents."),
    Line("mcp", "agents:mcp", "For programs", "Offer the commands as tools of the Model Context Protocol."),
)

EVERYDAY = ("start", "stop", "resume", "add", "edit", "log", "report", "status", "undo", "projects")
"""The commands that the help shows first."""


def grouped_commands() -> list[tuple[str, list[Line]]]:
    """The commands as the help shows them: those of every day, then the others by panel."""
    everyday = [BY_NAME[name] for name in EVERYDAY]
    groups = [
        (panel, [line for line in TABLE if line.panel == panel and line not in everyday]) for panel in PANELS
    ]
    return [("Every day", everyday), *((panel, lines) for panel, lines in groups if lines)]


BY_NAME = {line.name: line for line in TABLE}


def member(name: str) -> Face | Family | None:
    """The face or the family of a command, imported on demand; None if the command is unknown."""
    line = BY_NAME.get(name)
    if line is None:
        return None
    file, _, attribute = line.face.partition(":")
    module = f"clockeye_cli.cli.{file}"
    __import__(module)  # importlib itself takes a millisecond to import
    face: Face | Family = getattr(sys.modules[module], attribute)
    return face if isinstance(face, Family) else face._replace(help=f"{line.about}\n\n{face.help}")


def faces(name: str) -> tuple[Face, ...]:
    """The face of a command, or those of its subcommands at all levels; none if the command is unknown."""
    command = member(name)
    return (command,) if isinstance(command, Face) else tuple(command.faces()) if command else ()
