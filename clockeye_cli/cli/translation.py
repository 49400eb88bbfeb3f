"""Translates the words after a command, as other trackers have them or as slips, into our options."""

from __future__ import annotations

from itertools import pairwise

from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.other_trackers import FLAGS, OTHER_OPTIONS, PERIODS, TEXTS, our_word
from clockeye_cli.cli.root import GLOBAL
from clockeye_cli.cli.table import member
from clockeye_cli.core.nearest import nearest
from clockeye_cli.core.times_among_words import duration_at_an_end, span_at_an_end, time_at_an_end
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from clockeye_cli.cli.parameters import Parameter

WITH_ENTRIES = frozenset(("edit", "delete", "resume", "split"))
WITH_TEXT = frozenset(("start", "add"))
NOTES, TAGS = frozenset(("annotate", "note", "comment", "describe")), frozenset(("tag", "retag"))
YEAR_DIGITS = 4
ENDS = {"start": "--from", "end": "--to"}
"""What Timewarrior's `modify` changes, with our options."""


def translated(word: str, command: str, rest: list[str]) -> list[str]:
    """The words after a command, in our words.

    Args:
        word: The word of another tracker that stands for the command; empty for our own.
        command: Our command.
        rest: The words after it.
    """
    family = member(command)
    rest = [
        *_of_words(command, _of_member(family, rest) if isinstance(family, Family) and not word else rest)
    ]
    plain = without_options(rest)
    options = rest[len(plain) :]
    if word and command == "edit":
        return _of_other_edit(word, plain) if plain else rest
    if translate := PLAIN_WORDS.get(command):
        plain = translate(plain)
    elif command in {"start", "resume"} and (time := time_at_an_end(plain)):
        plain = ["--at", time.when, *time.rest]
    return [*plain, *options]


def _of_member(family: Family, rest: list[str]) -> list[str]:
    """The words after a command that has subcommands but needs none: `tags mv bug defect`."""
    first = rest[0] if rest else ""
    if not first or first[:1] == "-" or first in family.members or family.alone is None:
        return rest
    ours = our_word(first, family.members, is_member=True) or nearest(first, family.members)
    return [ours, *rest[1:]] if ours else rest


def _of_words(command: str, rest: Sequence[str]) -> Iterator[str]:
    """Each word in ours: `:week` is a period, `@1` an entry, `:yes` an option. Values of options stay."""
    face = member(command)
    face = face.alone if isinstance(face, Family) else face
    parameters = [*(face.parameters.values() if isinstance(face, Face) else ()), *GLOBAL.values()]
    names = {name: each for each in parameters for name in each.names}
    end = rest.index("--") if "--" in rest else len(rest)
    for before, each in pairwise(["", *rest[:end]]):
        lower = each.lower()
        if before in names and not names[before].is_flag:
            yield each
        elif lower in FLAGS:
            yield from [option for option in FLAGS[lower] if option.partition("=")[0] in names][:1]
        elif lower in PERIODS and command not in WITH_TEXT:
            yield from PERIODS[lower].split()
        elif "--period" in names and (tag := _tag(each)):
            yield from ("-t", tag)
        elif "--period" in names and each[:1] == "@" and each[1:2].isalpha():
            yield from ("-p", each[1:])
        elif command in WITH_ENTRIES and each[:1] in {"@", "-"} and each[1:].isdigit():
            yield "last" if int(each[1:9]) <= 1 else f"last-{int(each[1:9]) - 1}"
        elif each[:1] == "@" and each[1:].isdigit() and command not in WITH_TEXT:
            continue
        elif each[:1] == "-" and "-n" in names and each[1:].isdigit():
            yield from ("-n", each[1:])
        elif flag := _of_flag(each, names):
            yield flag
        elif each[:1] == "-" and each.partition("=")[0] not in names:
            yield from _of_option(command, each, names)
        else:
            yield each
    yield from rest[end:]


def _of_flag(typed: str, names: Mapping[str, Parameter]) -> str:
    """A flag without a value: `--billable=no` is `--no-billable`; empty if the word is no such flag."""
    name, equals, value = typed.partition("=")
    if not equals or name not in names or not names[name].is_flag:
        return ""
    off_names = names[name].declaration.off_names
    if value.lower() in {"yes", "true", "1", "on"}:
        return name
    return off_names[0] if off_names and value.lower() in {"no", "false", "0", "off"} else ""


def _of_option(command: str, typed: str, names: Collection[str]) -> list[str]:
    """An option of another tracker, in ours: `--since=monday` is `--from=monday`; one of ours stays."""
    name, equals, value = typed.partition("=")
    if command in WITH_TEXT and name in TEXTS:
        return [value] if equals else []  # `start` and `add` take a description without an option
    ours = next((ours for ours in OTHER_OPTIONS.get(name, []) if ours[0] in names), [name])
    return [*ours[:-1], f"{ours[-1]}{equals}{value}"]


def _of_log(plain: list[str]) -> list[str]:
    """The words after `log`: a number is how many entries, `last` is the latest one."""
    if plain == ["last"]:
        return ["-n", "1"]
    if plain[:1] == ["last"] and len(plain) > 1 and plain[-1].isdigit():
        return ["-n", *plain[1:]]
    return _of_count(plain) if len(plain) == 1 and len(plain[0]) < YEAR_DIGITS else plain


def _of_report(plain: list[str]) -> list[str]:
    """The words after `report`: `by day` is an option."""
    return ["--by", ",".join(plain[1:])] if plain[1:] and plain[0] == "by" else plain


def _of_add(plain: list[str]) -> list[str]:
    """The words after `add`: a span or a duration at one end is given by options."""
    if span := span_at_an_end(plain):
        return [*span.options, *span.rest]
    length = duration_at_an_end(plain)
    return ["--for", length.text, *length.rest] if length else plain


def _of_stop(plain: list[str]) -> list[str]:
    """The words after `stop` as its options: `+bug` is a tag, other words are a description."""
    if plain == ["now"] or (len(plain) == 1 and _is_entry(plain[0])):
        return []  # there is only one that it could be, and it stops now
    time = time_at_an_end(plain)
    return ["--at", time.when, *_of_work(time.rest)] if time else _of_work(plain)


def _of_split(plain: list[str]) -> list[str]:
    """The words after `split`: the time behind the entry is given by an option."""
    time = time_at_an_end(plain)
    return [*time.rest, "--at", time.when] if time else plain


def _of_count(plain: list[str]) -> list[str]:
    """The words after `undo`, `redo` and `history`: a number is that of an option."""
    return ["-n", *plain] if len(plain) == 1 and plain[0].isdigit() else plain


def _of_edit(plain: list[str]) -> list[str]:
    """The words after `edit`: behind its entries, times, tags and a description are given by options."""
    count = next((place for place, word in enumerate(plain) if not _is_entry(word)), len(plain))
    named, words = plain[:count], plain[count:]
    if not named or not words:
        return plain
    if words[0] in ("from", "to") and (span := span_at_an_end(words)):
        return [*named, *span.options, *span.rest]
    if words[0] in ("from", "to") and (time := time_at_an_end(["at", *words[1:]])):
        return [*named, f"--{words[0]}", time.when, *_of_work(time.rest)]
    if time_at_an_end(words):
        return plain  # of which end is unclear
    is_sure = any(_tag(word) or not (word.isalnum() and word.islower() and word[3:]) for word in words)
    return [*named, *_of_work(words)] if is_sure else plain


def _of_work(words: Sequence[str]) -> list[str]:
    tags = [word for word in words if _tag(word)]
    text = " ".join(word for word in words if word not in tags)
    return [*(["-d", text] if text else []), *(part for word in tags for part in ("-t", _tag(word)))]


def _tag(word: str) -> str:
    return word[1:] if word[:1] in {"+", "#"} and word[1:2].isalpha() else ""


def _is_entry(word: str) -> bool:
    return word in ("it", "last", "current") or word.startswith(("last-", "te_"))


def _of_other_edit(word: str, plain: list[str]) -> list[str]:
    """`tag @1 bug`, `annotate @1 Fix it`, `modify start @1 9am`, in the options of `edit`."""
    option = ENDS.get(plain[0]) if word == "modify" else None
    words = plain[1:] if option else plain
    entry = words.pop(0) if words[:1] and words[0].startswith("last") else "last"
    if option:
        return [entry, option, " ".join(words)]
    if word in TAGS:
        return [entry, *(part for tag in words for part in ("-t", tag.lstrip("+#")))]
    return [entry, "-d", " ".join(words)] if word in NOTES else [entry]


PLAIN_WORDS = {
    "add": _of_add,
    "stop": _of_stop,
    "split": _of_split,
    "edit": _of_edit,
    "log": _of_log,
    "report": _of_report,
    "undo": _of_count,
    "redo": _of_count,
    "history": _of_count,
}
"""What makes options of the words that stand before the first option, by command."""


def without_options(words: Sequence[str]) -> list[str]:
    """The words before the first option."""
    place = next((place for place, word in enumerate(words) if word[:1] == "-" != word), len(words))
    return [*words[:place]]
