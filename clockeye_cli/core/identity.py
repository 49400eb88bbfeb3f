"""The identity of imported rows: the same row again, in any file and in any order, is the same row.

The key of a row without an id of its own is its person and its times; what else it says is its content, which
may change. Two rows with one key are told apart by their content, or else by their order.
"""

from __future__ import annotations

from hashlib import blake2b

from clockeye_cli.core.entry import ID_ALPHABET, ID_LENGTH, folded
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_BYTES, CONTENT_BYTES = 12, 8
_KEY, _CONTENT = blake2b(digest_size=KEY_BYTES), blake2b(digest_size=CONTENT_BYTES)


def row_key(person: str, start: str, end: str) -> str:
    """The key of a row: 24 hexadecimal digits.

    Args:
        person: Whose it is; compared as names are.
        start: The start in the source's own time, without a zone; or the day.
        end: Likewise; or the length.
    """
    text = "\n".join((folded(person), start, end))
    hashed = _KEY.copy()  # faster than to make one
    hashed.update(text.encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def content_of(parts: Sequence[str]) -> bytes:
    """The content of a row as a few bytes, which are equal if all of its parts are."""
    text = "\0".join(parts)
    hashed = _CONTENT.copy()  # faster than to make one
    hashed.update(text.encode("utf-8", "surrogatepass"))
    return hashed.digest()


def external_id(key: str, number: int) -> str:
    """The id of the row with this number, from 1 on, among those of one key."""
    return key if number == 1 and key_and_number(key)[0] == key else f"{key}#{number}"


def is_id(text: str, kind: str) -> bool:
    """Whether a text of a file can be an id here: has the form that `new_id` gives to a kind."""
    before, _, rest = text.rpartition("_")
    return before == kind and len(rest) == ID_LENGTH and set(rest) <= set(ID_ALPHABET)


def key_and_number(external_id: str) -> tuple[str, int]:
    """The key and the number of an `external_id`."""
    key, mark, number = external_id.rpartition("#")
    return (key, int(number)) if mark and number.isdecimal() and number.isascii() else (external_id, 1)
