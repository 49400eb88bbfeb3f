"""The signs of a calendar's levels."""

from __future__ import annotations

from clockeye_cli.output.spelling import fields


def test_encodings_without_shades_show_other_signs() -> None:
    assert (fields("ascii"), fields("utf-8")) == (".-+#@", "·░▒▓█")
