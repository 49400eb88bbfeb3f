"""`clockeye config`: show and change the settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clockeye_cli.config import config_file, folder, profiles
from clockeye_cli.config.settings import SETTINGS, Settings, parse_config, read_config
from clockeye_cli.core.nearest import meant
from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.output.cells import Column, Record, Section, Table

if TYPE_CHECKING:
    from clockeye_cli.config.settings import Setting
    from clockeye_cli.context import Context

COLUMNS = (
    Column("key", "Setting", "id"),
    Column("value", "Value"),
    Column("source", "From"),
    Column("about", "What for", drop=1),
)


def show(ctx: Context) -> None:
    """List all settings with their values and where each comes from."""
    ctx.out.check_save()
    rows = [(key, *_value(ctx, key), setting.about) for key, setting in SETTINGS.items()]
    ctx.out.table(Table(COLUMNS, [Section("", list(rows))]))
    for key in ctx.settings.unknown():
        ctx.out.notice(f"{ctx.config_path}: there is no setting {key}; a slip?")
    here = folder.find()
    if here is not None:
        for line in filter(None, (*here.problems, here.told and f"New work here: {here.told}")):
            ctx.out.notice(line)


def get(ctx: Context, key: str) -> None:
    """Print a setting's value.

    Args:
        ctx: What the command works with.
        key: Which.
    """
    setting = _known(key)
    value, source = _value(ctx, setting.key)
    ctx.out.result(value, Record(COLUMNS, (key, value, source, setting.about)))


def put(ctx: Context, key: str, text: str) -> None:
    """Set a value in the file; with `-P NAME` for that profile alone.

    Args:
        ctx: What the command works with.
        key: Which setting.
        text: Its value.
    """
    setting = _known(key)
    _check(setting, text)
    if key == "profile":
        profiles.known(text, ctx.config)
    before = ctx.settings.value(key)
    config_file.set_value(ctx.config_path, key, text, ctx.options.profile or None)
    ctx.out.done(f"{key} is {text!r} now.", Record(COLUMNS, (key, text, ctx.config_path, setting.about)))
    if before.source.startswith("environment"):
        ctx.out.notice(f"But {setting.variable} is set to {before.text!r}, and beats the file.")


def unset(ctx: Context, key: str) -> None:
    """Take a value out of the file, so that the default holds; with `-P NAME` for that profile alone.

    Args:
        ctx: What the command works with.
        key: Which setting.
    """
    setting = _known(key)
    was_there = config_file.unset_value(ctx.config_path, key, ctx.options.profile or None)
    what = "is unset now" if was_there else "was not set"
    left = read_config(ctx.config_path)
    value = Settings(ctx.world.environ, left, ctx.config_path, ctx.profile.name).value(key)
    ctx.out.done(
        f"{key} {what}: its value is {value.text!r} ({value.source}).",
        Record(COLUMNS, (key, *value, setting.about)),
    )


def edit(ctx: Context) -> None:
    """Open the file in the editor; what would not be understood is not put in its place."""
    from clockeye_cli.output import editor

    path = ctx.config_path
    if not ctx.questions.can_ask or not ctx.out.is_terminal:
        raise UsageError(
            "There is no terminal to open the editor on.", hint=f"Edit {path}, or use `clockeye config set`."
        )
    before = config_file.HEADER
    if os.path.exists(path):
        with open(path, encoding="utf-8", errors="replace") as file:
            before = file.read()
    after = editor.edit(before, ".toml", ctx.world.environ)
    if after == before:
        ctx.out.notice("Nothing was changed.")
        return
    with editor.kept_draft(after, ".toml"):
        _check_file(ctx, after)
        config_file.replace(path, after)
    ctx.out.done(f"Changed {path}.")


def path(ctx: Context) -> None:
    """Print where the file is."""
    ctx.out.result(ctx.config_path, Record((Column("path", "Path"),), (ctx.config_path,)))


def _check_file(ctx: Context, text: str) -> None:
    try:
        found = parse_config(text.encode())
    except ValueError as error:
        raise UsageError(
            f"That is not understood: {error}.", hint="The settings were left as they were."
        ) from error
    for name in profiles.names(found):
        settings = Settings({}, found, ctx.config_path, name)
        for key in SETTINGS:
            settings.read(key)
    profiles.choose("", {}, found)


def _value(ctx: Context, key: str) -> tuple[str, str]:
    # Which profile is in use is not only a matter of settings: -P comes first.
    return (*ctx.profile,) if key == "profile" else (*ctx.settings.value(key),)


def _known(key: str) -> Setting:
    if key not in SETTINGS:
        raise UsageError(
            f"There is no setting {key[:40]!r}{meant(key, SETTINGS)}", hint=f"There is {', '.join(SETTINGS)}."
        )
    return SETTINGS[key]


def _check(setting: Setting, text: str) -> None:
    try:
        setting.read(text)
    except (ValueError, ClockeyeError) as error:
        raise UsageError(
            f"{setting.key} cannot be {text[:60]!r}: {str(error).rstrip('.')}.",
            hint=setting.about.capitalize() + ".",
            code="bad_setting",
        ) from error
