"""What an API key looks like."""

from __future__ import annotations

MOST_CHARACTERS = 4096


def is_api_key(text: str) -> bool:
    """Whether a text can be sent as a key: one word of visible ASCII characters.

    Anything else would fail later, in an HTTP library whose error repeats the key.
    """
    return 0 < len(text) < MOST_CHARACTERS and text.isascii() and text.isprintable() and " " not in text
