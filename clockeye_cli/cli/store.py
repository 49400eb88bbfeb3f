"""The faces of the state file: backup, restore, doctor."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli.faces import examples


@examples(
    "clockeye backup ~/clockeye-2026-11-20.db",
    'clockeye backup "/mnt/usb/clockeye-$(date +%F).db"',
    "clockeye restore ~/clockeye-2026-11-20.db",
)
def backup(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="The new file.")]
) -> None:
    """The file contains the entries, projects, timer and history. You can keep tracking meanwhile."""
    from clockeye_cli.commands.backup import backup

    backup(ctx.obj, file)


@examples(
    "clockeye restore ~/clockeye-2026-11-20.db",
    "clockeye -P local restore clockeye.db",
    "clockeye log --week                     # check the result",
)
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that `clockeye backup` made.")],
) -> None:
    """The previous data is kept in another file, whose name is printed."""
    from clockeye_cli.commands.restore import restore

    restore(ctx.obj, file)


@examples("clockeye doctor", "clockeye doctor --repair", "clockeye doctor --json")
def doctor(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Recover everything readable from a damaged store.")
    ] = False,
) -> None:
    """Shows where your data is stored, what is installed, any problems, and the commands that fix them."""
    from clockeye_cli.commands.doctor import doctor

    doctor(ctx.obj, repairs=repair)
