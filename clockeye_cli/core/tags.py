"""Tags: the `#words` of a description. What is one, and which are the same. Pure.

A tag begins with one `#` at the start, after white space, an opening bracket, a quote, a comma or a slash.
Its name begins with a letter, a digit or `_`. It ends before white space; before a comma or slash that is
followed by `#`; before CJK punctuation, which no space follows; and before a closing bracket or quote whose
opening one is before the `#`. It does not end with punctuation. So `c++`, `C#`, `it's` and `16-031` are whole
names.

Two names are the same tag if `core/entry.py: folded` makes them equal.
"""

from __future__ import annotations

from functools import lru_cache

from clockeye_cli.core.duration import quoted
from clockeye_cli.core.entry import folded
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Place = tuple[int, int]
    """Where a tag is in a text: the index of its `#`, and the index after its name."""

CLOSED_BY = {
    ")": "(",
    "]": "[",
    "}": "{",
    ">": "<",
    '"': '"',
    "'": "'",
    "`": "`",
    "＂": "＂",
    "＇": "＇",
    # English “ ”, German „ “, Swedish ” ”, French « », Danish » «
    "”": "“”„",
    "“": "„",
    "’": "‘’‚",
    "‘": "‚",
    "»": "«»",
    "«": "»",
    "›": "‹›",
    "‹": "›",
}
"""Closing brackets and quotes, each with the characters that can open it."""

BRACKETS = frozenset(")]}>")
CJK_BRACKETS = "（）［］｛｝＜＞「」『』【】〔〕〖〗〘〙〚〛〈〉《》｢｣｟｠"
ENDS = frozenset(f"{CJK_BRACKETS}、。，．：；！？､｡")
"""Characters that end a name wherever they are: text in CJK scripts has no spaces after them."""

COMMAS = frozenset(",/，、／")
BEGINS_AFTER = COMMAS.union(CJK_BRACKETS[::2], *CLOSED_BY.values())
"""The characters, besides white space, after which a tag can begin; some quotes both open and close."""

TRAILING = frozenset(".,:;!?…").union(CLOSED_BY)
"""Punctuation that is no part of a name at its end."""

REACH = 300
"""How many characters before a tag are searched for the opening bracket or quote."""


def tags(description: str) -> list[str]:
    """The names of the tags in a description, in order; of those that are the same tag, the first."""
    if "#" not in description:
        return []
    names = []
    for word in description.split():
        if "#" in word:
            if word[0] != "#" or not word[1:].isalnum():
                return each_once([description[start + 1 : end] for start, end in places(description)])
            names.append(word[1:])  # by far the most tags: no letter can end such a name
    return each_once(names)


cached_tags = lru_cache(8_192)(tags)
"""The same for long lists, in which most descriptions come again. What it gives must not be changed."""


def tag_name(text: str) -> str:
    """The name of a tag that was typed as an option's value, with or without its `#`.

    Raises:
        UsageError: It is empty, or would not be read as this tag in a description.
    """
    name = tidy(text).removeprefix("#")
    if not name.strip("# "):
        raise UsageError("A tag is empty.", hint="A tag is one word: -t bug")
    if tags(f"#{name}") != [name]:
        raise UsageError(
            f"{quoted(text)} is not a tag.",
            hint="A tag is one word. It begins with a letter, a digit or `_`, and does not end with"
            " punctuation: -t bug",
        )
    return name


def places(text: str) -> Iterator[Place]:
    """The places of all tags in a text, in order."""
    at = text.find("#")
    while at >= 0:
        end = _end(text, at)
        if end:
            yield at, end
        at = text.find("#", max(at + 1, end))


def can_begin(text: str, at: int) -> bool:
    """Whether a tag can begin at a place of a text."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in BEGINS_AFTER


def each_once(names: list[str]) -> list[str]:
    """The names without those that are the same tag as one before."""
    if len(names) < 2:  # noqa: PLR2004 (as most descriptions have)
        return names
    if "".join(names).isascii() and len({name.lower() for name in names}) == len(names):
        return names  # as almost all of the others
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(folded(name), name)
    return [*first.values()]


class Spellings:
    """Tags by their identity, each as it is spelled in the latest entry that has it."""

    def __init__(self) -> None:
        self._latest: dict[str, tuple[int, str]] = {}

    def read(self, description: str, ended_at: int) -> list[str]:
        """The identities of an entry's tags; its spelling counts from its end, an instant."""
        identities = []
        for name in tags(description):
            identity = folded(name)
            identities.append(identity)
            if (ended_at, name) > self._latest.get(identity, (ended_at, "")):
                self._latest[identity] = (ended_at, name)
        return identities

    def spelled(self, labels: tuple[Any, ...], place: int) -> tuple[Any, ...]:
        """Labels with the tag at a place spelled, in place of its identity; None is no tag."""
        if labels[place] is None:
            return labels
        return (*labels[:place], self._latest[labels[place]][1], *labels[place + 1 :])


def _end(text: str, at: int) -> int:
    """The end of the tag that begins at a `#`; 0 if none does."""
    first = text[at + 1 : at + 2]
    if not (first.isalnum() or first == "_") or not can_begin(text, at):
        return 0
    end = at + 2
    while end < len(text):
        letter = text[end]
        if not letter.isalnum() and (
            letter.isspace()
            or letter in ENDS
            or (letter in COMMAS and text[end + 1 : end + 2] == "#")
            or (letter in CLOSED_BY and _is_open(text, at, end))
        ):
            break
        end += 1
    while text[end - 1] in TRAILING:
        end -= 1
    return end


def _is_open(text: str, at: int, end: int) -> bool:
    """Whether the bracket or quote at `end` closes one that was opened before the tag at `at`."""
    closing = text[end]
    openings = CLOSED_BY[closing]
    within = text[at:end]
    if any(within.count(each) > within.count(closing) for each in openings if each != closing):
        return False
    window = text[max(0, at - REACH) : at]
    if closing not in BRACKETS:
        last = max(window.rfind(each) for each in (closing, *openings))
        return last >= 0 and (window[last] != closing or can_begin(window, last)) and window[last] in openings
    closed = 0
    for letter in reversed(window) if openings in window else "":
        if letter == openings:
            if not closed:
                return True
            closed -= 1
        elif letter == closing:
            closed += 1
    return False
