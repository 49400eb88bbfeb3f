"""`clockeye config path`: print the path of the config file."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("path", "Path"),)
SHAPE = JsonShape(COLUMNS)


def settings_path(ctx: Context) -> None:
    """Print the path of the config file."""
    ctx.out.result(ctx.session.config_path, Record(COLUMNS, (ctx.session.config_path,)))
