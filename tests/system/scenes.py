"""Commands that change files, what was done before each, and what a home may hold after one was cut off."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.config import account, config_text, paths
from clockeye_cli.errors import StorageError
from clockeye_cli.server import database as server
from clockeye_cli.server.keys import list_keys
from clockeye_cli.server.members import list_users
from clockeye_cli.server.sqlite.schema import MIGRATIONS
from clockeye_cli.store.database import connect
from clockeye_cli.store.state import sender_lock
from tests.app import App
from tests.system.migrations import age
from tests.system.real_parts import state_of

if TYPE_CHECKING:
    from collections.abc import Callable


def as_it_is(_app: App) -> None:
    """Prepare nothing else."""


class Scene(NamedTuple):
    """A command line, in which `{home}` is the home folder, and what was done before it.

    Attributes:
        args: The command line.
        before: Command lines that were run before.
        prepare: What else was done then.
        extra: A part of the names of copies of the store that it may leave although it has not happened.
        repeats: The store is damaged or missing: if it is cut off, only the command itself can follow.
        at_terminal: It needs a terminal.
        is_divided: Settings and stores are in two folders, as they are without CLOCKEYE_HOME.
    """

    args: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    prepare: Callable[[App], None] = as_it_is
    extra: str = ""
    repeats: bool = False
    at_terminal: bool = False
    is_divided: bool = False


RUNNING = (("start", "Old", "work", "-p", "web"),)
ENTRIES = (
    ("add", "One", "--from", "8", "--to", "9", "-p", "web"),
    ("add", "Two", "--from", "9", "--to", "10", "-p", "garden", "--key", "k"),
)
TAGGED = (
    ("add", "One", "+bug", "--from", "8", "--to", "9"),
    ("add", "Two", "+Bug", "--from", "9", "--to", "10"),
)
WORK = (*ENTRIES, *RUNNING)
BACKUP = ("backup", "{home}/backup.db")
RESTORE = ("restore", "{home}/backup.db")
PROJECT = ("projects", "add", "old")
RATE = ("config", "set", "rate", "80 EUR")
INVOICE = ("invoices", "add", "2026-14", "--all", "-y")
CLIENT = ("projects", "edit", "web", "--client", "Nord")
KEY = ("serve", "keys", "add", "laptop")
MEMBER = ("serve", "users", "add", "Ada", "ada@example.com")
SUNDAY = ("config", "set", "week_start", "sunday")
SAMPLES = Path(__file__).parents[1] / "importers" / "samples"
TOGGL = str(SAMPLES / "toggl" / "toggl-detailed-bom-crlf.csv")
HARVEST = str(SAMPLES / "harvest" / "comma-hours-department.csv")
SHELLS = ("bash", "zsh", "fish", "powershell")

CONFIG = """# mine
colour = "blue" # unknown to clockeye

[profiles.side] # at the office
project = "web"
"""


def with_a_profile(app: App) -> None:
    """Add the profile `side`, which has an entry, a running timer, a key and a lock."""
    config_text.write_text(paths.config_file(app.environ), CONFIG)
    config_text.write_text(account.file_of("side", app.environ), "ck_live_0123456789")
    config_text.write_text(sender_lock(paths.store_file(app.environ, "side")), "")
    app.ok("-P", "side", "add", "Here", "--from", "8", "--to", "9")
    app.ok("-P", "side", "start", "There")


def with_an_old_store(app: App) -> None:
    age(app.home / "local.db", 1)


def without_a_store(app: App) -> None:
    (app.home / "local.db").unlink()


def with_half_a_store(app: App) -> None:
    path = app.home / "local.db"
    path.write_bytes(path.read_bytes()[: 4096 * 5])


def with_a_damaged_index(app: App) -> None:
    path = app.home / "local.db"
    content = path.read_bytes()
    assert content.count(b"CREATE INDEX entries_by_end") == 1
    path.write_bytes(content.replace(b"CREATE INDEX entries_by_end", b"CREATE INDEX entries_by_xnd"))


SCENES = {
    "first run": Scene(("start", "New", "work", "-p", "web")),
    "start": Scene(("start", "New", "work", "-p", "new project"), ENTRIES),
    "start in an old store": Scene(("start", "New"), ENTRIES, with_an_old_store),
    "switch": Scene(("start", "New", "work", "-p", "web"), WORK),
    "stop": Scene(("stop", "-d", "It was this", "-t", "tag"), WORK),
    "cancel": Scene(("cancel", "-y"), WORK),
    "resume": Scene(("resume", "last-1"), WORK),
    "add": Scene(("add", "Three", "--for", "30m", "--key", "again"), ENTRIES),
    "add of much": Scene(("add", "long " * 4_000, "--for", "30m"), ENTRIES),
    "edit": Scene(("edit", "last", "last-1", "-d", "Changed", "-p", "other"), ENTRIES),
    "split": Scene(("split", "last", "--at", "9:30", "--gap", "5m"), ENTRIES),
    "import": Scene(("import", TOGGL, HARVEST, "--user", "kim@example.org", "--update"), ENTRIES),
    "import of what has no clock": Scene(("import", HARVEST), ENTRIES),
    "import with a map": Scene(("import", TOGGL, "--map", "{home}/names.toml"), ENTRIES),
    "imports undo": Scene(("imports", "undo", "1"), (*ENTRIES, ("import", TOGGL), ("import", HARVEST))),
    "delete": Scene(("delete", "last", "last-1", "-y"), ENTRIES),
    "undo of a delete": Scene(("undo",), (*ENTRIES, ("delete", "last", "-y"))),
    "undo of a stop": Scene(("undo",), (*WORK, ("stop",))),
    "undo of a project": Scene(("undo",), ENTRIES),
    "tags rename": Scene(("tags", "rename", "bug", "defect"), (*TAGGED, *RUNNING)),
    "undo of three commands": Scene(("undo", "-n", "3", "-y"), (*WORK, ("stop",))),
    "redo": Scene(("redo",), (*ENTRIES, ("delete", "last", "-y"), ("undo",))),
    "redo of a stop": Scene(("redo",), (*WORK, ("stop",), ("undo",))),
    "projects add": Scene(("projects", "add", "one", "two", "--no-billable"), WORK),
    "projects edit": Scene(
        ("projects", "edit", "web", "--client", "Nord", "--color", "teal", "--no-billable"), WORK
    ),
    "clients edit": Scene(("clients", "edit", "nord", "--rate", "90 EUR"), (*ENTRIES, CLIENT)),
    "clients rename": Scene(("clients", "rename", "nord", "Nord GmbH"), (*ENTRIES, CLIENT)),
    "clients archive": Scene(("clients", "archive", "nord"), (*ENTRIES, CLIENT)),
    "invoices add": Scene(("invoices", "add", "2026-14", "--all", "-y"), (*ENTRIES, RATE)),
    "invoices remove": Scene(("invoices", "remove", "2026-14"), (*ENTRIES, RATE, INVOICE)),
    "undo of an invoice": Scene(("undo",), (*ENTRIES, RATE, INVOICE)),
    "projects rename": Scene(("projects", "rename", "web", "website"), ENTRIES),
    "projects archive": Scene(("projects", "archive", "web", "garden"), ENTRIES),
    "projects merge": Scene(("projects", "merge", "web", "garden"), WORK),
    "projects delete": Scene(("projects", "delete", "old"), (*WORK, PROJECT)),
    "profiles add": Scene(("profiles", "add", "fresh"), WORK, with_a_profile),
    "first profile": Scene(("profiles", "add", "fresh"), WORK),
    "profiles use": Scene(("profiles", "use", "side"), WORK, with_a_profile),
    "profiles rename": Scene(("profiles", "rename", "side", "office"), WORK, with_a_profile),
    "profiles remove": Scene(("profiles", "remove", "side", "-y"), WORK, with_a_profile),
    "profiles rename in two folders": Scene(
        ("profiles", "rename", "side", "office"), WORK, with_a_profile, is_divided=True
    ),
    "profiles remove in two folders": Scene(
        ("profiles", "remove", "side", "-y"), WORK, with_a_profile, is_divided=True
    ),
    "first setting": Scene(("config", "set", "day_start", "04:00"), WORK),
    "config set": Scene(("config", "set", "day_start", "04:00"), (*WORK, SUNDAY)),
    "config unset": Scene(("config", "unset", "week_start"), (*WORK, SUNDAY)),
    "config edit": Scene(("config", "edit"), (*WORK, SUNDAY), at_terminal=True),
    "backup": Scene(BACKUP, WORK),
    "restore": Scene(RESTORE, (*WORK, BACKUP, PROJECT), extra=".before-restore-"),
    "restore over nothing": Scene(RESTORE, (*WORK, BACKUP), without_a_store, repeats=True),
    "restore over damage": Scene(
        RESTORE, (*WORK, BACKUP), with_half_a_store, extra=".damaged-", repeats=True
    ),
    "repair": Scene(("doctor", "--repair"), WORK, with_a_damaged_index, extra=".damaged-", repeats=True),
    "first key": Scene(KEY, WORK),
    "serve keys add": Scene(("serve", "keys", "add", "desk", "--role", "admin"), (*WORK, KEY)),
    "serve keys revoke": Scene(("serve", "keys", "revoke", "laptop"), (*WORK, KEY)),
    "serve users add": Scene(MEMBER, (*WORK, KEY)),
    "serve users role": Scene(("serve", "users", "role", "ada@example.com", "admin"), (*WORK, KEY, MEMBER)),
    "serve users remove": Scene(("serve", "users", "remove", "ada@example.com"), (*WORK, KEY, MEMBER)),
    "serve backup": Scene(("serve", "backup", "{home}/server/copy.db"), (*WORK, KEY)),
    "log --save": Scene(("log", "--all", "--save", "{home}/log.csv"), WORK),
    "log --save --force": Scene(
        ("log", "--all", "--save", "{home}/log.csv", "--force"),
        (ENTRIES[0], ("log", "--all", "--save", "{home}/log.csv"), ENTRIES[1]),
    ),
    "report --save": Scene(("report", "--today", "--save", "{home}/report.md"), WORK),
    "export --save": Scene(("export", "--save", "{home}/times.ics"), WORK),
    "report --save xlsx": Scene(("report", "--today", "--save", "{home}/report.xlsx"), WORK),
    "projects list --save": Scene(("projects", "list", "--save", "{home}/projects.json"), WORK),
    **{f"completion {shell}": Scene(("completion", shell, "--install"), WORK) for shell in SHELLS},
}


def environment_in(home: Path, scene: Scene) -> dict[str, str]:
    """The environment of a command: all of its files are in the home folder."""
    return {
        "CLOCKEYE_HOME": "" if scene.is_divided else str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "EDITOR": """sh -c 'echo "target = \\"8h\\"" >> "$0"'""",
    }


def app_in(home: Path, scene: Scene) -> App:
    """The app, in the environment of a command."""
    app = App(home)
    app.environ |= environment_in(home, scene)
    return app


def args_in(home: Path, args: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.replace("{home}", str(home)) for word in args)


def prepared(fast_path: Path, scene: Scene) -> tuple[Path, App]:
    """A home in which the scene's commands were run, and the app on it, a little later."""
    made = fast_path / "made"
    app = app_in(made, scene).at("2026-11-20 12:00:00")
    for args in scene.before:
        app.ok(*args_in(made, args))
    scene.prepare(app)
    return made, app.at("2026-11-20 12:30:00")


def copy(made: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    if made.exists():
        shutil.copytree(made, home)


class Outcome:
    """Judges what a command has left that was killed, or cut off by a power failure.

    Args:
        scene: The command.
        home: Its home, before it.
    """

    def __init__(self, scene: Scene, home: Path) -> None:
        self.scene = scene
        self.before = contents(app_in(home, scene))
        self.after = self.before

    def is_complete(self, home: Path) -> None:
        """Note what the home holds after the whole command."""
        self.after = contents(app_in(home, self.scene))
        assert self.after != self.before

    def judge(self, home: Path, *, acknowledged: bool) -> None:
        """Hold that the command has happened or has not, and that the home can be used and cleared."""
        app = app_in(home, self.scene).at("2026-11-20 12:59:00")
        state = contents(app)
        if state != self.after:
            assert not acknowledged, self._difference(state)
            if self.scene.extra:
                state = {name: text for name, text in state.items() if self.scene.extra not in name}
            assert state == self.before, self._difference(state)
        if self.scene.repeats:
            app.ok(*args_in(home, self.scene.args))
            assert contents(app)["local.db"] == self.after["local.db"]
        else:
            app.ok("status")
            app.ok("add", "And", "on", "--for", "1s", "--overlap")
        if drafts(app):
            app.now = int(time.time()) + 7_200  # drafts have the age that the computer's clock gives them
            app.run("doctor", "--repair")
            assert not drafts(app)

    def _difference(self, state: dict[str, str]) -> str:
        versions = {"before": self.before, "after": self.after, "now": state}
        return "\n".join(
            f"{name} {version}: {str(content.get(name))[:1_000]}"
            for name in sorted({*self.before, *self.after, *state})
            for version, content in versions.items()
            if state.get(name) != self.after.get(name)
        )


def drafts(app: App) -> list[Path]:
    """The drafts in the folders that `doctor` looks after."""
    folders = {paths.config_folder(app.environ), paths.data_folder(app.environ)}
    return [path for folder in folders for path in Path(folder).glob(".clockeye-*")]


def contents(app: App) -> dict[str, str]:
    """What the files of a home mean, by their names: the rows of a store, or a text.

    A store without a row is as good as none: that is the test of what was there before. Drafts, locks and
    journals mean nothing.
    """
    app.run("profiles")  # finishes what another command has left to do
    meanings = {
        str(path.relative_to(app.home)): _meaning(path)
        for path in sorted(app.home.rglob("*"))
        if path.is_file()
        and not path.name.startswith(".clockeye-")
        and not path.name.endswith(("-journal", "config.toml.lock"))
    }
    return {name: meaning for name, meaning in meanings.items() if meaning not in NO_ROWS}


def _meaning(path: Path) -> str:
    try:
        if path.parent.name == "server":
            return _state_of_server(path)
        if ".db" in path.name:
            return state_of(path)
    except (AssertionError, StorageError, sqlite3.DatabaseError):
        return f"damaged: {hashlib.sha256(path.read_bytes()).hexdigest()}"
    return path.read_text(encoding="utf-8", errors="replace")


def _state_of_server(path: Path) -> str:
    with closing(connect(str(path), MIGRATIONS, server.APPLICATION_ID)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database = server.Database(str(path))
    keys = [(key.name, key.permissions, key.user, key.revoked_at is None) for key in list_keys(database)]
    return str((keys, [member[1:] for member in list_users(database)]))


NO_ROWS = (state_of(Path(os.devnull, "none")), str(([], [])))
"""A store of ours, and one of the server, with nothing in it."""
