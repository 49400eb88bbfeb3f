"""Changes to the config file that keep its comments and order. The only file that imports tomlkit."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager

from clockeye_cli import files
from clockeye_cli.config.content import UNFINISHED, read_config
from clockeye_cli.config.settings import SETTINGS
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import StorageError
from clockeye_cli.files import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    import tomlkit

HEADER = "# clockeye's settings. `clockeye config list` shows them all.\n"
BOOLEANS = {"true": True, "false": False}

LOCK_SECONDS = 10.0
"""How long a command waits for another one that changes the settings."""


class Move(NamedTuple):
    """What becomes of a renamed or removed profile, kept in the config file until all of it has happened.

    Attributes:
        profile: Its name.
        becomes: Its new name; empty if it is removed.
        store: Where its store goes; empty if it is deleted.
        origin: The origin for which the keyring may hold its key; empty for a profile without an account.
    """

    profile: str
    becomes: str = ""
    store: str = ""
    origin: str = ""


def set_value(path: str, key: str, text: str, profile: str | None) -> None:
    """Set a value, at the top level or in a profile's section.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    with locked(path), _changed(path) as document:
        section, name = _place(document, profile, key)
        setting = SETTINGS.get(key)  # None for an alias
        listed = setting.listed(text) if setting and setting.listed else text
        section[name] = BOOLEANS.get(text, text) if setting and setting.default in BOOLEANS else listed


def unset_value(path: str, key: str, profile: str | None) -> bool:
    """Remove a setting. Returns whether it was set.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    with locked(path), _changed(path) as document:
        section, name = _place(document, profile, key)
        return section.pop(name, None) is not None


def set_account(path: str, name: str, values: dict[str, str]) -> None:
    """Store the account of a profile, and make it the default profile.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    with locked(path), _changed(path) as document:
        document["profile"] = name
        _section(document, name).update({key: value for key, value in values.items() if value})


def add_profile(path: str, name: str, values: dict[str, str]) -> bool:
    """Add a section for a profile, if it has none. Returns whether it was added.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    with locked(path), _changed(path) as document:
        if is_new := name not in document.get("profiles", {}):
            _section(document, name).update({key: value for key, value in values.items() if value})
        return is_new


def begin(path: str, move: Move) -> None:
    """Rename or remove a profile's section, and keep what else is to be done; the default profile follows.

    The caller holds the lock.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    import tomlkit

    read_config(path)  # a damaged file is an error, and not overwritten
    before = text_of(path)
    document = _renamed(before, move.profile, move.becomes) if move.becomes else tomlkit.parse(before)
    if not move.becomes:
        del document["profiles"][move.profile]
    if document.get("profile") == move.profile:
        if move.becomes:
            document["profile"] = move.becomes
        else:
            del document["profile"]
    table = tomlkit.inline_table()  # at the top, where it leaves no blank line behind
    table.update({key: value for key, value in move._asdict().items() if value})
    document[UNFINISHED] = table
    _replace(path, before, document.as_string())


def unfinished(config: Mapping[str, Any]) -> Move | None:
    """What is to be done for a profile that was renamed or removed, if that was interrupted."""
    return Move(**config[UNFINISHED]) if UNFINISHED in config else None


def end(path: str) -> None:
    """Note that all of a move has happened. The caller holds the lock.

    Raises:
        StorageError: The file cannot be written.
    """
    with _changed(path) as document:
        del document[UNFINISHED]


def replace(path: str, before: str, text: str) -> None:
    """Replace the whole text of the file, durably.

    Args:
        path: The file; where it is a symbolic link, its target.
        before: The text that is replaced; empty for a new file.
        text: The new text.

    Raises:
        StorageError: The file has changed, or cannot be written; it is left unchanged.
    """
    with locked(path):
        _replace(path, before, text)


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Hold the lock of the config file and of all that it names; it is released when its holder ends.

    Raises:
        StorageError: Another command holds it for too long, or the folder cannot be written.
    """
    with ExitStack() as stack:
        try:
            make_folder(os.path.dirname(path))
            is_ours = stack.enter_context(files.locked(f"{path}.lock", seconds=LOCK_SECONDS))
        except OSError as error:
            raise _not_written(path, error) from error
        if not is_ours:
            raise StorageError(
                f"Another command has locked {path} for more than {LOCK_SECONDS:.0f} seconds.",
                hint="The settings were not changed. Try again.",
                code="config",
            )
        yield


def write_text(path: str, text: str) -> None:
    """Write a private file, durably; of a symbolic link, its target.

    Raises:
        StorageError: It cannot be written; the file is left unchanged.
    """
    try:
        make_folder(os.path.dirname(path))
        files.write(os.path.realpath(path), [text.encode()], over=True, is_private=True)
    except OSError as error:
        raise _not_written(path, error) from error


def text_of(path: str) -> str:
    """The text of the file, damaged or not; empty if it is missing."""
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        return file.read()


@contextmanager
def _changed(path: str) -> Iterator[tomlkit.TOMLDocument]:
    """Yield the document, and write what the block has changed. The caller holds the lock."""
    import tomlkit

    read_config(path)  # a damaged file is an error, and not overwritten
    before = text_of(path)
    document = tomlkit.parse(before or HEADER)
    unchanged = document.as_string()
    yield document
    # An empty file would look like the result of a crash, which `read_config` refuses.
    if (text := document.as_string()) != unchanged:
        _replace(path, before, text if text.strip() else HEADER)


def _replace(path: str, before: str, text: str) -> None:
    # An editor knows nothing of our lock.
    if text_of(path) != before:
        raise StorageError(
            f"{path} was changed by another program at the same moment.",
            hint="Its changes were kept; yours were not stored. Try again.",
            code="config_changed",
        )
    write_text(path, text)


def _not_written(path: str, error: OSError) -> StorageError:
    return StorageError(
        f"{path} cannot be written: {error.strerror}.", hint="It was not changed.", code="config"
    )


def _renamed(text: str, name: str, new: str) -> tomlkit.TOMLDocument:
    """The document with another name for a profile: in its headers, where it stands; else at the end."""
    import re

    import tomlkit

    wanted = tomlkit.parse(text).unwrap()
    wanted["profiles"][new] = wanted["profiles"].pop(name)
    header = rf"^(\s*\[?\s*profiles\s*\.\s*)([\"']?){re.escape(name)}\2(?=\s*[\].])"
    document = tomlkit.parse(re.sub(header, rf"\g<1>{new}", text, flags=re.MULTILINE))
    if document.unwrap() == wanted:
        return document
    document = tomlkit.parse(text)
    profiles: Any = document["profiles"]
    profiles[new] = profiles.pop(name)
    return document


def _section(document: tomlkit.TOMLDocument, profile: str | None) -> Any:
    return document if profile is None else document.setdefault("profiles", {}).setdefault(profile, {})


def _place(document: tomlkit.TOMLDocument, profile: str | None, key: str) -> tuple[Any, str]:
    """The section of a key, and its name there: `sync.settle` is `settle` under `[sync]`."""
    section = _section(document, profile)
    *above, name = key.split(".")
    for part in above:
        section = section.setdefault(part, {})
    return section, name
