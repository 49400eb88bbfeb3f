"""Every command that a test is shown in backticks is run: at the same instant, in a copy of its home.

With `TRY_SUGGESTIONS=1`, `tests/app.py` hands in each run; `tests/test_every_suggestion.py` does so for the
everyday commands, in one process, so that the same are tried each time. What was suggested must be understood
and must not fail; where a suggestion says how to get rid of an error, the command that failed must not fail
like that again. A few suggestions of each kind are tried per process, where a kind is the exit code, the
command and its options; `EVERY_SUGGESTION=1` tries all.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shlex
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack, chdir, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.cli import quick_reader
from clockeye_cli.cli.argv import arrange
from tests.placeholders import with_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app import App, Result

TIMES = 1_000_000 if os.environ.get("EVERY_SUGGESTION") else 2
"""How many suggestions of a kind are tried."""

LARGEST_HOME = 20_000_000
LONGEST_OUTPUT = 3_000
"""Longer outputs are lists and manuals, which show examples rather than suggest something."""

COMMAND = re.compile(r"""`(clockeye (?:'(?:[^']|'"'"')*'|[^`'])*)`(?! no longer| cannot run)""")
OPTION = re.compile(r"\b(?:Answer with|[Aa]dd) (--?[a-z][a-z-]*(?: [A-Z]+\b)?)(?=[.,; ]|$)", re.MULTILINE)
VALUES = {
    "ENTRY": "last",
    "WHEN": "now",
    "DAY": "2020-01-01",
    "PERIOD": "today",
    "DURATION": "10m",
    "COUNT": "1",
    "DESCRIPTION": "Work",
    "TAG": "bug",
    "NAME": "fresh",
    "COMMAND": "start",
    "EMAIL": "kim@example.com",
}
"""What is filled in for words in capitals. Exit code 3 is right then: nothing may have that name."""

VALUES_OF = {"--from": "10m ago", "--move": "10m"}
"""The same for what follows an option."""

ELSEWHERE = {"FILE", "FOLDER", "URL", "KEY", "DIR", "ID", "VALUE", "OTHER"}
"""Placeholders for which `tests/placeholders.py` makes something; without it, the command line must parse."""

ENDLESS = (["serve"], ["watch"], ["mcp"])
"""Commands that run until they are stopped, without a subcommand: the same."""

NOT_ALONE = ("--from", "--to", "--for", "--force", "--user")
"""Options that are suggested without a value, or overwrite a file of a test."""

REMEDIES = {
    ("projects", "add"),
    ("projects", "unarchive"),
    ("projects", "edit"),
    ("clients", "unarchive"),
    ("clients", "edit"),
    ("invoices", "remove"),
    ("config", "set"),
    ("config", "unset"),
    ("profiles", "add"),
    ("profiles", "use"),
    ("doctor", "--repair"),
    ("delete",),
    ("stop",),
}
"""Commands that are suggested to remove an error: the command that failed must not fail like that again."""


class Suggestion(NamedTuple):
    """A command line to try: a whole one, or the one before with another option.

    Attributes:
        line: As it was printed.
        words: What follows `clockeye`, as a shell splits it.
        is_filled_in: Words in capitals were replaced by values.
    """

    line: str
    words: list[str]
    is_filled_in: bool

    @property
    def command(self) -> list[str]:
        """The words from the command on, without the profile in front."""
        return self.words[2:] if self.words[:1] == ["-P"] else self.words


tried: Counter[tuple[str, ...]] = Counter()


def try_out(app: App, args: list[str], result: Result, *, stdin: str, terminal: bool) -> None:
    """Run what a run has suggested, and check that each command does what a reader expects."""
    if "TRY_SUGGESTIONS" not in os.environ:
        return
    for suggestion in suggestions(args, result, terminal=terminal):
        options = (word.partition("=")[0] for word in suggestion.words if re.match(r"-|[a-z-]+$", word))
        kind = (str(result.code), *options)
        if tried[kind] < TIMES:
            problem = problem_of(app, args, result, suggestion, stdin)
            assert not problem, f"{suggestion.line}, suggested by {args}, {problem}\n{result}"
            tried[kind] += 1


def suggestions(args: list[str], result: Result, *, terminal: bool) -> list[Suggestion]:
    """What a run has suggested, each command line once."""
    if result.code == 0 and "--dry-run" in args:
        return []  # it says what the command itself would say, which holds once that has run
    text = _error_text(result)
    if len(result.out) < LONGEST_OUTPUT and not result.out.startswith("Usage: ") and "help" not in args:
        text += f"\n{result.out}"
    if terminal:
        text = re.sub(r"\n +", " ", re.sub(r"\x1b\[[0-9;]*m", "", text))
    if re.search(r"^(?:Undo|Redo) ", text, re.MULTILINE):
        return []  # a question about commands of the past
    commands = [_filled_in(line, shlex.split(line)[1:]) for line in dict.fromkeys(COMMAND.findall(text))]
    if result.code not in (2, 3) or "--" in args:
        return commands
    is_to_pick = [name in ("-p", "--project") and after[:1] == "-" for name, after in pairwise([*args, "-"])]
    bare = [word for word, is_left_out in zip(args, is_to_pick, strict=True) if not is_left_out]
    lines = [line for line in OPTION.findall(COMMAND.sub("", text)) if line not in NOT_ALONE]
    return commands + [_filled_in(line, [*bare, *line.split()]) for line in lines]


def _error_text(result: Result) -> str:
    """Standard error, with an error in JSON as the text that it holds."""
    notices, brace, document = result.err.partition('{"version": 1, "error": {"code"')
    if not brace:
        return result.err
    error = json.JSONDecoder(strict=False).raw_decode(brace + document)[0]["error"]
    return f"{notices}clockeye: {error['message']}\n  {error['hint']}\n"


def _filled_in(line: str, words: list[str]) -> Suggestion:
    filled = [
        VALUES_OF.get(before, VALUES[word]) if word == "WHEN" else VALUES.get(word, word)
        for before, word in pairwise(["", *words])
    ]
    if words[:1] == ["edit"] and "current" not in words:
        filled = ["-10m" if word == "10m ago" else word for word in filled]  # from the entry's own start
    return Suggestion(line, filled, filled != words)


def problem_of(app: App, args: list[str], before: Result, suggestion: Suggestion, stdin: str) -> str:
    """What is wrong with a suggestion; empty if nothing is."""
    words = suggestion.words
    if "|" in words:
        place = words.index("|")
        return _malformed(words[:place]) or _malformed(words[place + 2 :])
    command = suggestion.command
    if command[:1] in ENDLESS and not re.match(r"[a-z]", command[1] if command[1:] else ""):
        return _malformed(words)
    with in_copy(app, words) as trial:
        if trial is None:
            return _malformed(words)
        if ELSEWHERE & {*words}:
            words = with_values(trial, words, trial.home.parent)
            suggestion = Suggestion(suggestion.line, words, is_filled_in=True)
        return _malformed(words) if ELSEWHERE & {*words} else _failure(trial, args, before, suggestion, stdin)


def _failure(trial: App, args: list[str], before: Result, suggestion: Suggestion, stdin: str) -> str:
    words, command = suggestion.words, suggestion.command
    result = trial.run(*words, stdin=stdin)
    if command == ["sync"] and "unsent" in result.err:
        trial.now += 60  # it looks again later for what may have arrived, and here the clock stands still
        result = trial.run(*words, stdin=stdin)
    if result.code == 2 and re.search(r"terminal|Answer with|--with-key", result.err):
        if command[:2] == ["auth", "login"]:
            return ""  # a key is typed where nothing echoes it
        answer = "1\n" if "Which one?" in result.err else "y\n"
        result = trial.run(*words, stdin=answer, terminal=True)
    if before.code in (2, 3) and _error_text(result) == _error_text(before):
        return "fails in the same way"
    if result.code not in _allowed(args, before, suggestion, result) or "Internal error" in result.err:
        return f"fails: {result}"
    is_remedy = bool(REMEDIES & {tuple(command[:1]), tuple(command[:2])}) and "--save" not in args
    if result.code == 0 and before.code > 2 and is_remedy:
        again = trial.run(*args, stdin=stdin)
        if _error_text(again) == _error_text(before):
            return "does not remove the error"
    return ""


def _allowed(args: list[str], before: Result, suggestion: Suggestion, result: Result) -> set[int]:
    """The exit codes with which a suggestion may end."""
    words = suggestion.words
    if suggestion.line.startswith("-"):
        return {*range(256)} - {2}  # one option was missing, and something else may be wrong
    if (
        "Did you mean" in before.err
        and len(words) == len(args) - ("help" in args)
        and "Missing argument" in result.err
    ):
        return {2}  # `config sett` lacked more than a letter
    if suggestion.command[:1] == ["check"]:
        return {0, 1}  # 1 is what it has to say
    if suggestion.is_filled_in or before.code == 2 or "Did you mean" in before.err:
        return {0, 3}  # what was meant may not exist
    return {0}


def _malformed(words: list[str]) -> str:
    try:
        quick_reader.read(arrange([*words]))
    except quick_reader.NotUnderstoodError as error:
        return f"Malformed: {error}" if "--help" not in words else ""
    return ""


@contextmanager
def in_copy(app: App, words: list[str]) -> Iterator[App | None]:
    """The same computer with a copy of the home, without its hooks; None if there can be no copy.

    A profile on an account gets a copy of its service, which can be reached and answers as it should.
    """
    with tempfile.TemporaryDirectory(prefix="suggested-") as folder, ExitStack() as stack:
        home = Path(folder) / "home"
        site = getattr(app, "site", None)
        if not _copied(app.home, home) or (_is_on_account(app) and (site is None or ":" in site.data)):
            yield None
            return
        trial = copy.copy(app)
        trial.home, trial.is_trial = home, True
        environ = {name: value.replace(str(app.home), str(home)) for name, value in app.environ.items()}
        trial.environ = environ | {"HOME": folder, "VISUAL": "true", "EDITOR": "true", "PAGER": "cat"}
        trial.environ |= {"BROWSER": "true"}
        if site is not None:
            from tests.account.shadow import moved_to, shadow_of  # late: it loads the server

            origin = stack.enter_context(shadow_of(site.data, Path(folder)))
            moved_to(origin, home)
            if "CLOCKEYE_API_URL" in environ:
                trial.environ["CLOCKEYE_API_URL"] = f"{origin}/v1"
        if "--save" in words:
            stack.enter_context(chdir(folder))
        yield trial


def _is_on_account(app: App) -> bool:
    config = app.home / "config.toml"
    return "CLOCKEYE_API_URL" in app.environ or (config.exists() and "url = " in config.read_text("latin-1"))


def _copied(source: Path, target: Path) -> bool:
    try:
        if not source.exists():
            return True
        if sum(file.stat().st_size for file in source.rglob("*") if file.is_file()) > LARGEST_HOME:
            return False
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("hooks"))
    except OSError:  # a test that takes away the rights, or a file that is there for a moment only
        return False
    return True
