"""Errors of SQLite and the system, as StorageErrors that name the file and the next step."""

from __future__ import annotations

import errno
import os
import sqlite3

from clockeye_cli.errors import StorageError

FULL_HINT = "Nothing was changed. Free some space, then run the command again."
READONLY_HINT = "Nothing was changed. Check the permissions of the file and its folder."

EXPLAINED = {
    sqlite3.SQLITE_FULL: ("the disk is full", FULL_HINT, "storage_full"),
    sqlite3.SQLITE_READONLY: ("the file cannot be written", READONLY_HINT, "storage_readonly"),
    sqlite3.SQLITE_CANTOPEN: (
        "the file or its journal cannot be opened",
        READONLY_HINT,
        "storage_readonly",
    ),
    sqlite3.SQLITE_BUSY: (
        "another command has locked the file for too long",
        "Run the command again; `clockeye doctor` checks the file.",
        "storage_busy",
    ),
    sqlite3.SQLITE_IOERR: (
        "reading or writing failed (disk I/O error)",
        "Check the disk, its quota and `ulimit -f`. The change may or may not be stored:"
        " `clockeye log` shows it.",
        "storage",
    ),
    sqlite3.SQLITE_IOERR_DELETE: (
        "its journal cannot be deleted",
        READONLY_HINT,
        "storage_readonly",
    ),
    sqlite3.SQLITE_READONLY_DBMOVED: (
        "another command replaced the file in the meantime",
        "Nothing was changed. Run the command again.",
        "storage_busy",
    ),
    sqlite3.SQLITE_READONLY_ROLLBACK: (
        "a command was interrupted; its unfinished changes are rolled back once the file can be written",
        READONLY_HINT,
        "storage_readonly",
    ),
}
"""The message, the hint and the error code for each of SQLite's codes, exact ones or families."""


def explained(error: Exception, path: str) -> StorageError:
    """The error to show for an error of SQLite or the system about a file."""
    if isinstance(error, OSError):
        return _of_system(error, path)
    # Text that is not UTF-8 raises an error of Python's own, without a code.
    is_undecodable = isinstance(error, UnicodeDecodeError) or (
        isinstance(error, sqlite3.OperationalError) and not _code(error)
    )
    if is_undecodable or is_damage(error):
        return damaged(path, "is damaged")
    if os.path.islink(path) and not os.path.exists(path):
        target = os.path.realpath(path)
        return StorageError(
            f"{path} is a link to {target}, which does not exist.",
            hint="Mount the disk that it is on.",
            code="storage",
        )
    otherwise = (str(error), "`clockeye doctor` looks for problems.", "storage")
    message, hint, word = EXPLAINED.get(_code(error)) or EXPLAINED.get(_family(error), otherwise)
    return StorageError(f"{path}: {message}.", hint=hint, code=word)


def is_damage(error: Exception) -> bool:
    """Whether SQLite reports that the file is damaged or not a database."""
    return _family(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damaged(path: str, problem: str) -> StorageError:
    """The error for a damaged file; such a file is only moved or replaced by an explicit command.

    Args:
        path: The file.
        problem: The rest of the sentence after the file's name: "is damaged".
    """
    return StorageError(
        f"{path} {problem}.",
        hint="`clockeye doctor --repair` saves what can be read and keeps the damaged file;"
        " `clockeye restore FILE` restores a backup.",
        code="storage_damaged",
    )


def _of_system(error: OSError, path: str) -> StorageError:
    name = str(error.filename or path)
    if name.startswith(path):
        name = path  # its drafts and journals mean nothing to the user
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        code, hint = "storage_full", FULL_HINT
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        code, hint = "storage_readonly", READONLY_HINT
    else:
        code, hint = "storage", "Nothing was changed. `clockeye doctor` looks for problems."
    return StorageError(f"{name}: {error.strerror or error}.", hint=hint, code=code)


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0))


def _family(error: Exception) -> int:
    return _code(error) & 0xFF
