"""The eight colours of projects: which one a project has, and how a terminal or a page shows it.

The colours were found by search: over normal, protan, deutan and tritan sight the smallest distance of two of
them in OKLab is 0.099 (Okabe-Ito: 0.076), with a contrast of at least 2.6 on white and on #121212.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

try:
    from _blake2 import blake2b
except ImportError:  # not CPython
    from hashlib import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Color(NamedTuple):
    """One colour of the palette; its place there is the project's slot.

    Attributes:
        name: What `projects edit --color` takes.
        code: The terminal's colour among 256; it is the same everywhere, other than the first 16.
        basic: The SGR code for terminals of 16 colours.
        hex: `#rrggbb`.
    """

    name: str
    code: int
    basic: int
    hex: str


PALETTE = (
    Color("blue", 31, 34, "#0087af"),
    Color("orange", 172, 33, "#d78700"),
    Color("violet", 93, 35, "#8700ff"),
    Color("teal", 37, 36, "#00afaf"),
    Color("rust", 131, 31, "#af5f5f"),
    Color("lilac", 141, 94, "#af87ff"),
    Color("navy", 24, 32, "#005f87"),
    Color("olive", 58, 95, "#5f5f00"),
)


def slot_of(folded_name: str, others: Sequence[int]) -> int:
    """The slot of a new project: its name's own one or, if that is taken, the least used one after it.

    Args:
        folded_name: The project's name, `folded`.
        others: The slots of all other projects, archived ones included.
    """
    first = int.from_bytes(blake2b(folded_name.encode(), digest_size=8).digest()) % len(PALETTE)
    if first not in others:
        return first
    after = [(first + step) % len(PALETTE) for step in range(1, len(PALETTE) + 1)]
    return min(after, key=others.count)


def slots(projects: Iterable[tuple[str, str, int | None]]) -> dict[str, int]:
    """The slot of every project by its id.

    Args:
        projects: Each project's id, its folded name, and its stored slot. Those without one get theirs in the
            order in which they are given.
    """
    known, unknown = {}, []
    for project_id, folded_name, slot in projects:
        if slot is None:
            unknown.append((project_id, folded_name))
        else:
            known[project_id] = slot
    for project_id, folded_name in unknown:
        known[project_id] = slot_of(folded_name, [*known.values()])
    return known


def slot_named(name: str) -> int | None:
    """The slot of a colour by its name; None for a word that names none."""
    return next((slot for slot, color in enumerate(PALETTE) if color.name == name.casefold()), None)
