"""What `undo` and `redo` share: ask if need be, reverse the steps in one transaction, show the changes."""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.actor import in_words
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError
from clockeye_cli.present.changes import command_line, describe_changes, project_names
from clockeye_cli.present.entries import entry_table
from clockeye_cli.store import clients, former_ids, projects, undoable
from clockeye_cli.tracking import undo as rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Change, Step


class Reversal(NamedTuple):
    """A command that reverses steps of the history.

    Attributes:
        verb: What it does, as in its question.
        done: What it has done, as in its result.
        choose: Reads the steps to reverse, in this order.
    """

    verb: str
    done: str
    choose: Callable[[Connection], list[Step]]


class Reversed(NamedTuple):
    """A step that was reversed: the command that it was about in the beginning, and the changes made."""

    command: Step
    changes: list[Change]


def reverse(ctx: Context, reversal: Reversal) -> None:
    """Reverse the steps in one transaction.

    Raises:
        ClashError: There are not enough steps, or something has changed since.
        UsageError: It must be asked first, and nobody can be asked.
    """
    with ctx.store.read() as connection:
        steps = reversal.choose(connection)
        commands = [undoable.original(connection, step) for step in steps]
        names = project_names(steps, projects.names(connection) | clients.names(connection))
    question = _question(ctx, reversal.verb, steps, commands, names)
    if question and not ctx.questions.confirm(question, "-y"):
        ctx.out.notice("Nothing was changed.")
        return
    with ctx.write() as write:
        if [step.id for step in reversal.choose(write.connection)] != [step.id for step in steps]:
            raise ClashError(
                "Another command has run in the meantime.",
                hint="`clockeye history` shows it.",
                code="changed_since",
            )
        done = [
            Reversed(command, rules.reverse(write, step))
            for command, step in zip(commands, steps, strict=True)
        ]
        touched = [item for each in done for item in _touched(each.changes)]
        account_ids = former_ids.account_ids(write.connection, (item.local_id for item in touched))
    lines = [
        line
        for each in done
        for line in (
            f"{reversal.done}: {command_line(each.command)}",
            *(f"  {line}" for line in describe_changes(ctx, each.changes, names)),
        )
    ]
    ctx.out.done(lines, entry_table(touched, names, ctx.now, account_ids))


def _touched(changes: Sequence[Change]) -> list[TimeEntry | Timer]:
    items = (change.after if change.after is not None else change.before for change in changes)
    return [item for item in items if isinstance(item, TimeEntry | Timer)]


def _question(
    ctx: Context, verb: str, steps: Sequence[Step], commands: Sequence[Step], names: Mapping[str, str]
) -> str:
    """What must be asked first: is time lost, or did somebody else run one of the commands? Else empty."""
    lines = []
    is_asked = False
    for step, command in zip(steps, commands, strict=True):
        line = f"`{command_line(command)}`"
        if verb == "undo" and not ctx.actor.is_known_by(step.actor):
            line += f", which {in_words(step.actor)} ran at {phrases.stamp(step.at, ctx.zone, ctx.now)}"
            is_asked = True
        lost = rules.lost_timer(step)
        if lost:
            line += f", and discard the time of {phrases.describe(lost, names, ctx.zone, ctx.now)}"
            is_asked = True
        lines.append(line)
    if not is_asked:
        return ""
    if len(lines) == 1:
        return f"{verb.capitalize()} {lines[0]}?"
    return "\n".join([*lines, f"{verb.capitalize()} these {len(lines)} commands?"])
