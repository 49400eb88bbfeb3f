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
        floor: What the command is compared with: `pass` or `hello`.
        most: The limit of the ratio; None for comparison only.
        home: The home it works in.
        before: An unmeasured command to run before each measurement.
        writes: Whether to subtract the time of a bare commit.
        terminal: Whether standard output is a terminal instead of a pipe.
    """

    what: str
    command: tuple[str, ...]
    floor: str = "pass"
    most: float | None = None
    home: str = "idle"
    before: tuple[str, ...] = ()
    writes: bool = False
    terminal: bool = False


def rows() -> list[Row]:
    """All rows for our own commands."""
    table = [
        Row("--version", ("clockeye", "--version"), "pass", 1.8),
        Row("prompt, idle", ("clockeye", "prompt"), "pass", 3),
        Row("prompt, a timer runs", ("clockeye", "prompt"), "pass", 3, "runs"),
        Row("status, a timer runs", ("clockeye", "status"), "pass", 3, "runs"),
        Row("prompt for bash", ("clockeye", "prompt", "--shell", "bash"), "pass", 3, "runs"),
        Row("status for waybar", ("clockeye", "status", "--format", "waybar"), "pass", 3, "runs"),
        Row("status, with a config file", ("clockeye", "status"), "pass", 4, "config"),
        *(
            Row(f"TAB for {kind}, 100,000 entries", (*COMPLETE, kind), "pass", 3, "tab")
            for kind in ("projects", "descriptions", "entries")
        ),
    ]
    for home, count in (("1k", "1,000"), ("1m", "1,000,000")):
        start, stop = ("clockeye", "start", "Fix", "-p", "website"), ("clockeye", "stop", "--if-running")
        add = ("clockeye", "add", "Review", "-p", "website", "--for", "1s", "--from", "1971-01-{n}")
        table += [
            Row(f"start, {count} entries", start, "hello", 1.35, home, stop, writes=True),
            Row(f"stop, {count} entries", stop, "hello", 1.35, home, start, writes=True),
            Row(f"add, {count} entries", add, "hello", 1.35, home, writes=True),
        ]
    log, report, year = ("log", "--last-week"), ("report", "--last-week"), ("report", "--last-year")
    table += [
        Row("log of a week, 100,000 entries", ("clockeye", *log), "hello", 1.6, "100k"),
        Row("report of a week, 100,000 entries", ("clockeye", *report), "hello", 1.6, "100k"),
        Row("log of a week, 1,000,000 entries", ("clockeye", *log), "hello", 1.6, "1m"),
        Row("report of a week, 1,000,000 entries", ("clockeye", *report), "hello", 1.6, "1m"),
        Row("log of a week as a table", ("clockeye", *log), "hello", 2.4, "100k", terminal=True),
        Row("report of a week as a timesheet", ("clockeye", *report), "hello", 2.4, "100k", terminal=True),
        Row("report of a year, 100,000 in five years", ("clockeye", *year), "pass", 4.8, "100k"),
        Row("report of a year of 90,000 entries", ("clockeye", *year), "pass", 6.5, "year"),
        *(
            Row(f"the same --by {keys}", ("clockeye", *year, "--by", keys), "pass", most, "year")
            for keys, most in (("day", 6.5), ("week,project", None), ("description", 9), ("tag", 9))
        ),
    ]
    return table


PEER_ROUNDS = 3
PEERS = [
    Row("Timewarrior: status", ("timew",)),
    Row("Timewarrior: summary of last week", ("timew", "summary", ":lastweek")),
    Row("Watson: status", ("watson", "status")),
    Row("Watson: log of a week", ("watson", "log", "--no-pager", "--from", "{week}", "--to", "{today}")),
    Row(
        "Watson: report of a week", ("watson", "report", "--no-pager", "--from", "{week}", "--to", "{today}")
    ),
]
