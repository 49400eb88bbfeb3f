"""`.clockeye.toml`: the defaults for new work in a folder; and the git branch that is checked out there.

The file may come with somebody else's repository, so it can only set a project, billable and a description,
never an account or a program to run. The branch is read from `.git/HEAD`, since `git` itself would run
programs that the repository configures.
"""

from __future__ import annotations

import os
import stat

from clockeye_cli.core.safe_text import decoded, tidy
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any


NAME = ".clockeye.toml"
KINDS = {"project": (str, "a name"), "billable": (bool, "true or false"), "description": (str, "a string")}
"""The keys that the file may hold: type, and the words for it in an error."""

MOST_BYTES = 65_536
BRANCHES = "ref: refs/heads/"
NO_BRANCH = "ref: refs/heads/.invalid"
"""The content of HEAD in a repository with another ref format (reftable)."""

SHORT_HASH = 7
HEX = set("0123456789abcdef")


class Defaults(NamedTuple):
    """The defaults for new work in a folder; None where the file sets nothing.

    Attributes:
        path: The file.
        project: An id, a name or its beginning.
        billable: Whether new work is.
        description: With `{branch}` replaced by the branch.
        problems: Problems of the file, each a sentence with its path.
    """

    path: str
    project: str | None = None
    billable: bool | None = None
    description: str | None = None
    problems: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What the file sets, in a sentence with its path; empty if it sets nothing."""
        is_set = {
            f"project {self.project}": self.project is not None,
            "billable" if self.billable else "not billable": self.billable is not None,
            "the description": self.description is not None,
        }
        defaults = ", ".join(words for words, applies in is_set.items() if applies)
        return f"From {self.path}: {defaults}." if defaults else ""


def find() -> Defaults | None:
    """The defaults of the nearest file, in the working folder or above it; None without one.

    A file that is invalid, or that other users could have written, only yields its problem: half of its
    content could put work into the wrong project.
    """
    try:
        here = os.getcwd()
    except OSError:  # it was removed
        return None
    path = _upwards(here, NAME)
    if path is None:
        return None
    from clockeye_cli.config.ownership import danger  # late: most folders have no such file

    try:
        if reason := danger(path):
            return Defaults(path, problems=(f"{path} is ignored: {reason}",))
        return _defaults(path, _parsed(_content(path)), here)
    except OSError as error:
        return Defaults(path, problems=(f"{path} is ignored: {error.strerror}.",))
    except ValueError as error:
        return Defaults(path, problems=(f"{path} is ignored: {error}.",))


def branch(folder: str) -> str | None:
    """The branch that is checked out in a folder or above it.

    Returns:
        Its name, or the first digits of the commit's hash if HEAD is detached; None outside of a repository.
    """
    path = _upwards(folder, ".git")
    if path is None:
        return None
    try:
        if os.path.isfile(path):  # a worktree or a submodule: the file points to the real folder
            pointer = _content(path).decode(errors="surrogateescape").partition("\n")[0]
            path = os.path.join(os.path.dirname(path), pointer.removeprefix("gitdir:").strip())
        head = _content(os.path.join(path, "HEAD")).decode(errors="replace").partition("\n")[0].strip()
    except (OSError, ValueError):
        return None
    if head.startswith(BRANCHES) and head != NO_BRANCH:
        return head.removeprefix(BRANCHES)
    return head[:SHORT_HASH] if len(head) > SHORT_HASH and set(head) <= HEX else None


def _upwards(folder: str, name: str) -> str | None:
    while not os.path.lexists(path := os.path.join(folder, name)):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return path


def _content(path: str) -> bytes:
    if not stat.S_ISREG(os.stat(path).st_mode):  # reading a pipe would block
        raise ValueError("it is not a regular file")
    with open(path, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES} bytes")
    return content


def _parsed(content: bytes) -> dict[str, Any]:
    from clockeye_cli.core.toml_text import toml_values  # late: most folders have no file

    return toml_values(decoded(content))


def _defaults(path: str, content: dict[str, Any], folder: str) -> Defaults:
    """The defaults in the content of a file.

    Raises:
        ValueError: A value has the wrong type.
    """
    for key, (kind, words) in KINDS.items():
        value = content.get(key)
        if value is not None and (type(value) is not kind or (key == "project" and not str(value).strip())):
            raise ValueError(f"{key} must be {words}")
    problems = [
        f"{path}: {key} is ignored; only {', '.join(KINDS)} can be set there."
        for key in content
        if key not in KINDS
    ]
    description = content.get("description")
    if description and "{branch}" in description:
        name = branch(folder)
        description = None if name is None else description.replace("{branch}", name)
    return Defaults(
        path,
        _tidy(content.get("project")),
        content.get("billable"),
        _tidy(description),
        tuple(problems),
    )


def _tidy(text: str | None) -> str | None:
    return text and tidy(text)
