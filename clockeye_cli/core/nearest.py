"""What may be meant by a word that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def meant(typed: str, known: Iterable[str], form: str = "{}") -> str:
    """How a sentence that names an unknown word ends: `; is start meant?`, or a full stop if none is near.

    Args:
        typed: The word.
        known: Those that there are; the first that begins with the word goes before one that resembles it.
        form: How such a one is shown.
    """
    from difflib import get_close_matches

    names = list(known)
    near = [name for name in names if typed and name.startswith(typed)] or get_close_matches(typed, names, 1)
    return f"; is {form.format(near[0])} meant?" if near else "."
