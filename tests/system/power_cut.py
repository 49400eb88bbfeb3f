"""What a disk may hold after a power failure at any point of a command.

Only what was flushed (`fsync`) is certain. Of the bytes of a file since then, each sector of 512 may be the
old one or the new one, and so may its length. Of the names since the last flush of their folder, each may be
there or not; on ext4 they come in order.
"""

from __future__ import annotations

import os
from itertools import product
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.system.recorder import FOLDER, Answered, Asked, Bytes, Flushed, Names, Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.system.recorder import Event, Recording, Tree

STATES = int(os.environ.get("POWER_CUTS", "200"))
"""How many states to try of each command."""

SEED = os.environ.get("POWER_CUTS_SEED", "0")
"""Each seed chooses other states."""

SECTOR = 512

TRIES = 5
"""How often to look for a state that is not like one before, for each state."""


class State(NamedTuple):
    """What may be left of a command that was cut off.

    Attributes:
        tree: The files.
        is_acknowledged: Whether the command had said that it is done.
        where: Where it was cut off, for people.
        asked: How many requests that change something had been sent to the account.
        answered: How many of these it had answered.
    """

    tree: Tree
    is_acknowledged: bool
    where: str
    asked: int
    answered: int


def states(recording: Recording, most: int, name: str) -> Iterator[State]:
    """Distinct states after a power failure, chosen at random.

    Half of them lose or keep everything that was not flushed, as far as there are so many of them.

    Args:
        recording: The command.
        most: How many states.
        name: That of the command; with the seed, it gives the same states each time.
    """
    seed = f"{name}, seed {SEED}"
    random = Random(seed)
    last = len(recording.events)
    plain = list(product(range(last + 1), ("none", "all"), ("none", "all")))
    random.shuffle(plain)
    seen: set[int] = set()
    for attempt in range(most * TRIES):
        if plain and attempt % 2:
            point, names, content = plain.pop()
        else:
            point = random.choice((last, random.randrange(last + 1)))
            names, content = random.choice(("first", "any")), random.choice(("none", "all", "torn"))
        tree = cut(recording, point, names, content, random)
        events = recording.events[:point]
        is_acknowledged = Said() in events
        asked, answered = events.count(Asked()), events.count(Answered())
        key = hash((is_acknowledged, asked, answered, frozenset(tree.items())))
        if key not in seen:
            seen.add(key)
            where = f"{seed}: {point} of {last}, names {names}, bytes {content}"
            yield State(tree, is_acknowledged, where, asked, answered)
        if len(seen) == most:
            break


def cut(recording: Recording, point: int, names: str, content: str, random: Random) -> Tree:
    """A state after a power failure.

    Args:
        recording: The command.
        point: After how many of its events.
        names: Which of the names that were not flushed are there: `none`, `all`, the `first` ones, or `any`.
        content: Which of the bytes that were not flushed are there: `none`, `all`, or `torn` sectors.
        random: Chooses.
    """
    events = recording.events[:point]
    numbers = dict(recording.names)
    for change in _names(events, names, random):
        numbers.update(change.names)
    files = {
        number: _content(recording.files.get(number, b""), events, number, content, random)
        for number in {*numbers.values()} - {None, FOLDER}
        if number is not None
    }
    tree: Tree = {}
    for name, number in sorted(numbers.items()):
        above = os.path.dirname(name)
        if number is not None and (not above or (above in tree and tree[above] is None)):
            tree[name] = None if number == FOLDER else files[number]
    return tree


def _names(events: Sequence[Event], which: str, random: Random) -> list[Names]:
    """The changes of names that have reached the disk."""
    flushed: list[tuple[Names, bool]] = []
    folders: set[int | str] = set()
    for event in reversed(events):
        if isinstance(event, Flushed):
            folders.add(event.target)
        elif isinstance(event, Names):
            flushed.insert(0, (event, all((os.path.dirname(name) or ".") in folders for name in event.names)))
    if which == "any":
        return [change for change, is_flushed in flushed if is_flushed or random.random() < 0.5]
    sure = max((place for place, (_, is_flushed) in enumerate(flushed, 1) if is_flushed), default=0)
    end = {"none": sure, "all": len(flushed), "first": random.randint(sure, len(flushed))}[which]
    return [change for change, _ in flushed[:end]]


def _content(before: bytes, events: Sequence[Event], number: int, which: str, random: Random) -> bytes:
    """The content of a file that has reached the disk."""
    sure = max((place for place, event in enumerate(events, 1) if event == Flushed(number)), default=0)
    content, longest = bytearray(before), len(before)
    for place, event in enumerate(events, 1):
        if not isinstance(event, Bytes) or event.file != number:
            continue
        if place <= sure or which == "all":
            _write(content, event)
        elif which == "torn":
            for part in _sectors(event):
                if random.random() < 0.5:
                    _write(content, part)
        longest = max(longest, event.offset + len(event.content or b""))
    if which == "torn" and random.random() < 0.2:
        content.extend(bytes(max(0, longest - len(content))))  # the length is there, and the bytes are not
    return bytes(content)


def _sectors(event: Bytes) -> Iterator[Bytes]:
    """The parts of a change that reach the disk by themselves."""
    if event.content is None:
        yield event
        return
    start = event.offset
    end = start + len(event.content)
    while start < end:
        stop = min(end, start - start % SECTOR + SECTOR)
        yield Bytes(event.file, start, event.content[start - event.offset : stop - event.offset])
        start = stop


def _write(content: bytearray, event: Bytes) -> None:
    content.extend(bytes(max(0, event.offset - len(content))))
    if event.content is None:
        del content[event.offset :]
    else:
        content[event.offset : event.offset + len(event.content)] = event.content
