"""The form of an API key."""

from __future__ import annotations

MOST_CHARACTERS = 4096

FEWEST_CHARACTERS = 8
"""A shorter word is not masked: it is more likely a slip than a key."""


def is_api_key(text: str) -> bool:
    """Whether a text can be sent as a key: one word of printable ASCII characters.

    Anything else would fail later, inside an HTTP library whose error message contains the key.
    """
    return 0 < len(text) < MOST_CHARACTERS and text.isascii() and text.isprintable() and " " not in text


def masked(message: str, args: list[str]) -> str:
    """A message without the arguments that it repeats and that may be keys: screens and logs keep it."""
    for arg in args:
        word = arg.partition("=")[2] if arg.startswith("-") else arg
        if len(word) >= FEWEST_CHARACTERS:
            message = message.replace(word, "***")
    return message


def redacted(text: str, secret: str) -> str:
    """A text from the service, with the key masked in case the service echoes it."""
    return text.replace(secret, "***") if secret else text
