"""Results with the random part of ids taken out, so that a test can compare the whole output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.app import App, Result

ID = re.compile(r"\b(te|prj)_[0-9a-hj-km-np-tv-z]{12}\b")
SHORT_ID = re.compile(r"(?m)^[0-9a-hj-km-np-tv-z]{4}(?= {2,}(?:\d\d:\d\d|…)–)")


def plain(text: str) -> str:
    """The text with `te_1`, `te_2` … for its ids, in the order of their appearance; `id__` for short ones."""
    seen: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        kind = found[1]
        count = sum(1 for word in seen.values() if word.startswith(kind))
        return seen.setdefault(found[0], f"{kind}_{count + 1}")

    return SHORT_ID.sub("id__", ID.sub(number, text))


def said(result: Result) -> tuple[int, str, str]:
    """Exit code and both streams, ids taken out."""
    return result.code, plain(result.out), plain(result.err)


def ids(app: App) -> dict[str, str]:
    """The id of each entry and the timer by its description."""
    return {row["description"]: row["id"] for row in app.ok("log", "--all", "--json").data}


def refused(app: App, *args: str, terminal: bool = False, stdin: str = "") -> tuple[int, str]:
    """The exit code and standard error of a command line that must fail, print nothing and store nothing."""
    before = app.ok("log", "--all", "--json", "-q").data, app.ok("history", "--json").data
    result = app.run(*args, terminal=terminal, stdin=stdin)
    after = app.ok("log", "--all", "--json", "-q").data, app.ok("history", "--json").data
    assert result.code != 0
    assert result.out == ""
    assert after == before
    return result.code, plain(result.err)
