"""The process that reads and writes the operating system's keyring. The only file that imports keyring.

The keyring library can hang forever, and may choose a backend that stores plain text. So it runs in a process
of its own, which `credentials.py` stops after a while, and only listed backends are used. A key is read from
standard input and written to standard output.
"""

from __future__ import annotations

import sys

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError

if TYPE_CHECKING:
    from typing import Any

MAY_ASK = "may ask"
"""Argument that lets the keyring's process ask for a password."""

SAFE_BACKENDS = tuple(
    f"keyring.backends.{name}" for name in ("SecretService", "kwallet", "macOS", "Windows", "libsecret")
)
"""Full module names, since any module may share the last part with one of these."""


def main(verb: str, service: str, account: str, may_ask: str = "") -> None:
    """Ask the keyring.

    Args:
        verb: `get`, `set` or `delete`.
        service: The name under which the key is stored.
        account: The profile.
        may_ask: MAY_ASK, or empty.

    Raises:
        ClockeyeError: No safe backend is available, or it fails.
    """
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    backend: Any = keyring.get_keyring()
    # A chain holds several backends; the first safe one is used.
    backends = getattr(backend, "backends", [backend])
    safe = [one for one in backends if type(one).__module__ in SAFE_BACKENDS]
    if not safe:
        names = ", ".join(type(one).__module__ for one in backends) or "none"
        raise ClockeyeError(f"no safe backend is available (found: {names})")
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
    """Refuse a locked keyring if nobody can unlock it: it would ask for its password and wait."""
    from contextlib import closing

    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException, SecretStorageException

    try:
        with closing(secretstorage.dbus_init()) as bus:
            is_locked = secretstorage.Collection(bus).is_locked()
    except ItemNotFoundException as error:
        raise ClockeyeError(
            "it has no default collection yet, and creating one requires a password"
        ) from error
    except SecretStorageException:
        return  # the backend reports the problem
    if is_locked:
        raise ClockeyeError("it is locked, and it cannot be unlocked without a terminal")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
