"""The content of the config file, read and checked; changes to it are in `config_file.py`."""

from __future__ import annotations

import os

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UNFINISHED = "unfinished"
"""The section of the config file for a profile that is being renamed or removed."""


def read_config(path: str) -> dict[str, Any]:
    """The content of the config file; empty if the file is missing.

    Raises:
        StorageError: The file cannot be read, is not valid TOML, is empty (as after a crash, which would lose
            the default profile), or other users could have written it.
    """
    try:
        with open(path, "rb") as file:
            from clockeye_cli.config.ownership import refuse_foreign  # late: only where a file exists

            refuse_foreign(path, os.fstat(file.fileno()))
            content = file.read()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(
            f"Cannot read {path}: {error.strerror}.", hint="Check its permissions.", code="config"
        ) from error
    try:
        return parse_config(content)
    except ValueError as error:
        raise StorageError(
            f"Cannot parse {path}: {error}.",
            hint="`clockeye config edit` opens it; without the file, the defaults apply.",
            code="config_damaged",
        ) from error


def parse_config(content: bytes) -> dict[str, Any]:
    """The content of a config file, parsed.

    Raises:
        ValueError: It is not valid TOML, is empty, or a profile is not a table; the message says which.
    """
    from clockeye_cli.core.toml_text import toml_values  # late: only where a file exists

    parsed = toml_values(content.removeprefix(BYTE_ORDER_MARK).decode())
    if not content.strip():
        raise ValueError("it is empty")
    if not all(isinstance(section, dict) for section in _sections(parsed)):
        raise ValueError("profiles must be tables")
    return parsed


def _sections(config: dict[str, Any]) -> list[Any]:
    profiles = config.get("profiles", {})
    return [profiles, *(profiles.values() if isinstance(profiles, dict) else [])]


def in_section(section: Mapping[str, Any], key: str) -> Any:
    """The value of a key, or None; `sync.settle` is `settle` under `[sync]`."""
    name, dot, rest = key.partition(".")
    value = section.get(name)
    return value if not dot else in_section(value, rest) if isinstance(value, dict) else None


def dotted_keys(section: Mapping[str, Any]) -> list[str]:
    """The keys of a section and, joined by dots, of the sections inside it."""
    keys: list[str] = []
    for key, value in section.items():
        keys += [f"{key}.{rest}" for rest in dotted_keys(value)] if isinstance(value, dict) else [key]
    return keys
