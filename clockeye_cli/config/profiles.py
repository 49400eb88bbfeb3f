"""Profiles: which there are, and which one a run works on."""

# No `from __future__ import annotations`: see `core/entry.py`.
from collections.abc import Mapping
from typing import Any, NamedTuple

from clockeye_cli.errors import ClashError, UsageError

LOCAL = "local"
"""The profile of this computer alone; it is always there."""

ENV = "env"
"""The profile that a key in the environment makes."""

KEY_VARIABLES = ("CLOCKEYE_API_KEY", "CLOCKEYE_API_KEY_FILE")

LONGEST_NAME = 32
FIRST_LETTER = set("abcdefghijklmnopqrstuvwxyz0123456789")
LETTERS = FIRST_LETTER | set("_-")


class Choice(NamedTuple):
    """The profile that a run works on, and what chose it."""

    name: str
    source: str


def choose(flag: str, environ: Mapping[str, str], config: Mapping[str, Any]) -> Choice:
    """Which profile a run works on.

    `-P`, else CLOCKEYE_PROFILE, else `env` if there is a key in the environment, else the config's default,
    else `local`.

    Raises:
        ClashError: There is no profile of that name.
    """
    choice = Choice(LOCAL, "default")
    key = next((name for name in KEY_VARIABLES if environ.get(name)), None)
    if flag:
        choice = Choice(flag, "-P")
    elif environ.get("CLOCKEYE_PROFILE"):
        choice = Choice(environ["CLOCKEYE_PROFILE"], "environment (CLOCKEYE_PROFILE)")
    elif key:
        choice = Choice(ENV, f"environment ({key})")
    elif config.get("profile"):
        choice = Choice(str(config["profile"]), "config.toml")
    if choice.name != ENV:
        known(choice.name, config)
    return choice


def names(config: Mapping[str, Any]) -> list[str]:
    """All profiles: `local` first, then the others by name."""
    return [LOCAL, *sorted(name for name in config.get("profiles", {}) if name != LOCAL)]


def known(name: str, config: Mapping[str, Any]) -> str:
    """The name, if there is such a profile.

    Raises:
        ClashError: There is none; nothing is ever tracked into a profile that a slip has made.
    """
    profiles = names(config)
    if name not in profiles:
        from clockeye_cli.core.nearest import unknown

        raise unknown(
            "profile",
            name,
            profiles,
            hint=f"Known: {', '.join(profiles)}. `clockeye profiles` lists them.",
            code="profile_not_found",
            error=ClashError,
        )
    return name


def checked(name: str) -> str:
    """The name, if a profile can have it.

    Raises:
        UsageError: It cannot.
    """
    if not 0 < len(name) <= LONGEST_NAME or name[0] not in FIRST_LETTER or not set(name) <= LETTERS:
        raise UsageError(
            f"{name[:60]!r} cannot be the name of a profile.",
            hint=f"It takes 1 to {LONGEST_NAME} of a-z, 0-9, _ and -, beginning with a letter or digit.",
        )
    return name
