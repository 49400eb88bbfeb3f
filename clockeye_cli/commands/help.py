"""`clockeye help TOPIC`: what the topics say.

Lists come from the tables that the program itself goes by; the sentences stand in docs/, word for word.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from clockeye_cli.config.settings import SETTINGS
from clockeye_cli.core import duration, moment, period, when
from clockeye_cli.core.day import DayRule
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.phrases import stamp
from clockeye_cli.errors import EXIT_CODES
from clockeye_cli.output.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clockeye_cli.context import Context

    Part = str | list[tuple[str, str]]
    Topic = dict[str, list[Part]]

FRIDAY_NOON = int(datetime(2026, 11, 20, 11, tzinfo=UTC).timestamp())
AN_HOUR_EAST = timezone(timedelta(hours=1))

ENVIRONMENT = {
    "CLOCKEYE_HOME": "one folder for all of clockeye's files",
    "CLOCKEYE_PROFILE": "the profile to work on, as `-P`",
    "CLOCKEYE_HOOK": "set for a hook, to its event; clockeye runs no hooks where it is set",
    "TZ": "the computer's time zone",
    "VISUAL EDITOR": "the editor of `edit` and `config edit`; otherwise `vi`",
    "PAGER": "shows what is taller than the terminal; otherwise `less`; `cat` or nothing for none",
    "NO_COLOR FORCE_COLOR CLICOLOR_FORCE TERM": (
        "no colours, or colours in a pipe too; `TERM=dumb` has none; `--color` beats them"
    ),
    "COLUMNS LINES": "the terminal's size",
    "CLOCKEYE_API_KEY CLOCKEYE_API_KEY_FILE CLOCKEYE_API_URL CLOCKEYE_USER": (
        "the account: its key (or a file with it), its address (of a new login, and of the profile env),"
        " who you are there"
    ),
    "HTTPS_PROXY NO_PROXY SSL_CERT_FILE CLOCKEYE_CA_FILE": "how the account is reached",
    "CLOCKEYE_SERVER_DATA CLOCKEYE_SERVER_LIMITS CLOCKEYE_SERVER_PUBLIC_URL": (
        "the server under another WSGI server"
    ),
    "XDG_CONFIG_HOME XDG_DATA_HOME": "on Linux, the folders in which clockeye's folders lie",
}
"""The variables that are no settings, those of one purpose together, and what for."""


def print_help(ctx: Context, text: str) -> None:
    """Print what explains."""
    ctx.out.text(text)


def topic(name: str, commands: Iterable[str] = ()) -> Topic:
    """What a topic says: headings, and under each its paragraphs and lists; `code` stands in backticks.

    Args:
        name: One of TOPICS.
        commands: What else could have been asked for.

    Raises:
        UsageError: There is no such topic; names the nearest, or command.
    """
    if name not in TOPICS:
        raise unknown(
            "command or topic",
            name,
            [*TOPICS, *commands],
            form="`clockeye help {}`",
            hint=f"Topics are {', '.join(TOPICS)}; `clockeye --help` lists the commands.",
        )
    return TOPICS[name]()


def _times() -> Topic:
    rule = DayRule(AN_HOUR_EAST)
    today = rule.day_of(FRIDAY_NOON)
    points = [
        (form, moment.resolve(when.parse_when(form), FRIDAY_NOON, AN_HOUR_EAST).instant)
        for form in when.FORMS
    ]
    periods = [(form, period.parse_period(form, today, 0)) for form in period.FORMS]
    return {
        "WHEN": [
            "`--at`, and `--from` and `--to` of `add` and `edit`, take a WHEN. This is what you may type, and"
            " what it means at noon on Friday, 2026-11-20:",
            [
                (form, stamp(instant, AN_HOUR_EAST) + (f":{instant % 60:02}" if instant % 60 else ""))
                for form, instant in points
            ],
            'Two words need quotes: `--at "9 pm"`. Weekdays may be cut to three letters.',
            "A time without a day is the last such time. At ten past midnight, `23:50` is yesterday's; then"
            " you are told so.",
            "With `edit` and `split`, a time without a day belongs to the entry's own day.",
        ],
        "DURATION": [
            "`--for` and `--gap` take a DURATION. It is over zero, and it has a unit: `90` alone is refused.",
            [(form, duration.clock(duration.parse_duration(form))) for form in duration.FORMS],
        ],
        "PERIOD": [
            "A PERIOD is a run of whole days, its first and its last one included. On Friday, 2026-11-20:",
            [
                (form, "everything" if each.first is None else f"{each.first} to {each.last}")
                for form, each in periods
            ],
            "The DAY of `--from` and `--to` is a date, `today`, `yesterday`, a weekday (the last one, today"
            " included) or `3 days ago`. Without `--to` the period ends today. Two periods at once are"
            " refused.",
            "An entry that goes over midnight counts in both days, in each with its part.",
        ],
    }


def _formats() -> Topic:
    rows = [
        (name, f"{each.about} ({each.ending})" if each.ending else each.about)
        for name, each in FORMATS.items()
    ]
    return {
        "Formats": [
            "Lists (`log`, `report`, `projects` …) are a table on a terminal, and TSV in a pipe: a header,"
            " whole cells, durations in seconds, and `\\\\`, `\\t`, `\\n`, `\\r` for a backslash, a tab and"
            " line breaks within a cell.",
            "What a command says in one line (`start`, `stop`, `status` …) stays that line in a pipe.",
            "`-o FORMAT`, or `--json` for `-o json`, chooses for all of them.",
            "`--save` writes a list into a file. Its name says in which format:",
            list(rows),
            "A file that exists is overwritten only with `--force`.",
            "`--columns` picks and orders the columns.",
        ],
        "JSON": [
            "There is always `version`, which is 1, and either `data` or `error`. Fields are added, never"
            " renamed or taken away.",
            "Instants are RFC 3339 in UTC. Durations are whole seconds.",
        ],
    }


def _exit_codes() -> Topic:
    return {
        "Exit codes": [
            [(str(code), means) for code, means in EXIT_CODES.items()],
            "An error goes to standard error. What is for people, the `message` and the `hint`, may be worded"
            " differently tomorrow; the `code` stays.",
        ]
    }


def _environment() -> Topic:
    return {
        "Settings": [
            "A flag beats the environment, which beats the file, which beats the default. Each setting has an"
            " environment variable:",
            [(each.variable, each.about) for each in SETTINGS.values() if each.variable not in ENVIRONMENT],
        ],
        "Others": [list(ENVIRONMENT.items())],
    }


def _sync() -> Topic:
    return {
        "Offline": [
            "`log` and `report` read the days that they show, unless they did so within `sync.fresh`."
            " `--refresh` reads them in any case, or fails; `--offline` asks nobody.",
            "What you do is stored here and sent later: the next command that stores something tries, unless"
            " the network was away less than a minute ago, and `clockeye sync` sends everything and waits for"
            " it. Until then each command but `status`, `prompt` and `check` says how much waits. `log` and"
            " `report` show what is here and say as of when it is; days that were never read are exit"
            " code 5.",
            "An entry that a command has acknowledged is never lost; it is sent once, unless the"
            " service applies a request later than 30 seconds after giving no answer, and then the next sync"
            " says so.",
        ],
        "Decisions": [
            "`clockeye sync --status` lists what the account has not got, and why. `clockeye sync resolve"
            " ENTRY` decides: `--keep mine` or `--keep theirs` where both sides changed the same field or one"
            " deleted what the other changed; `--is ID` or `--send` where it cannot be told whether an entry"
            " arrived. `--drop` sends nothing: here it is again as the account has it, and an entry that the"
            " account never got goes; `clockeye undo` takes that back.",
            "An entry that the account refuses is kept here, and every command names it; editing it sends it"
            " again.",
        ],
    }


TOPICS: dict[str, Callable[[], Topic]] = {
    "times": _times,
    "formats": _formats,
    "exit-codes": _exit_codes,
    "environment": _environment,
    "sync": _sync,
}
