"""API keys: where they come from, and the operating system's keyring; the only file that imports keyring.

The keyring library can hang for ever and can pick a backend that writes plain text, both by itself. So it
runs in a process of its own under a time limit, and only backends of a list are used. There is no silent
fallback: no key is an error that names the ways to give one.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from clockeye_cli.core.api_key import MOST_CHARACTERS, is_api_key
from clockeye_cli.errors import ClockeyeError, KeyMissingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEYRING_SECONDS = 3.0
UNLOCK_SECONDS = 60.0
"""How long a keyring may take, and how long where a person may be typing its password."""

MAY_ASK = "may ask"
"""The word that lets the keyring's process ask for a password, where there is time for an answer."""

COMMAND_SECONDS = 30.0

SAFE_BACKENDS = tuple(
    f"keyring.backends.{name}" for name in ("SecretService", "kwallet", "macOS", "Windows", "libsecret")
)
"""Modules, whole: anybody's own could end like one of them."""

SERVICE = "clockeye"

WAYS = (
    "`clockeye auth login` takes one; CLOCKEYE_API_KEY or CLOCKEYE_API_KEY_FILE give one;"
    " so does `api_key_command` in the profile."
)


class Key(NamedTuple):
    """A key and where it came from; its text is never shown."""

    text: str
    source: str

    @property
    def digest(self) -> str:
        """What tells it from another key without giving it away."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def __repr__(self) -> str:
        return f"Key(***, {self.source!r})"


def from_environment(environ: Mapping[str, str]) -> Key | None:
    """The key in CLOCKEYE_API_KEY, or in the file that CLOCKEYE_API_KEY_FILE names.

    Raises:
        KeyMissingError: The file cannot be read, is empty, or others can read it; or what is there is no key.
    """
    text = environ.get("CLOCKEYE_API_KEY", "").strip()
    if text:
        return _key(text, "CLOCKEYE_API_KEY")
    path = environ.get("CLOCKEYE_API_KEY_FILE")
    return _key(_read_file(path), f"CLOCKEYE_API_KEY_FILE ({path})") if path else None


def from_command(command: Sequence[str], environ: Mapping[str, str]) -> Key:
    """The first line that a command prints.

    Args:
        command: Its words; no shell sees them.
        environ: For the command.

    Raises:
        KeyMissingError: It fails, prints nothing or takes too long.
    """
    try:
        # Standard input is the run's own: it may be what a script hands to clockeye, or its next lines.
        done = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            env=dict(environ),
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise KeyMissingError(f"api_key_command failed: {error}.", hint="It is a list of words.") from error
    text = done.stdout.decode(errors="replace").partition("\n")[0].strip()
    if done.returncode != 0 or not text:
        raise KeyMissingError(
            f"api_key_command ended with {done.returncode} and printed {'a' if text else 'no'} key.",
            hint=f"Try it by hand: {command[0]}",
        )
    return _key(text, f"api_key_command ({command[0]})")


def from_file(path: str) -> Key | None:
    """The key in a profile's own file, which `login --insecure-storage` made; None if there is none.

    Raises:
        KeyMissingError: Others can read it.
    """
    return _key(_read_file(path), f"file ({path})") if os.path.exists(path) else None


def save_to_file(path: str, key: str) -> None:
    """Write a key into a file that only its owner can read: whole, or not at all.

    Raises:
        StorageError: It cannot be written; a key that was there is left.
    """
    from clockeye_cli.config import config_file  # late: only a login writes

    config_file.replace(path, key + "\n")


def from_keyring(origin: str, profile: str, *, environ: Mapping[str, str], seconds: float) -> Key | None:
    """The key in the keyring; None if it holds none for this origin and profile.

    Raises:
        KeyMissingError: There is no keyring that is safe, or it does not answer in time.
    """
    text = _keyring("get", origin, profile, environ=environ, seconds=seconds)
    return _key(text, "keyring") if text else None


def save_to_keyring(
    origin: str, profile: str, key: str, *, environ: Mapping[str, str], seconds: float
) -> None:
    """Put a key into the keyring.

    Raises:
        KeyMissingError: There is no keyring that is safe, or it does not answer in time.
    """
    _keyring("set", origin, profile, key, environ=environ, seconds=seconds)


def delete_from_keyring(
    origin: str, profile: str, *, environ: Mapping[str, str], seconds: float = KEYRING_SECONDS
) -> None:
    """Remove a key from the keyring, if it holds one. Without more time, nobody is asked for a password.

    Raises:
        KeyMissingError: There is no keyring that is safe, or it does not answer in time.
    """
    _keyring("delete", origin, profile, environ=environ, seconds=seconds)


def keyring_seconds(*, can_ask: bool) -> float:
    """How long the keyring may take: somebody at a terminal can unlock it, a script cannot."""
    return UNLOCK_SECONDS if can_ask else KEYRING_SECONDS


def missing(profile: str) -> KeyMissingError:
    """The error for a profile without a key."""
    return KeyMissingError(f"There is no API key for the profile {profile}.", hint=WAYS, code="no_key")


def _keyring(
    verb: str, origin: str, profile: str, key: str = "", *, environ: Mapping[str, str], seconds: float
) -> str:
    """Ask the keyring in a process of its own: a daemon that hangs can then be given up."""
    # -P: without it Python would run a `keyring.py` of the folder that one happens to stand in.
    words = [sys.executable, "-P", "-m", __name__, verb, f"{SERVICE} {origin}", profile]
    if seconds >= UNLOCK_SECONDS:
        words.append(MAY_ASK)
    try:
        # The key goes through a pipe: an argument could be seen by everybody.
        done = subprocess.run(
            words, input=key.encode(), capture_output=True, timeout=seconds, env=dict(environ), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise KeyMissingError(
            f"The keyring has not answered in {seconds:.0f} seconds.", hint=WAYS, code="keyring_hangs"
        ) from error
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:300]
        raise KeyMissingError(f"The keyring cannot be used: {reason}.", hint=WAYS, code="no_keyring")
    return done.stdout.decode(errors="replace")


def _key(text: str, source: str) -> Key:
    """A key that can be sent.

    Raises:
        KeyMissingError: The text is no key.
    """
    if not is_api_key(text):
        raise KeyMissingError(f"What {source} gives is no API key.", hint="A key is one word on one line.")
    return Key(text, source)


def _read_file(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            status = os.fstat(file.fileno())
            text = file.read(MOST_CHARACTERS).strip()
    except OSError as error:
        raise KeyMissingError(f"The key file {path} cannot be read: {error.strerror}.", hint=WAYS) from error
    except UnicodeDecodeError:
        raise KeyMissingError(f"The key file {path} holds no text.", hint=WAYS) from None
    if os.name != "nt" and stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
        raise KeyMissingError(f"The key file {path} can be read by others.", hint=f"chmod 600 {path}")
    if not text:
        raise KeyMissingError(f"The key file {path} is empty.", hint=WAYS)
    return text


def _ask_keyring(verb: str, service: str, account: str, may_ask: str = "") -> None:
    """What runs in the process of its own."""
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    backend: Any = keyring.get_keyring()
    # A chain of backends tries one after the other; the first that is safe is the one to ask.
    backends = getattr(backend, "backends", [backend])
    safe = [one for one in backends if type(one).__module__ in SAFE_BACKENDS]
    if not safe:
        names = ", ".join(type(one).__module__ for one in backends) or "none"
        raise ClockeyeError(f"there is none that is safe (found: {names})")
    if not may_ask and type(safe[0]).__module__ == "keyring.backends.SecretService":
        _refuse_locked()
    try:
        if verb == "get":
            sys.stdout.write(safe[0].get_password(service, account) or "")
        elif verb == "set":
            safe[0].set_password(service, account, sys.stdin.read())
        else:
            safe[0].delete_password(service, account)
    except PasswordDeleteError:
        pass  # it was not there
    except KeyringError as error:
        raise ClockeyeError(str(error) or type(error).__name__) from error


def _refuse_locked() -> None:
    """Give up a locked keyring at once, where nobody can unlock it: it would ask, and wait for the answer."""
    from contextlib import closing

    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException, SecretStorageException

    try:
        with closing(secretstorage.dbus_init()) as bus:
            is_locked = secretstorage.Collection(bus).is_locked()
    except ItemNotFoundException as error:
        raise ClockeyeError("it has no default collection yet, and making one asks for a password") from error
    except SecretStorageException:
        return  # the backend says what is wrong
    if is_locked:
        raise ClockeyeError("it is locked, and there is no terminal to unlock it at")


if __name__ == "__main__":
    try:
        _ask_keyring(*sys.argv[1:])
    except Exception as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
