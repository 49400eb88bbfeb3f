"""API keys and their sources: the environment, a command, a file, and the operating system's keyring.

Nothing falls back silently: a missing key is an error that names the ways to provide one. The keyring runs in
a separate process with a time limit (`keyring_process.py`).
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys

from clockeye_cli.config import keyring_process
from clockeye_cli.core.api_key import MOST_CHARACTERS, is_api_key
from clockeye_cli.core.programs import without_keys
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import KeyMissingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEYRING_SECONDS = 3.0
UNLOCK_SECONDS = 60.0
"""Time limits of the keyring: without a terminal, and where somebody may have to type its password."""

COMMAND_SECONDS = 30.0

SERVICE = "clockeye"

WAYS = (
    "Run `clockeye auth login`, set CLOCKEYE_API_KEY or CLOCKEYE_API_KEY_FILE,"
    " or add `api_key_command` to the profile."
)


class Key(NamedTuple):
    """A key and its source; its text is never shown."""

    text: str
    source: str

    @property
    def digest(self) -> str:
        """A hash that identifies the key without revealing it."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def __repr__(self) -> str:
        return f"Key(***, {self.source!r})"


def from_environment(environ: Mapping[str, str]) -> Key | None:
    """The key in CLOCKEYE_API_KEY, or in the file that CLOCKEYE_API_KEY_FILE names.

    Raises:
        KeyMissingError: The file is unreadable, empty or readable by other users; or the value is not a key.
    """
    text = tidy(environ.get("CLOCKEYE_API_KEY", ""))
    if text:
        return _key(text, "CLOCKEYE_API_KEY")
    path = environ.get("CLOCKEYE_API_KEY_FILE")
    return _key(_read_file(path), f"CLOCKEYE_API_KEY_FILE ({path})") if path else None


def from_command(command: Sequence[str], environ: Mapping[str, str]) -> Key:
    """The first line that a command prints.

    Args:
        command: Program and arguments, run without a shell.
        environ: Environment of the command.

    Raises:
        KeyMissingError: The command fails, prints nothing or takes too long.
    """
    import subprocess  # late: a key in the environment or in a file needs no other program

    try:
        # Not our standard input: that may hold what a script passes to clockeye, or the script itself.
        process = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            env=without_keys(environ),
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise KeyMissingError(
            f"api_key_command failed: {error}.", hint="Write it as a list: the program, then its arguments."
        ) from error
    text = process.stdout.decode(errors="replace").partition("\n")[0]
    text = tidy(text)
    if process.returncode != 0 or not text:
        raise KeyMissingError(
            f"api_key_command exited with {process.returncode} and printed {'a' if text else 'no'} key.",
            hint=f"Run it by hand to see why: {command[0]}",
        )
    return _key(text, f"api_key_command ({command[0]})")


def from_file(path: str) -> Key | None:
    """The key in a profile's key file, which `login --insecure-storage` writes; None if the file is missing.

    Raises:
        KeyMissingError: The file is unreadable, empty or readable by other users, or holds no key.
    """
    return _key(_read_file(path), f"file ({path})") if os.path.exists(path) else None


def save_to_file(path: str, key: str) -> None:
    """Write a key to a file that only its owner can read, atomically.

    Raises:
        StorageError: The file cannot be written; an earlier key is kept.
    """
    from clockeye_cli.config import config_text  # late: only a login writes

    config_text.write_text(path, key + "\n")


def from_keyring(origin: str, profile: str, *, environ: Mapping[str, str], seconds: float) -> Key | None:
    """The key in the keyring for this origin and profile, or None.

    Raises:
        KeyMissingError: No safe keyring is available, or it does not respond in time.
    """
    text = _keyring("get", origin, profile, environ=environ, seconds=seconds)
    return _key(text, "keyring") if text else None


def save_to_keyring(
    origin: str, profile: str, key: str, *, environ: Mapping[str, str], seconds: float
) -> None:
    """Store a key in the keyring.

    Raises:
        KeyMissingError: No safe keyring is available, or it does not respond in time.
    """
    _keyring("set", origin, profile, key, environ=environ, seconds=seconds)


def delete_from_keyring(
    origin: str, profile: str, *, environ: Mapping[str, str], seconds: float = KEYRING_SECONDS
) -> None:
    """Remove a key from the keyring, if it holds one. Without more time, nobody is asked for a password.

    Raises:
        KeyMissingError: No safe keyring is available, or it does not respond in time.
    """
    _keyring("delete", origin, profile, environ=environ, seconds=seconds)


def keyring_seconds(*, can_ask: bool) -> float:
    """How long the keyring may take: somebody at a terminal can unlock it, a script cannot."""
    return UNLOCK_SECONDS if can_ask else KEYRING_SECONDS


def missing(profile: str) -> KeyMissingError:
    """The error for a profile without a key."""
    return KeyMissingError(f"No API key for profile {profile}.", hint=WAYS, code="no_key")


def _keyring(
    verb: str, origin: str, profile: str, key: str = "", *, environ: Mapping[str, str], seconds: float
) -> str:
    """Call the keyring in a separate process, which can be killed if its daemon hangs."""
    import subprocess  # late: as above

    # -P: without it, Python would import a `keyring.py` from the working folder.
    words = [sys.executable, "-P", "-m", keyring_process.__name__, verb, f"{SERVICE} {origin}", profile]
    if seconds >= UNLOCK_SECONDS:
        words.append(keyring_process.MAY_ASK)
    try:
        # The key goes through a pipe, since every user can see the arguments.
        process = subprocess.run(
            words, input=key.encode(), capture_output=True, timeout=seconds, env=dict(environ), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise KeyMissingError(
            f"The keyring did not respond within {seconds:.0f} seconds.",
            hint=WAYS,
            code="keyring_hangs",
        ) from error
    if process.returncode != 0:
        reason = process.stderr.decode(errors="replace").strip().rpartition("\n")[2][:300]
        raise KeyMissingError(
            f"The keyring cannot be used: {reason}.",
            hint=WAYS,
            code="no_keyring",
        )
    return process.stdout.decode(errors="replace")


def _key(text: str, source: str) -> Key:
    """A key that can be sent.

    Raises:
        KeyMissingError: The text is no key.
    """
    if not is_api_key(text):
        raise KeyMissingError(
            f"The value from {source} is not an API key.", hint="A key is one word on one line."
        )
    return Key(text, source)


def _read_file(path: str) -> str:
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            text = tidy(file.read(MOST_CHARACTERS).decode("utf-8-sig"))
    except OSError as error:
        raise KeyMissingError(f"The key file {path} cannot be read: {error.strerror}.", hint=WAYS) from error
    except UnicodeDecodeError:
        raise KeyMissingError(f"The key file {path} is not a text file.", hint=WAYS) from None
    if os.name != "nt" and stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
        raise KeyMissingError(f"The key file {path} is readable by other users.", hint=f"chmod 600 {path}")
    if not text:
        raise KeyMissingError(f"The key file {path} is empty.", hint=WAYS)
    return text
