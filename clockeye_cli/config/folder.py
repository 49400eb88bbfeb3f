"""`.clockeye.toml`: what new work in a folder takes if nothing else is said; and which branch is checked out.

The file may come with somebody's repository, so it can name a project, billable and a description, and never
where time goes or what is run. The branch is read from `.git/HEAD`; `git` itself would run what a repository
tells it to.
"""

from __future__ import annotations

import os
import stat
from typing import Any, NamedTuple

from clockeye_cli.config.ownership import danger

NAME = ".clockeye.toml"
KINDS = {"project": (str, "a name"), "billable": (bool, "true or false"), "description": (str, "a text")}
"""The keys that it may hold, with their type and how that is said."""

MOST_BYTES = 65_536
BRANCHES = "ref: refs/heads/"
NO_BRANCH = "ref: refs/heads/.invalid"
"""What git writes where the branch stands in a file of another format (reftable)."""

SHORT_HASH = 7
HEX = set("0123456789abcdef")


class Defaults(NamedTuple):
    """What a folder says about new work; None where it says nothing.

    Attributes:
        path: The file.
        project: An id, a name or its beginning.
        billable: Whether new work is.
        description: With the branch in the place of `{branch}`.
        problems: What is wrong with the file, each a sentence with its path.
    """

    path: str
    project: str | None = None
    billable: bool | None = None
    description: str | None = None
    problems: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What is taken from where, in a sentence; empty if nothing is."""
        said = {
            f"project {self.project}": self.project is not None,
            "billable" if self.billable else "not billable": self.billable is not None,
            "the description": self.description is not None,
        }
        taken = [words for words, is_said in said.items() if is_said]
        return f"From {self.path}: {', '.join(taken)}." if taken else ""


def find() -> Defaults | None:
    """What the nearest file says, in the working folder or above it; None if there is none.

    A file that is not understood, or that somebody else could have written, says nothing but its problem:
    work must not go to the wrong project by half of what was meant.
    """
    try:
        here = os.getcwd()
    except OSError:  # it was removed
        return None
    path = _upwards(here, NAME)
    if path is None:
        return None
    try:
        if why := danger(path):
            return Defaults(path, problems=(f"{path} is ignored: {why}",))
        return _understood(path, _parsed(_content(path)), here)
    except OSError as error:
        return Defaults(path, problems=(f"{path} is ignored: {error.strerror}.",))
    except (ValueError, RecursionError) as error:
        return Defaults(path, problems=(f"{path} is ignored, as it is not understood: {error}.",))


def branch(folder: str) -> str | None:
    """The branch that is checked out in a folder or above it.

    Returns:
        Its name, or the beginning of the commit's hash where no branch is; None outside of a repository.
    """
    path = _upwards(folder, ".git")
    if path is None:
        return None
    try:
        if os.path.isfile(path):  # a worktree or a submodule: the file says where the rest is
            said = _content(path).decode(errors="surrogateescape").partition("\n")[0]
            path = os.path.join(os.path.dirname(path), said.removeprefix("gitdir:").strip())
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
    if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for
        raise ValueError("it is no file")
    with open(path, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"it is longer than {MOST_BYTES} bytes")
    return content


def _parsed(content: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(content.decode())


def _understood(path: str, found: dict[str, Any], here: str) -> Defaults:
    """The defaults that the file's content means.

    Raises:
        ValueError: A value is of another kind than its key takes.
    """
    for key, (kind, words) in KINDS.items():
        value = found.get(key)
        if value is not None and (type(value) is not kind or (key == "project" and not str(value).strip())):
            raise ValueError(f"{key} must be {words}")
    foreign = [key for key in found if key not in KINDS]
    problems = [f"{path}: {key} is ignored; only {', '.join(KINDS)} may stand there." for key in foreign]
    description = found.get("description")
    if description and "{branch}" in description:
        name = branch(here)
        description = None if name is None else description.replace("{branch}", name)
    return Defaults(
        path, _clean(found.get("project")), found.get("billable"), _clean(description), tuple(problems)
    )


def _clean(text: str | None) -> str | None:
    """The text as the store keeps what comes from a file."""
    return text.replace("\0", "\ufffd") if text else text
