"""Editing a text in the user's editor."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager

from clockeye_cli.core.programs import without_keys
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.files import remove, temporary_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clockeye_cli.output.out import Out
    from clockeye_cli.output.questions import Questions


def edit(text: str, suffix: str, environ: Mapping[str, str]) -> str:
    """Let the user edit a text in `$VISUAL`, `$EDITOR` or vi, and return the new text.

    Raises:
        ClockeyeError: The editor cannot be run, or it failed; the caller must not change anything.
    """
    import shlex

    editor = environ.get("VISUAL") or environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    path = temporary_file(text, "clockeye-", suffix)
    try:
        code = subprocess.call([*shlex.split(editor), path], env=without_keys(environ))
        if code != 0:
            raise ClockeyeError(f"The editor {editor!r} exited with {code}.", hint="Nothing was changed.")
        if not os.path.exists(path):
            raise ClockeyeError(f"The editor {editor!r} has deleted its file.", hint="Nothing was changed.")
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise ClockeyeError(
            f"Cannot run the editor {editor!r}: {error}.", hint="Set EDITOR to another editor."
        ) from error
    finally:
        remove(path)


def check_terminal(questions: Questions, out: Out, hint: str) -> None:
    """Check that the editor can be opened.

    Raises:
        UsageError: There is no terminal; `hint` says what to do instead.
    """
    if not questions.can_ask or not out.is_terminal:
        raise UsageError("Cannot open the editor: no terminal.", hint=hint)


@contextmanager
def kept_draft(text: str, suffix: str) -> Iterator[None]:
    """If the block rejects a text from the editor, save the text and add its path to the error."""
    try:
        yield
    except ClockeyeError as error:
        path = temporary_file(text, "clockeye-draft-", suffix)
        error.hint = f"{error.hint} Your text was saved to {path}.".strip()
        raise
