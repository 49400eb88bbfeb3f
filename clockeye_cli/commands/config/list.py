"""`clockeye config list`: all settings, their values and where each comes from."""

from __future__ import annotations

from clockeye_cli.commands.config.alias import alias_rows
from clockeye_cli.commands.config.cells import COLUMNS, value_cells
from clockeye_cli.config import folder
from clockeye_cli.config.settings import SETTINGS
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape, Section, Table

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape(COLUMNS, is_list=True)


def list_settings(ctx: Context) -> None:
    """List all settings with their values and where each comes from."""
    ctx.out.check_save()
    rows = [(key, *value_cells(ctx, key), setting.about) for key, setting in SETTINGS.items()]
    ctx.out.table(Table(COLUMNS, [Section("", [*rows, *alias_rows(ctx)])], stack="rows"))
    for key in ctx.settings.unknown_keys():
        ctx.out.notice(f"{ctx.session.config_path}: {unknown('setting', key, SETTINGS).message}")
    defaults = folder.find()
    if defaults is not None:
        for line in filter(
            None, (*defaults.problems, defaults.summary and f"New work here: {defaults.summary}")
        ):
            ctx.out.notice(line)
