"""`clockeye config get`: print the value of a setting."""

from __future__ import annotations

from clockeye_cli.commands.config.cells import COLUMNS, setting_of, value_cells
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape(COLUMNS)


def get_setting(ctx: Context, key: str) -> None:
    """Print the value of a setting.

    Args:
        ctx: The run.
        key: The name of the setting.
    """
    setting = setting_of(key)
    value, source = value_cells(ctx, setting.key)
    ctx.out.result(value, Record(COLUMNS, (key, value, source, setting.about)))
