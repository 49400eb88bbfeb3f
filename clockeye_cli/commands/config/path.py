"""`clockeye config path`: print the path of the config file."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def settings_path(ctx: Context) -> None:
    """Print the path of the config file."""
    ctx.out.result(ctx.session.config_path, Record((Column("path", "Path"),), (ctx.session.config_path,)))
