"""Templates of prompts and bars."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.present.template import pieces


@given(st.text() | st.text(alphabet="{}a_9é -"))
def test_a_field_is_a_word_in_braces(template: str) -> None:
    assert pieces(template) == re.split(r"\{(\w*)\}", template)
