"""Descriptions with other tags: added, kept, removed or renamed. Pure."""

from __future__ import annotations

from clockeye_cli.core.entry import folded
from clockeye_cli.core.tags import ENDS, TRAILING, can_begin, each_once, places, tag_name, tags
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from clockeye_cli.core.tags import Place

    Change = tuple[int, int, str | None]
    """A place in a text, and what replaces it; None to remove it as a word."""

ALL = "all"
"""The value of `--untag` that means every tag."""


def tags_to_add(texts: Sequence[str]) -> list[str]:
    """The names of tags that were typed after `-t`.

    Raises:
        UsageError: One is not a tag.
    """
    return [tag_name(text) for text in texts]


def tags_to_remove(texts: Sequence[str]) -> tuple[str, ...]:
    """The tags that were typed after `--untag`, for `without_tags`; `#all` is the tag of that name.

    Raises:
        UsageError: One is not a tag.
    """
    return tuple(ALL if text.strip().casefold() == ALL else f"#{folded(tag_name(text))}" for text in texts)


def with_tags(description: str, names: Sequence[str]) -> str:
    """The description with `#name` appended for each tag that it does not have yet."""
    present = {folded(name) for name in tags(description)}
    missing = [f"#{name}" for name in each_once([*names]) if folded(name) not in present]
    return " ".join(filter(None, [description, *missing]))


def without_tags(description: str, unwanted: Collection[str]) -> str:
    """The description without some tags: at its end whole words are removed, elsewhere only the `#`.

    `#a,#b` without `b` is `#a, b`, and `#a/#b` is `#a /b`: the other tag stays what it is.

    Args:
        description: A description.
        unwanted: What `tags_to_remove` returned.
    """
    at_the_end = {*_at_the_end(description)}
    changes: list[Change] = []
    kept_until = -1
    for start, end in places(description):
        if ALL not in unwanted and f"#{folded(description[start + 1 : end])}" not in unwanted:
            kept_until = end
        elif (start, end) in at_the_end:
            changes.append((start, end, None))
        elif (
            kept_until < 0
            or not ENDS.isdisjoint(description[kept_until:start])
            or any(map(str.isspace, description[kept_until:start]))
        ):
            kept_until = -1
            changes.append((start, start + 1, ""))
        elif description[start - 1] == ",":
            changes.append((start, start + 1, " "))
        else:
            changes.append((start - 1, start + 1, f" {description[start - 1]}"))
    return _changed(description, changes)


def renamed(description: str, old: str, new: str) -> str:
    """The description with one tag renamed; at its end, the new tag is not repeated.

    Args:
        description: A description.
        old: The tag to rename, in any spelling.
        new: Its new name.
    """
    at_the_end = {*_at_the_end(description)}
    is_present = folded(new) in {folded(name) for name in tags(description)} - {folded(old)}
    changes: list[Change] = []
    for start, end in places(description):
        if folded(description[start + 1 : end]) == folded(old):
            is_repeated = is_present and (start, end) in at_the_end
            changes.append((start, end, None if is_repeated else f"#{new}"))
            is_present = True
    return _changed(description, changes)


def with_kept_tags(text: str, former: str) -> str:
    """A new description with the tags at the end of the former one; those of its own replace them."""
    if tags(text):
        return text
    return " ".join(filter(None, [text, *(former[start:end] for start, end in _at_the_end(former))]))


def with_plus_words(text: str) -> tuple[str, list[str]]:
    """Read the `+word`s of a text that was typed as a description: they are the same as `#word`s.

    Returns:
        The text without those that are words of their own, and the names of these; others (`(+bug)`) are
        `#word`s in the text.
    """
    marks = set()
    at = text.find("+")
    while at >= 0:
        if text[at + 1 : at + 2].isalpha() and can_begin(text, at):
            marks.add(at)
        at = text.find("+", at + 1)
    if not marks:
        return text, []
    text = "".join(["#" if at in marks else letter for at, letter in enumerate(text)])
    changes: list[Change] = []
    names = []
    for start, end in places(text):
        if start in marks and not text[max(0, start - 1) : start].strip():
            word_end = end
            while text[word_end : word_end + 1].strip():
                word_end += 1
            if TRAILING.issuperset(text[end:word_end]):
                names.append(text[start + 1 : end])
                changes.append((start, end, None))
    return _changed(text, changes), names


def _at_the_end(description: str) -> list[Place]:
    """The longest run of words at the end that are each exactly one tag, in order."""
    run: list[Place] = []
    end = len(description.rstrip())
    for start, place_end in reversed([*places(description)]):
        if place_end != end or description[max(0, start - 1) : start].strip():
            break
        run.append((start, place_end))
        end = start
        while end and description[end - 1].isspace():
            end -= 1
    return run[::-1]


def _changed(text: str, changes: Iterable[Change]) -> str:
    """The text with some places replaced, in order.

    Where a word is removed, so are the blanks before it; at the beginning of a line, those after it, with the
    punctuation that would begin that line.
    """
    parts: list[str] = []
    done = 0
    for start, end, new in changes:
        before = text[done:start]
        parts += filter(None, [before if new is not None else before.rstrip(" \t"), new])
        done = end
        if new is None and (not parts or parts[-1].endswith("\n")):
            while text[done : done + 1] in TRAILING:
                done += 1
            while text[done : done + 1] in (" ", "\t"):
                done += 1
    return "".join([*parts, text[done:]])
