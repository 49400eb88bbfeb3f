"""What is a tag, which are the same, and how they are spelled."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clockeye_cli.core.tags import Spellings, tag_name, tags
from clockeye_cli.errors import UsageError

READ = {
    "": [],
    "Fix the login bug": [],
    "Fix #bug": ["bug"],
    "#bug in login": ["bug"],
    "Fix #bug, then deploy": ["bug"],
    "#bug. #ui: #api! #db? #web; #one…": ["bug", "ui", "api", "db", "web", "one"],
    "Fix #bug!?..": ["bug"],
    "(#bug) [#ui] {#api} <#db>": ["bug", "ui", "api", "db"],
    "see (the #bug) and (#ui).": ["bug", "ui"],
    "\"#bug\" '#ui' `#api`": ["bug", "ui", "api"],
    "“#bug” ‘#ui’ „#api“ ‚#db‘ «#web» »#one« ”#two”": ["bug", "ui", "api", "db", "web", "one", "two"],
    "#a,#b": ["a", "b"],
    "#a,,#b": ["a", "b"],
    "PR #12/#13": ["12", "13"],
    "PR/#12": ["12"],
    "#a/b #a,b #a;b": ["a/b", "a,b", "a;b"],
    "#a;#b": ["a;#b"],
    "#c++ #C# #ta%g #it's #16-031 #日本 #a_b #_x #1.2.3": [
        *["c++", "C#", "ta%g", "it's", "16-031", "日本", "a_b", "_x", "1.2.3"]
    ],
    "#C#,#b": ["C#", "b"],
    "#it’s, #rock'n'roll": ["it’s", "rock'n'roll"],
    "the 'old' #it's and it's #o'clock": ["it's", "o'clock"],
    "#日本、#東京。#大阪 は #京都！です": ["日本", "東京", "京都"],
    "「#日本」と（#東京）と『#大阪』": ["日本", "東京", "大阪"],
    "＂#one＂ #two： #three．": ["one", "two", "three"],
    "#日本（東京）": ["日本"],
    "# ## ### #- #, #. #) #' #+ ## x": [],
    "##x a#b x##y C# F#": [],
    "#\u00fcber #Ünder": ["über", "Ünder"],
    "Fix\n#bug\tand\u00a0#ui\u2028#api": ["bug", "ui", "api"],
    "(#bug)fix [see #12](https://example.com/x)": ["bug", "12"],
    "'#it's'": ["it"],
    "#f(x)y (#g(x)y)": ["f(x)y", "g(x)y"],
    "a) first b) then (see #12)x": ["12"],
    "(closed) #a)b": ["a)b"],
    "((x) #a)b": ["a"],
    "#bug #Bug #BUG #b": ["bug", "b"],
    "#cafe\u0301 #café": ["cafe\u0301"],
    "#Straße #STRASSE": ["Straße"],
}


@pytest.mark.parametrize("text", READ)
def test_a_description_has_these_tags(text: str) -> None:
    assert tags(text) == READ[text]


names = st.from_regex(r"[\w][\w+#%'&-]{0,6}[\w+#%]|\w", fullmatch=True).filter(
    lambda name: tags(f"#{name}") == [name]
)
opening = st.sampled_from(["", "x ", "\n", "(", "x (", '"', "“", "「", "x,", "x/", "Fix the\t["])
closing = st.sampled_from(
    ["", " x", ".", ",", ":", "!", "?", ";", ")", '"', "”", "」", "。x", "、x", ").", '",']
)


@given(opening, names, closing)
def test_a_name_is_the_same_whatever_is_around_it(before: str, name: str, after: str) -> None:
    assert tags(f"{before}#{name}{after}") == [name]


@given(st.text(alphabet="#ab1_,/()[]\"'“”„.:!+ -\n、」「", max_size=14))
@example("#a'b #'a")
def test_every_tag_is_within_the_grammar(text: str) -> None:
    for name in tags(text):
        assert f"#{name}" in text
        assert name[0].isalnum() or name[0] == "_"
        assert not set(name) & set(" \n、」「")
        assert name[-1] not in ".:!,)]\"'“”„"
        assert ",#" not in name
        assert "/#" not in name


@pytest.mark.parametrize(
    ("text", "name"), [("bug", "bug"), ("#bug", "bug"), (" c++ ", "c++"), ("C#", "C#"), ("#all", "all")]
)
def test_an_option_takes_what_is_read_as_that_tag(text: str, name: str) -> None:
    assert tag_name(text) == name


@pytest.mark.parametrize(
    "text", ["two words", "bug,", "bug.", "(bug)", "+bug", "-x", "a,#b", "##bug", "日本。", "x」"]
)
def test_an_option_refuses_what_is_not_read_as_that_tag(text: str) -> None:
    with pytest.raises(UsageError, match="is not a tag"):
        tag_name(text)


def test_a_tag_is_spelled_as_in_the_latest_entry() -> None:
    spellings = Spellings()
    assert spellings.read("#Bug #bug #ui", 2_000) == ["bug", "ui"]
    assert spellings.read("#BUG", 1_000) == ["bug"]
    assert spellings.spelled(("bug",), 0) == ("Bug",)
    assert spellings.read("#bug", 3_000) == ["bug"]
    assert spellings.spelled(("x", "bug", None), 1) == ("x", "bug", None)
    assert spellings.spelled(("x", "bug", None), 2) == ("x", "bug", None)
