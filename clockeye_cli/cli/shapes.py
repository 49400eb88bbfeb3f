"""Where to find what each command prints as JSON: its run declares it next to its columns.

The run of `projects add` is in `commands/projects/add.py`, which has a constant `SHAPE`, or a function
`shape` that returns it. A command whose run is elsewhere, or which prints one of several things, stands in
ELSEWHERE.
"""

from importlib import import_module

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

LISTS = ("projects", "clients", "invoices", "tags", "profiles", "imports")
"""Families that list what they have if no subcommand is given."""

ELSEWHERE: dict[str, tuple[str, ...]] = {
    "": ("status",),
    "api": (),  # what the service answers
    "completion": ("completion:PRINTED_SHAPE", "completion:INSTALLED_SHAPE"),
    "edit": ("edit.edit",),
    "help": ("schema",),
    "import": ("import_", "import_:SOURCES_SHAPE"),
    "man": (),
    "mcp": (),
    "projects unarchive": ("projects.archive",),
    "clients unarchive": ("clients.archive",),
    "redo": ("undo.redo",),
    "report": ("report.shapes:SUMS", "report.shapes:INVOICE"),
    "serve": ("serve.serve",),
    "serve keys add": ("serve.keys:ADDED_SHAPE",),
    "serve keys list": ("serve.keys:LIST_SHAPE",),
    "serve keys revoke": ("serve.keys:REVOKED_SHAPE",),
    "serve users add": ("serve.users:USER_SHAPE",),
    "serve users list": ("serve.users:LIST_SHAPE",),
    "serve users role": ("serve.users:USER_SHAPE",),
    "serve users remove": ("serve.users:REMOVED_SHAPE",),
    "serve users export": ("serve.users:exported",),
    "skill": ("skill:PRINTED_SHAPE", "skill:INSTALLED_SHAPE"),
    "sync": ("sync.sync", "sync.status"),
    "undo": ("undo.undo",),
    "watch": (),
}
"""Modules of `commands`, each with the name of what is in it if that is not usual. Empty: no JSON of ours."""


def shapes(commands: "Iterable[str]") -> "dict[str, list[Any]]":
    """What commands print as JSON, by their names: one of several shapes, or nothing."""
    return {name: [_shape(place) for place in _places(name)] for name in commands}


def _places(command: str) -> tuple[str, ...]:
    usual = f"{command}.list" if command in LISTS else command.replace(" ", ".")
    return ELSEWHERE.get(command, (usual,))


def _shape(place: str) -> "Any":  # a JsonShape, whose room faces do not know
    module, _, name = place.partition(":")
    content = vars(import_module(f"clockeye_cli.commands.{module}"))
    declared = content[name] if name else content.get("SHAPE") or content["shape"]
    return declared() if callable(declared) else declared
