"""Programs that are not ours get no API key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app import App

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "ck_live_of_nobody"


@pytest.mark.parametrize("program", ["EDITOR", "api_key_command", "hook"])
def test_a_program_of_others_gets_the_environment_without_keys(tmp_path: Path, program: str) -> None:
    app = App(tmp_path / "home")
    note = tmp_path / "environment"
    script = tmp_path / "program"
    script.write_text(f"#!/bin/sh\nenv > {note}\n")
    script.chmod(0o755)
    app.ok("add", "One", "--for", "5m")
    app.environ |= {"CLOCKEYE_API_KEY_FILE": f"{tmp_path}/key", "CLOCKEYE_PROFILE": "local", "OTHER": "kept"}
    args: tuple[str, ...] = ("edit", "last")
    if program == "EDITOR":
        app.environ |= {"EDITOR": str(script), "CLOCKEYE_API_KEY": SECRET}
    elif program == "hook":
        (app.home / "hooks").mkdir()
        script.rename(app.home / "hooks/start")
        app.environ["CLOCKEYE_API_KEY"] = SECRET
        args = ("start", "Two")
    else:
        config = app.home / "config.toml"
        config.write_text(
            f'[profiles.work]\nurl = "https://127.0.0.1:9/v1"\napi_key_command = ["{script}"]\n'
        )
        config.chmod(0o600)
        del app.environ["CLOCKEYE_PROFILE"], app.environ["CLOCKEYE_API_KEY_FILE"]
        app.environ["CLOCKEYE_API_KEYS"] = SECRET
        (app.home / "config.toml").write_text('profile = "work"\n' + config.read_text())
        args = ("auth", "status")
    app.run(*args, terminal=program == "EDITOR")
    environment = note.read_text()
    assert "OTHER=kept" in environment
    assert SECRET not in environment
    assert "CLOCKEYE_API_KEY" not in environment
