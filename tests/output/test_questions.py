"""Questions, which are asked on a terminal but never in a script."""

from __future__ import annotations

import io
from typing import Any

import pytest

from clockeye_cli.errors import UsageError
from clockeye_cli.output.questions import Questions
from tests.output.captured import Captured

NAMES = ["website", "Web shop", "api"]


class Keyboard(io.StringIO):
    """Standard input with somebody, or nobody, behind it."""

    def __init__(self, typed: str, *, terminal: bool = True) -> None:
        super().__init__(typed)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def asking(typed: str, **options: Any) -> tuple[Questions, Captured]:
    stderr = Captured(terminal=True)
    return Questions(Keyboard(typed), stderr, {}, **{"no_input": False, "yes": False, **options}), stderr


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("y\n", True), (" YES \n", True), ("n\n", False), ("\n", False), ("x\n", False), ("y", True)],
)
def test_only_yes_is_yes(typed: str, answer: bool) -> None:
    questions, stderr = asking(typed)
    assert questions.confirm("Delete it?", "-y") is answer
    assert stderr.text.startswith("Delete it? [y/N] ")


def test_the_end_of_the_input_is_no_and_ends_the_line() -> None:
    questions, stderr = asking("")
    assert not questions.confirm("Delete \x1b[1mit?", "-y")
    assert stderr.text == "Delete \\x1b[1mit? [y/N] \n"


def test_yes_answers_without_a_question_even_in_a_script() -> None:
    stderr = Captured()
    assert Questions(None, stderr, {}, no_input=True, yes=True).confirm("Delete it?", "-y")
    assert stderr.text == ""


@pytest.mark.parametrize(
    ("stdin", "stderr", "no_input"),
    [
        (Keyboard("y\n", terminal=False), Captured(terminal=True), False),
        (Keyboard("y\n"), Captured(terminal=False), False),
        (Keyboard("y\n"), Captured(terminal=True), True),
        (None, Captured(terminal=True), False),
        (Keyboard("y\n"), None, False),
    ],
)
def test_what_cannot_be_asked_names_the_option(
    stdin: Keyboard | None,
    stderr: Captured | None,
    no_input: bool,
) -> None:
    questions = Questions(stdin, stderr, {}, no_input=no_input, yes=False)
    with pytest.raises(UsageError) as caught:
        questions.confirm("Delete it?", "-y")
    assert (caught.value.exit_code, caught.value.hint) == (2, "Answer with -y.")
    with pytest.raises(UsageError) as caught:
        questions.pick("Which project?", NAMES, "--project NAME")
    assert caught.value.hint == "Answer with --project NAME. Choices: website, Web shop, api."
    assert stderr is None or stderr.text == ""


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("2\n", "Web shop"),
        ("api\n", "api"),
        ("A\n", "api"),
        ("webs\n", "website"),
        ("web\n4\n0\n\nzzz\n3\n", "api"),  # several, no such number, nothing, no such name
    ],
)
def test_picking_by_number_or_beginning(typed: str, picked: str) -> None:
    questions, _ = asking(typed)
    assert questions.pick("Which project?", NAMES, "--project NAME") == picked


def test_an_exact_name_goes_before_longer_ones() -> None:
    questions, _ = asking("WEB\n")
    assert questions.pick("Which?", ["website", "web"], "-p") == "web"


def test_the_list_is_numbered_and_safe() -> None:
    questions, stderr = asking("web\n10\n")
    questions.pick("Which?", ["web1", "web2", *"cdefghi", "j\x1b\n"], "-p")
    assert stderr.text == (
        "Which?\n   1  web1\n   2  web2\n   3  c\n   4  d\n   5  e\n   6  f\n   7  g\n   8  h\n   9  i\n"
        "  10  j\\x1b\\n\nNumber or name: 'web' matches several of them.\nNumber or name: "
    )


def test_nothing_picked_names_the_option() -> None:
    questions, _ = asking("")
    with pytest.raises(UsageError, match="No answer given"):
        questions.pick("Which?", NAMES, "-p")
    questions, _ = asking("1\n")
    with pytest.raises(UsageError):
        questions.pick("Which?", [], "-p")


def test_an_interrupt_passes_through() -> None:
    class Interrupted(Keyboard):
        def readline(self, *_: object) -> str:  # type: ignore[override] # io's classes disagree about bytes
            raise KeyboardInterrupt

    questions = Questions(Interrupted(""), Captured(terminal=True), {}, no_input=False, yes=False)
    with pytest.raises(KeyboardInterrupt):
        questions.confirm("Delete it?", "-y")


def test_an_answer_in_another_encoding_is_refused() -> None:
    class Latin(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    stdin = Latin(io.BytesIO(b"\xfc\n"), encoding="utf-8")
    with pytest.raises(UsageError, match="not valid utf-8"):
        Questions(stdin, Captured(terminal=True), {}, no_input=False, yes=False).confirm("Delete it?", "-y")
