"""Aliases in `clockeye config`: `alias.w` is set, shown and removed like a setting."""

from __future__ import annotations

from clockeye_cli.commands.config.cells import COLUMNS
from clockeye_cli.config import config_file
from clockeye_cli.core.aliases import PREFIX, aliases, words_of
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import Record

if TYPE_CHECKING:
    from collections.abc import Collection

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row

ABOUT = "an alias: the command that it stands for"


def alias_rows(ctx: Context) -> list[Row]:
    """A row of `config list` for each alias."""
    path = ctx.session.config_path
    return [(f"{PREFIX}{name}", text, path, ABOUT) for name, text in aliases(ctx.session.config).items()]


def set_alias(ctx: Context, key: str, text: str, commands: Collection[str]) -> None:
    """Set an alias in the config file.

    Args:
        ctx: The run.
        key: `alias.` and the name.
        text: The command and its first arguments.
        commands: The names of all commands.

    Raises:
        UsageError: The name is that of a command, the text does not begin with one, or `-P` was given.
    """
    _refuse_profile(ctx)
    name = key.removeprefix(PREFIX)
    words_of(name, text, commands)
    config_file.set_value(ctx.session.config_path, key, text, None)
    line = f"`clockeye {name}` now stands for `clockeye {text}`."
    ctx.out.done(line, Record(COLUMNS, (key, text, ctx.session.config_path, ABOUT)))


def get_alias(ctx: Context, key: str) -> None:
    """Print what an alias stands for."""
    text = _text(ctx, key)
    ctx.out.result(text, Record(COLUMNS, (key, text, ctx.session.config_path, ABOUT)))


def unset_alias(ctx: Context, key: str) -> None:
    """Remove an alias from the config file."""
    _refuse_profile(ctx)
    text = _text(ctx, key)
    config_file.unset_value(ctx.session.config_path, key, None)
    line = f"`clockeye {key.removeprefix(PREFIX)}` no longer stands for `clockeye {text}`."
    ctx.out.done(line, Record(COLUMNS, (key, None, ctx.session.config_path, ABOUT)))


def _text(ctx: Context, key: str) -> str:
    known = aliases(ctx.session.config)
    name = key.removeprefix(PREFIX)
    if name not in known:
        raise unknown("alias", name, known, hint="`clockeye config list` shows all aliases.")
    return known[name]


def _refuse_profile(ctx: Context) -> None:
    if ctx.options.profile:
        raise UsageError("Aliases are the same in all profiles.", hint="Leave out -P.")
