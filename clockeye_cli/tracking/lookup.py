"""Finds the entry that was typed: by id, by the beginning of an id, as `last` or as `current`."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import adopted, entries, former_ids
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection

SHORTEST_ID = 4
"""How many characters of an id must be typed, not counting `te_`."""


def find(connection: Connection, text: str) -> TimeEntry | Timer:
    """The entry that a text names: an id, its unique beginning, `last`, `last-1` …, `current`.

    Raises:
        ClashError: No entry matches, or several do.
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
        back = int(word[5:14] or 0)  # no store holds a billion entries
        entry = entries.latest(connection, back)
        if entry is None and entries.latest(connection) is None:
            raise ClashError(
                "You have no entries yet.", hint="`clockeye add` stores one.", code="entry_not_found"
            )
        if entry is None:
            raise _unknown(text, "`clockeye log --all` shows all entries.")
        return entry
    return _by_beginning(connection, text.strip())


def find_finished(connection: Connection, text: str) -> TimeEntry:
    """Like `find`, but refuses the running timer.

    Raises:
        ClashError: No entry matches, several do, or the text names the running timer.
    """
    entry = find(connection, text)
    if isinstance(entry, Timer):
        raise ClashError(
            "The timer is still running.", hint="`clockeye stop` makes it an entry.", code="still_running"
        )
    return entry


def _by_beginning(connection: Connection, text: str) -> TimeEntry | Timer:
    word = text if text.startswith("te_") else f"te_{text}"
    word = former_ids.present_id(connection, word)
    running = timers.running(connection)
    matches: list[TimeEntry | Timer] = []
    if len(word) >= len("te_") + SHORTEST_ID:
        exact = entries.by_id(connection, word)
        if exact is not None:
            return exact
        matches += entries.beginning_with(connection, word, 3)
        matches += [running] if running and running.local_id.startswith(word) else []
        # `log` shows ids that are unique among this computer's own, so those come before the account's ids.
        matches = matches or [*entries.with_former_id(connection, word, 3)]
    if not matches:  # an id of an account that does not begin with `te_`
        whole = entries.by_id(connection, former_ids.present_id(connection, text))
        matches += [whole] if whole else []
    if len(matches) > 1:
        raise ClashError(
            f"Several entries begin with {text!r}.", hint="Type more of the id.", code="ambiguous"
        )
    if not matches:
        raise _not_found(connection, text, word)
    return matches[0]


def _not_found(connection: Connection, text: str, word: str) -> ClockeyeError:
    is_id = len(word) >= len("te_") + SHORTEST_ID
    adoption = adopted.beginning_with(connection, word) if is_id else None
    if adoption:
        local_id, profile = adoption
        return ClashError(
            f"{local_id} was moved to the profile {profile}.",
            hint=f"`clockeye -P {profile} log --all` shows it there.",
            code="adopted",
        )
    if not is_id:
        hint = f"Type at least {SHORTEST_ID} characters of an id, or `last` or `current`."
    else:
        hint = "`clockeye log --all` shows ids in its first column; `clockeye history` shows deleted entries."
    return _unknown(text, hint)


def _unknown(text: str, hint: str) -> ClockeyeError:
    return unknown("entry", text, (), hint=hint, code="entry_not_found", error=ClashError)
