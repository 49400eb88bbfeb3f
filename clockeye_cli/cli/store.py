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
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="It must not exist.")]
) -> None:
    """One file with all: entries, projects, the timer, the history. Others may go on tracking meanwhile."""
    from clockeye_cli.commands.backup import backup

    backup(ctx.obj, file)


@examples(
    "clockeye restore ~/clockeye-2026-11-20.db",
    "clockeye -P local restore clockeye.db",
    "clockeye log --week                     # look what is there now",
)
def restore(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="What backup made.")]
) -> None:
    """What was there before is kept in a file aside, whose name is printed."""
    from clockeye_cli.commands.restore import restore

    restore(ctx.obj, file)


@examples("clockeye doctor", "clockeye doctor --repair", "clockeye doctor --json")
def doctor(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Save what can be read of a damaged store.")
    ] = False,
) -> None:
    """Says where files lie, what is installed, what is wrong and which command mends it."""
    from clockeye_cli.commands.doctor import doctor

    doctor(ctx.obj, repairs=repair)
