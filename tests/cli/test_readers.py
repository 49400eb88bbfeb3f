"""Both readers of the command line agree: the same values, or Typer's refusal."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from clockeye_cli.cli import argv, quick_reader, typer_reader
from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.root import ALONE, GLOBAL
from clockeye_cli.cli.table import TABLE, member
from clockeye_cli.context import Context, Options
from clockeye_cli.errors import UsageError
from clockeye_cli.session import Session, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.cli.parameters import Parameter


def places(command: Face | Family | None, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Face]]:
    """Each face below a command, with the words that name it."""
    if isinstance(command, Face):
        yield path, command
    elif command:
        if command.alone:
            yield path, command.alone
        for name, each in command.members.items():
            yield from places(each, (*path, name))


FACES = dict(place for line in TABLE for place in places(member(line.name), (line.name,)))
PATHS = sorted(path for path in FACES if path[0] not in ("help", "man"))  # these print what Typer says
TEXTS = st.one_of(
    st.sampled_from(["web", "9:30", "last", "3", "x y", "", "-", "-5", "--", "=", "a=b", "+bug", "list"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4),
)


def written(parameter: Parameter) -> st.SearchStrategy[list[str]]:
    """The ways to type a parameter, right ones and slips."""
    if not parameter.names:
        return st.lists(TEXTS, max_size=2)
    name = st.sampled_from(parameter.names)
    if parameter.is_flag:
        return st.one_of(name.map(lambda each: [each]), name.map(lambda each: [f"{each}=yes"]))
    return st.one_of(
        st.tuples(name, TEXTS).map(list),
        st.tuples(name, st.integers(0, 99).map(str)).map(list),
        st.tuples(name, TEXTS).map(lambda pair: [f"{pair[0]}={pair[1]}"]),
        st.tuples(name, TEXTS).map(lambda pair: [f"{pair[0]}{pair[1]}"]),
        name.map(lambda each: [each]),
    )


SLIPS = st.sampled_from([[], [], [], ["--xyzzy"], ["-Z"], ["--projct", "web"], ["--"], ["-yq"], ["extra"]])


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A command with some of its parameters and of the global options, each at most twice, in any order."""
    path = draw(st.sampled_from(PATHS))
    parameters = [*FACES[path].parameters.values(), *GLOBAL.values()]
    own = [each for each in parameters if each.default is not None or draw(st.integers(0, 3)) == 0]
    pieces = [draw(written(each)) for each in own if draw(st.integers(0, 4)) == 0]
    pieces += [draw(written(each)) for each in FACES[path].parameters.values() if not each.names]
    pieces = draw(st.permutations([*pieces, draw(SLIPS)]))
    words = [word for piece in pieces for word in piece]
    return [*words, *path] if draw(st.integers(0, 15)) == 0 else [*path, *words]


def through(args: list[str], *, quick: bool, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The face and the values that a reader arrives at, with the options of the run; or its refusal."""
    calls: list[Any] = []
    stdout = io.StringIO()
    run = Context(args, Session(World({}, io.StringIO(), stdout, io.StringIO(), lambda: 0)), Options())

    def record(path: tuple[str, ...]) -> Any:
        def note(run: Context, **values: Any) -> None:
            calls.append(
                (path, run.options, {key: None if value == [] else value for key, value in values.items()})
            )

        return note

    def noted(command: Face | Family | None, path: tuple[str, ...]) -> Any:
        if isinstance(command, Face):
            return command._replace(run=record(path))
        if command is None:
            return None
        copy = Family(command.help)
        copy.alone = command.alone and command.alone._replace(run=record(path))
        copy.members = {name: noted(each, (*path, name)) for name, each in command.members.items()}
        default = copy.members.get(command.default)
        if isinstance(default, Face):
            copy.alone = default
        return copy

    with monkeypatch.context() as patch:
        for reader in (quick_reader, typer_reader):
            patch.setattr(reader, "member", lambda name: noted(member(name), (name,)))
            patch.setattr(reader, "ALONE", ALONE._replace(run=record(())))
        typer_reader.command.cache_clear()
        try:
            if quick:
                if not quick_reader.run_if_understood(args, run):
                    return None
            else:
                with redirect_stdout(stdout), redirect_stderr(stdout):
                    typer_reader.read(args, run)
        except UsageError as error:
            return error.message
        finally:
            typer_reader.command.cache_clear()
    return calls, stdout.getvalue()


@given(args=command_lines())
def test_both_readers_agree(args: list[str]) -> None:
    monkeypatch = pytest.MonkeyPatch()
    try:
        arranged = argv.arrange(args)
    except UsageError:
        return
    quick = through(arranged, quick=True, monkeypatch=monkeypatch)
    event("read by both" if quick is not None else "left to Typer")
    if quick is not None:
        assert quick == through(arranged, quick=False, monkeypatch=monkeypatch)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_the_quick_reader_understands_what_people_type(path: tuple[str, ...]) -> None:
    """Each option once, with a value of its own, and each argument."""
    args = list(path)
    expected: dict[str, Any] = {}
    for key, parameter in FACES[path].parameters.items():
        text = "12" if parameter.names else f"word-{key}"
        if "--round" in parameter.names:
            text = "15m"  # what is no rule is no value of it: it may stand alone
        args += [*parameter.names[:1], *([] if parameter.is_flag else [text])]
        value = True if parameter.is_flag else parameter.value(text)
        expected[key] = [value] if parameter.is_list else value
    chosen, face, values = quick_reader.read(argv.arrange([*args, "--json", "-P", "work"]))
    assert (face.run, values) == (FACES[path].run, expected)
    assert (chosen["json"], chosen["profile"]) == (True, "work")


@pytest.mark.parametrize(
    "args",
    [
        ["start", "--help"],
        ["start", "-h"],
        ["strat"],
        ["start", "--xyzzy"],
        ["split", "last"],
        ["split"],
        ["config"],
        ["config", "sett"],
        ["status", "extra"],
        ["start", "--at"],
        ["start", "-x=web"],
        ["-", "start"],
        ["log", "-n5"],
        ["log", "-n", "x"],
        ["start", "-5"],
        ["start", "--", "-5"],
        ["start", "--if-idle=yes"],
        ["sync", "--status", "resolve", "x"],
    ],
    ids=" ".join,
)
def test_the_quick_reader_leaves_to_typer_what_is_not_well_formed(args: list[str]) -> None:
    with pytest.raises(quick_reader.NotUnderstoodError):
        quick_reader.read(argv.arrange(args))
