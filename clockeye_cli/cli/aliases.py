"""The user's aliases on the command line: `clockeye w` is `clockeye report --week`."""

from __future__ import annotations

from clockeye_cli.cli.argv import first_word
from clockeye_cli.cli.table import BY_NAME
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def expanded(args: Sequence[str], run: Context) -> list[str]:
    """The arguments, with what the user's alias stands for in place of it.

    Only the first word is looked at, and only if it is no command, so that nothing hides a command.

    Raises:
        UsageError: The alias does not begin with a command.
    """
    place = first_word(args)
    if place is None or args[place] in BY_NAME:
        return [*args]
    from clockeye_cli.core.aliases import aliases, words_of

    text = aliases(run.session.config).get(args[place])
    if text is None:
        return [*args]
    return [*args[:place], *words_of(args[place], text, BY_NAME), *args[place + 1 :]]
