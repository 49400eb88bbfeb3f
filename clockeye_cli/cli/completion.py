"""Completion scripts for shells, with a table of the words for each place of a command line.

Each script (`scripts/`) has the logic in the language of its shell; the table, built by walking the app, is
inserted here. A place is a command (`projects add`: its subcommands and options), an option with a value, of
one command (`start --project`) or of all (`--output`), or an argument by its number (`projects rename:1`;
`edit:+` for those without a place of their own). An offer is a word, with a description after a colon, or one
of these:

- `@projects`, `@archived`, `@clients`, `@archived-clients`, `@invoices`, `@tags`, `@descriptions`,
  `@entries`, `@profiles`, `@settings`, `@aliases`: what `clockeye complete` answers (`commands/complete.py`)
- `@files`: the shell's own completion of file names
- `@list`: the words that follow, separated by commas if there are several

Anything added to the app is completed once `completions/generate.py` has run; values by their metavar.
"""

from __future__ import annotations

from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.options import COLORS
from clockeye_cli.cli.root import GLOBAL
from clockeye_cli.cli.selecting import FLAGS
from clockeye_cli.cli.table import BY_NAME, TABLE, member
from clockeye_cli.core.aliases import LETTERS
from clockeye_cli.core.day import WEEKDAYS
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.totals import KEYS
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.output.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.cli.parameters import Parameter

FOR_ALL = ":all"
"""The place of the global options."""

PROJECTS = ("@projects",)
CLIENTS = ("@clients",)
TAGS = ("@tags",)
PROFILES = ("@profiles",)
SETTINGS = ("@settings",)
PERIODS = tuple(flag.replace("_", "-") for flag in FLAGS)

VALUES: dict[str, tuple[str, ...]] = {
    # By metavar; prefixed with the command or the option if the metavar alone is ambiguous.
    "PROJECT": ("none", *PROJECTS),
    "projects edit NAME": PROJECTS,
    "projects rename NAME": PROJECTS,
    "projects archive NAME": PROJECTS,
    "projects merge NAME": PROJECTS,
    "projects merge INTO": PROJECTS,
    "projects delete NAME": PROJECTS,
    "projects unarchive NAME": ("@archived",),
    "CLIENT": ("none", *CLIENTS),
    "clients edit NAME": CLIENTS,
    "clients rename NAME": CLIENTS,
    "clients archive NAME": CLIENTS,
    "clients unarchive NAME": ("@archived-clients",),
    "COLOR": tuple(color.name for color in PALETTE),
    "invoices remove NUMBER": ("@invoices",),
    "--invoice NUMBER": ("@invoices",),
    "TAG": TAGS,
    "--untag TAG": ("all", *TAGS),
    "tags rename OLD": TAGS,
    "tags rename NEW": TAGS,
    "DESCRIPTION": ("@descriptions",),
    "--description TEXT": ("@descriptions",),
    "ENTRY": ("last", "last-1", "it", "current", "@entries"),
    "PERIOD": PERIODS,
    "PERIOD 2": ("week", "month", "quarter", "year", *(day.lower() for day in WEEKDAYS)),
    "DAY": ("today", "yesterday", *(day.lower() for day in WEEKDAYS)),
    "WHEN": ("now", "last", "noon", "midnight"),
    "KEYS": ("@list", *KEYS),
    "FORMAT": tuple(FORMATS),
    "--color WHEN": COLORS,
    "--profile NAME": PROFILES,
    "profiles use NAME": PROFILES,
    "profiles rename NAME": PROFILES,
    "profiles remove NAME": PROFILES,
    "config get KEY": SETTINGS,
    "config set KEY": SETTINGS,
    "config unset KEY": SETTINGS,
    "ROLE": ("owner", "admin", "manager", "member"),
    "METHOD": ("GET", "POST", "PUT", "DELETE"),
    "SHELL": ("bash", "zsh", "fish"),
    "status --format": ("waybar", "tmux"),
    "TOPIC": ("times", "durations", "formats", "exit-codes", "environment", "sync"),
    "FILE": ("@files",),
    "DIR": ("@files",),
}
"""The offers for values. Values that are not listed, and not a choice like `mine|theirs`, are free text.

`PERIOD 2` are those for the second word, as in `last week`; a third has none.
"""


class Shell(NamedTuple):
    """A shell with a completion script.

    Attributes:
        file: The name of its script, here and where it is installed.
        line: A line of the table in its language; the two `{}` are a place and its offers, quoted.
        between: The separator between offers.
        escapes: Replacements of characters within single quotes.
        has_abouts: Whether it can show the description of a word.
        alias: What makes a word an alias of clockeye with the same completion.
    """

    file: str
    line: str
    between: str = " "
    escapes: tuple[tuple[str, str], ...] = (("'", "'\\''"),)
    has_abouts: bool = True
    alias: str = "alias {}=clockeye"


SHELLS: dict[str, Shell] = {
    "bash": Shell(
        "clockeye.bash",
        "        {}) offers+=({}) ;;",
        has_abouts=False,
        alias="alias {0}=clockeye\n"
        "complete -o nosort -F _clockeye {0} 2>/dev/null || complete -F _clockeye {0}",
    ),
    "zsh": Shell("_clockeye", "        ({}) offers+=({}) ;;"),
    "fish": Shell(
        "clockeye.fish",
        "        case {}\n            set -a offers {}",
        escapes=(("\\", "\\\\"), ("'", "\\'")),
        alias="function {0} --wraps clockeye --description 'an alias of clockeye'\n    clockeye $argv\nend",
    ),
    "powershell": Shell(
        "clockeye.ps1",
        "$global:ClockeyeOffers[{}] = @({})",
        between=", ",
        escapes=(("'", "''"),),
        alias="Set-Alias {0} clockeye",
    ),
}
VALUES["completion SHELL"] = tuple(SHELLS)
VALUES["COMMAND"] = tuple(line.name for line in TABLE)


def script(name: str, alias: str = "") -> str:
    """The completion script for a shell.

    Args:
        name: The shell.
        alias: A word that the script makes an alias of clockeye; empty for none.

    Raises:
        UsageError: The shell is unknown, or the word cannot be an alias.
    """
    if name not in SHELLS:
        raise unknown("shell", name, SHELLS)
    if alias and (not LETTERS.issuperset(alias) or alias[0] == "-" or alias == "clockeye"):
        raise UsageError(f"{alias[:40]!r} cannot be a shell alias.", hint="Choose letters, as in --alias c")
    from importlib.resources import files  # late: the schema needs only the offers

    shell = SHELLS[name]
    template = files("clockeye_cli.cli").joinpath("scripts", shell.file).read_text(encoding="utf-8")
    lines = [_line(shell, place, offers) for place, offers in table().items()]
    whole = template.replace("@TABLE@", "\n".join(lines))
    return f"{whole}\n{shell.alias.format(alias)}\n" if alias else whole


def table() -> dict[str, tuple[str, ...]]:
    """The offers for each place."""
    places = {
        "": (*(_offer(line.name, line.about) for line in TABLE), "@aliases"),
        FOR_ALL: (*_options(GLOBAL), "--help:Show the help."),
        **_values("", GLOBAL),
    }
    for name in BY_NAME:
        places |= dict(_below(name, member(name)))
    return places


def _below(place: str, command: Face | Family | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The places of a command and of its subcommands."""
    face = command.alone if isinstance(command, Family) else command
    members = command.members if isinstance(command, Family) else {}
    parameters = face.parameters if face else {}
    yield place, (*(_offer(name, each.help) for name, each in members.items()), *_options(parameters))
    yield from _values(place, parameters).items()
    if face and face.formats:
        yield from ((f"{place} {name}", (*FORMATS, *face.formats)) for name in GLOBAL["output"].names)
    for name, each in members.items():
        yield from _below(f"{place} {name}", each)


def _options(parameters: dict[str, Parameter]) -> list[str]:
    """The options of a command, the long form of each first."""
    return [
        _offer(name, parameter.declaration.help)
        for parameter in parameters.values()
        if not parameter.declaration.is_hidden
        for name in sorted(parameter.names, key=lambda name: name[:2] != "--")
    ]


def _values(place: str, parameters: dict[str, Parameter]) -> dict[str, tuple[str, ...]]:
    """The places of a command that take a value, with their offers."""
    places: dict[str, tuple[str, ...]] = {}
    number = 0
    for parameter in parameters.values():
        metavar = parameter.declaration.metavar.strip("[].…")
        if not parameter.names:
            number += 1
            words, second = _words(metavar, f"{place} {metavar}"), VALUES.get(f"{metavar} 2")
            places[f"{place}:+" if parameter.is_list and not second else f"{place}:{number}"] = words
            if second:
                places[f"{place}:{number + 1}"] = second
        elif not parameter.is_flag:
            long = max(parameter.names, key=len)
            words = _words(metavar, f"{place} {long}" if f"{place} {long}" in VALUES else f"{long} {metavar}")
            places |= {f"{place} {name}".strip(): words for name in parameter.names}
    return places


def _words(metavar: str, exactly: str) -> tuple[str, ...]:
    if "|" in metavar:  # `NAME|all`
        each = [VALUES.get(word, ()) if word.isupper() else (word,) for word in metavar.split("|")]
        return tuple(dict.fromkeys(word for words in each for word in words))
    return VALUES.get(exactly, VALUES.get(metavar, ()))


def _offer(word: str, about: str) -> str:
    # Windows PowerShell reads scripts in the computer's legacy encoding, so they must be ASCII.
    about = about.partition("\n")[0].replace("…", "...")
    return f"{word}:{about.encode('ascii', 'ignore').decode()}"


def _line(shell: Shell, place: str, offers: tuple[str, ...]) -> str:
    words = offers if shell.has_abouts else [offer.partition(":")[0] for offer in offers]
    first, *rest = (_quoted(shell, word) for word in (place, *words))
    return shell.line.format(first, shell.between.join(rest)).rstrip()


def _quoted(shell: Shell, text: str) -> str:
    for character, escaped in shell.escapes:
        text = text.replace(character, escaped)
    return f"'{text}'"
