"""`clockeye help TOPIC`: the texts of the topics.

The lists come from the tables that the program itself uses; the sentences are in docs/, word for word.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from clockeye_cli.config.settings import SETTINGS
from clockeye_cli.core import duration, moment, period_words, when
from clockeye_cli.core.day import DayRule
from clockeye_cli.core.phrases import stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import EXIT_CODES
from clockeye_cli.output.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.context import Context

    Part = str | list[tuple[str, str]]
    Topic = dict[str, list[Part]]

FRIDAY_NOON = int(datetime(2026, 11, 20, 11, tzinfo=UTC).timestamp())
AN_HOUR_EAST = timezone(timedelta(hours=1))

ENVIRONMENT = {
    "CLOCKEYE_HOME": "one folder for all of clockeye's files",
    "CLOCKEYE_PROFILE": "the profile to work on, like `-P`",
    "CLOCKEYE_HOOK": "set to the event while a hook runs; clockeye runs no hooks if it is set",
    "CLOCKEYE_ACTOR": "who runs the commands, for the history, `undo` and `it`; in a hook: hook",
    "TZ": "the computer's time zone",
    "LC_ALL LC_CTYPE LANG": "the encoding of the terminal",
    "VISUAL EDITOR": "the editor for `edit` and `config edit`; by default `vi`",
    "BROWSER": "the browser for `report --open`; by default the system's choice",
    "PAGER": "the pager for output longer than the terminal; by default `less`; `cat` or empty for none",
    "NO_COLOR FORCE_COLOR CLICOLOR_FORCE TERM COLORTERM": (
        "turn colours off, or on even in a pipe; `TERM=dumb` turns them off; `--color` overrides these;"
        " `TERM` and `COLORTERM` say whether there are more than 16"
    ),
    "COLUMNS LINES": "the size of the terminal",
    "CLOCKEYE_API_KEY CLOCKEYE_API_KEY_FILE CLOCKEYE_API_URL CLOCKEYE_USER": (
        "the account: its key (or a file with it), its address (for a new login and the profile env),"
        " and who you are there"
    ),
    "HTTPS_PROXY ALL_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR CLOCKEYE_CA_FILE": (
        "how to connect to the account"
    ),
    "CLOCKEYE_SERVER_DATA CLOCKEYE_SERVER_LIMITS CLOCKEYE_SERVER_PUBLIC_URL": (
        "settings of the server when another WSGI server runs it"
    ),
    "XDG_CONFIG_HOME XDG_DATA_HOME": "on Linux, the parents of clockeye's folders",
    "TIMELOG TIMEWARRIORDB WATSON_DIR": "where other trackers keep their times, for `import --as NAME`",
    "ZDOTDIR": "the folder of zsh's startup file, for `completion zsh --install --alias`",
}
"""The variables that are not settings, grouped by purpose, with their descriptions."""


def print_help(ctx: Context, text: str) -> None:
    """Print a help text."""
    ctx.out.text(text)


def _times() -> Topic:
    rule = DayRule(AN_HOUR_EAST)
    today = rule.day_of(FRIDAY_NOON)
    points = [
        (form, moment.resolve(when.parse_when(form), FRIDAY_NOON, AN_HOUR_EAST).instant)
        for form in when.FORMS
    ]
    periods = [(form, period_words.parse_period(form, today, 0)) for form in period_words.FORMS]
    return {
        "WHEN": [
            "`--at`, and `--from` and `--to` of `add` and `edit`, take a WHEN. These are the forms, and their"
            " meaning at noon on Friday, 2026-11-20:",
            [(form, stamp(instant, AN_HOUR_EAST, exact=True)) for form, instant in points],
            'Values with a space need quotes: `--at "9 pm"`. Months and weekdays can be shortened to three'
            " letters.",
            "`last` is the end of your latest entry: `start --at last`, `add --from last --to 13`. It is"
            " refused if the entry would become longer than the setting `max_timer`.",
            "A time without a day is the most recent such time. At ten past midnight, `23:50` means"
            " yesterday, and a notice says so.",
            "With `edit` and `split`, a time without a day is on the entry's own day.",
            "A time without seconds snaps to an entry that ends or starts in that minute. Timers stop in the"
            " middle of a minute, but lists show only the minute. If an entry ended at 12:00:31, `--from"
            " 12:00` therefore means 12:00:31, and the two entries touch. `--from` looks for the latest end"
            " of an entry in that minute, and `--to` for the earliest start of an entry or the timer; `edit"
            " --to` looks for the entry's own end first. If only the full minute fits, that is used."
            " `12:00:00` always means exactly that.",
        ],
        "DURATION": [
            "`--for` and `--gap` take a DURATION. It must be positive, with a unit: `90` alone is refused.",
            [(form, duration.clock(duration.parse_duration(form))) for form in duration.FORMS],
        ],
        "PERIOD": [
            "A PERIOD is a range of whole days, including the first and the last. On Friday, 2026-11-20:",
            [
                (form, "everything" if each.first is None else f"{each.first} to {each.last}")
                for form, each in periods
            ],
            "Months and weekdays can be shortened to three letters. Without a year, a month, quarter or week"
            " is the latest one that has begun, and a date is the latest one up to today. A range is `A to B`"
            " or `A..B`, where both can be any of these; B is then the first one at or after A. You can also"
            " type what clockeye prints: headings, and the labels of `report --by`.",
            "The DAY of `--from` and `--to` is a date, `today`, `yesterday`, a weekday (the last one, today"
            " included) or `3 days ago`. Without `--to` the period ends today. Two periods at once are"
            " refused.",
            "An entry that spans midnight counts on each day with the part that falls on that day.",
        ],
    }


def _durations() -> Topic:
    return {
        "Durations": [
            "Tables show durations exactly: as `1:30` if all durations of the table are whole minutes,"
            " otherwise as `1:30:00`. With the setting `precision`, timers start and stop on whole minutes.",
            "`--decimal` shows hours with two decimals, `1.50`. A total is rounded to the nearest hundredth,"
            " and the values below it are rounded down or up so that they add up to it as they are shown."
            " Shares in percent add up in the same way. In a timesheet, each row and the totals add up; the"
            " column of a day may be off by 0.01.",
            "An entry counts under each of its tags, so a report by tag can add up to more than its total.",
            "Formats for programs have whole seconds. With `--decimal` they also have `hours`, with four"
            " decimals, each rounded by itself; `--columns hours` works in every format.",
        ],
    }


def _formats() -> Topic:
    rows = [
        (name, f"{each.about} ({each.ending})" if each.ending else each.about)
        for name, each in FORMATS.items()
    ]
    return {
        "Formats": [
            "Lists (`log`, `report`, `projects` …) are a table on a terminal, and TSV in a pipe, with a"
            " header, full values, durations in seconds, and `\\\\`, `\\t`, `\\n`, `\\r` for a backslash, a"
            " tab and line breaks within a cell.",
            "The one-line output of commands such as `start`, `stop` and `status` is the same in a pipe.",
            "`-o FORMAT`, or `--json` for `-o json`, sets the format of all output.",
            "`--save` writes a list to a file. The file extension sets the format:",
            list(rows),
            "An existing file is overwritten only with `--force`.",
            "`--columns` selects and orders the columns.",
        ],
        "JSON": [
            "The document always has `version`, which is 1, and either `data` or `error`. Fields may be"
            " added, but are never renamed or removed.",
            "Instants are RFC 3339 in UTC. Durations are whole seconds.",
        ],
    }


def _exit_codes() -> Topic:
    return {
        "Exit codes": [
            [(str(code), means) for code, means in EXIT_CODES.items()],
            "Errors go to standard error. The `message` and the `hint` are for people, and their wording may"
            " change; the `code` does not.",
        ]
    }


def _environment() -> Topic:
    return {
        "Settings": [
            "A flag overrides the environment, which overrides the config file, which overrides the default."
            " Each setting has an environment variable:",
            [(each.variable, each.about) for each in SETTINGS.values() if each.variable not in ENVIRONMENT],
        ],
        "Others": [list(ENVIRONMENT.items())],
    }


def _sync() -> Topic:
    return {
        "Sending": [
            "At a terminal, the prompt is back as soon as a change is stored on this computer. A process in"
            " the background sends it, for at most 30 seconds; closing the terminal does not stop it. The"
            " next command reports what the account rejected, and why something could not be sent.",
            "In a script, in cron or in a pipe, a command sends its changes itself, for at most five seconds,"
            " and reports at once what the account rejected (exit code 6). `clockeye config set"
            " sync.background false` makes commands at a terminal do the same.",
        ],
        "Offline": [
            "`log` and `report` read the days that they show from the account, unless they were read within"
            " the last `sync.fresh`. `--refresh` always reads them, or fails; `--offline` never does.",
            "Your changes are stored here and sent later. The next command that stores something tries to"
            " send them, unless the network failed less than a minute ago; `clockeye sync` waits until"
            " everything is sent. Until then, every command except `status`, `prompt` and `check` says"
            " how many changes are waiting. `log` and `report` show the stored entries, and say when they"
            " were read and which days were never read.",
            "An entry that a command has acknowledged is never lost. It is sent once, unless"
            " the service leaves a request unanswered and applies it more than 30 seconds later; the next"
            " sync then reports that.",
        ],
        "Decisions": [
            "`clockeye sync --status` lists the changes that the account does not have, and why. `clockeye"
            " sync resolve ENTRY` settles one. If both sides changed the same field, or one side deleted an"
            " entry that the other changed, use `--keep mine` or `--keep theirs`. If it is unknown whether an"
            " entry arrived, use `--same-as ID` or `--send`. `--drop` sends nothing: the entry is reset to"
            " the account's version, or deleted if the account has none; `clockeye undo` reverts that.",
            "An entry that the account rejects is kept here, and every command names it; editing it sends it"
            " again.",
        ],
    }


TOPICS: dict[str, Callable[[], Topic]] = {
    "times": _times,
    "durations": _durations,
    "formats": _formats,
    "exit-codes": _exit_codes,
    "environment": _environment,
    "sync": _sync,
}
"""What returns the text of a topic: headings, each with its paragraphs and lists; `code` is in backticks."""
