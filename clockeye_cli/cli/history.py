"""The faces of the history: undo, history."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.context import Context


@examples("clockeye undo", "clockeye undo -y", "clockeye history                        # what it would undo")
def undo(run: Context, yes: o.Yes = False) -> None:
    """Repeat it to undo earlier commands. Asks first if the time of a running timer would be lost."""
    from clockeye_cli.commands.undo import undo

    undo(o.answered(run, yes))


@examples("clockeye history", "clockeye history -n 5", "clockeye history --json")
def history(
    run: Context,
    count: o.Count = None,
    columns: o.Columns = "",
) -> None:
    """Shows each command and its changes: + added, - removed, ~ changed. A terminal gets 20 without -n."""
    from clockeye_cli.commands.history import history

    history(o.listing(run, columns), count=count)
