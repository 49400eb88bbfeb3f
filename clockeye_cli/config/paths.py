"""Where clockeye's files lie: two folders, or one if CLOCKEYE_HOME names it.

On Linux this is the XDG base directory specification, by hand: platformdirs gives the same answers
(a test compares) and would cost the prompt a third of its time.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

APP = "clockeye"
ON_LINUX = sys.platform == "linux"


def config_folder(environ: Mapping[str, str]) -> str:
    """The folder of `config.toml`: `~/.config/clockeye` on Linux."""
    return environ.get("CLOCKEYE_HOME") or (
        _xdg(environ, "XDG_CONFIG_HOME", ".config") if ON_LINUX else _platform_folders()[0]
    )


def data_folder(environ: Mapping[str, str]) -> str:
    """The folder of the stores: `~/.local/share/clockeye` on Linux."""
    return environ.get("CLOCKEYE_HOME") or (
        _xdg(environ, "XDG_DATA_HOME", ".local/share") if ON_LINUX else _platform_folders()[1]
    )


def config_file(environ: Mapping[str, str]) -> str:
    """The file of the settings."""
    return os.path.join(config_folder(environ), "config.toml")


def store_file(environ: Mapping[str, str], profile: str) -> str:
    """The state file of a profile."""
    return os.path.join(data_folder(environ), f"{profile}.db")


def _xdg(environ: Mapping[str, str], variable: str, otherwise: str) -> str:
    # The specification has relative paths ignored.
    base = environ.get(variable, "").strip()
    if not os.path.isabs(base):
        base = os.path.join(environ.get("HOME") or os.path.expanduser("~"), otherwise)
    return os.path.join(base, APP)


def _platform_folders() -> tuple[str, str]:
    import platformdirs

    return platformdirs.user_config_dir(APP, appauthor=False), platformdirs.user_data_dir(
        APP, appauthor=False
    )
