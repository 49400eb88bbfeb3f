"""What SQLite and the system say about a file, as errors that name it and say what to do."""

from __future__ import annotations

import errno
import os
import sqlite3

from clockeye_cli.errors import StorageError

FULL_HINT = "Make room, then run the command again; nothing was changed."
READONLY_HINT = "Set the permissions of the file and its folder right; nothing was changed."

EXPLAINED = {
    sqlite3.SQLITE_FULL: ("the disk is full", FULL_HINT, "storage_full"),
    sqlite3.SQLITE_READONLY: ("it cannot be written", READONLY_HINT, "storage_readonly"),
    sqlite3.SQLITE_CANTOPEN: (
        "it, or a file beside it, cannot be opened",
        READONLY_HINT,
        "storage_readonly",
    ),
    sqlite3.SQLITE_BUSY: (
        "another command has held it for too long",
        "Run the command again; `clockeye doctor` shows whether the file is well.",
        "storage_busy",
    ),
    sqlite3.SQLITE_IOERR: (
        "reading or writing failed (disk I/O error)",
        "Look at the disk, at its quota and at `ulimit -f`. What was to be stored may be there or not:"
        " `clockeye log` shows it.",
        "storage",
    ),
    sqlite3.SQLITE_IOERR_DELETE: (
        "the journal beside it cannot be deleted",
        READONLY_HINT,
        "storage_readonly",
    ),
    sqlite3.SQLITE_READONLY_DBMOVED: (
        "it was replaced by another command at this moment",
        "Run the command again; nothing was changed.",
        "storage_busy",
    ),
    sqlite3.SQLITE_READONLY_ROLLBACK: (
        "a command was interrupted here; what it left half done is taken back once the file can be written",
        READONLY_HINT,
        "storage_readonly",
    ),
}
"""What went wrong, what to do, and the word for scripts, by SQLite's codes: the exact one or its family."""


def explained(error: Exception, path: str) -> StorageError:
    """The error to show for what SQLite, or the system, says about a file."""
    if isinstance(error, OSError):
        return _of_system(error, path)
    # Text that is no UTF-8 is an error of Python's own, which has no code.
    is_undecodable = isinstance(error, UnicodeDecodeError) or (
        isinstance(error, sqlite3.OperationalError) and not _code(error)
    )
    if is_undecodable or is_damage(error):
        return damaged(path, "is damaged")
    if os.path.islink(path) and not os.path.exists(path):
        target = os.path.realpath(path)
        return StorageError(
            f"{path} leads to {target}, which is not there.", hint="Mount what it lies on.", code="storage"
        )
    otherwise = (str(error), "`clockeye doctor` looks for what is wrong.", "storage")
    message, hint, word = EXPLAINED.get(_code(error)) or EXPLAINED.get(_family(error), otherwise)
    return StorageError(f"{path}: {message}.", hint=hint, code=word)


def is_damage(error: Exception) -> bool:
    """Whether SQLite says that the file itself is damaged, or is no database."""
    return _family(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damaged(path: str, what: str) -> StorageError:
    """The error for a file that cannot be used; it is never moved or replaced without being told."""
    return StorageError(
        f"{path} {what}.",
        hint="`clockeye doctor --repair` keeps it aside and saves what can be read;"
        " `clockeye restore FILE` puts a backup in its place.",
        code="storage_damaged",
    )


def _of_system(error: OSError, path: str) -> StorageError:
    name = str(error.filename or path)
    if name.startswith(path):
        name = path  # nobody has heard of the files beside it
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        code, hint = "storage_full", FULL_HINT
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        code, hint = "storage_readonly", READONLY_HINT
    else:
        code, hint = "storage", "Nothing was changed. `clockeye doctor` looks for what is wrong."
    return StorageError(f"{name}: {error.strerror or error}.", hint=hint, code=code)


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0))


def _family(error: Exception) -> int:
    return _code(error) & 0xFF
