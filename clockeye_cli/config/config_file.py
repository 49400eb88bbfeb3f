"""Changes to the config file that keep its comments and order. The only file that imports tomlkit."""

from __future__ import annotations

from contextlib import contextmanager

from clockeye_cli.config.config_text import locked, put, text_of
from clockeye_cli.config.content import UNFINISHED, read_config
from clockeye_cli.config.settings import SETTINGS
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    import tomlkit

HEADER = "# clockeye's settings. `clockeye config list` shows them all.\n"
BOOLEANS = {"true": True, "false": False}


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


def change_section(path: str, above: Sequence[str], changes: Mapping[str, object]) -> None:
    """Set values in a section; None removes one.

    Args:
        path: The config file.
        above: The names in the section's heading: `projects` and `website`.
        changes: The values by key: texts, or lists, which stay on one line.

    Raises:
        StorageError: The file is damaged or cannot be written; it is left unchanged.
    """
    with locked(path), _changed(path) as document:
        section: Any = document
        for name in above:
            section = section.setdefault(name, {})
        for key, value in changes.items():
            section.pop(key, None)
            if value is not None:
                section[key] = _inline(value) if isinstance(value, list) else value


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
    put(path, before, document.as_string())


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
        put(path, before, text if text.strip() else HEADER)


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


def _inline(rows: list[Any]) -> Any:
    import tomlkit

    inline = tomlkit.array()
    for row in rows:
        table = row
        if isinstance(row, dict):
            table = tomlkit.inline_table()
            table.update(row)
        inline.append(table)
    return inline


def _section(document: tomlkit.TOMLDocument, profile: str | None) -> Any:
    return document if profile is None else document.setdefault("profiles", {}).setdefault(profile, {})


def _place(document: tomlkit.TOMLDocument, profile: str | None, key: str) -> tuple[Any, str]:
    """The section of a key, and its name there: `sync.settle` is `settle` under `[sync]`."""
    section = _section(document, profile)
    *above, name = key.split(".")
    for part in above:
        section = section.setdefault(part, {})
    return section, name
