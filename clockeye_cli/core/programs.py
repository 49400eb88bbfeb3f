"""The environment of programs that are not ours: editor, pager, hooks, the command that prints a key."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = "CLOCKEYE_API_KEY"
"""Prefix of the environment variables that hold a key, or say where it is."""


def without_keys(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without API keys."""
    return {name: value for name, value in environ.items() if not name.startswith(KEYS)}
