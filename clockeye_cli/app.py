"""The Typer app: a table with one line a command, of which only the one that is named gets built."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
import typer.core
import typer.main

from clockeye_cli.context import Context, Options
from clockeye_cli.core.nearest import meant
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.cli.examples import Face

INTERRUPTED = 130
"""What Typer gives back where a command was interrupted."""

PANELS = ("Track", "Review", "Account", "Set up")

FORMATS = ("table", "tsv", "csv", "json", "ndjson", "markdown")
COLORS = ("auto", "always", "never")

SHARED = (
    "Options for all commands, before the command or after it: -P/--profile NAME, -o/--output FORMAT, --json,"
    " -q/--quiet, --no-input, --debug, --color WHEN. `clockeye --help` explains them."
)


class Line(NamedTuple):
    """A command: its name, where its face is (file in `cli`, function), its panel and what it is for."""

    name: str
    face: str
    panel: str
    about: str


TABLE: tuple[Line, ...] = (
    Line("start", "track:start", "Track", "Start a timer; one that runs is stopped at the same instant."),
    Line("stop", "track:stop", "Track", "Stop the timer: it becomes an entry."),
    Line("status", "track:status", "Track", "Say what runs, and for how long."),
    Line("cancel", "track:cancel", "Track", "Take the running timer away without an entry."),
    Line("resume", "track:resume", "Track", "Start again what was worked on before."),
    Line("add", "track:add", "Track", "Store an entry that is over."),
    Line("edit", "track:edit", "Track", "Change entries, or the timer that runs."),
    Line("split", "track:split", "Track", "Make two entries of one."),
    Line("delete", "track:delete", "Track", "Delete entries."),
    Line("undo", "track:undo", "Track", "Take back the last command that changed something."),
    Line("history", "review:history", "Review", "List what commands have changed, the latest first."),
    Line("log", "review:log", "Review", "List the entries of a period, day by day."),
    Line("report", "review:report", "Review", "Sum up a period: a timesheet, or by what you choose."),
    Line("check", "review:check", "Review", "Look whether a timer was forgotten, for cron and scripts."),
    Line("watch", "review:watch", "Review", "Watch the timer and the day, with keys to stop and switch."),
    Line("auth", "account:auth", "Account", "Log in to a ClockEye account, log out, see how things stand."),
    Line("sync", "account:sync", "Account", "Exchange everything with the account now."),
    Line("users", "account:users", "Account", "List the users of the account."),
    Line(
        "screenshots",
        "account:screenshots",
        "Account",
        "List screenshots, download them, put them on a sheet.",
    ),
    Line("api", "account:api", "Account", "Send a raw request to the account's API."),
    Line("projects", "setup:projects", "Set up", "List, add, rename and archive projects."),
    Line("profiles", "setup:profiles", "Set up", "List the profiles, and choose the one to work on."),
    Line("config", "setup:config", "Set up", "Show and change the settings."),
    Line("backup", "setup:backup", "Set up", "Copy everything that is tracked into one file."),
    Line("restore", "setup:restore", "Set up", "Put a backup in the place of what is tracked."),
    Line("doctor", "setup:doctor", "Set up", "Look whether all is well, and mend what is not."),
    Line("serve", "server:serve", "Set up", "Serve ClockEye's API on this computer."),
    Line("help", "explain:topic", "Set up", "Explain a command or a topic."),
    Line("man", "explain:man", "Set up", "Show the manual page of a command."),
    Line("prompt", "track:prompt", "Set up", "Print what runs, for the shell's prompt."),
    Line(
        "completion",
        "setup:completion",
        "Set up",
        "Print or install what completes command lines in a shell.",
    ),
)

BY_NAME = {line.name: line for line in TABLE}


class Group(typer.core.TyperGroup):
    """Commands behind a word."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names; for a slip, the nearest one is named."""
        if args[0] not in self.list_commands(ctx):
            raise unknown_command(args[0], self.list_commands(ctx), ctx.command_path)
        return super().resolve_command(ctx, args)


class TableGroup(Group):
    """The commands of the table; each is imported when it is named."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (Typer's signature)
        """The names, in the order of the table."""
        return [line.name for line in TABLE]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 (Typer's signature)
        """The command of that name, or None."""
        return build(BY_NAME[cmd_name]) if cmd_name in BY_NAME else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 (Typer's signature)
        """List the commands by panel, without importing one."""
        for panel in PANELS:
            with formatter.section(panel):
                formatter.write_dl([(line.name, line.about) for line in TABLE if line.panel == panel])


def build(line: Line) -> Any:
    """The command of a line: its face, with its examples under its help."""
    file, _, name = line.face.partition(":")
    face: Face | typer.Typer = getattr(import_module(f"clockeye_cli.cli.{file}"), name)
    if isinstance(face, typer.Typer):
        return typer.main.get_command(face)
    single = new_typer()
    single.command(line.name, help=f"{line.about}\n\n{face.about}", epilog=epilog(face.examples))(face.run)
    return typer.main.get_command(single)


def unknown_command(word: str, known: list[str], path: str) -> UsageError:
    """What to raise for a command that is not among those behind `path`."""
    near = meant(word, known, f"`{path} {{}}`")
    return UsageError(f"There is no command {word[:40]!r}{near}", hint=f"`{path} --help` lists them all.")


def new_typer(*, cls: type[Group] = Group, **settings: Any) -> typer.Typer:
    """A Typer without what we do otherwise: markup, completion, tracebacks full of values."""
    return typer.Typer(
        cls=cls,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        **settings,
    )


def epilog(examples: tuple[str, ...]) -> str:
    """What stands under a command's help; the backspace keeps Typer from filling the lines."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\nExamples:\n{lines}\n\n{SHARED}"


def subcommand(
    group: typer.Typer, name: str, about: str, *examples: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command of a group, with its help and its examples."""
    return group.command(name, help=about, short_help=about, epilog=epilog(examples))


app = new_typer(cls=TableGroup, invoke_without_command=True)


@app.callback(
    help="Track your time from the command line.",
    epilog="`clockeye COMMAND --help` explains a command. Without a command, clockeye says what runs.",
)
def root(
    ctx: typer.Context,
    profile: Annotated[
        str, typer.Option("--profile", "-P", metavar="NAME", help="Work on this profile.")
    ] = "",
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FORMAT", help=f"How results are written: {', '.join(FORMATS)}."
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="The same as -o json.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No line of success and no notices; only errors.")
    ] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask a question.")] = False,
    color: Annotated[str, typer.Option(metavar="WHEN", help="Colours: auto, always or never.")] = "auto",
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Take the options for all commands."""
    if output and output not in FORMATS:
        raise UsageError(f"There is no format {output[:40]!r}.", hint=f"There is: {', '.join(FORMATS)}.")
    if json and output not in ("", "json"):
        raise UsageError(f"--json and -o {output} are two formats.", hint="Leave one of them out.")
    if color not in COLORS:
        raise UsageError(f"--color cannot be {color[:40]!r}.", hint=f"It is one of {', '.join(COLORS)}.")
    run: Context = ctx.obj
    run.options = Options(profile, quiet, no_input, debug, color, "json" if json else output)
    if version:
        from clockeye_cli.commands import version as version_run

        version_run.run(run.world.stdout)
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands import status

        status.run(run, with_hint=True)


def main(args: list[str], ctx: Context) -> None:
    """Run a command line.

    Args:
        args: As `argv.arrange` gives them.
        ctx: What the command works with.

    Raises:
        ClockeyeError: What went wrong, usage errors of Typer's included.
        KeyboardInterrupt: Somebody pressed Ctrl-C.
        BrokenPipeError: Whoever read the output has gone.
    """
    try:
        ended = app(args, obj=ctx, prog_name="clockeye", standalone_mode=False)
    except SystemExit as gone:
        raise BrokenPipeError from gone  # the one thing that Typer makes an exit of
    except typer.TyperException as error:
        message = _unknown_option(error) or error.format_message()
        named = next((f"clockeye {word}" for word in args if word in BY_NAME), "clockeye")
        path = getattr(getattr(error, "ctx", None), "command_path", named)
        raise UsageError(message, hint=f"`{path} --help` shows what is understood.") from error
    if ended == INTERRUPTED:
        raise KeyboardInterrupt  # Typer has made a mere number of it


def _unknown_option(error: Any) -> str:
    """What to say of an option that there is not, with the nearest one; empty of any other error."""
    context = getattr(error, "ctx", None)
    if context is None or not hasattr(error, "possibilities"):  # only an unknown option has some
        return ""
    known = [
        option.removeprefix("--")
        for each in (context, context.find_root())
        for parameter in each.command.get_params(each)
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--")
    ]
    typed: str = error.option_name
    near = meant(typed.removeprefix("--"), known, "--{}") if typed.startswith("--") else "."
    return f"There is no option {typed[:40]}{near}"
