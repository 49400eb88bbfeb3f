"""Changes to the config file that keep its comments and order. The only file that imports tomlkit."""

from __future__ import annotations

import os

from clockeye_cli.config.settings import SETTINGS, read_config
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.files import make_folder, write

if TYPE_CHECKING:
    from typing import Any

    import tomlkit

HEADER = "# clockeye's settings. `clockeye config list` shows them all.\n"
BOOLEANS = {"true": True, "false": False}


def set_value(path: str, key: str, text: str, profile: str | None) -> None:
    """Set a value, at the top level or in a profile's section.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    document = _document(path)
    section, name = _place(document, profile, key)
    section[name] = BOOLEANS.get(text, text) if SETTINGS[key].default in BOOLEANS else text
    _write(path, document)


def unset_value(path: str, key: str, profile: str | None) -> bool:
    """Remove a setting. Returns whether it was set.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    document = _document(path)
    section, name = _place(document, profile, key)
    if name not in section:
        return False
    del section[name]
    _write(path, document)
    return True


def set_account(path: str, name: str, values: dict[str, str]) -> None:
    """Store the account of a profile, and make it the default profile.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    document = _document(path)
    document["profile"] = name
    _section(document, name).update({key: value for key, value in values.items() if value})
    _write(path, document)


def rename_profile(path: str, name: str, new: str | None) -> None:
    """Rename a profile's section, or remove it (None); the default profile follows.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    document = _document(path)
    profiles: Any = document["profiles"]
    section = profiles.pop(name)
    if new is not None:
        profiles[new] = section
    if document.get("profile") == name:
        if new is None:
            del document["profile"]
        else:
            document["profile"] = new
    _write(path, document)


def replace(path: str, text: str) -> None:
    """Put a whole new text in the file's place, on disk before the old one is gone.

    Raises:
        StorageError: It cannot be written; the file is left as it was.
    """
    try:
        make_folder(os.path.dirname(path))
        write(path, text.encode(), over=True, is_private=True)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror}.", hint="It was left as it was.", code="config"
        ) from error


def _document(path: str) -> tomlkit.TOMLDocument:
    import tomlkit

    read_config(path)  # a damaged file is an error, and not overwritten
    if not os.path.exists(path):
        return tomlkit.parse(HEADER)
    with open(path, encoding="utf-8") as file:
        return tomlkit.parse(file.read())


def _section(document: tomlkit.TOMLDocument, profile: str | None) -> Any:
    if profile is None:
        return document
    return document.setdefault("profiles", {}).setdefault(profile, {})


def _place(document: tomlkit.TOMLDocument, profile: str | None, key: str) -> tuple[Any, str]:
    """The section of a key, and its name there: `sync.settle` is `settle` under `[sync]`."""
    section = _section(document, profile)
    *above, name = key.split(".")
    for part in above:
        section = section.setdefault(part, {})
    return section, name


def _write(path: str, document: tomlkit.TOMLDocument) -> None:
    # An empty file would look like the result of a crash, which `read_config` refuses.
    text = document.as_string()
    replace(path, text if text.strip() else HEADER)
