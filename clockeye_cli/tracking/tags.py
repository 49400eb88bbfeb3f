"""The rules for tags as a whole: rename one in all entries."""

from __future__ import annotations

from clockeye_cli.core.entry import folded
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.tagging import renamed as renamed_in
from clockeye_cli.core.tags import each_once, tags
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry, Timer
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

    Item = TimeEntry | Timer


def renamed(connection: Connection, old: str, new: str) -> list[tuple[Item, Item]]:
    """The profile's own entries and the timer that change if a tag is renamed, before and after.

    Args:
        connection: The store.
        old: The name of a tag in any spelling.
        new: Its new name.

    Raises:
        ClashError: No entry has the tag; the message names the nearest.
    """
    running = timers.running(connection)
    items: list[Item] = [*entries.with_text(connection, "#"), *([running] if running else [])]
    having = [item for item in items if folded(old) in map(folded, tags(item.description))]
    if not having:
        names = each_once([name for item in items for name in tags(item.description)])
        raise unknown(
            "tag",
            old,
            names,
            hint="`clockeye tags --all` lists all tags.",
            code="tag_not_found",
            error=ClashError,
        )
    pairs = [(item, item._replace(description=renamed_in(item.description, old, new))) for item in having]
    return [(before, after) for before, after in pairs if before != after]


def rename(write: Write, old: str, new: str) -> list[Item]:
    """Rename a tag, or merge it into another, in all of the profile's own entries and the timer.

    Returns:
        Whatever has changed, by time, the timer last.

    Raises:
        ClashError: No entry has the tag.
    """
    changes = renamed(write.connection, old, new)
    for before, after in changes:
        write.change(before, after)
    return [after for _, after in changes]
