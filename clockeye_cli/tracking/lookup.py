"""Finds the entry that was typed: by id, by the beginning of an id, as `last`, `it` or `current`."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries, former_ids
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.core.actor import Actor
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

SHORTEST_ID = 4
"""How many characters of an id must be typed, not counting `te_`."""


class View(NamedTuple):
    """A state of the store as somebody sees it at an instant; a Write is one as well.

    Attributes:
        connection: The store.
        now: Instant; `last` is not after it.
        actor: Whose latest command `it` is about.
    """

    connection: Connection
    now: int
    actor: Actor


def find(view: View | Write, text: str) -> TimeEntry | Timer:
    """The entry that a text names: an id, its unique beginning, `last`, `last-1` …, `it`, `current`.

    Raises:
        ClashError: No entry matches, or several do.
    """
    connection = view.connection
    word = text.strip().lower()
    if word == "it":
        return _last_touched(view)
    if word == "current":
        running = timers.current(connection)
        if running is None:
            raise ClashError(
                "No timer is running.", hint="`clockeye log` shows the entries.", code="no_timer"
            )
        return timers.on_account(connection) or running
    if _is_last(word):
        back = int(word[5:14] or 0)  # no store holds a billion entries
        entry = entries.latest(connection, view.now, back)
        if entry is None and entries.latest(connection, view.now) is None:
            later = entries.in_future(connection, view.now, 1)
            raise ClashError(
                "All of your entries end in the future." if later else "You have no entries yet.",
                hint="`clockeye log --all` lists them."
                if later
                else "`clockeye add DESCRIPTION --for DURATION` stores one.",
                code="entry_not_found",
            )
        if entry is None:
            raise _unknown(text, "`clockeye log --all` shows all entries.")
        return entry
    return _by_beginning(connection, text.strip())


def find_work(view: View | Write, words: Sequence[str], *, is_text: bool = False) -> TimeEntry | Timer:
    """The entry whose work some words mean: an ENTRY, or the latest finished one that contains the text.

    Args:
        view: The store.
        words: A single word is an ENTRY if it is a word for one or the beginning of an existing id.
        is_text: They are a text in any case.

    Raises:
        ClashError: No entry matches, or several do.
    """
    text = " ".join(words)
    if not is_text and (not text.strip() or (len(words) == 1 and _is_word(text.strip().lower()))):
        return find(view, text)
    if not is_text and len(words) == 1:
        try:
            return find(view, text)
        except ClashError as error:
            if error.code != "entry_not_found":
                raise
    from clockeye_cli.core.selection import Filter  # late: most entries are named by an id or a word
    from clockeye_cli.store import projects

    fits = Filter(search=text).matcher(projects.names(view.connection))
    entry = entries.latest_fitting(view.connection, view.now, fits)
    if entry is None:
        raise ClashError(
            f"No finished entry of yours contains {text[:60]!r}.",
            hint="`clockeye log --all` lists all entries; `clockeye start DESCRIPTION` starts new work.",
            code="entry_not_found",
        )
    return entry


def _is_word(word: str) -> bool:
    return word in ("it", "current") or _is_last(word)


def _is_last(word: str) -> bool:
    return word == "last" or (word.startswith("last-") and word[5:].isascii() and word[5:].isdigit())


def find_finished(view: View | Write, text: str) -> TimeEntry:
    """Like `find`, but refuses the running timer.

    Raises:
        ClashError: No entry matches, several do, or the text names the running timer.
    """
    return finished(find(view, text))


def finished(item: TimeEntry | Timer) -> TimeEntry:
    """The item as an entry.

    Raises:
        ClashError: It is the running timer.
    """
    if isinstance(item, Timer):
        raise ClashError(
            "The timer is still running.", hint="`clockeye stop` makes it an entry.", code="still_running"
        )
    return item


def _last_touched(view: View | Write) -> TimeEntry | Timer:
    from clockeye_cli.store import undoable  # late: only the word `it` needs the history

    change = undoable.last_touched(view.connection, view.actor.own)
    if change is None:
        raise ClashError(
            "`it` is the entry that your latest command changed; no command of yours has changed one yet.",
            hint="`last` is your latest entry; `clockeye log` shows ids in its first column.",
            code="entry_not_found",
        )
    item = change.after if change.after is not None else change.before
    local_id = former_ids.present_id(view.connection, getattr(item, "local_id", ""))
    running = timers.running(view.connection)
    if running and running.local_id == local_id:
        return running
    entry = entries.by_id(view.connection, local_id)
    if entry is None:
        raise ClashError(
            f"`it` is the entry that your latest command changed, {local_id}, which no longer exists.",
            hint="`clockeye history` shows what became of it; `last` is your latest entry.",
            code="entry_not_found",
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
    from clockeye_cli.store import adopted

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
