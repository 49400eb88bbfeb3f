from __future__ import annotations

import pytest

from clockeye_cli.core.safe_text import decoded, is_dangerous, safe, storable, tidy
from tests.hostile_text import HOSTILE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("", ""),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b31m", "\\x9b31m"),
        ("a\tb\nc\rd", "a\\tb\\nc\\rd"),
        ("\x00\x07\x7f", "\\x00\\x07\\x7f"),
        ("\u202e\u2066\u200e\u061c", "\\u202e\\u2066\\u200e\\u061c"),
        ("\u2028\u2029\u200b\ufeff\u00ad", "\\u2028\\u2029\\u200b\\ufeff\\xad"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800\udfff", "\\ud800\\udfff"),
        ("\uffff\U0010fffe\ufdd0", "\\uffff\\U0010fffe\\ufdd0"),
        ("👨‍👩‍👧 می\u200cخواهم \u00a0é", "👨‍👩‍👧 می\u200cخواهم \u00a0é"),
        ("[red]x[/] :smile:", "[red]x[/] :smile:"),
    ],
)
def test_what_controls_a_terminal_becomes_a_visible_escape(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_newlines_and_tabs_stay_where_they_are_wanted_but_nothing_else() -> None:
    assert safe("a\tb\r\n\x1bc", keep_newlines=True) == "a\tb\\r\n\\x1bc"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_nothing_dangerous_is_left_of_hostile_text(text: str) -> None:
    assert not any(is_dangerous(ord(character)) for character in set(safe(text)))
    remaining = {ord(character) for character in safe(text, keep_newlines=True)}
    assert not {code for code in remaining - {9, 10} if is_dangerous(code)}


def test_the_quick_way_out_misses_nothing_dangerous() -> None:
    assert not [code for code in range(0x110000) if chr(code).isprintable() and is_dangerous(code)]


def test_every_control_surrogate_and_bidi_character_is_dangerous() -> None:
    from unicodedata import bidirectional, category

    controls = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for code in range(0x110000):
        character = chr(code)
        if category(character) in {"Cc", "Cs", "Zl", "Zp"} or bidirectional(character) in controls:
            assert is_dangerous(code), hex(code)


def test_a_store_cannot_hold_nul_and_lone_surrogates_and_keeps_all_else() -> None:
    assert storable("a\0b\ud800\udfffc") == "a\ufffdb\ufffd\ufffdc"
    assert storable(" \ufeffa\r\n\x1b ") == " \ufeffa\r\n\x1b "
    assert tidy("\r\n\ufeff \u200b a\0\rb\r\n") == "a\ufffd\nb"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy(text) == tidy(f" \r\n{text}\ufeff\n")


@pytest.mark.parametrize(
    "content",
    [
        "é\r\nb".encode(),
        "\ufeffé\nb".encode(),
        "\ufeffé\r\nb".encode("utf-16-le"),
        "\ufeffé\rb".encode("utf-16-be"),
    ],
)
def test_a_file_is_utf_8_or_what_its_byte_order_mark_says(content: bytes) -> None:
    assert decoded(content) == "é\nb"


@pytest.mark.parametrize("content", [b"\xe9", b"\xff\xfea", b"a\xff\xfe"])
def test_a_file_in_another_encoding_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="codec can't decode"):
        decoded(content)
