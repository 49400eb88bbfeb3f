"""`clockeye profiles list`: the profiles, with the current and the default one marked."""

from __future__ import annotations

from clockeye_cli.config import paths, profiles
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.output.cells import Column, JsonShape, Section, Table

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (
    Column("profile", "Profile"),
    Column("current", "Current", "flag"),
    Column("default", "Default", "flag"),
    Column("file", "File", drop=1),
)

SHAPE = JsonShape(COLUMNS, is_list=True)


def list_profiles(ctx: Context) -> None:
    """List the profiles."""
    ctx.out.check_save()
    default = str(ctx.session.config.get("profile", profiles.LOCAL))
    current = _current(ctx)
    rows = [
        (name, name == current, name == default, paths.store_file(ctx.world.environ, name))
        for name in profiles.names(ctx.session.config)
    ]
    ctx.out.table(Table(COLUMNS, [Section("", list(rows))]))


def _current(ctx: Context) -> str:
    try:
        return ctx.session.profile.name
    except ClashError as error:  # the default profile does not exist; the list shows the existing ones
        ctx.out.notice(f"{error.message} `clockeye profiles use NAME` changes the default.")
        return ""
