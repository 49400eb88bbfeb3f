"""What `status --format` gives to status bars: waybar's JSON, tmux's status line. Part of the fast lane."""

from __future__ import annotations

from clockeye_cli.core.safe_text import safe

IN_WAYBAR = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\\": "\\\\"})
"""Pango markup in a JSON string: a quote is markup already, so of JSON's escapes the backslash is left.

(The json module would cost the bar a tenth of its time.)
"""


def waybar(shown: str, tooltip: str, *, is_running: bool) -> str:
    """A line of JSON for a custom module of waybar with `"return-type": "json"`.

    Args:
        shown: Safe text; empty hides the module.
        tooltip: Any text.
        is_running: Makes `class` and `alt` be `running`, otherwise `idle`.
    """
    fields = {"text": shown, "tooltip": safe(tooltip)}
    state = "running" if is_running else "idle"
    texts = [f'"{key}": "{text.translate(IN_WAYBAR)}"' for key, text in fields.items()]
    return "{" + ", ".join([*texts, f'"class": "{state}"', f'"alt": "{state}"']) + "}"


def tmux(shown: str) -> str:
    """The text for `#(…)` in a status line of tmux, which expands formats and styles in what it gets.

    It does not hand that to strftime, so a percent sign stays one.
    """
    return shown.replace("#", "##")
