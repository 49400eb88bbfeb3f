"""Everything that can go wrong for a user, with its code and exit code.

ClockeyeError            1  failed: anything without a code of its own
├── UsageError           2  an option, time or answer that is missing or not understood
├── RejectedError        1  ClockEye has refused a request: a status of 4xx without a code of its own
├── ClashError           3  nothing to act on, several that fit, or something in the way
├── KeyMissingError      4  no key, a refused one, or one without the permission
├── UnreachableError     5  ClockEye cannot be reached, and this computer has no answer either
│   ├── NeverArrivedError   the request certainly did not arrive
│   ├── NoAnswerError       it may have arrived: no answer came, or none that can be read
│   └── LimitedError        too many requests; says how long to wait
├── PartlyDoneError      6  some of it was done; the rest is named
└── StorageError         7  this computer's storage: full, read-only, damaged, too new

`__main__` turns them into a message and an exit code; nobody else does.
The codes are documented in the README; that list only grows.
"""

from __future__ import annotations

EXIT_CODES = {
    0: "done; also: there is nothing to list, or no timer runs and `status` says so",
    1: "failed, in a way that has no code of its own; or `check` has found what it looks for",
    2: "usage: an unknown option, a time that is not understood, a question that cannot be asked",
    3: "nothing to act on, or a clash: no timer runs, no such entry or project, several that fit, an overlap",
    4: "the API key: none, refused, or without the permission",
    5: "ClockEye cannot be reached or takes no more requests, and there is no answer here either",
    6: "partly done; the rest is named, and kept",
    7: "this computer's storage: the disk is full, the folder is read-only, a file is damaged or newer than"
    " the program",
    130: "interrupted",
}
"""What the program's exit codes mean, for people."""


class ClockeyeError(Exception):
    """A failure that a user can understand.

    Args:
        message: What happened, with which value.
        hint: What to do next, as a command where there is one.
        code: The word for it that scripts branch on (JSON: `error.code`).
    """

    exit_code = 1
    default_code = "failed"

    def __init__(self, message: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.default_code


class UsageError(ClockeyeError):
    """What was typed is not understood, or an answer is needed and cannot be asked for."""

    exit_code = 2
    default_code = "usage"


class ClashError(ClockeyeError):
    """There is nothing to act on, several things fit, or something is in the way."""

    exit_code = 3
    default_code = "clash"


class KeyMissingError(ClockeyeError):
    """There is no API key, or it was refused, or it lacks a permission."""

    exit_code = 4
    default_code = "key"


class UnreachableError(ClockeyeError):
    """ClockEye cannot be reached, and what was asked for cannot be given from here."""

    exit_code = 5
    default_code = "unreachable"


class NeverArrivedError(UnreachableError):
    """A request that certainly did not arrive: no such host, no connection, no TLS."""


class NoAnswerError(UnreachableError):
    """A request that may have arrived: no answer came, a 5xx did, or one that cannot be read."""

    default_code = "no_answer"


class UnreadableEntryError(NoAnswerError):
    """An answer holds an entry whose start or end cannot be read."""


class LimitedError(UnreachableError):
    """Too many requests.

    Args:
        message: What happened.
        wait: Seconds until the next request may go.
        hint: What to do next.
    """

    default_code = "rate_limited"

    def __init__(self, message: str, *, wait: float, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.wait = wait


class RejectedError(ClockeyeError):
    """ClockEye has refused a request.

    Args:
        message: In its words.
        status: The HTTP status, 4xx.
        hint: What to do next.
        code: Its code, or ours.
        field: The field of the request that it is about; empty if it names none.
    """

    default_code = "rejected"

    def __init__(self, message: str, *, status: int, hint: str = "", code: str = "", field: str = "") -> None:
        super().__init__(message, hint=hint, code=code)
        self.status = status
        self.field = field


class PartlyDoneError(ClockeyeError):
    """Some of what was asked for was done; the message names the rest."""

    exit_code = 6
    default_code = "partly_done"


class StorageError(ClockeyeError):
    """This computer's storage failed: full, read-only, damaged or newer than this program."""

    exit_code = 7
    default_code = "storage"
