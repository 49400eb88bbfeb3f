"""The paths of clockeye's files: in two folders, or in one if CLOCKEYE_HOME names it.

On Linux this implements the XDG base directory specification by hand: platformdirs gives the same results
(a test compares them), but would cost the prompt a third of its time.
"""

from __future__ import annotations

import os
import sys

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

APP = "clockeye"
ON_LINUX = sys.platform == "linux"


def config_folder(environ: Mapping[str, str]) -> str:
    """The folder of `config.toml`: `~/.config/clockeye` on Linux."""
    return environ.get("CLOCKEYE_HOME") or (
        os.path.join(_xdg(environ, "XDG_CONFIG_HOME", ".config"), APP) if ON_LINUX else _platform_folders()[0]
    )


def data_folder(environ: Mapping[str, str]) -> str:
    """The folder of the stores: `~/.local/share/clockeye` on Linux."""
    return environ.get("CLOCKEYE_HOME") or (
        os.path.join(_xdg(environ, "XDG_DATA_HOME", ".local/share"), APP)
        if ON_LINUX
        else _platform_folders()[1]
    )


def config_file(environ: Mapping[str, str]) -> str:
    """The config file."""
    return os.path.join(config_folder(environ), "config.toml")


def hooks_folder(environ: Mapping[str, str]) -> str:
    """The folder of the hooks, next to the config file."""
    return os.path.join(config_folder(environ), "hooks")


def store_file(environ: Mapping[str, str], profile: str) -> str:
    """The state file of a profile."""
    return os.path.join(data_folder(environ), f"{profile}.db")


def completion_file(environ: Mapping[str, str], shell: str) -> str:
    """Where a shell looks for the user's completion script, even with CLOCKEYE_HOME.

    PowerShell looks nowhere: its profile has to load the script from here.
    """
    data = _xdg(environ, "XDG_DATA_HOME", ".local/share")
    return {
        "bash": os.path.join(data, "bash-completion", "completions", APP),
        "zsh": os.path.join(data, "zsh", "site-functions", f"_{APP}"),
        "fish": os.path.join(
            _xdg(environ, "XDG_CONFIG_HOME", ".config"), "fish", "completions", f"{APP}.fish"
        ),
        "powershell": os.path.join(data_folder(environ), f"{APP}.ps1"),
    }[shell]


def startup_file(environ: Mapping[str, str], shell: str) -> str:
    """The file that an interactive shell of the user reads when it starts; empty for PowerShell."""
    home = environ.get("HOME") or os.path.expanduser("~")
    return {
        "bash": os.path.join(home, ".bashrc"),
        "zsh": os.path.join(environ.get("ZDOTDIR") or home, ".zshrc"),
        "fish": os.path.join(_xdg(environ, "XDG_CONFIG_HOME", ".config"), "fish", "config.fish"),
        "powershell": "",
    }[shell]


def _xdg(environ: Mapping[str, str], variable: str, otherwise: str) -> str:
    # The specification says to ignore relative paths.
    base = environ.get(variable, "").strip()
    if os.path.isabs(base):
        return base
    return os.path.join(environ.get("HOME") or os.path.expanduser("~"), otherwise)


def _platform_folders() -> tuple[str, str]:
    import platformdirs

    return platformdirs.user_config_dir(APP, appauthor=False), platformdirs.user_data_dir(
        APP, appauthor=False
    )
