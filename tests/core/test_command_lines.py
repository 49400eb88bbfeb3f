"""Command lines in messages are quoted as a POSIX shell needs it."""

from __future__ import annotations

import shlex

from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.command_lines import joined


@given(st.lists(st.text() | st.text(alphabet="aZ9_@%+=:,./-'\"$`\\ ~#")))
def test_words_are_quoted_as_shlex_does(words: list[str]) -> None:
    assert joined(words) == shlex.join(words)
