"""Profiles: their names, and which one a run works on."""

from __future__ import annotations

from clockeye_cli.core.safe_text import variable
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LOCAL = "local"
"""The profile without an account; it always exists."""

ENV = "env"
"""The profile of a key in the environment."""

KEY_VARIABLES = ("CLOCKEYE_API_KEY", "CLOCKEYE_API_KEY_FILE")

LONGEST_NAME = 32
FIRST_LETTER = set("abcdefghijklmnopqrstuvwxyz0123456789")
LETTERS = FIRST_LETTER | set("_-")


class Choice(NamedTuple):
    """The profile that a run works on, and what selected it."""

    name: str
    source: str


def chosen(flag: str, environ: Mapping[str, str], config: Mapping[str, Any]) -> Choice:
    """The profile that a run works on.

    `-P`, else CLOCKEYE_PROFILE, else `env` if the environment holds a key, else the default of the config
    file, else `local`.

    Raises:
        ClashError: The profile does not exist.
    """
    choice = Choice(LOCAL, "default")
    key = next((name for name in KEY_VARIABLES if environ.get(name)), None)
    if flag:
        choice = Choice(flag, "-P")
    elif name := variable(environ, "CLOCKEYE_PROFILE"):
        choice = Choice(name, "environment (CLOCKEYE_PROFILE)")
    elif key:
        choice = Choice(ENV, f"environment ({key})")
    elif config.get("profile"):
        choice = Choice(str(config["profile"]), "config.toml")
    if choice.name != ENV:
        existing(choice.name, config)
    return choice


def names(config: Mapping[str, Any]) -> list[str]:
    """All profiles: `local` first, then the others by name."""
    return [LOCAL, *sorted(name for name in config.get("profiles", {}) if name != LOCAL)]


def existing(name: str, config: Mapping[str, Any]) -> str:
    """The name of an existing profile, as given: a typing error must not create a profile.

    Raises:
        ClashError: The profile does not exist.
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


def refuse_local(name: str) -> None:
    """Refuse to rename or remove the profile `local`.

    Raises:
        UsageError: The name is `local`.
    """
    if name == LOCAL:
        raise UsageError(
            "The local profile cannot be renamed or removed.",
            hint="`clockeye doctor` shows where its data is stored.",
        )


def valid_name(name: str) -> str:
    """A name that a profile can have, as given.

    Raises:
        UsageError: The name is invalid.
    """
    if not 0 < len(name) <= LONGEST_NAME or name[0] not in FIRST_LETTER or not set(name) <= LETTERS:
        raise UsageError(
            f"Invalid profile name {name[:60]!r}.",
            hint=f"Use 1 to {LONGEST_NAME} characters of a-z, 0-9, _ and -, starting with a letter or digit.",
        )
    return name
