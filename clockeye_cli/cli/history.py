"""The faces of the history: undo, redo, history."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


def _steps(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        raise ValueError(f"{text[:40]!r} is not a whole number above 0.")
    return int(text[:9])


Actor = Annotated[str, Option("--actor", metavar="NAME", help="Only commands that this actor ran.")]


@examples(
    "clockeye undo",
    "clockeye undo -n 3                      # three commands at once",
    "clockeye history                        # what it would undo",
    writes=True,
)
def undo(
    run: Context,
    count: Annotated[
        int | None,
        Option("-n", "--count", metavar="COUNT", read=_steps, help="Undo the latest COUNT commands."),
    ] = None,
    actor: Actor = "",
    yes: o.Yes = False,
) -> None:
    """Asks first if the time of a running timer would be lost, or if somebody else ran the command."""
    from clockeye_cli.commands.undo.undo import undo

    undo(o.answered(run, yes), count=count or 1, actor=actor)


@examples(
    "clockeye redo",
    "clockeye redo -n 3",
    "clockeye undo                           # reverts it again",
    writes=True,
)
def redo(
    run: Context,
    count: Annotated[
        int | None, Option("-n", "--count", metavar="COUNT", read=_steps, help="Redo COUNT undone commands.")
    ] = None,
    yes: o.Yes = False,
) -> None:
    """Works until another command changes something."""
    from clockeye_cli.commands.undo.redo import redo

    redo(o.answered(run, yes), count=count or 1)


@examples("clockeye history", "clockeye history -n 5", "clockeye history --json")
def history(
    run: Context,
    count: o.Count = None,
    actor: Actor = "",
    columns: o.Columns = "",
) -> None:
    """Shows each command and its changes: + added, - removed, ~ changed.

    On a terminal, only the latest 20 are shown, unless you give -n.
    """
    from clockeye_cli.commands.history import history

    history(o.listing(run, columns), count=count, actor=actor)
