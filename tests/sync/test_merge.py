"""Versions of an entry: only what was changed here is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.safe_text import storable, tidy
from clockeye_cli.sync.merge import merged

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("text", [" a\0b ", "a\r\nb", "\ufeffa \ud800", "a\tb\u200b", "e\u0301"])
@pytest.mark.parametrize("stored", [storable, tidy])
def test_a_text_that_was_not_changed_here_is_sent_back_as_it_came(
    text: str, stored: Callable[[str], str]
) -> None:
    theirs = {"description": text, "billable": True}
    ours = {"description": stored(text), "billable": False}
    body = merged(theirs, ours, theirs)
    assert (body["description"], body["billable"]) == (text, False)


def test_a_timer_keeps_the_end_that_the_service_gave_it_until_it_is_stopped() -> None:
    base = {"description": "Mail", "end_time": "2026-11-20T09:00:00Z"}
    body = merged(base, {"description": "Post"}, base)
    assert (body["description"], body["end_time"]) == ("Post", "2026-11-20T09:00:00Z")
    assert merged(base, {"end_time": "2026-11-20T10:00:00Z"}, base)["end_time"] == "2026-11-20T10:00:00Z"
