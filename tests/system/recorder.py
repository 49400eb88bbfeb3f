"""What a command does to its home folder, call by call, as strace notes it."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from tests.system.under_strace import UnderStrace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

UNKNOWN = (
    *(
        "open",
        "creat",
        "truncate",
        "fallocate",
        "writev",
        "pwritev",
        "pwritev2",
        "sendfile",
        "copy_file_range",
    ),
    *("renameat", "renameat2", "unlinkat", "mkdirat", "rmdir", "symlink", "symlinkat", "dup", "dup2", "dup3"),
)
"""Calls that no command makes in its home: the recorder would have to learn them."""

TRACED = (
    *("openat", "close", "lseek", "write", "pwrite64", "ftruncate", "fsync", "fdatasync"),
    *("rename", "link", "linkat", "unlink", "mkdir", *UNKNOWN),
    *("sendto", "recvfrom"),
)

CHANGING = (b"POST ", b"PUT ", b"DELETE ")
"""How the requests begin that change something on an account."""

CALL = re.compile(r"(\w+)\((.*)\) += (\d+)$")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

FOLDER = -1
"""The number of every folder."""

TOP = "."
"""The folder that the home is in."""


class Bytes(NamedTuple):
    """A file is written at an offset; without content, it is given that length."""

    file: int
    offset: int
    content: bytes | None


class Names(NamedTuple):
    """Names are given (to the file or folder of a number) and taken (None), all at once."""

    names: dict[str, int | None]


class Flushed(NamedTuple):
    """The bytes of a file (its number) or the names in a folder (its path) are on the disk."""

    target: int | str


class Said(NamedTuple):
    """Something was written to standard output: the command is done."""


class Asked(NamedTuple):
    """A request that changes something on the account is on its way."""


class Answered(NamedTuple):
    """The account has answered it."""


Event = Bytes | Names | Flushed | Said | Asked | Answered
Tree = dict[str, bytes | None]
"""The content of files, None for folders, by their paths in the folder that the home is in."""


class Recording(NamedTuple):
    """A command, as the disk saw it.

    Attributes:
        files: The files before it, by number.
        names: The names before it, and their numbers.
        events: What it did.
    """

    files: dict[int, bytes]
    names: dict[str, int | None]
    events: list[Event]


class Recorder(UnderStrace):
    """Records commands.

    Args:
        folder: An empty folder, for what strace writes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        options = ("-ff", "-xx", "-s", "1000000", "-o", str(folder / "trace"))
        super().__init__(*options, "-e", f"trace={','.join(TRACED)}")

    def record(
        self,
        home: Path,
        args: Sequence[str],
        now: int,
        *,
        stdin: str = "",
        at_terminal: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> Recording:
        """Run a command, which must end well."""
        notes = _Notes(home, tree_of(home))
        ended = self.run(home, args, now, stdin=stdin, at_terminal=at_terminal, environ=environ)
        assert ended.code == 0, ended
        name = "".join(f"\\x{byte:02x}" for byte in notes.output.encode())
        for path in self._folder.iterdir():  # one for each process, that of the command among them
            lines = path.read_text(encoding="ascii")
            if f'"{name}"' in lines:
                path.unlink()
                for line in lines.splitlines():
                    notes.note(line)
        return notes.recording


def tree_of(home: Path) -> Tree:
    """The home, and all that is in it."""
    paths = [home, *home.rglob("*")] if home.exists() else []
    top = home.parent
    return {
        str(path.relative_to(top)): None if path.is_dir() else path.read_bytes() for path in sorted(paths)
    }


def put(tree: Tree, home: Path) -> None:
    """Make the home hold a tree."""
    shutil.rmtree(home, ignore_errors=True)
    for name, content in sorted(tree.items()):
        path = home.parent / name
        if content is None:
            path.mkdir(mode=0o700)
        else:
            path.write_bytes(content)
            path.chmod(0o600)


class _Notes:
    """Makes events of the lines of strace; knows which file has which name, and which is open, meanwhile."""

    def __init__(self, home: Path, before: Tree) -> None:
        self.home = str(home)
        self.output = f"{home}.output.out"
        kinds = enumerate(before.items())
        numbers = {name: FOLDER if content is None else number for number, (name, content) in kinds}
        files = {numbers[name]: content for name, content in before.items() if content is not None}
        self.recording = Recording(files, {**numbers}, [])
        self.names: dict[str, int | None] = {TOP: FOLDER, **numbers}
        self.last_number = len(before)
        self.opened: dict[str, int | str] = {}
        self.offsets: dict[str, int] = {}

    def note(self, line: str) -> None:
        """Note a line; calls that failed have changed nothing."""
        call = CALL.match(line)
        if call is None:
            return
        name, text, result = call.groups()
        texts = [bytes.fromhex(word.replace(r"\x", "")) for word in TEXT.findall(text)]
        words = TEXT.sub("", text).split(", ")
        descriptors = {self.opened.get(word) for word in words} - {None}
        assert not (name in UNKNOWN and descriptors), line[:1_000]
        if name in ("sendto", "recvfrom"):
            self._exchange(name, texts[0])
        elif name == "openat":
            self._open(texts[0].decode(), words[2], result)
        elif name in ("rename", "link", "linkat", "unlink", "mkdir", *UNKNOWN):
            self._name(name, [self._inside(path.decode(errors="replace")) for path in texts])
        else:
            self._use(name, words, texts, int(result))

    def _inside(self, path: str) -> str | None:
        """The path in the folder that the home is in; None for one that has nothing to do with the home."""
        top = os.path.dirname(self.home)
        is_ours = path in (self.home, top) or path.startswith(self.home + "/")
        return os.path.relpath(path, top) if is_ours else None

    def _open(self, path: str, flags: str, descriptor: str) -> None:
        name = self._inside(path)
        self.opened.pop(descriptor, None)
        if path == self.output:
            self.opened[descriptor] = path
        elif name is not None:
            number = self.names.get(name)
            if number == FOLDER:
                self.opened[descriptor] = name
                return
            if number is None:
                number = self.last_number = self.last_number + 1
                self._rename({name: number})
            elif "O_TRUNC" in flags:
                self.recording.events.append(Bytes(number, 0, None))
            assert "O_APPEND" not in flags
            self.opened[descriptor], self.offsets[descriptor] = number, 0

    def _name(self, call: str, names: list[str | None]) -> None:
        ours = [name for name in names if name is not None]
        if not ours:
            return
        assert call not in UNKNOWN, call
        assert len(ours) == len(names), "moved into the home or out of it"
        number = self.names.get(ours[0])
        changes: dict[str, dict[str, int | None]] = {
            "rename": {ours[0]: None, ours[-1]: number},
            "unlink": {ours[0]: None},
            "mkdir": {ours[0]: FOLDER},
        }
        self._rename(changes.get(call, {ours[-1]: number}))

    def _rename(self, names: dict[str, int | None]) -> None:
        self.recording.events.append(Names(names))
        self.names.update(names)

    def _exchange(self, call: str, content: bytes) -> None:
        """Note what is sent to the account, and that it has answered."""
        events = self.recording.events
        if call == "sendto" and content.startswith(CHANGING):
            events.append(Asked())
        elif call == "recvfrom" and content and events.count(Answered()) < events.count(Asked()):
            events.append(Answered())

    def _use(self, call: str, words: list[str], texts: list[bytes], result: int) -> None:
        """Note the use of a descriptor."""
        target = self.opened.get(words[0])
        if target is None:
            return
        events = self.recording.events
        if call == "close":
            del self.opened[words[0]]
        elif call == "lseek":
            self.offsets[words[0]] = result
        elif call in ("fsync", "fdatasync"):
            events.append(Flushed(target))
        elif target == self.output:
            events.append(Said())
        else:
            assert isinstance(target, int)
            if call == "write":
                events.append(Bytes(target, self.offsets[words[0]], texts[0][:result]))
                self.offsets[words[0]] += result
            elif call == "pwrite64":
                events.append(Bytes(target, int(words[-1]), texts[0][:result]))
            else:
                events.append(Bytes(target, int(words[-1]), None))
