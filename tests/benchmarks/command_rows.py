"""The rows of the table that bench_commands.py measures: commands, and the homes in which they run."""

from __future__ import annotations

from typing import NamedTuple

COMPLETE = ("clockeye", "complete", "--profile=")

STORES = {"idle": 0, "1k": 1_000, "100k": 100_000, "tab": 100_000, "year": 90_000, "1m": 1_000_000}
"""The homes with a store, and its number of entries; those of `year` are all in last year, and `tab` also has
1,000 projects."""


class Row(NamedTuple):
    """One line of the table.

    Attributes:
        what: The name of the row.
        command: The command line; `{n}` is the round.
        most: The limit of the ratio of processor time to that of `python -c pass`; None for comparison only.
        home: The home it works in.
        before: An unmeasured command to run before each measurement.
        writes: Whether to subtract the time of a bare commit.
        terminal: Whether standard output is a terminal instead of a pipe.
    """

    what: str
    command: tuple[str, ...]
    most: float | None = None
    home: str = "idle"
    before: tuple[str, ...] = ()
    writes: bool = False
    terminal: bool = False


def rows() -> list[Row]:
    """All rows for our own commands."""
    table = [
        Row("--version", ("clockeye", "--version"), 1.55),
        Row("prompt, idle", ("clockeye", "prompt"), 2.3),
        Row("prompt, a timer runs", ("clockeye", "prompt"), 2.3, "runs"),
        Row("status, a timer runs", ("clockeye", "status"), 2.3, "runs"),
        Row("prompt for bash", ("clockeye", "prompt", "--shell", "bash"), 2.3, "runs"),
        Row("status for waybar", ("clockeye", "status", "--format", "waybar"), 2.3, "runs"),
        Row("status, with a config file", ("clockeye", "status"), 2.8, "config"),
        *(
            Row(f"TAB for {kind}, 100,000 entries", (*COMPLETE, kind), 2.3, "tab")
            for kind in ("projects", "descriptions", "entries")
        ),
    ]
    start, stop = ("clockeye", "start", "Fix", "-p", "website"), ("clockeye", "stop", "--if-running")
    add = ("clockeye", "add", "Review", "-p", "website", "--for", "1s", "--from", "1971-01-{n}")
    for home, count in (("1k", "1,000"), ("1m", "1,000,000")):
        table += [
            Row(f"start, {count} entries", start, 3.3, home, stop, writes=True),
            Row(f"stop, {count} entries", stop, 3.3, home, start, writes=True),
            Row(f"add, {count} entries", add, 3.3, home, writes=True),
            Row(f"edit, {count} entries", ("clockeye", "edit", "last", "-d", "{n}"), 3.3, home, writes=True),
            Row(f"delete, {count} entries", ("clockeye", "delete", "last", "-y"), 3.3, home, writes=True),
            Row(f"undo, {count} entries", ("clockeye", "undo", "-y"), 3.3, home, start, writes=True),
            Row(f"resume, {count} entries", ("clockeye", "resume"), 3.3, home, stop, writes=True),
        ]
    table += [
        Row("projects", ("clockeye", "projects"), 3.2, "1k"),
        Row("history -n 20", ("clockeye", "history", "-n", "20"), 3.2, "1k"),
        Row("config list", ("clockeye", "config", "list"), 2.8, "1k"),
        Row("profiles", ("clockeye", "profiles"), 2.8, "1k"),
    ]
    log, report, year = ("log", "--last-week"), ("report", "--last-week"), ("report", "--last-year")
    for home, count in (("100k", "100,000"), ("1m", "1,000,000")):
        table += [
            Row(f"log of a week, {count} entries", ("clockeye", *log), 3.5, home),
            Row(f"report of a week, {count} entries", ("clockeye", *report), 3.5, home),
            Row(f"log -n 20, {count} entries", ("clockeye", "log", "-n", "20"), 3.5, home),
        ]
    table += [
        Row("log of a week as a table", ("clockeye", *log), 9, "100k", terminal=True),
        Row("report of a week as a timesheet", ("clockeye", *report), 7.5, "100k", terminal=True),
        Row("report of a year, 100,000 in five years", ("clockeye", *year), 4.8, "100k"),
        Row("report of a year of 90,000 entries", ("clockeye", *year), 6.5, "year"),
        *(
            Row(f"the same --by {keys}", ("clockeye", *year, "--by", keys), most, "year")
            for keys, most in (("day", 6.5), ("week,project", None), ("description", 9), ("tag", 9))
        ),
        Row("log --all --json of 100,000 entries", ("clockeye", "log", "--all", "--json"), 60, "100k"),
    ]
    return table


PEER_ROUNDS = 3
PEERS = [
    Row("Timewarrior: status", ("timew",)),
    Row("Timewarrior: start", ("timew", "start", "fix"), before=("timew", "stop")),
    Row("Timewarrior: stop", ("timew", "stop"), before=("timew", "start", "fix")),
    Row("Timewarrior: summary of last week", ("timew", "summary", ":lastweek")),
    Row("Watson: status", ("watson", "status")),
    Row("Watson: start", ("watson", "start", "fix"), before=("watson", "stop")),
    Row("Watson: stop", ("watson", "stop"), before=("watson", "start", "fix")),
    Row("Watson: log of a week", ("watson", "log", "--no-pager", "--from", "{week}", "--to", "{today}")),
    Row(
        "Watson: report of a week", ("watson", "report", "--no-pager", "--from", "{week}", "--to", "{today}")
    ),
]
