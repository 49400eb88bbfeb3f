"""The errors that users see, each with its code and exit code.

ClockeyeError            1  failure without a code of its own
├── UsageError           2  an option, time or answer that is missing or invalid
├── RejectedError        1  ClockEye refused a request: a 4xx status without a code of its own
├── ClashError           3  nothing to act on, several matches, or a conflict
├── KeyMissingError      4  the API key is missing, refused or lacks a permission
├── UnreachableError     5  ClockEye cannot be reached, and the answer is not stored here
│   ├── NeverArrivedError   the request certainly did not arrive
│   ├── NoAnswerError       it may have arrived: no answer, or one that cannot be read
│   │   └── ForeignAnswerError  somebody else answered: a proxy, an ingress, a login page
│   └── LimitedError        rate limit reached; has the time to wait
├── PartlyDoneError      6  partly done; the message names the rest
└── StorageError         7  storage on this computer: full, read-only, damaged, too new

Only `__main__` turns them into a message and an exit code.
The codes are documented in docs/scripting.md; that list only grows.
"""

from __future__ import annotations

EXIT_CODES = {
    0: "success; also if there is nothing to list, or `status` finds no running timer",
    1: "any other failure; or `check` found something",
    2: "usage: an unknown option, an invalid time, a prompt without a terminal",
    3: "nothing to act on, or a conflict: no running timer, no such entry or project, several matches,"
    " an overlap",
    4: "the API key is missing, rejected or lacks a permission",
    5: "ClockEye cannot be reached or its rate limit is reached, and the answer is not stored here",
    6: "partly done; the message says what is left to do",
    7: "storage on this computer: the disk is full, the folder is read-only, a file is damaged or newer than"
    " the program",
    130: "interrupted",
}
"""The meaning of each exit code, for people."""


class ClockeyeError(Exception):
    """A failure to show to the user.

    Args:
        message: What happened, with the value in question.
        hint: What to do next, as a command if possible.
        code: The error code for scripts (JSON: `error.code`).
    """

    exit_code = 1
    default_code = "failed"

    def __init__(self, message: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.default_code


class UsageError(ClockeyeError):
    """The command line is invalid, or needs an answer that cannot be prompted for."""

    exit_code = 2
    default_code = "usage"


class ClashError(ClockeyeError):
    """There is nothing to act on, several things match, or something conflicts."""

    exit_code = 3
    default_code = "clash"


class KeyMissingError(ClockeyeError):
    """The API key is missing, was refused, or lacks a permission."""

    exit_code = 4
    default_code = "key"


class UnreachableError(ClockeyeError):
    """ClockEye cannot be reached, and the answer is not stored on this computer."""

    exit_code = 5
    default_code = "unreachable"


class NeverArrivedError(UnreachableError):
    """A request that certainly did not arrive: no such host, no connection, no TLS."""


class NoAnswerError(UnreachableError):
    """A request that may have arrived: there was no answer, a 5xx status, or an unreadable answer.

    Args:
        message: What happened.
        hint: What to do next.
        code: The error code, if not the default.
        is_late: The answer did not come in time.
    """

    default_code = "no_answer"

    def __init__(self, message: str, *, hint: str = "", code: str = "", is_late: bool = False) -> None:
        super().__init__(message, hint=hint, code=code)
        self.is_late = is_late


class NotShownError(NoAnswerError):
    """The service accepted a new entry, but did not show it: its id is unknown."""


class ForeignAnswerError(NoAnswerError):
    """Somebody in between answered, such as a proxy or a login page: this says nothing about the request."""


class RedirectedError(ForeignAnswerError):
    """The request was redirected to another address, and not sent there."""

    exit_code = 1


class UnreadableEntryError(NoAnswerError):
    """An answer contains an entry whose start or end cannot be read."""


class LimitedError(UnreachableError):
    """The rate limit is reached.

    Args:
        message: What happened.
        wait: Seconds until the next request is allowed.
        hint: What to do next.
    """

    default_code = "rate_limited"

    def __init__(self, message: str, *, wait: float, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.wait = wait


class RejectedError(ClockeyeError):
    """ClockEye refused a request.

    Args:
        message: The service's message.
        status: The HTTP status, 4xx in one of ClockEye's forms of an error.
        hint: What to do next.
        code: The service's error code, or one of ours.
        field: The field of the request that is at fault; empty if the service names none.
    """

    default_code = "rejected"

    def __init__(self, message: str, *, status: int, hint: str = "", code: str = "", field: str = "") -> None:
        super().__init__(message, hint=hint, code=code)
        self.status = status
        self.field = field


class PartlyDoneError(ClockeyeError):
    """The command was partly done; the message names the rest."""

    exit_code = 6
    default_code = "partly_done"


class StorageError(ClockeyeError):
    """Storage on this computer failed: full, read-only, damaged or newer than this program."""

    exit_code = 7
    default_code = "storage"
