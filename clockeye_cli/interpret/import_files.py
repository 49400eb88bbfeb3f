"""The files that `import` is about: named files, folders, standard input, or the source's own place."""

from __future__ import annotations

import os
import stat
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.core.nearest import unknown
from clockeye_cli.errors import ClashError, StorageError, UsageError
from clockeye_cli.importers import SOURCES, certainties, recognised
from clockeye_cli.importers.head import Head
from clockeye_cli.importers.text import HEAD
from clockeye_cli.tracking.importing.wishes import ImportFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import ExitStack

    from clockeye_cli.context import Context

LARGEST = 512 * 2**20
"""Bytes of a file; no tracker has written a larger one."""

STDIN = "-"
MOST_NAMED = 5
_PIECE = 1 << 20


def import_files(
    ctx: Context,
    names: Sequence[str],
    source: str,
    encoding: str,
    columns: Mapping[str, str],
    opened: ExitStack,
) -> list[ImportFile]:
    """The files to import, opened; each with the source that its content, or the user, says.

    Args:
        ctx: For the environment and standard input.
        names: Files, folders or `-`; none for the source's own place.
        source: The source that the user names; empty to recognise it.
        encoding: The encoding that the user names.
        columns: The columns that the user names.
        opened: Closes the files at the end.

    Raises:
        UsageError: A file comes from no source, from several, or is too large.
        StorageError: A file cannot be read.
        ClashError: The source has no file on this computer.
    """
    if source and source not in SOURCES:
        raise unknown(
            "source",
            source,
            SOURCES,
            hint=f"Known: {', '.join(SOURCES)}. `clockeye import --sources` describes them.",
            code="unknown_format",
        )
    files = []
    passed_over: list[str] = []
    for name in names or [_own_place(source, ctx.world.environ)]:
        if name != STDIN and os.path.isdir(name):
            files += [*_of_folder(name, source, encoding, opened, passed_over)]
            continue
        content = ctx.world.stdin.buffer if name == STDIN else opened.enter_context(_open(name))
        head = content.read(HEAD) if name == STDIN else _head(content, name)
        try:
            recognised_source = source or recognised(Head(head, encoding), columns)
            whole = (
                opened.enter_context(_whole(content, head))
                if name == STDIN or not _is_regular(content)
                else content
            )
        except UsageError as error:
            error.message = f"{name}: {error.message}"
            raise
        _refuse_large(whole, name)
        files.append(ImportFile(name, whole, recognised_source))
    if passed_over:
        more = f" and {len(passed_over) - MOST_NAMED} more" if len(passed_over) > MOST_NAMED else ""
        ctx.out.notice(f"Not recognised, so not read: {', '.join(passed_over[:MOST_NAMED])}{more}")
    return files


def _of_folder(
    folder: str, source: str, encoding: str, opened: ExitStack, passed_over: list[str]
) -> Iterator[ImportFile]:
    """The files of a folder, and of those below it, of which a source is sure.

    The others are `passed_over`, unless the user has named the source.
    """
    count = 0
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = os.path.join(path, name)
            if not os.path.isfile(file):
                continue
            content = opened.enter_context(_open(file))
            answers = certainties(Head(_head(content, file), encoding))
            sure = [each for each, answer in answers.items() if answer == "sure" and source in ("", each)]
            if len(sure) == 1:
                _refuse_large(content, file)
                count += 1
                yield ImportFile(file, content, sure[0])
            else:
                content.close()
                passed_over += [] if source else [file]
    if not count:
        raise UsageError(
            f"No file in {folder} was recognised.",
            hint="`clockeye import --sources` lists what can be read.",
            code="unknown_format",
        )


def _open(name: str) -> BinaryIO:
    try:
        return open(name, "rb")
    except OSError as error:
        raise _unreadable(name, error) from error


def _head(content: BinaryIO, name: str) -> bytes:
    try:
        return content.read(HEAD)
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError) -> StorageError:
    return StorageError(f"Cannot read {name}: {error.strerror}.", hint="Check its name and its permissions.")


def _is_regular(content: BinaryIO) -> bool:
    return stat.S_ISREG(os.fstat(content.fileno()).st_mode)


def _whole(content: BinaryIO, head: bytes) -> BinaryIO:
    """What comes from a pipe, in a file without a name, so that it can be read twice."""
    file: BinaryIO = TemporaryFile()  # noqa: SIM115 - the caller closes it
    size, piece = 0, head
    try:
        while piece:
            size += len(piece)
            if size > LARGEST:
                raise _too_large()
            file.write(piece)
            piece = content.read(_PIECE)
        file.flush()
    except OSError as error:
        raise StorageError(
            f"Cannot write a temporary file: {error.strerror}.",
            hint="Nothing was stored. TMPDIR=FOLDER names a folder with more room.",
        ) from error
    return file


def _refuse_large(content: BinaryIO, name: str) -> None:
    content.seek(0, os.SEEK_END)
    if content.tell() > LARGEST:
        error = _too_large()
        error.message = f"{name}: {error.message}"
        raise error
    content.seek(0)


def _too_large() -> UsageError:
    return UsageError(
        f"It is larger than {LARGEST // 2**20} MiB.",
        hint="Nothing was stored. Export it year by year.",
        code="too_large",
    )


def _own_place(source: str, environ: Mapping[str, str]) -> str:
    """Where a source keeps its file on this computer.

    Raises:
        UsageError: No source is named, or it keeps none.
        ClashError: There is no such file.
    """
    home = environ.get("HOME", "")
    places = {
        "watson": [environ.get("WATSON_DIR", ""), f"{home}/.config/watson", f"{home}/.watson"],
        "timewarrior": [
            environ.get("TIMEWARRIORDB", ""),
            f"{home}/.timewarrior",
            f"{environ.get('XDG_DATA_HOME') or f'{home}/.local/share'}/timewarrior",
        ],
        "timeclock": [environ.get("TIMELOG", ""), f"{home}/.timelog", f"{home}/.timeclock"],
        "gtimelog": [f"{home}/.local/share/gtimelog/timelog.txt", f"{home}/.gtimelog/timelog.txt"],
    }.get(source, [])
    inner = {"watson": "frames", "timewarrior": "data"}.get(source, "")
    for place in filter(None, places):
        path = os.path.join(place, inner) if inner else place
        if os.path.exists(path):
            return path
    if places:
        raise ClashError(
            f"Found no {SOURCES[source].title} on this computer.",
            hint=f"Name the file: `clockeye import FILE --as {source}`",
            code="no_such_file",
        )
    raise UsageError(
        "Which file?",
        hint="`clockeye import FILE` names it; `clockeye import --sources` says where each program has it.",
    )
