"""Editing a text in the user's editor."""

from __future__ import annotations

import os
import subprocess

from clockeye_cli.core.programs import without_keys
from clockeye_cli.core.safe_text import decoded, safe, tidy
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, ClockeyeError, UsageError
from clockeye_cli.files import remove, temporary_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clockeye_cli.output.out import Out
    from clockeye_cli.output.questions import Questions


MARK = "#! "
"""Begins the lines above a text that say why it was refused; in forms and in TOML, they are comments."""

MOST_ROUNDS = 20
"""How often the editor is opened for one text: an editor that is a script would go on for ever."""


def edit_until(store: Callable[[str], None], text: str, suffix: str, environ: Mapping[str, str]) -> bool:
    """Let the user edit a text until it can be stored: the editor opens again, with the error above the text.

    Args:
        store: Takes the new text; a usage error or a clash is one of the text.
        text: The text to begin with.
        suffix: Of the file's name.
        environ: The environment of the editor.

    Returns:
        False if the text came back as it was, so that nothing is stored.

    Raises:
        ClockeyeError: The editor cannot be run, or it failed. Or the text was refused and came back as it
            was, or was not stored for another reason: it is saved as a draft, which the error names.
    """
    shown, refused = text, ""
    for rounds in range(1, MOST_ROUNDS + 1):
        filled = _without_marked(edit(shown, suffix, environ))
        if _is_same(filled, text):
            return False
        try:
            store(filled)
        except (UsageError, ClashError) as error:
            if error.code == "changed_since" or _is_same(filled, refused) or rounds == MOST_ROUNDS:
                raise _with_draft(error, filled, suffix) from error
            lines = f"{error.message}\n{error.hint}".strip().split("\n")
            problem = "".join(f"{MARK}{safe(line)}\n" for line in lines)
            shown, refused = problem + filled, filled
        except ClockeyeError as error:
            raise _with_draft(error, filled, suffix) from error
        else:
            return True
    raise AssertionError  # the last round returns or raises


def edit(text: str, suffix: str, environ: Mapping[str, str]) -> str:
    """Let the user edit a text in `$VISUAL`, `$EDITOR` or vi, and return the new text, with plain line ends.

    Raises:
        ClockeyeError: The editor cannot be run, or it failed, or its text is not UTF-8; the caller must not
            change anything.
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
        with open(path, "rb") as file:
            content = file.read()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ClockeyeError(
            f"Cannot run the editor {editor!r}: {why}.", hint="Set EDITOR to another editor."
        ) from error
    finally:
        remove(path)
    try:
        return decoded(content)
    except ValueError as error:
        draft = temporary_file(content, "clockeye-draft-", suffix)
        raise UsageError(
            f"The editor {editor!r} has saved a text that is not UTF-8.",
            hint=f"Nothing was changed. Your text was saved to {draft}.",
        ) from error


def check_terminal(questions: Questions, out: Out, hint: str) -> None:
    """Check that the editor can be opened.

    Raises:
        UsageError: There is no terminal; `hint` says what to do instead.
    """
    if not questions.can_ask or not out.is_terminal:
        raise UsageError("Cannot open the editor: no terminal.", hint=hint)


def _without_marked(text: str) -> str:
    """The text without the lines above it that say why it was refused, even if they were edited."""
    lines = text.split("\n")
    while lines and lines[0].startswith(MARK.rstrip()):
        del lines[0]
    return "\n".join(lines)


def _is_same(first: str, second: str) -> bool:
    """Whether two texts differ only in line ends and at their ends, which editors change by themselves."""
    return tidy(first) == tidy(second)


def _with_draft(error: ClockeyeError, text: str, suffix: str) -> ClockeyeError:
    """The error, with the path of the file to which the text was saved."""
    path = temporary_file(text, "clockeye-draft-", suffix)
    error.hint = f"{error.hint} Your text was saved to {path}.".strip()
    return error
