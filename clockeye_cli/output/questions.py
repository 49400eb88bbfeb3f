"""Questions on the terminal: asked on standard error, answered on standard input, never in a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.safe_text import safe
from clockeye_cli.errors import UsageError
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from typing import TextIO

NAMES_IN_HINT = 10


class Questions:
    """Asks, if there is somebody to ask.

    Args:
        stdin: Where answers come from; None if it was closed before we began.
        stderr: Where questions go; None likewise.
        no_input: Never ask.
        yes: Every question with yes or no is answered with yes.
    """

    def __init__(self, stdin: TextIO | None, stderr: TextIO | None, *, no_input: bool, yes: bool) -> None:
        self._stdin = stdin
        self._stderr = stderr
        self._no_input = no_input
        self._yes = yes

    @property
    def can_ask(self) -> bool:
        """Whether a question would be seen and could be answered."""
        return not self._no_input and streams.is_terminal(self._stdin) and streams.is_terminal(self._stderr)

    def confirm(self, question: str, option: str) -> bool:
        """Whether the answer is yes; nothing, the end of the input and any other word are no.

        Args:
            question: Without the `[y/N]`.
            option: What gives the answer without a question (`-y`).

        Raises:
            UsageError: It cannot be asked; names the option.
        """
        if self._yes:
            return True
        if not self.can_ask:
            raise UsageError(f"{question} This cannot be asked here.", hint=f"Answer with {option}.")
        return (self._ask(f"{question} [y/N] ") or "").casefold() in {"y", "yes"}

    def pick(self, question: str, choices: list[str], option: str) -> str:
        """The one of `choices` that was picked by its number, its name or a unique beginning of that.

        Args:
            question: Stands above the numbered list.
            choices: Names, the likeliest first.
            option: What gives the answer without a question (`--project NAME`).

        Raises:
            UsageError: It cannot be asked, there is nothing to pick, or no answer came; names the option.
        """
        if not self.can_ask or not choices:
            some = ", ".join(choices[:NAMES_IN_HINT]) + (", …" if len(choices) > NAMES_IN_HINT else "")
            there = f" There are: {some}." if choices else ""
            raise UsageError(f"{question} This cannot be asked here.", hint=f"Answer with {option}.{there}")
        width = len(str(len(choices)))
        self._write("".join(f"{line}\n" for line in [question, *_numbered(choices, width)]))
        while (answer := self._ask("Number or name: ")) is not None:
            fitting = _fitting(answer, choices)
            if len(fitting) == 1:
                return fitting[0]
            self._write(f"{'Several' if fitting else 'None'} of them fit {answer!r}.\n" if answer else "")
        raise UsageError(f"{question} No answer was given.", hint=f"Answer with {option}.")

    def _ask(self, prompt: str) -> str | None:
        """The line that was typed, without space around it; None at the end of the input."""
        if self._stdin is None:
            return None
        self._write(prompt)
        try:
            line = self._stdin.readline()
        except UnicodeDecodeError as error:
            raise UsageError(f"The answer is no {error.encoding} text.") from error
        if not line.endswith("\n"):
            self._write("\n")  # the cursor still stands behind the question
        return line.strip() if line else None

    def _write(self, text: str) -> None:
        if self._stderr is not None:
            shown = safe(text, keep_newlines=True)
            self._stderr.write(streams.for_people(shown, streams.encoding_of(self._stderr)))
            self._stderr.flush()


def _numbered(choices: list[str], width: int) -> list[str]:
    return [f"  {number:>{width}}  {safe(choice)}" for number, choice in enumerate(choices, 1)]


def _fitting(answer: str, choices: list[str]) -> list[str]:
    """The choices that an answer means: its number, else its exact name, else those that begin so."""
    if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(choices):
        return [choices[int(answer) - 1]]
    wanted = answer.casefold()
    exact = [choice for choice in choices if choice.casefold() == wanted]
    return exact or [choice for choice in choices if wanted and choice.casefold().startswith(wanted)]
