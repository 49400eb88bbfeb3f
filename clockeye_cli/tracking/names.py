"""The rules for names, which projects and clients share: which are allowed, and what a text names."""

from __future__ import annotations

from clockeye_cli.core.entry import folded
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from clockeye_cli.core.customer import Customer
    from clockeye_cli.core.entry import Project
    from clockeye_cli.store.state import Write

    Named = TypeVar("Named", Project, Customer)

LONGEST_NAME = 200
"""Characters of a name."""

SHORTEST_SLIP = 4
"""Letters of the shorter of two names from which on one may be a typing error for the other."""

NO_PROJECT = "none"
"""The word for no project or client, where one is named."""

RESERVED = frozenset((NO_PROJECT, "all", "no", "last", "it", "current", "now", "mine"))
"""Words that name something else on the command line; an account's project may have such a name."""


def one_line(name: str) -> str:
    """The name as it is stored: words with single spaces between them."""
    return " ".join(tidy(name).split())


def means_none(text: str) -> bool:
    """Whether a text means no project or no client."""
    return one_line(text).casefold() == NO_PROJECT


def checked_name(name: str, kind: str) -> str:
    """A new name as it is stored.

    Args:
        name: As it was typed.
        kind: What it is to name, for messages: `project` or `client`.

    Raises:
        UsageError: The name is not allowed.
    """
    name = one_line(name)
    if not name or name.startswith("-") or len(name) > LONGEST_NAME:
        raise UsageError(
            f"{name[:40]!r} is not a valid {kind} name.",
            hint=f"A name has 1 to {LONGEST_NAME} characters and does not begin with a hyphen.",
        )
    if folded(name) in RESERVED:
        raise UsageError(
            f"{name!r} cannot be the name of a {kind}: the word means something else on the command line.",
            hint=f"Reserved words: {', '.join(sorted(RESERVED))}.",
        )
    return name


def is_slip(typed: str, name: str) -> bool:
    """Whether one name is likely a typing error for the other, compared as names are.

    Short names are often one letter apart (`ui`, `ux`), so the letters of the shorter one count.
    """
    first, second = folded(typed), folded(name)
    shorter = min(len(first), len(second))
    if shorter < SHORTEST_SLIP:
        return False
    from clockeye_cli.core import nearest  # late: most projects are known

    return nearest.is_slip(first, second, length=shorter)


def match(candidates: Sequence[Named], text: str, kind: str) -> Named | None:
    """The one with this id or name, else the only one whose name begins with the text; None if there is none.

    Raises:
        ClashError: Several begin with the text.
    """
    named = exact(candidates, text)
    if named is not None:
        return named
    beginning = folded(text)
    matches = [each for each in candidates if beginning and folded(each.name).startswith(beginning)]
    if len(matches) > 1:
        names = ", ".join(sorted(each.name for each in matches))
        raise ClashError(
            f"Several {kind}s begin with {text!r}: {names}.", hint="Type more of the name.", code="ambiguous"
        )
    return matches[0] if matches else None


def exact(candidates: Sequence[Named], text: str) -> Named | None:
    """The one with this id or name, compared as names are; None if there is none."""
    name = folded(text)
    return next((each for each in candidates if each.id == text or folded(each.name) == name), None)


def free_name(name: str, kind: str, others: Sequence[Named], taken: Callable[[Named], ClashError]) -> str:
    """A new name as it is stored, which none of the others has.

    Args:
        name: As it was typed.
        kind: What it is to name, for messages: `project` or `client`.
        others: Those that have names already.
        taken: Makes the error for the one that has it.

    Raises:
        ClashError: Another one has the name.
        UsageError: The name is not allowed.
    """
    name = checked_name(name, kind)
    existing = exact(others, name)
    if existing is not None:
        raise taken(existing)
    return name


def changed(write: Write, before: Named, after: Named) -> Named:
    """Store what one is to be, unless it is that already. Returns it."""
    if after != before:
        write.change(before, after)
    return after
