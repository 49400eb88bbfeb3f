"""Who may import whom: the table in CONTRIBUTING, kept over the syntax tree; and how long files are.

Every import counts, also one inside a function and one that only the type checker follows: what a signature
names is what a file is about.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "clockeye_cli"
ROOT = Path(__file__).parents[1] / PACKAGE

LONGEST_FILE, LONG_FILE, MOST_LONG_FILES = 300, 250, 5

FREE = {"errors", "core"}
"""What everyone may import."""


def table() -> dict[str, set[str]]:
    """What each room may import, by the table in CONTRIBUTING; of a part of a room, what it may besides."""
    text = (ROOT.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/]+)` \| .* \| ([^|]+) \|$", text.partition("| room |")[2], re.MULTILINE)
    return {room: set(re.findall(r"`([\w./]+)`", allowed)) for room, allowed in rows}


ARROWS = table()

STARRED = {
    "sqlite3": {"store/database.py", "store/database_errors.py", "store/two_files.py"},
    "tomlkit": {"config/config_file.py"},
    "platformdirs": {"config/paths.py"},
    "keyring": {"config/keyring_process.py"},
    "httpx": {"api/connections.py"},
    "jinja2": {"output/html/"},
    "markupsafe": {"output/html/"},
    "rich": {"output/terminal/"},
    "typst": {"output/pdf/"},
    "xlsxwriter": {"output/xlsx/book.py"},
    "typer": {"cli/help_format.py", "cli/typer_reader.py", "cli/man.py"},
    "falcon": {"server/"},
    "tzlocal": {"config/zone.py"},
    "mcp": {"commands/mcp/"},
    "anyio": {"commands/mcp/"},
    "psycopg": {"server/postgres/"},
    "psycopg_pool": {"server/postgres/connections.py"},
}
"""The only files and folders that import a library."""

OF_ONE_SYSTEM = frozenset(
    (
        *(
            "curses",
            "fcntl",
            "grp",
            "posix",
            "pty",
            "pwd",
            "readline",
            "resource",
            "syslog",
            "termios",
            "tty",
        ),
        *("msvcrt", "winreg", "winsound", "_winapi"),
    )
)

FILES = sorted(ROOT.rglob("*.py"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def room_of(name: str) -> str:
    """`store` of `store/entries.py`, `after` of `after.py`."""
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


@cache
def imports(file: Path) -> list[tuple[str, int, bool]]:
    """What a file imports (`a.b.c` for each `from a.b import c`), in which line, and whether at the top."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    late = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for inner in ast.walk(outer)
    }
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            # A table chooses the file; its beginning tells the room.
            first = node.args[0]
            text = first.values[0] if isinstance(first, ast.JoinedStr) else first
            names = [str(text.value).rstrip(".")] if isinstance(text, ast.Constant) else []
        found += [(name, getattr(node, "lineno", 0), id(node) not in late) for name in names]
    return found


def ours(name: str) -> str | None:
    """The room of ours that an import reaches into; None for others', and for the version."""
    package, _, rest = name.partition(".")
    room = rest.split(".", maxsplit=1)[0]
    return room if package == PACKAGE and room in ARROWS else None


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_imports_only_what_its_room_may(file: Path) -> None:
    name = name_of(file)
    room = room_of(name)
    allowed = {room} if room == "errors" else {room, *FREE}
    for place, targets in ARROWS.items():
        if name == f"{place}.py" or name.startswith(f"{place}/"):
            allowed |= targets
    parts_of_rooms = tuple(place.removesuffix(".py") for place in allowed if "/" in place)
    refused = [
        f"line {line}: {imported}"
        for imported, line, _ in imports(file)
        if ours(imported) not in {None, *allowed} and not path_of(imported).startswith(parts_of_rooms)
    ]
    assert refused == []


def path_of(imported: str) -> str:
    """`store/database/connect` of `clockeye_cli.store.database.connect`."""
    return imported.partition(".")[2].replace(".", "/")


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_library_is_imported_only_where_it_is_at_home(file: Path) -> None:
    name = name_of(file)
    for imported, line, _ in imports(file):
        homes = STARRED.get(imported.split(".", maxsplit=1)[0])
        assert homes is None or any(name.startswith(home) for home in homes), f"line {line}: {imported}"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_what_only_one_system_has_is_never_imported_at_the_top(file: Path) -> None:
    found = [
        f"line {line}: {name}"
        for name, line, at_top in imports(file)
        if at_top and name.split(".", maxsplit=1)[0] in OF_ONE_SYSTEM
    ]
    assert found == []


def test_faces_import_commands_only_inside_of_themselves() -> None:
    """A help page must not load what it explains; values that a face makes for its run are an exception."""
    for file in FILES:
        if room_of(name_of(file)) in {"cli", "app"}:
            at_top = [name for name, _, top in imports(file) if top and ours(name) == "commands"]
            assert at_top == [], name_of(file)


def test_the_core_is_pure() -> None:
    """The standard library only, no clock and no input or output."""
    refused = {"time", "sys", "subprocess", "socket", "io", "pathlib", "shutil", "tempfile", "logging"}
    for file in FILES:
        if room_of(name_of(file)) == "core":
            names = {name.split(".", maxsplit=1)[0] for name, _, _ in imports(file)}
            assert not names & refused, name_of(file)


def module_of(file: Path) -> str:
    """`clockeye_cli.store.entries` of `store/entries.py`, `clockeye_cli.store` of its `__init__.py`."""
    return ".".join((PACKAGE, *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {module_of(file): file for file in FILES}


def imported_modules(file: Path) -> set[str]:
    """The files of ours that a file imports, by their dotted names; `from a import b` may name either."""
    names = {name if name in MODULES else name.rpartition(".")[0] for name, _, _ in imports(file)}
    return (names & MODULES.keys()) - {PACKAGE, module_of(file)}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """What is left of a graph when all that leads nowhere is taken away, again and again."""
    while ends := {name for name, targets in graph.items() if not targets & graph.keys()}:
        graph = {name: targets for name, targets in graph.items() if name not in ends}
    return sorted(graph)


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circle({name: imported_modules(file) for name, file in MODULES.items()}) == []


def test_no_rooms_import_each_other_in_a_circle() -> None:
    rooms: dict[str, set[str]] = {}
    for file in FILES:
        room = room_of(name_of(file))
        rooms.setdefault(room, set()).update(
            room_of(name_of(MODULES[name])) for name in imported_modules(file)
        )
    assert circle({room: targets - {room} for room, targets in rooms.items()}) == []


def test_no_command_imports_another() -> None:
    """What several commands need stands in a room below; the files of a family share what is theirs."""
    for file in FILES:
        if room_of(name_of(file)) == "commands":
            family = file.parent if file.parent.name != "commands" else file
            others = {
                MODULES[name] for name in imported_modules(file) if name.startswith(f"{PACKAGE}.commands")
            }
            strangers = {other for other in others if family not in (other, other.parent)}
            assert {name_of(other) for other in strangers} == set(), name_of(file)


def test_the_table_has_every_room_and_no_other() -> None:
    rooms = {room_of(name_of(file)) for file in FILES} - {"__init__"}
    assert rooms == {place for place in ARROWS if "/" not in place}
    assert {target for targets in ARROWS.values() for target in targets if "/" not in target} <= rooms


def test_files_stay_small() -> None:
    """A newcomer reads a file in one go: none has more than 300 lines, and few come near."""
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert [name for name, length in lengths.items() if length > LONGEST_FILE] == []
    assert len([name for name, length in lengths.items() if length > LONG_FILE]) <= MOST_LONG_FILES


def test_no_two_classes_share_a_name() -> None:
    """A name in a message of the type checker, or in a search, leads to one place."""
    homes: dict[str, list[str]] = {}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name_of(file))
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}
