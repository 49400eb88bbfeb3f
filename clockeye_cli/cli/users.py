"""The face of the account's users: users."""

from __future__ import annotations

import typer  # noqa: TC002 (read when a face is made)

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples


@examples("clockeye users", "clockeye users --json", "clockeye users -o tsv | cut -f1")
def users(ctx: typer.Context, columns: o.Columns = "", save: o.Save = "", force: o.Force = False) -> None:
    """The users that the key can see: yourself, or the team."""
    from clockeye_cli.commands.users import users

    users(o.listing(ctx, columns, save=save, force=force))
