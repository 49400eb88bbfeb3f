"""read(): runs any command line through Typer, which has the words for help and for slips.

Typer's commands are made from the same declarations that `cli/quick_reader.py` reads.
"""

from functools import cache
from inspect import Parameter as TyperParameter
from inspect import Signature
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from clockeye_cli.cli import slips
from clockeye_cli.cli.argv import arrange
from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.help_format import Command, HelpContext, epilog, write_commands, write_options
from clockeye_cli.cli.parameters import REQUIRED, Parameter
from clockeye_cli.cli.root import ALONE, GLOBAL, root
from clockeye_cli.cli.table import BY_NAME, member
from clockeye_cli.cli.unknown_option import unknown_option
from clockeye_cli.core.api_key import masked
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.context import Context

TAKE_KEYS = ("clockeye auth login", "clockeye auth")
"""Where people may type a key by mistake."""

INTERRUPTED = 130
"""What Typer returns when a command was interrupted."""


def read(args: list[str], run: "Context") -> None:
    """Run a command line.

    Args:
        args: As `argv.arrange` returns them.
        run: The run.

    Raises:
        ClockeyeError: The command failed, or Typer reported a usage error.
        KeyboardInterrupt: The user pressed Ctrl-C.
        BrokenPipeError: The reader of the output has gone.
    """
    try:
        result = program()(args, obj=run, prog_name="clockeye", standalone_mode=False)
    except SystemExit as error:
        raise BrokenPipeError from error  # the only case in which Typer exits
    except typer.TyperException as error:
        named = next((f"clockeye {word}" for word in args if word in BY_NAME), "clockeye")
        path = getattr(getattr(error, "ctx", None), "command_path", named)
        line = "" if path in TAKE_KEYS else slips.hint(args)
        message = unknown_option(error, has_line=bool(line)) or error.format_message()
        message = masked(message, args) if path in TAKE_KEYS else message
        raise UsageError(message, hint=line or f"`{path} --help` shows the usage.") from error
    if result == INTERRUPTED:
        raise KeyboardInterrupt  # Typer has turned it into a number


class Group(typer.core.TyperGroup):
    """A command with subcommands."""

    context_class = HelpContext

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, the options under their headings, and the subcommands."""
        write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named by the first argument; the error for a typo suggests the nearest one."""
        if args[0] not in self.list_commands(ctx):
            options = slips.global_options(arrange([*ctx.obj.args]))
            raise slips.unknown_command(args, self.list_commands(ctx), ctx.command_path, options)
        return super().resolve_command(ctx, args)


class ListGroup(Group):
    """A command whose subcommand DEFAULT need not be named."""

    DEFAULT = "list"

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the arguments; put the default subcommand before those that name none.

        A word that it does not take is a slip in the name of a subcommand.
        """
        if not args or args[0] not in (*self.list_commands(ctx), *ctx.help_option_names):
            parameters = self.commands[self.DEFAULT].params
            takes_words = any(each.param_type_name == "argument" for each in parameters)
            if not args or args[0][:1] == "-" or takes_words:
                args = [self.DEFAULT, *args]
        return super().parse_args(ctx, args)


class TableGroup(Group):
    """The commands of the table, each imported on demand."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (Typer's signature)
        """The names, in the order of the table."""
        return list(BY_NAME)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 (Typer's signature)
        """The command of that name, or None."""
        return command(cmd_name) if cmd_name in BY_NAME else None

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, without importing them, then the global options."""
        write_commands(ctx.obj, formatter)
        write_options(self, ctx, formatter)


@cache
def program() -> Any:
    """The whole program, as Typer's command."""

    def run(ctx: typer.Context, **values: Any) -> None:
        if not root(ctx.obj, **_complete(GLOBAL, values)):
            raise typer.Exit
        if ctx.invoked_subcommand is None:
            ALONE.carry_out(ctx.obj, {})

    app = _typer(cls=TableGroup, invoke_without_command=True)
    app.callback(
        help="Track your time from the command line.",
        epilog="`clockeye COMMAND --help` explains a command. Without a command, clockeye shows the timer.",
    )(_declared(run, GLOBAL))
    return typer.main.get_command(app)


@cache
def command(name: str) -> Any:
    """Typer's command of a name of the table."""
    face = member(name)
    app = _family(face) if isinstance(face, Family) else _typer()
    if isinstance(face, Face):
        _add(app, name, face)
    return typer.main.get_command(app)


def context(name: str = "", run: "Context | None" = None) -> typer.Context:
    """Typer's context of the program, or of a name of the table; a run decides how headings look."""
    whole = program()
    above = HelpContext(whole, info_name="clockeye", obj=run, **whole.context_settings)
    return HelpContext(command(name), info_name=name, parent=above) if name else above


def _typer(*, cls: type[Group] = Group, **settings: Any) -> typer.Typer:
    """A Typer without its markup, completion and tracebacks, which we replace."""
    return typer.Typer(
        cls=cls,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        **settings,
    )


def _family(family: Family) -> typer.Typer:
    has_default = family.default == ListGroup.DEFAULT
    app = _typer(
        cls=ListGroup if has_default else Group,
        invoke_without_command=family.alone is not None,
        help=family.help,
        epilog=epilog(family.examples),
    )
    alone = family.alone
    if alone and not has_default:

        def run(ctx: typer.Context, **values: Any) -> None:
            if ctx.invoked_subcommand is None:
                alone.carry_out(ctx.obj, _complete(alone.parameters, values))

        app.callback()(_declared(run, alone.parameters))
    for name, each in family.members.items():
        if isinstance(each, Family):
            app.add_typer(_family(each), name=name)
        else:
            _add(app, name, each)
    return app


def _add(app: typer.Typer, name: str, face: Face) -> None:
    def run(ctx: typer.Context, **values: Any) -> None:
        face.carry_out(ctx.obj, _complete(face.parameters, values))

    about = face.help.partition("\n")[0]
    app.command(name, cls=Command, help=face.help, short_help=about, epilog=epilog(face.examples))(
        _declared(run, face.parameters)
    )


def _declared(run: "Callable[..., None]", parameters: dict[str, Parameter]) -> "Callable[..., None]":
    """A function with the signature that Typer reads: its context, and these parameters."""
    kind = TyperParameter.POSITIONAL_OR_KEYWORD
    typer_parameters = [
        TyperParameter(
            name,
            kind,
            annotation=Annotated[list[str] if parameter.is_joined else parameter.kind, _info(parameter)],
            default=_default(parameter.default),
        )
        for name, parameter in parameters.items()
    ]
    signature = Signature([TyperParameter("ctx", kind, annotation=typer.Context), *typer_parameters])
    run.__signature__ = signature  # type: ignore[attr-defined] # inspect reads it
    return run


def _default(default: object) -> object:
    """Typer's form of a default; an empty one is left to `_complete`, as Typer would read it like a value."""
    return TyperParameter.empty if default is REQUIRED else None if default == "" else default


def _complete(parameters: dict[str, Parameter], values: dict[str, Any]) -> dict[str, Any]:
    """The values that Typer has read, with our defaults in place of None."""
    values |= {n: ",".join(values[n] or ()) or None for n in values if parameters[n].is_joined}
    return {name: parameters[name].default if value is None else value for name, value in values.items()}


def _info(parameter: Parameter) -> Any:
    """Typer's words for a declaration."""
    declaration = parameter.declaration
    texts: dict[str, Any] = {"help": declaration.help, "metavar": declaration.metavar or None}
    parse = _parser(parameter.value)
    if not declaration.names:
        return typer.Argument(**texts, parser=None if declaration.may_be_empty else parse)
    names = "/".join(declaration.off_names and (declaration.names[0], *declaration.off_names))
    return typer.Option(
        *([names] if names else declaration.names),
        **texts,
        parser=None if parameter.is_flag or parameter.kind is int else parse,
        show_default=parameter.default is not None,
        hidden=declaration.is_hidden,
    )


def _parser(read: "Callable[[str], object]") -> "Callable[[str], object]":
    def parse(text: str) -> object:
        try:
            return read(text)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error

    return parse
