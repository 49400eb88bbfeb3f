"""json_text writes what json writes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.json_text import json_text, quote

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda each: st.lists(each) | st.tuples(each) | st.dictionaries(st.text(), each),
)


@given(PLAIN)
def test_it_writes_what_json_writes(value: object) -> None:
    assert json_text(value) == json.dumps(value)
    assert json_text(value, quote) == json.dumps(value, ensure_ascii=False)


def test_another_value_is_refused() -> None:
    with pytest.raises(TypeError, match="set is not a plain value"):
        json_text({1})
