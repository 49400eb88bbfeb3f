"""What `status --format` prints for status bars: JSON for waybar, a line for tmux. Part of the fast lane."""

from __future__ import annotations

from clockeye_cli.core.safe_text import safe

IN_WAYBAR = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\\": "\\\\"})
"""Escapes for Pango markup in a JSON string; quotes become markup, so JSON itself only needs the backslash.

(Importing the json module would take a tenth of the bar's time.)
"""


HINT = "clockeye sync --status"
"""What the tooltip says where a change needs attention."""


def waybar(shown: str, tooltip: str, *, is_running: bool, needs_attention: bool = False) -> str:
    """One line of JSON for a custom module of waybar with `"return-type": "json"`.

    Args:
        shown: Safe text; empty hides the module.
        tooltip: Any text.
        is_running: Whether `class` and `alt` are `running`, or `idle`.
        needs_attention: Whether `class` has `attention`, too.
    """
    fields = {"text": shown, "tooltip": safe(tooltip) + (f" ({HINT})" if needs_attention else "")}
    state = "running" if is_running else "idle"
    classes = f'["{state}", "attention"]' if needs_attention else f'"{state}"'
    texts = [f'"{key}": "{text.translate(IN_WAYBAR)}"' for key, text in fields.items()]
    return "{" + ", ".join([*texts, f'"class": {classes}', f'"alt": "{state}"']) + "}"


def tmux(shown: str) -> str:
    """The text for `#(…)` in a status line of tmux, which expands formats and styles in the output.

    tmux does not pass it to strftime, so a percent sign stays as it is.
    """
    return shown.replace("#", "##")
