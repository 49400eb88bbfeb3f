"""Pictures that came from a service: what they are by their first bytes, and files of ours that keep them.

A file's name is made here, of an id that can be a name and of what the picture is; what the service calls it
is never looked at.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress

from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.output.save import save

KINDS = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""How files of each kind begin. All are mere dots: an SVG could hold a program."""

SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def kind_of(content: bytes) -> str:
    """What a picture is: `png`, `jpeg`, `gif` or `webp`.

    Raises:
        ClockeyeError: It is none of these.
    """
    for kind, beginning in KINDS.items():
        if beginning.match(content):
            return kind
    raise ClockeyeError("What came is no picture.")


def file_of(folder: str, picture_id: str) -> str | None:
    """The path of the file that keeps a picture; None if there is none. A file is always whole.

    Raises:
        ClockeyeError: The id cannot be a file's name.
    """
    if not SAFE_ID.fullmatch(picture_id):
        raise ClockeyeError("This id cannot be the name of a file.")
    paths = (os.path.join(folder, f"{picture_id}.{kind}") for kind in KINDS)
    return next((path for path in paths if os.path.lexists(path)), None)


def keep(folder: str, picture_id: str, content: bytes) -> str:
    """Put a picture into a folder, whole or not at all. Returns its path.

    Args:
        folder: Must be there.
        picture_id: One that `file_of` takes.
        content: What the file is to hold.

    Raises:
        ClockeyeError: It is no picture.
        StorageError: The folder or the disk refuses.
    """
    path = os.path.join(folder, f"{picture_id}.{kind_of(content)}")
    with suppress(UsageError):  # another command has put it there this moment: it is left as it is
        save(path, content, force=False)
    return path
