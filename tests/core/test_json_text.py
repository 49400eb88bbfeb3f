"""json_text writes what json writes, and plain_value reads what json reads."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.json_text import json_text, plain_value, quote

if TYPE_CHECKING:
    from collections.abc import Callable

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


@given(PLAIN, st.sampled_from(["", " ", "\n\t "]), st.sampled_from([None, 2]))
def test_it_reads_what_json_reads(value: object, space: str, indent: int | None) -> None:
    text = f"{space}{json.dumps(value, indent=indent)}{space}"
    assert plain_value(text) == json.loads(text)


MARKS = st.sampled_from([*"[]{}:,-.0129eE \n", '"', '"a"', "\\", "\\u12", "NaN", "true", "null", "nul"])


def outcome(read: Callable[[str], object], text: str) -> str:
    """What reading a text gives: a value or the reason of a refusal."""
    try:
        return repr(read(text))  # NaN is not equal to itself
    except ValueError as error:
        return str(error)


@given(st.text() | st.lists(MARKS).map("".join))
def test_what_json_refuses_is_refused(text: str) -> None:
    assert outcome(plain_value, text) == outcome(json.loads, text)


BROKEN = (
    *("", "nul", "-", "[", "[1", "[1,", '["a" "b"]', "{", "{a = 1}", '{"a"', '{"a" 1}', '{"a": 1 "b": 2}'),
    *("{1: 2}", '{"a": 1,', '"open', '"\\x"', '"\\u12"', '"\t"', '[{rate = "90 EUR"}]'),
)


def test_what_is_no_json_is_refused_in_a_process_that_has_not_imported_json() -> None:
    # There, CPython's scanner fails without an exception of its own.
    code = """
import sys
from clockeye_cli.core.json_text import scanned

for text in sys.argv[1:]:
    try:
        print(text, scanned(text))
    except ValueError as error:
        print(error)
print("json" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code, *BROKEN], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("not JSON\n" * len(BROKEN) + "False\n", "")
