"""The skill file: what an agent has to know about the program, made of the declarations."""

from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.selecting import FLAGS
from clockeye_cli.cli.table import BY_NAME, EVERYDAY, member
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import EXIT_CODES

if TYPE_CHECKING:
    from clockeye_cli.cli.parameters import Parameter

EXAMPLES = 2
"""How many examples of a command are shown."""

LEFT_OUT = frozenset(
    [
        *(f"--{flag.replace('_', '-')}" for flag in FLAGS),  # PERIOD says the same
        *("--columns", "--decimal", "--chart", "--top", "--save", "--force", "--open", "--format", "--yes"),
        "--dry-run",
    ]
)
"""Options that the rules name, or of no use to a program that reads JSON and writes no files."""

TEXT = """\
---
name: clockeye
description: Track working time with the command clockeye. Start and stop a timer, add, edit and list \
entries, report hours per project. Use it when the user asks to track, log, correct or sum up working \
time.
---

# clockeye

clockeye tracks time on this computer, or on a ClockEye account. People bill by what it says, so never \
guess a time, a duration or a project: ask.

## Rules

- Set `CLOCKEYE_ACTOR` to your name, such as `claude`. The history then says who ran a command, and \
`undo`, `redo` and `it` mean your own commands, never a person's.
- Add `--json --no-input` to every command. Output is `{"version": 1, "data": …, "meta": …}`; instants \
are RFC 3339 in UTC, durations whole seconds.
- A failure prints `{"version": 1, "error": {"code", "message", "hint"}}` on standard error. The hint \
often has the command that works.
- Look before you write: `clockeye status --json`, `clockeye log --today --json`. Name entries by their \
`id`.
- Run a change of several entries, or one that you are unsure of, with `--dry-run` first: the same answer, \
nothing stored.
- Give `add` a `--key` of your own, so that a repeated call stores nothing twice.
- `clockeye undo -y` reverts your last command that changed something. `delete` and `cancel` need `-y`: \
ask the user first.
- Never log in, read keys, or change settings for the user.
- A tag is a `#word` in the description. PERIOD is `today`, `yesterday`, `last month`, `last 7 days`, \
`2026-11`, `2026-W47`; WHEN is `9:15`, `10m ago`, `yesterday 17:30`, `2026-11-20T09:00+01:00`; DURATION \
is `90m`, `1h30`.

## Commands
"""


def skill() -> str:
    """The skill file, as Markdown with front matter."""
    return "\n".join([TEXT, *map(_command, EVERYDAY), *_end()]) + "\n"


def _command(name: str) -> str:
    """A command in a few lines: what it does, its options, examples."""
    command = member(name)
    takes, examples = "", ""
    if isinstance(command, Family):
        takes = f" Subcommands: {', '.join(command.members)}."
    elif options := [*filter(None, map(_option, command.parameters.values() if command else ()))]:
        takes = f" Options: {' '.join(options)}."
    if command:
        examples = "; ".join(f"`{line.partition('  #')[0].rstrip()}`" for line in command.examples[:EXAMPLES])
    return f"- **{name}**: {BY_NAME[name].about}{takes} Examples: {examples}."


def _option(parameter: "Parameter") -> str:
    if not parameter.names or parameter.declaration.is_hidden:
        return ""
    name = max(parameter.declaration.names, key=len)
    if name in LEFT_OUT:
        return ""
    return f"`{name} {parameter.declaration.metavar}`" if parameter.declaration.metavar else f"`{name}`"


def _end() -> list[str]:
    codes = [f"- {code}: {means}" for code, means in EXIT_CODES.items()]
    more = "`clockeye schema COMMAND` describes any command as JSON; `clockeye COMMAND --help` explains it."
    return ["", more, "", "## Exit codes", "", *codes]
