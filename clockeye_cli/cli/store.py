"""The faces of the state file: backup, restore, doctor."""

from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.cli.table import BY_NAME
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye backup ~/clockeye-2026-11-20.db",
    'clockeye backup "/mnt/usb/clockeye-$(date +%F).db"',
    "clockeye restore ~/clockeye-2026-11-20.db",
)
def backup(
    run: Context, file: Annotated[str, Argument(metavar="FILE", help="The new file.", may_be_empty=False)]
) -> None:
    """The file contains the entries, projects, timer and history. You can keep tracking in the meantime."""
    from clockeye_cli.commands.backup import backup

    backup(run, file)


@examples(
    "clockeye restore ~/clockeye-2026-11-20.db",
    "clockeye -P local restore clockeye.db",
    "clockeye log --week                     # check the result",
)
def restore(
    run: Context,
    file: Annotated[
        str, Argument(metavar="FILE", help="A file that `clockeye backup` made.", may_be_empty=False)
    ],
) -> None:
    """The previous data is kept in another file, whose name is printed."""
    from clockeye_cli.commands.restore import restore

    restore(run, file)


@examples("clockeye doctor", "clockeye doctor --repair", "clockeye doctor --json")
def doctor(
    run: Context,
    repair: Annotated[
        bool, Option("--repair", help="Recover everything readable from a damaged store.")
    ] = False,
) -> None:
    """Shows where your data is stored, what is installed, any problems, and the commands that fix them."""
    from clockeye_cli.commands.doctor import doctor

    doctor(run, BY_NAME, repairs=repair)
