"""Every command that says that something is done has a scene in which it is killed and its power is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.cli.faces import Face
from clockeye_cli.cli.table import TABLE, member
from tests.account.scenes import SCENES as ON_ACCOUNT
from tests.system.real_parts import ROOT
from tests.system.scenes import SCENES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.cli.faces import Family

WRITING = ("Also", "Download", "Install", "Recover", "Save", "Store", "Write")
"""The first words of the help of options that write something."""

READS = {
    "status": "shows the timer",
    "history": "lists changes",
    "log": "lists entries",
    "report": "sums up entries",
    "gaps": "lists untracked time",
    "export": "prints entries",
    "check": "reports a forgotten timer",
    "auth status": "shows the key's state",
    "users": "lists users",
    "screenshots": "lists screenshots",
    "api": "prints an answer; the service is what it changes",
    "api --input": "is read",
    "clients": "lists clients",
    "clients list": "lists clients",
    "invoices": "lists invoices",
    "invoices list": "lists invoices",
    "projects": "lists projects",
    "projects list": "lists projects",
    "tags": "lists tags",
    "tags list": "lists tags",
    "profiles": "lists profiles",
    "profiles list": "lists profiles",
    "config list": "lists settings",
    "config get": "prints a setting",
    "config path": "prints a path",
    "doctor": "checks",
    "serve --data": "is the server's file, for every subcommand",
    "serve --faults": "is read",
    "serve keys list": "lists keys",
    "serve users list": "lists users",
    "serve users export": "prints what is stored",
    "serve --log": "is written by the server, a line per request",
    "help": "prints a help text",
    "man": "prints a manual page",
    "imports": "lists imports",
    "imports list": "lists imports",
    "prompt": "prints the timer",
    "completion": "prints a script",
    "schema": "prints the declarations",
    "skill": "prints the skill file",
    "mcp": "runs other commands",
}
"""What only reads, and why."""

SAME = {
    "skill --install": "completion bash",
    "completion --alias": "completion bash",  # and then a line in a file of the shell, as atomically
    "clients unarchive": "clients archive",
    "projects unarchive": "projects archive",
    "watch": "switch",  # its keys run `start` and `stop`
    "gaps --save": "log --save",
    "users --save": "log --save",
    "invoices --save": "log --save",
    "invoices list --save": "log --save",
    "projects --save": "log --save",
    "clients --save": "log --save",
    "clients list --save": "log --save",
    "screenshots --save": "log --save",
    "tags --save": "log --save",
    "tags list --save": "log --save",
    "imports --save": "log --save",
    "imports list --save": "log --save",
    "import --partial": "import",
    "screenshots --download": "log --save",
    "serve keys add --data": "serve keys add",
    "serve keys revoke --data": "serve keys revoke",
    "serve users add --data": "serve users add",
    "serve keys list --data": "serve keys list",
    "serve users list --data": "serve users list",
    "serve users role --data": "serve users role",
    "serve users remove --data": "serve users remove",
    "serve users export --data": "serve users export",
    "serve backup --data": "serve backup",
    "serve move --from": "serve move",
}
"""What is done by the code of another command."""

ONLY_HERE = {
    "backup": "copies the store",
    "clients": "has no counterpart on an account",
    "completion": "writes a script",
    "config": "settings",
    "doctor": "repairs the store",
    "export": "a file",
    "invoices": "has no counterpart on an account",
    "log": "a file",
    "profiles": "settings",
    "projects archive": "is only known here",
    "projects delete": "is refused on an account",
    "projects edit": "is only known here",
    "projects list": "a file",
    "projects merge": "is refused on an account",
    "projects rename": "is refused on an account",
    "report": "a file",
    "restore": "replaces the store",
    "serve": "the server's file",
}
"""What does the same on an account as without one, or less, and why: commands, or their families."""

ALIKE_ON_ACCOUNT = {
    "import": "add",  # the request of each entry is queued in the transaction of the import
    "imports undo": "delete",
}
"""What queues its requests with the code of another command."""

ELSEWHERE = {
    "auth login": "tests/account/test_cut_off.py: test_a_login_or_a_logout_that_is_killed",
    "auth login --insecure-storage": "tests/account/test_cut_off.py: test_a_login_or_a_logout_that_is_killed",
    "auth logout": "tests/account/test_cut_off.py: test_a_login_or_a_logout_that_is_killed",
    "auth logout --purge": "tests/account/test_cut_off.py: test_a_login_or_a_logout_that_is_killed",
    "sync": "tests/account/test_killed.py: test_a_sync_that_is_killed",
    "sync resolve": "tests/account/test_killed.py: test_a_decision_that_is_killed",
    "serve move": "tests/server/test_postgres.py: test_a_move_that_is_killed_leaves_an_empty_database",
    "serve": "tests/server/test_serving.py: test_a_kill_under_load_loses_nothing_that_was_answered",
}
"""What is killed among the tests of the account or the server."""


def commands(path: str, command: Face | Family | None) -> Iterator[tuple[str, Face]]:
    """The faces of a command and its subcommands, by what is typed."""
    if isinstance(command, Face):
        yield path, command
    elif command:
        if command.alone:
            yield path, command.alone
        for name, subcommand in command.members.items():
            yield from commands(f"{path} {name}", subcommand)


FACES = {path: face for line in TABLE for path, face in commands(line.name, member(line.name))}


def what_writes() -> list[str]:
    """The commands, and those of their options that name a file or a folder, or say that they write."""
    options = [
        f"{path} {parameter.names[0]}"
        for path, face in FACES.items()
        for parameter in face.parameters.values()
        if parameter.names
        and (
            parameter.declaration.metavar in ("FILE", "DIR")
            or parameter.declaration.help.split()[0] in WRITING
        )
    ]
    return [*FACES, *options]


def typed(args: tuple[str, ...]) -> set[str]:
    """The command of a command line, and the command with each of its options."""
    path = max((path for path in FACES if args[: len(path.split())] == tuple(path.split())), key=len)
    return {path, *(f"{path} {word}" for word in args if word.startswith("--"))}


IN_SCENES = set().union(*(typed(scene.args) for scene in SCENES.values()))


def test_every_command_that_writes_has_a_scene() -> None:
    known = {*SCENES, *IN_SCENES, *READS, *ELSEWHERE}
    assert [name for name in what_writes() if SAME.get(name, name) not in known] == []


def test_every_command_whose_changes_are_sent_has_a_scene_on_an_account() -> None:
    on_account = set().union(*(typed(scene.args) for scene in ON_ACCOUNT.values()))
    commands_here = {path for path in IN_SCENES if path in FACES}
    sent = {path for path in commands_here if not {path, path.split()[0]} & {*ONLY_HERE}}
    assert sorted(path for path in sent if ALIKE_ON_ACCOUNT.get(path, path) not in on_account) == []
    assert {"sync", "sync resolve"} <= on_account
    assert [
        path for path in ONLY_HERE if not any(f"{here} ".startswith(f"{path} ") for here in IN_SCENES)
    ] == []


def test_no_exception_is_out_of_date() -> None:
    assert {*READS, *SAME, *ELSEWHERE} - {*what_writes()} == set()
    assert {*SAME, *ELSEWHERE} & IN_SCENES == set()


@pytest.mark.parametrize("place", sorted({*ELSEWHERE.values()}))
def test_the_scenes_elsewhere_exist(place: str) -> None:
    file, _, test = place.partition(": ")
    assert f"def {test}(" in (ROOT / file).read_text()
