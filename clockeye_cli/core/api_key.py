"""The form of an API key."""

from __future__ import annotations

MOST_CHARACTERS = 4096


def is_api_key(text: str) -> bool:
    """Whether a text can be sent as a key: one word of printable ASCII characters.

    Anything else would fail later, inside an HTTP library whose error message contains the key.
    """
    return 0 < len(text) < MOST_CHARACTERS and text.isascii() and text.isprintable() and " " not in text
