"""Unknown words: the most similar valid word, and the error that suggests it."""

from __future__ import annotations

from clockeye_cli.core.duration import quoted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.errors import ClockeyeError

LONG_WORD = 8
"""From this length on, two wrong letters may be a typing error; below, one."""

SHORTEST_SLIP = 3
"""Letters of the longer of two words; below, any two words would pass for typing errors of each other."""

NEVER_SUGGESTED = frozenset(("cancel", "delete", "drop", "logout", "purge", "remove", "revoke", "undo"))
"""Words that remove something: a typing error must not lead there."""


def unknown(
    kind: str,
    word: str,
    valid: Iterable[str],
    *,
    form: str = "{}",
    hint: str = "",
    code: str = "",
    error: type[ClockeyeError] = UsageError,
) -> ClockeyeError:
    """The error for an unknown word, as in "Unknown format 'jsn'. Did you mean json?".

    Args:
        kind: What the word should name: `command`.
        word: The typed word.
        valid: The valid words.
        form: How a suggestion is shown: "`clockeye {}`".
        hint: What to do next; empty to list the valid words.
        code: The error's code, if not the default.
        error: The error's class.
    """
    words = list(valid)
    suggestion = nearest(word, words)
    question = f" Did you mean {form.format(suggestion)}?" if suggestion else ""
    return error(
        f"Unknown {kind} {quoted(word)}.{question}", hint=hint or f"Known: {', '.join(words)}.", code=code
    )


def nearest(word: str, valid: Iterable[str]) -> str:
    """The valid word that was most likely meant; empty if none is similar.

    The first that begins with the typed word, otherwise the one with the fewest wrong letters, among those
    with the same first letter. None of NEVER_SUGGESTED.
    """
    typed = _letters(word)
    letters = {each: _letters(each) for each in valid}
    words = [each for each in letters if letters[each] not in NEVER_SUGGESTED]
    if beginning := [each for each in words if typed and letters[each].startswith(typed)]:
        return beginning[0]
    slips = [
        each
        for each in words
        if max(len(typed), len(letters[each])) >= SHORTEST_SLIP
        and typed[:1] == letters[each][:1]
        and is_slip(typed, letters[each])
    ]
    return min(slips, key=lambda each: distance(typed, letters[each]), default="")


def _letters(word: str) -> str:
    """The letters to compare: in small letters, without the marks of an option or a field."""
    return word.strip("-{}").casefold()


def is_slip(first: str, second: str, length: int | None = None) -> bool:
    """Whether one word is likely a typing error for the other; words with different digits never are.

    Args:
        first: A word in small letters.
        second: Likewise.
        length: The length that decides how many letters may be wrong; None for that of the longer word.
    """
    if [c for c in first if c.isdigit()] != [c for c in second if c.isdigit()]:
        return False
    allowed = 2 if (length or max(len(first), len(second))) >= LONG_WORD else 1
    return abs(len(first) - len(second)) <= allowed and distance(first, second) <= allowed


def distance(first: str, second: str) -> int:
    """How many letters to insert, delete, replace or swap with their neighbour (Damerau-Levenshtein)."""
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
