"""The user's editor, opened on a text."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.files import temporary_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clockeye_cli.output.out import Out
    from clockeye_cli.output.questions import Questions


def edit(text: str, suffix: str, environ: Mapping[str, str]) -> str:
    """Let the user change a text in `$VISUAL`, `$EDITOR` or vi, and give what it became.

    Raises:
        ClockeyeError: There is no such editor, or it failed; then nothing is to change.
    """
    import shlex

    editor = environ.get("VISUAL") or environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    path = temporary_file(text, "clockeye-", suffix)
    try:
        code = subprocess.call([*shlex.split(editor), path], env=dict(environ))
        if code != 0:
            raise ClockeyeError(f"The editor {editor!r} ended with {code}.", hint="Nothing was changed.")
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise ClockeyeError(
            f"The editor {editor!r} cannot be run: {error}.", hint="Set EDITOR to one that can."
        ) from error
    finally:
        os.unlink(path)


def check_terminal(questions: Questions, out: Out, hint: str) -> None:
    """Make sure that the editor can be opened.

    Raises:
        UsageError: No terminal to open it on; with `hint`, which says what to do instead.
    """
    if not questions.can_ask or not out.is_terminal:
        raise UsageError("No terminal to open the editor on.", hint=hint)


@contextmanager
def kept_draft(text: str, suffix: str) -> Iterator[None]:
    """Where what was typed in the editor is refused, keep it, and say where."""
    try:
        yield
    except ClockeyeError as error:
        path = temporary_file(text, "clockeye-draft-", suffix)
        error.hint = f"{error.hint} What you typed is kept in {path}.".strip()
        raise
