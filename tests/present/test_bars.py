"""`status --format waybar` and `tmux`: one line that the bar understands, whatever stands in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clockeye_cli.core.safe_text import safe
from clockeye_cli.present.bars import tmux, waybar
from tests.hostile_text import HOSTILE
from tests.plain import said

if TYPE_CHECKING:
    from tests.app import App


def test_waybar_gets_text_tooltip_class_and_alt(app: App) -> None:
    idle = {"text": "", "tooltip": "No timer is running.", "class": "idle", "alt": "idle"}
    assert app.ok("status", "--format", "waybar").json == idle
    app.ok("start", "x" * 60 + "yz", "-p", "web")
    app.at("2026-11-20 13:05:59")
    assert app.ok("status", "--format", "waybar").json == {
        "text": f"web: {'x' * 59}… 1:05",
        "tooltip": f"web: {'x' * 60}yz 1:05",
        "class": "running",
        "alt": "running",
    }


def test_waybar_gets_a_class_where_a_change_needs_attention() -> None:
    assert json.loads(waybar("!", "No timer is running.", is_running=False, needs_attention=True)) == {
        "text": "!",
        "tooltip": "No timer is running. (clockeye sync --status)",
        "class": ["idle", "attention"],
        "alt": "idle",
    }


def test_tmux_gets_what_runs_and_nothing_when_idle(app: App) -> None:
    assert said(app.ok("status", "--format", "tmux")) == (0, "\n", "")
    app.ok("start", "Fix 100% #bug", "-p", "web")
    assert said(app.ok("status", "--format", "tmux")) == (0, "web: Fix 100% ##bug 0:00\n", "")


@pytest.mark.parametrize("bar", ["waybar", "tmux"])
def test_a_bar_gets_no_notices(app: App, bar: str) -> None:
    app.ok("start", "Forgotten", "--at", "2026-11-18 9:00")
    assert "Did you forget to stop it?" in app.ok("status").err
    assert app.ok("status", "--format", bar).err == ""


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_waybar_shows_any_text_as_it_is(text: str) -> None:
    line = waybar(safe(text), text, is_running=True)
    fields = json.loads(line)
    assert "\n" not in line
    for key in ("text", "tooltip"):
        # Pango's markup is XML; as text it must be what was there, and have no element.
        assert list(ET.fromstring(f"<i>{fields[key]}</i>")) == []
        assert (ET.fromstring(f"<i>{fields[key]}</i>").text or "") == safe(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_tmux_has_no_lone_hash_sign_to_expand(text: str) -> None:
    assert re.sub("##", "", tmux(safe(text))).count("#") == 0


def test_without_a_shell_a_prompt_has_nothing_that_a_bar_reads_as_its_own(app: App) -> None:
    app.ok("start", "%{A1:touch marker:}x | bash='touch marker' \\n $(touch marker)")
    shown = app.ok("prompt").out
    assert shown == "_{A1:touch marker:}x _ bash='touch marker' _n _(touch marke… 0:00\n"
