"""Words that are not known: which known one is nearest, and the error that asks whether it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.duration import quoted
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.errors import ClockeyeError

LONG_WORD = 8
"""From this many letters on, two wrong ones may be a slip; below, one."""

SHORTEST_SLIP = 3
"""Letters of the longer of two words; below, any two would be a slip for each other."""

NEVER_SUGGESTED = frozenset(("cancel", "delete", "drop", "logout", "purge", "remove", "revoke", "undo"))
"""What takes something away: whoever slips must not be led there."""


def unknown(
    kind: str,
    word: str,
    known: Iterable[str],
    *,
    form: str = "{}",
    hint: str = "",
    code: str = "",
    error: type[ClockeyeError] = UsageError,
) -> ClockeyeError:
    """The error for a word that is not known, as in "Unknown format 'jsn'. Did you mean json?".

    Args:
        kind: What it should have named: `command`.
        word: What was typed.
        known: What may be typed.
        form: How a suggestion is shown: "`clockeye {}`".
        hint: What to do next; empty to list everything that is known.
        code: The error's code, if it has one of its own.
        error: The kind of error.
    """
    words = list(known)
    suggestion = nearest(word, words)
    question = f" Did you mean {form.format(suggestion)}?" if suggestion else ""
    return error(
        f"Unknown {kind} {quoted(word)}.{question}", hint=hint or f"Known: {', '.join(words)}.", code=code
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant; empty if none is near.

    The first that begins with what was typed, else the one with the fewest letters wrong.
    """
    typed = _letters(word)
    letters = {each: _letters(each) for each in known}
    words = [each for each in letters if letters[each] not in NEVER_SUGGESTED]
    if beginning := [each for each in words if typed and letters[each].startswith(typed)]:
        return beginning[0]
    slips = [
        each
        for each in words
        if max(len(typed), len(letters[each])) >= SHORTEST_SLIP and is_slip(typed, letters[each])
    ]
    return min(slips, key=lambda each: distance(typed, letters[each]), default="")


def _letters(word: str) -> str:
    """What is compared: without regard to case, without the marks of an option or a field."""
    return word.strip("-{}").casefold()


def is_slip(first: str, second: str) -> bool:
    """Whether one word is likely a slip of the keyboard for the other; a digit never is one.

    Args:
        first: In the form in which words are compared: small letters.
        second: Likewise.
    """
    if [c for c in first if c.isdigit()] != [c for c in second if c.isdigit()]:
        return False
    allowed = 2 if max(len(first), len(second)) >= LONG_WORD else 1
    return abs(len(first) - len(second)) <= allowed and distance(first, second) <= allowed


def distance(first: str, second: str) -> int:
    """How many letters to put in, leave out, exchange or swap with their neighbour (Damerau-Levenshtein)."""
    before, previous = [0] * (len(second) + 1), list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        row = [i]
        for j, b in enumerate(second, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and b == first[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, previous = previous, row
    return previous[-1]
