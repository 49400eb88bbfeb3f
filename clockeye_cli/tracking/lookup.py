"""Which entry is meant by what was typed: an id, its beginning, `last`, `current`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.nearest import unknown
from clockeye_cli.errors import ClashError
from clockeye_cli.store import adopted, entries, former_ids
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection

SHORTEST_ID = 4


def find(connection: Connection, text: str) -> TimeEntry | Timer:
    """The entry that is meant: an id, its unique beginning, `last`, `last-1` …, `current`.

    Raises:
        ClashError: None fits, or several do.
    """
    word = text.strip().lower()
    if word == "current":
        running = timers.running(connection)
        if running is None:
            raise ClashError(
                "No timer is running.", hint="`clockeye log` shows the entries.", code="no_timer"
            )
        return running
    if word == "last" or (word.startswith("last-") and word[5:].isascii() and word[5:].isdigit()):
        back = int(word[5:9] or 0)
        return finished(entries.latest(connection, back), text)
    return _by_beginning(connection, text.strip())


def find_finished(connection: Connection, text: str) -> TimeEntry:
    """Like `find`, for what only a finished entry can do.

    Raises:
        ClashError: None fits, several do, or it is the timer that runs.
    """
    found = find(connection, text)
    if isinstance(found, Timer):
        raise ClashError(
            "The timer still runs.", hint="`clockeye stop` makes it an entry.", code="still_running"
        )
    return found


def finished(entry: TimeEntry | None, text: str) -> TimeEntry:
    """The entry, if there is one.

    Raises:
        ClashError: There is none.
    """
    if entry is None:
        raise _unknown(text, "`clockeye log --all` shows them all.")
    return entry


def _by_beginning(connection: Connection, text: str) -> TimeEntry | Timer:
    word = text if text.startswith("te_") else f"te_{text}"
    word = former_ids.present_id(connection, word)
    running = timers.running(connection)
    found: list[TimeEntry | Timer] = []
    if len(word) >= len("te_") + SHORTEST_ID:
        exact = entries.by_id(connection, word)
        if exact is not None:
            return exact
        found += entries.beginning_with(connection, word, 3)
        found += [running] if running and running.local_id.startswith(word) else []
        # What `log` shows is unique among the ids of this computer; those of the account come after them.
        found = found or [*entries.with_former_id(connection, word, 3)]
    if len(found) > 1:
        raise ClashError(
            f"Several entries begin with {text!r}.", hint="Type more of the id.", code="ambiguous"
        )
    if not found:
        raise _not_found(connection, text, word)
    return found[0]


def _not_found(connection: Connection, text: str, word: str) -> ClockeyeError:
    is_id = len(word) >= len("te_") + SHORTEST_ID
    gone = adopted.beginning_with(connection, word) if is_id else None
    if gone:
        return ClashError(
            f"{gone[0]} was adopted by the profile {gone[1]}.",
            hint=f"It is there now: `clockeye -P {gone[1]} log --all`.",
            code="adopted",
        )
    if not is_id:
        hint = f"An id takes {SHORTEST_ID} characters or more; `last` and `current` are understood too."
    else:
        hint = "`clockeye log --all` shows the ids in its first column; `clockeye history` what was deleted."
    return _unknown(text, hint)


def _unknown(text: str, hint: str) -> ClockeyeError:
    return unknown("entry", text, (), hint=hint, code="entry_not_found", error=ClashError)
