"""The README and `docs/` are true: examples print what they show, and tables list what the program has.

`python tests/test_docs.py` writes what the examples print now into all of these files; look at the diff.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli import errors
from clockeye_cli.cli import typer_reader
from clockeye_cli.cli.argv import arrange
from clockeye_cli.cli.table import TABLE
from clockeye_cli.commands.help import ENVIRONMENT, TOPICS
from clockeye_cli.config.settings import SETTINGS
from clockeye_cli.core import duration, period_words, when
from clockeye_cli.core.day import DayRule
from clockeye_cli.core.duration import clock, parse_duration
from clockeye_cli.core.error_codes import ERROR_CODES
from clockeye_cli.core.moment import resolve
from clockeye_cli.core.period_words import parse_period
from clockeye_cli.core.phrases import stamp
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.output.formats import FORMATS
from tests.app import BERLIN, App

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
}
"""The README and the pages of `docs/`, by their paths."""
TEXT = "\n\n".join(DOCUMENTS.values())

_spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
assert _spec is not None
assert _spec.loader is not None
picture: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(picture)

AT = re.compile(r"# at (?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d)(:\d\d)?")
HOME = "~/.local/share/clockeye"


# --- the examples -------------------------------------------------------------------------------------------


class Session:
    """A person at a terminal, 80 columns wide, in a folder of their own: the examples of one document."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = App(folder / "home")
        self.app.environ["NO_COLOR"] = "1"
        self.code = 0

    def lines(self, line: str) -> list[str]:
        """What a line of an example prints."""
        if moment := AT.fullmatch(line):
            self.app.at(f"{moment[1] or '2026-11-20'} {moment[2]}{moment[3] or ':00'}")
            return []
        name, *args = shlex.split(line.removeprefix("$ "))
        if name == "cat":
            return (self.folder / args[0]).read_text(encoding="utf-8").splitlines()
        assert name == "clockeye", line
        result = self.app.run(*args, terminal=True)
        shown = (result.out + result.err).replace(str(self.app.home), HOME)
        return shown.splitlines()


@contextmanager
def session() -> Iterator[Session]:
    """A session whose ids depend on the time alone, in a new folder, which is the current one meanwhile."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        person = Session(Path(folder))
        os.chdir(folder)
        try:
            with picture.fixed_ids(person.app):
                yield person
        finally:
            os.chdir(before)


def played(document: str) -> str:
    """A document with what the program prints under each command of its examples.

    In a `console` block, `# at 09:15` sets the clock to a time on Friday, 2026-11-20, and
    `# at 2026-10-25 12:00` to one on another day.
    """
    lines: list[str] = []
    is_example = False
    with session() as person:
        for line in document.split("\n"):
            if line.startswith("```"):
                is_example = line == "```console"
            elif is_example and not line.startswith(("# ", "$ ")):
                continue  # what it printed when it was written
            elif is_example:
                if line.startswith("# ") and not lines[-1].startswith("```"):
                    lines.append("")
                lines += [line, *person.lines(line)]
                continue
            lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_examples_print_what_they_show(path: str) -> None:
    assert DOCUMENTS[path] == played(DOCUMENTS[path])


@pytest.mark.parametrize("name", picture.PICTURES)
def test_pictures_show_what_the_program_prints(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == picture.svg(name)


def test_jq_examples_find_something() -> None:
    if not shutil.which("jq"):
        assert not os.environ.get("CI"), "jq is missing"
        pytest.skip("jq is not installed")
    examples = [line.split(" | ", 1) for line in commands() if " | jq" in line]
    assert examples
    with session() as person:
        person.app.ok("add", "Review", "+urgent", "-p", "website", "--for", "90m")
        for command, filter_ in examples:
            printed = person.app.ok(*shlex.split(command)[1:]).out
            result = subprocess.run(
                shlex.split(filter_), check=False, input=printed, capture_output=True, text=True
            )
            assert (result.returncode, result.stderr) == (0, ""), command
            assert result.stdout.strip(), command


# --- every command that is written down ---------------------------------------------------------------------


def commands() -> list[str]:
    """Lines of `sh` blocks that begin with `clockeye`, up to `&&` or `;`, without comments."""
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```", TEXT)
    lines = (part.strip() for block in blocks for part in re.split(r"\n| && |; ", block))
    return [line for line in lines if line.startswith("clockeye ")]


def whole_commands() -> list[str]:
    """Commands in `code`, but for those with a placeholder in capitals, and those of the blocks."""
    written = re.findall(r"`(clockeye [^`]+)`", re.sub(r"(?ms)^```.*?^```", "", TEXT))
    whole = [line for line in written if not re.search(r"\b[A-Z]{2,}\b|…|\|", line)]
    return sorted({*whole, *(line.partition(" | ")[0] for line in commands())})


@pytest.mark.parametrize("line", whole_commands())
def test_commands_parse(line: str) -> None:
    args = arrange(shlex.split(line, comments=True)[1:])
    command: Any = typer_reader.program()
    context = command.make_context("clockeye", args)
    while rest := [*context._protected_args, *context.args] if hasattr(command, "resolve_command") else []:  # noqa: SLF001 (where a group keeps what it did not read)
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)


def all_commands() -> Iterator[tuple[str, Any]]:
    """Every command with its words, groups and their commands included."""
    root: Any = typer_reader.program()
    yield "clockeye", root
    for line in TABLE:
        command: Any = typer_reader.command(line.name)
        yield from with_words(f"clockeye {line.name}", command)


def with_words(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command and, if it is a group, those in it."""
    yield name, command
    for word, sub in getattr(command, "commands", {}).items():
        yield from with_words(f"{name} {word}", sub)


def table(heading: str) -> list[list[str]]:
    """The rows of the one table that begins with these headings, without the marks of `code`."""
    assert TEXT.count(f"\n| {heading} |") == 1
    start = TEXT.index(f"\n| {heading} |")
    rows = TEXT[start:].partition("\n\n")[0].strip().split("\n")[2:]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]
    return [[cell.strip("`") if cell.count("`") == 2 else cell for cell in row] for row in cells]


def test_every_command_is_listed_with_its_first_line_of_help() -> None:
    listed = {row[0].split()[1].partition(" ")[0]: row[1] for row in table("command")[1:]}
    abouts = {line.name: line.about for line in TABLE}
    assert listed == {name: about[0].lower() + about[1:].rstrip(".") for name, about in abouts.items()}


def test_every_word_of_a_group_is_listed() -> None:
    for row in table("command")[1:]:
        words = row[0].split()
        if "\\|" in row[0]:
            command: Any = typer_reader.command(words[1])
            assert words[2].strip("[]").split("\\|") == list(command.commands)


def test_every_option_is_described_and_every_described_one_exists() -> None:
    long = {
        option
        for _, command in all_commands()
        for parameter in command.params
        if not getattr(parameter, "hidden", False)
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--")
    }
    # Other programs have options of their own: pip, gunicorn, git, systemctl, docker.
    # What a program prints is not ours to describe here.
    others = r"^python3 -m venv.*$|^ *gunicorn.*$|git symbolic-ref.*$|^systemctl.*$|^docker.*$|^Log in: .*$"
    text = re.sub(f"(?m){others}", "", TEXT)
    written = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    assert written - long - {"--help"} == set()
    assert long - written - ALWAYS == set()


ALWAYS = {
    "--help",
    "--profile",
    "--output",
    "--quiet",
    "--project",
    "--description",
    "--tag",
    "--count",
    "--yes",
}
"""Options that the documents call by their short name."""


def test_short_options_are_described() -> None:
    short = {
        option
        for _, command in all_commands()
        for parameter in command.params
        for option in parameter.opts
        if len(option) == 2
    }
    assert {option for option in short if f"`{option}" not in TEXT and f" {option} " not in TEXT} == set()


# --- settings, codes, forms ---------------------------------------------------------------------------------


def test_settings() -> None:
    assert table("setting") == [
        [setting.key, setting.default, setting.about.replace("04:00", "`04:00`")]
        for setting in SETTINGS.values()
    ]


def test_environment_variables() -> None:
    described = {name for row in table("variable") for name in re.findall(r"[A-Z_]{2,}", row[0])}
    settings = {setting.variable for setting in SETTINGS.values()}
    assert settings <= described
    read = {name for source in sources() for name in variables(source)} - {"HOME", "PATH", "LESS", *OF_WSGI}
    assert described == settings | read
    others = [row for row in table("variable") if row[1] != "the settings"]
    assert {plain(names): plain(about) for names, about in others} == {
        names: plain(about) for names, about in ENVIRONMENT.items()
    }


OF_WSGI = {
    *("HTTP_HOST", "HTTP_ORIGIN", "HTTP_X_FORWARDED_PROTO"),
    *("PATH_INFO", "REQUEST_METHOD", "SERVER_NAME", "SERVER_PORT"),
}
"""What a WSGI server calls its environment."""


def variables(source: str) -> Iterator[str]:
    """Words in capitals that a source asks `environ` for, in a call, brackets, a loop or by a constant."""
    calls, loops, constants = (
        r"environ(?:\.get\(|\[|, )([^)\]]*)",
        r" for name in \(([^)]*)\)",
        r"_VARIABLES = \(([^)]*)\)",
    )
    for names in re.findall(f"{calls}|{loops}|{constants}", source):
        yield from re.findall(r'"([A-Z_]{2,})"', " ".join(names))


def sources() -> Iterator[str]:
    for path in sorted((ROOT / "clockeye_cli").rglob("*.py")):
        yield path.read_text(encoding="utf-8")


def test_exit_codes() -> None:
    kinds: list[type[ClockeyeError]] = [ClockeyeError, *ClockeyeError.__subclasses__()]
    assert [(int(code), means) for code, means in table("code | means")] == list(errors.EXIT_CODES.items())
    assert set(errors.EXIT_CODES) == {0, 130, *(kind.exit_code for kind in kinds)}


def test_error_codes() -> None:
    """The list holds every code that the program can give, with the exit code that it gives it with."""
    listed = {row[0]: int(row[1]) for row in table("code | exit")}
    kinds: list[type[ClockeyeError]] = [ClockeyeError, *ClockeyeError.__subclasses__()]
    kinds += [part for kind in kinds[1:] for part in kind.__subclasses__()]
    codes = {kind.default_code: kind.exit_code for kind in kinds}
    for source in sources():
        codes |= raised(source)
    assert listed == {**codes, "interrupted": 130}


def test_the_table_of_error_codes() -> None:
    listed = [(row[0], int(row[1]), plain(row[2])) for row in table("code | exit")]
    assert listed == [(code, exit_code, plain(means)) for code, (exit_code, means) in ERROR_CODES.items()]


def raised(source: str) -> dict[str, int]:
    """The codes of the errors that a source makes, with their exit codes; and those of the store's table."""
    codes = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            keywords = {keyword.arg: keyword.value for keyword in node.keywords}
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "unknown":  # of `core/nearest.py`, which makes an error of the kind that it is given
                name = getattr(keywords.get("error"), "id", "UsageError")
            kind, code = getattr(errors, name, None), keywords.get("code")
            if kind and isinstance(code, ast.Constant):
                codes[str(code.value)] = kind.exit_code
        elif isinstance(node, ast.Constant) and re.fullmatch(r"storage_[a-z]+", str(node.value)):
            codes[str(node.value)] = errors.StorageError.exit_code
    return codes


def test_formats() -> None:
    offered = TEXT[TEXT.index("`-o` writes") :].partition("\n\n")[0]
    assert [name for name in re.findall(r"`([a-z]+)`", offered) if name != "o"] == list(FORMATS)
    endings = TEXT[TEXT.index("`--save` writes") :].partition("\n\n")[0]
    assert set(re.findall(r"`(\.[a-z]+)`", endings)) == {
        each.ending for each in FORMATS.values() if each.ending
    }


NOON = App(Path("nowhere"), now="2026-11-20 12:00:00").now


@pytest.mark.parametrize(("form", "meaning"), table("WHEN"))
def test_points_in_time(form: str, meaning: str) -> None:
    instant = resolve(parse_when(form), NOON, BERLIN).instant
    assert stamp(instant, BERLIN, exact=True) == meaning


@pytest.mark.parametrize(("form", "meaning"), table("DURATION"))
def test_durations(form: str, meaning: str) -> None:
    assert clock(parse_duration(form)) == meaning


@pytest.mark.parametrize(("form", "meaning"), table("PERIOD"))
def test_periods(form: str, meaning: str) -> None:
    period = parse_period(form, DayRule(BERLIN).day_of(NOON), 0)
    assert ("everything" if period.first is None else f"{period.first} to {period.last}") == meaning


@pytest.mark.parametrize(
    ("heading", "forms"), [("WHEN", when.FORMS), ("DURATION", duration.FORMS), ("PERIOD", period_words.FORMS)]
)
def test_forms_and_the_help_topic_are_the_same(heading: str, forms: tuple[str, ...]) -> None:
    rows = table(heading)
    assert [form for form, _ in rows] == list(forms)
    assert [tuple(row) for row in rows] in TOPICS["times"]()[heading]


@pytest.mark.parametrize("name", TOPICS)
def test_topics_say_what_the_documents_say(name: str) -> None:
    text = plain(TEXT)
    for parts in TOPICS[name]().values():
        for part in parts:
            assert not isinstance(part, str) or plain(part) in text


def plain(text: str) -> str:
    """The words of a text, without marks and links."""
    return " ".join(re.sub(r"\[([^]]*)\]\([^)]*\)|[`*]", r"\1", text).split())


def headings_of(text: str) -> set[str]:
    """What links to the headings of a document are called."""
    return {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in text.split("\n")
        if line.startswith("#")
    }


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_lead_somewhere(path: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", DOCUMENTS[path]):
        if "://" not in target:
            file, _, heading = target.partition("#")
            linked = (ROOT / path).parent / file if file else ROOT / path
            assert linked.exists(), target
            assert not heading or heading in headings_of(linked.read_text(encoding="utf-8")), target


def test_contributing_names_what_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)(?:: ([\w.]+))?`", text)
    assert len(named) > 30
    for file, name in named:
        path = ROOT / file if (ROOT / file).exists() else ROOT / "clockeye_cli" / file
        source = path.read_text(encoding="utf-8")
        for part in filter(None, name.split(".")):
            assert re.search(rf"(?m)^\s*(def|class) {part}\b|^{part}\b.* =", source), (file, name)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = re.search(r"<!-- the test command -->\n```sh\n(.*)\n```", DOCUMENTS["README.md"])
    assert command
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    taken = re.search(r"(?m)^test_command=\$\((.*)\)$", script)
    assert taken
    result = subprocess.run(["bash", "-c", taken[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == command[1]


if __name__ == "__main__":
    for path, text in DOCUMENTS.items():
        (ROOT / path).write_text(played(text), encoding="utf-8")
