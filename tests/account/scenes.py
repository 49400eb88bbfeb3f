"""Commands that change an account, and what was done before each: online, offline, and by another client."""

from __future__ import annotations

from typing import NamedTuple


class Scene(NamedTuple):
    """A command line on an account, and what was done before it.

    Attributes:
        args: The command line.
        before: Command lines that were run before.
        offline: Command lines that were run then, while the account could not be reached.
        theirs: The description that another client gave the only entry then; empty for none.
        conflicts: Whether a `sync` found a conflict then.
    """

    args: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    offline: tuple[tuple[str, ...], ...] = ()
    theirs: str = ""
    conflicts: bool = False


def _work(description: str, hour: int, *more: str) -> tuple[str, ...]:
    return ("add", description, *more, "--from", f"{hour}:00", "--to", f"{hour + 1}:00", "-p", "web")


ONE = _work("One", 8)
RUNNING = ("start", "Old", "-p", "web", "--at", "11:00")
CHANGED = ("edit", "last", "-d", "Changed")
DELETE = ("delete", "last", "-y")
RESOLVE = ("sync", "resolve", "last", "--keep")

SCENES = {
    "start": Scene(("start", "New", "-p", "web")),
    "switch": Scene(("start", "New", "-p", "web"), (RUNNING,)),
    "stop": Scene(("stop",), (RUNNING,)),
    "cancel": Scene(("cancel", "-y"), (RUNNING,)),
    "resume": Scene(("resume", "last"), (ONE,)),
    "add": Scene(_work("Two", 9), (ONE,)),
    "edit": Scene(CHANGED, (ONE,)),
    "edit of a timer": Scene(("edit", "current", "-d", "Changed"), (RUNNING,)),
    "split": Scene(("split", "last", "--at", "8:30"), (ONE,)),
    "delete": Scene(DELETE, (ONE,)),
    "undo": Scene(("undo", "-y"), (ONE, DELETE)),
    "undo of a stop": Scene(("undo", "-y"), (RUNNING, ("stop",))),
    "redo": Scene(("redo",), (ONE, DELETE, ("undo", "-y"))),
    "tags rename": Scene(("tags", "rename", "bug", "defect", "-y"), (_work("One", 8, "+bug"),)),
    "projects add": Scene(("projects", "add", "garden")),
    "sync": Scene(("sync",), (ONE,), (CHANGED, _work("Two", 9), _work("Two", 10))),
    "sync resolve": Scene((*RESOLVE, "mine"), (ONE,), (CHANGED,), "Theirs", conflicts=True),
    "sync resolve for theirs": Scene((*RESOLVE, "theirs"), (ONE,), (CHANGED,), "Theirs", conflicts=True),
}
