"""The recipes of docs/scripts-and-cron.md, for the tests that run them."""

from __future__ import annotations

import re

from tests.system.real_parts import ROOT

TEXT = (ROOT / "docs" / "scripts-and-cron.md").read_text(encoding="utf-8")


def chapter(heading: str) -> str:
    """The text below a heading of the second level."""
    return re.split(r"(?m)^## ", TEXT.partition(f"\n## {heading}\n")[2])[0]


def blocks(heading: str, language: str) -> list[str]:
    """The blocks of code in a chapter."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", chapter(heading))
