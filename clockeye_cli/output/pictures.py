"""Pictures from a service: their kind, by their first bytes, and the files in which we store them.

The name of a file is made of a validated id and the kind of the picture; the name and type that the service
gives are ignored.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from contextlib import suppress

from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.output.save import save

KINDS = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""The first bytes of each kind. All are bitmaps; an SVG could contain a script."""

SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def kind_of(content: bytes) -> str:
    """The kind of a picture: `png`, `jpeg`, `gif` or `webp`.

    Raises:
        ClockeyeError: The content is none of these.
    """
    for kind, beginning in KINDS.items():
        if beginning.match(content):
            return kind
    raise ClockeyeError("The download is not a picture.")


def embedded(content: bytes) -> str:
    """A picture as a `data:` address.

    Raises:
        ClockeyeError: The content is not a picture.
    """
    return f"data:image/{kind_of(content)};base64,{b64encode(content).decode()}"


def file_of(folder: str, picture_id: str) -> str | None:
    """The path of the file of a picture; None if it is not stored. Stored files are always complete.

    Raises:
        ClockeyeError: The id cannot be used as a file name.
    """
    if not SAFE_ID.fullmatch(picture_id):
        raise ClockeyeError("The id cannot be used as a file name.")
    paths = (os.path.join(folder, f"{picture_id}.{kind}") for kind in KINDS)
    return next((path for path in paths if os.path.lexists(path)), None)


def keep(folder: str, picture_id: str, content: bytes) -> str:
    """Store a picture in a folder atomically, and return its path.

    Args:
        folder: An existing folder.
        picture_id: An id accepted by `file_of`.
        content: The content of the file.

    Raises:
        ClockeyeError: The content is not a picture.
        StorageError: The file cannot be written.
    """
    path = os.path.join(folder, f"{picture_id}.{kind_of(content)}")
    with suppress(UsageError):  # another command has just stored it
        save(path, [content], force=False)
    return path
