"""Command lines for which another command of ours is right: `add project site`, `config set zone=UTC`."""

from __future__ import annotations

from clockeye_cli.cli.other_trackers import our_word
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOUNS = {
    "project": "projects",
    "client": "clients",
    "tag": "tags",
    "profile": "profiles",
    "workspace": "profiles",
    "invoice": "invoices",
}
"""What commands have as their first word, and others have behind a verb: `rename project web site`."""

REMOVES = frozenset(("delete", "remove"))


def of_other_command(command: str, rest: list[str]) -> list[str]:
    """The command line of another command that does what was typed; empty if there is none.

    Args:
        command: The command that was typed.
        rest: The words after it.
    """
    verb, values = rest[0].lower() if rest else "", rest[1:]
    is_new = verb in {"add", "new", "create"}
    if not values:
        return []
    if command == "add" and verb in NOUNS:
        return [NOUNS[verb], "add", *values]
    if command == "tags" and (is_new or verb in REMOVES or our_word(verb, ["delete"], is_member=True)):
        option = "-t" if is_new else "--untag"
        return ["edit", "ENTRY", *(word for tag in values for word in (option, tag))]
    if command == "clients" and is_new:
        return ["projects", "edit", "NAME", "--client", " ".join(values)]
    return _of_config_set(values) if command == "config" and verb == "set" else []


def _of_config_set(values: list[str]) -> list[str]:
    """`config set zone=UTC`, and `config set alias.w report --week`, whose value needs quotes."""
    if len(values) == 1 and "=" in values[0]:
        return ["config", *of_setting(values)]
    if values[0].startswith("alias."):
        import shlex

        return ["config", "set", values[0], shlex.join(values[1:])]
    return []


def of_setting(words: Sequence[str]) -> list[str]:
    """The words after `config`, as git takes them: `zone` is read, `zone=UTC` and `zone UTC` are set."""
    key, equals, value = words[0].partition("=")
    values = [*([value] if equals else []), *words[1:]]
    return ["set", key, " ".join(values)] if values else ["get", key]
