"""The encodings of files: recognised where something proves them, else refused with the line."""

from __future__ import annotations

import io

import pytest

from clockeye_cli.errors import UsageError
from clockeye_cli.importers.text import opened, put_right

LINES = "Tag;Größe\r\n1;Süd\r\n"


@pytest.mark.parametrize(
    ("content", "chosen", "title"),
    [
        (LINES.encode(), "", "UTF-8"),
        (LINES.encode("utf-8-sig"), "", "UTF-8, BOM"),
        (LINES.encode("utf-16"), "", "UTF-16"),
        (LINES.encode("utf-16-le"), "", "UTF-16"),
        (LINES.encode("utf-16-be"), "", "UTF-16"),
        (LINES.encode("latin-1"), "latin-1", "latin-1"),
        (LINES.encode("cp1252"), "cp1252", "cp1252"),
        (
            ("\ufeff" + LINES).encode().decode("latin-1").encode(),
            "",
            "UTF-8, put right: it was read as Latin-1 before",
        ),
        (
            ("\ufeff" + LINES).encode().decode("cp1252").encode(),
            "",
            "UTF-8, put right: it was read as Latin-1 before",
        ),
    ],
)
def test_an_encoding_is_recognised(content: bytes, chosen: str, title: str) -> None:
    file = io.BytesIO(content)
    encoding = opened(file, chosen)
    assert (encoding.title, "".join(encoding.lines(file))) == (title, LINES)
    assert not file.closed


def test_the_line_is_named_that_is_not_in_the_encoding() -> None:
    file = io.BytesIO(b"a\nb\nS\xfcd\n")
    with pytest.raises(UsageError) as refusal:
        [*opened(file).lines(file)]
    assert (refusal.value.code, refusal.value.message) == ("bad_encoding", "The text is not UTF-8 at line 3.")
    assert not file.closed


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "utf\0", "ä"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(UsageError) as refusal:
        opened(io.BytesIO(b"a"), name)
    assert refusal.value.code == "bad_encoding"


def test_what_cannot_be_put_right_stays() -> None:
    assert put_right("CafÃ©") == "Café"
    assert put_right("â‚¬") == "€"
    assert put_right("Café") == "Café"
    assert put_right("日本") == "日本"
