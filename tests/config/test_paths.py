"""Where files lie: by hand on Linux, with the answers that platformdirs gives."""

from __future__ import annotations

import sys

import platformdirs
import pytest

from clockeye_cli.config import paths


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"XDG_CONFIG_HOME": "/a/config", "XDG_DATA_HOME": "/a/data"},
        {"XDG_CONFIG_HOME": "", "XDG_DATA_HOME": " "},
        {"XDG_CONFIG_HOME": "/with space/ä"},
    ],
)
def test_the_folders_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]
) -> None:
    environ = {"HOME": "/home/me", **environ}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert paths.config_folder(environ) == platformdirs.user_config_dir("clockeye", appauthor=False)
    assert paths.data_folder(environ) == platformdirs.user_data_dir("clockeye", appauthor=False)


def test_relative_folders_are_ignored_as_the_specification_says() -> None:
    environ = {"HOME": "/home/me", "XDG_CONFIG_HOME": "here", "XDG_DATA_HOME": "./there"}
    assert paths.config_file(environ) == "/home/me/.config/clockeye/config.toml"
    assert paths.store_file(environ, "work") == "/home/me/.local/share/clockeye/work.db"


def test_one_folder_takes_all_files() -> None:
    environ = {"HOME": "/home/me", "XDG_CONFIG_HOME": "/a", "CLOCKEYE_HOME": "/one"}
    assert paths.config_file(environ) == "/one/config.toml"
    assert paths.store_file(environ, "local") == "/one/local.db"
