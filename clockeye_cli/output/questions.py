"""Interactive questions: written to standard error, answered on standard input, never asked in a script."""

from __future__ import annotations

from clockeye_cli.core.safe_text import safe, tidy
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO, TypeVar

    T = TypeVar("T")

NAMES_IN_HINT = 10
CANNOT_ASK = "Cannot ask: not running interactively."


class Questions:
    """Asks the user, if standard input and standard error are a terminal.

    Args:
        stdin: For answers; None if it was closed when the process started.
        stderr: For questions; None likewise.
        environ: The environment, for the width of the terminal.
        no_input: Never ask.
        yes: Answer yes to every yes-or-no question.
    """

    def __init__(
        self,
        stdin: TextIO | None,
        stderr: TextIO | None,
        environ: Mapping[str, str],
        *,
        no_input: bool,
        yes: bool,
    ) -> None:
        self._stdin = stdin
        self._environ = environ
        self._stderr = stderr
        self._no_input = no_input
        self._yes = yes

    @property
    def can_ask(self) -> bool:
        """Whether the user can see and answer a question."""
        return not self._no_input and streams.is_terminal(self._stdin) and streams.is_terminal(self._stderr)

    def confirm(self, question: str, option: str) -> bool:
        """Whether the user answers yes; an empty answer, the end of input and any other word mean no.

        Args:
            question: The question, without `[y/N]`.
            option: The option that answers the question (`-y`), for the error.

        Raises:
            UsageError: The user cannot be asked.
        """
        if self._yes:
            return True
        if not self.can_ask:
            raise UsageError(f"{question} {CANNOT_ASK}", hint=f"Answer with {option}.")
        return (self._ask(f"{question} [y/N] ") or "").casefold() in {"y", "yes"}

    def pick(self, question: str, choices: list[str], option: str) -> str:
        """The choice that the user picks by its number, its name or a unique prefix of the name.

        Args:
            question: The question above the numbered list.
            choices: Names, the likeliest first.
            option: The option that answers the question (`--project NAME`), for the error.

        Raises:
            UsageError: The user cannot be asked, there are no choices, or the input ended.
        """
        if not self.can_ask or not choices:
            first = ", ".join(choices[:NAMES_IN_HINT]) + (", …" if len(choices) > NAMES_IN_HINT else "")
            listed = f" Choices: {first}." if choices else ""
            raise UsageError(f"{question} {CANNOT_ASK}", hint=f"Answer with {option}.{listed}")
        width = len(str(len(choices)))
        self._write("".join(f"{line}\n" for line in [question, *_numbered(choices, width)]))
        while (answer := self._ask("Number or name: ")) is not None:
            matches = _matches(answer, choices)
            if len(matches) == 1:
                return matches[0]
            self._write(f"{answer!r} matches {'several' if matches else 'none'} of them.\n" if answer else "")
        raise UsageError(f"{question} No answer given.", hint=f"Answer with {option}.")

    def ask(self, question: str, read: Callable[[str], T], option: str) -> T:
        """What the user types, read; asked again with the reason until it can be read.

        Args:
            question: The question, with all that stands before the cursor.
            read: Reads the answer, which may be empty; raises UsageError with the reason.
            option: The option that answers the question (`--at WHEN`), for the error.

        Raises:
            UsageError: The input ended.
        """
        while (answer := self._ask(question)) is not None:
            try:
                return read(answer)
            except UsageError as error:
                self._write(f"{error.message}\n")
                question = question.rpartition("\n")[2]
        raise UsageError("No answer given.", hint=f"Answer with {option}.")

    def _ask(self, prompt: str) -> str | None:
        """The line that the user types, without surrounding space; None at the end of input."""
        if self._stdin is None:
            return None
        self._write(prompt)
        try:
            line = self._stdin.readline()
        except UnicodeDecodeError as error:
            raise UsageError(f"The answer is not valid {error.encoding}.") from error
        if not line.endswith("\n"):
            self._write("\n")  # the cursor is still behind the question
        return tidy(line) if line else None

    def _write(self, text: str) -> None:
        if self._stderr is not None:
            lines = safe(text, keep_newlines=True).split("\n")
            shown = streams.fitted(lines, self._stderr, self._environ)[:-1]
            shown += (
                " " if text[-1:] == " " and shown[-1:] != " " else ""
            )  # the cursor is behind the question
            self._stderr.write(streams.for_people(shown, streams.encoding_of(self._stderr)))
            self._stderr.flush()


def _numbered(choices: list[str], width: int) -> list[str]:
    return [f"  {number:>{width}}  {safe(choice)}" for number, choice in enumerate(choices, 1)]


def _matches(answer: str, choices: list[str]) -> list[str]:
    """The choices that match an answer: by number, else by exact name, else by prefix."""
    if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(choices):
        return [choices[int(answer) - 1]]
    wanted = answer.casefold()
    exact = [choice for choice in choices if choice.casefold() == wanted]
    return exact or [choice for choice in choices if wanted and choice.casefold().startswith(wanted)]
