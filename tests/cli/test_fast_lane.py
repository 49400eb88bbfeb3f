"""The fast lane and the app are two ways to one answer."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clockeye_cli.__main__ import FAST_COMMANDS, FAST_FLAGS, FAST_VALUES
from tests.app import App

if TYPE_CHECKING:
    from pathlib import Path

STATES = ("nothing", "idle", "running", "hostile", "long", "elsewhere", "future", "settings", "damaged")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A home for each state; the words only read them."""
    found: dict[str, Path] = {}
    for state in STATES:
        app = App(tmp_path_factory.mktemp(state) / "home")
        found[state] = app.home
        if state != "nothing":
            app.ok("add", "Before", "-p", "web", "--from", "9", "--to", "10")
        if state == "running":
            app.ok("start", "Fix the login bug", "-p", "web", "--at", "11:15")
        if state == "hostile":
            app.ok("start", "\x1b[31m$(id) `x` %n !! \u202e{project} \\ " + "é" * 100, "-p", "we\x07b$")
        if state == "long":
            app.ok("start", "Forgotten", "--at", "2026-11-18 9:00", "--overlap")
        if state == "future":
            app.at("2026-11-21 12:00:00").ok("start", "Later")
        if state in ("elsewhere", "settings"):
            app.ok("config", "set", "max_timer", "1h")
            config = app.home / "config.toml"
            config.write_text(config.read_text() + "[profiles.work]\nday_start = '04:00'\n")
            app.ok("-P", "work", "start", "At work", "-p", "acme", "--at", "8:00")
        if state == "settings":
            config.write_text(
                "slip = 1\nday_start = '25:00'\nmax_timer = '1h'\nprofile = 'work'\n[profiles.work]\n"
            )
        if state == "damaged":
            (app.home / "local.db").write_bytes(b"\0" * 4096)
    return found


VALUES = st.one_of(
    st.sampled_from(
        [
            *("local", "work", "nope", "bash", "zsh", "fish", "tcsh", "plain", "", "-q", "--json", "{"),
            *(
                "{work}",
                "{today}",
                "{project} {elapsed}",
                "{description}",
                "waybar",
                "tmux",
                "{nope}",
                "\x1b[31m",
                "$(id)%",
            ),
        ]
    ),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
)
WORD = st.one_of(
    st.sampled_from(sorted(FAST_FLAGS)).map(lambda flag: [flag]),
    st.tuples(st.sampled_from(sorted(FAST_VALUES)), VALUES).map(list),
    st.tuples(st.sampled_from(sorted(FAST_VALUES)), VALUES).map("=".join).map(lambda word: [word]),
    st.sampled_from(["--format", "--help", "--nope", "extra", "--no-input", "--", "-oo"]).map(lambda w: [w]),
)
ARGS = st.one_of(
    st.tuples(st.sampled_from(sorted(FAST_COMMANDS)), st.lists(WORD, max_size=3)).map(
        lambda pair: [pair[0], *(word for words in pair[1] for word in words)]
    ),
    st.just(["--version"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(state=st.sampled_from(STATES), args=ARGS, profile=st.sampled_from(["", "work", "nope"]))
def test_both_lanes_give_the_same_answers(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch, state: str, args: list[str], profile: str
) -> None:
    app = App(homes[state])
    if profile:
        app.environ["CLOCKEYE_PROFILE"] = profile
    app.run(*args)  # what is said once a day
    as_it_is = app.run(*args)
    with monkeypatch.context() as patch:
        # Without the lane everything is the app's.
        patch.setattr("clockeye_cli.__main__._fast", lambda _args, _ctx: False)
        by_the_app = app.run(*args)
    assert as_it_is == by_the_app
    assert as_it_is.code in {0, 2, 3, 7}


@pytest.mark.parametrize(
    "args",
    [
        ["status"],
        ["status", "--json"],
        ["status", "--format", "waybar"],
        ["prompt"],
        ["status", "-P", "local", "-q"],
    ],
)
def test_what_prompts_ask_is_answered_without_the_app(
    app: App, monkeypatch: pytest.MonkeyPatch, args: list[str]
) -> None:
    app.ok("start", "x")

    def never(*_: object) -> None:
        raise AssertionError("the app was used")

    monkeypatch.setattr("clockeye_cli.__main__._app", never)
    app.ok(*args)


def test_the_version_is_the_same_from_the_console_script(app: App) -> None:
    command = [sys.executable, "-m", "clockeye_cli", "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env=app.environ)
    assert (answer.stdout, answer.stderr) == (app.ok("--version").out, "")
