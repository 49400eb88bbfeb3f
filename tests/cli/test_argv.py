"""What happens to the arguments before the app reads them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.cli import argv
from clockeye_cli.cli.table import TABLE, faces
from clockeye_cli.core.command_lines import PICK
from clockeye_cli.errors import UsageError

VALUES = {
    name
    for command in TABLE
    for face in faces(command.name)
    for parameter in face.parameters.values()
    if not parameter.is_flag
    for name in parameter.names
}
"""The options of all commands that take a value."""

WORDS = st.one_of(
    st.sampled_from(
        [
            *sorted(VALUES | argv.ROOT_FLAGS | argv.ROOT_VALUES),
            *("--", "-", "start", "log", "9", "pm", "am", "ago", "10", "m", "-Plocal", "-ojson", "--at=9"),
            *("-y", "--profile=x", "--project=", "-pweb", "--color=never", "", "+bug", "#bug", "-n5"),
        ]
    ),
    st.text(st.characters(exclude_characters="\0"), max_size=5),
)


@pytest.mark.parametrize(
    ("args", "arranged"),
    [
        ([], []),
        (["start", "Fix", "-q"], ["-q", "start", "Fix"]),
        (["log", "-o", "json", "--json", "-P", "work"], ["-o", "json", "--json", "-P", "work", "log"]),
        (["log", "-ojson", "-Pwork"], ["-o", "json", "-P", "work", "log"]),
        (["log", "--output=csv", "--profile=x"], ["--output=csv", "--profile=x", "log"]),
        (["log", "-o=json", "-n=5", "-t=bug"], ["-o", "json", "log", "-n", "5", "-t", "bug"]),
        (["stop", "-d=Done=1", "-q=1"], ["stop", "-d", "Done=1", "-q=1"]),
        (["stop", "-d", "-q"], ["stop", "-d", "-q"]),
        (["log", "--search", "--json"], ["log", "--search", "--json"]),
        (["start", "--", "-q", "-p"], ["start", "--", "-q", "-p"]),
        (["start", "-p"], ["start", "--project=\0"]),
        (["start", "-p", "--at", "9"], ["start", "--project=\0", "--at", "9"]),
        (["start", "--project", "--", "x"], ["start", "--project=\0", "--", "x"]),
        (["start", "-p", "web", "pm"], ["start", "-p", "web", "pm"]),
        (["start", "--at", "9", "people"], ["start", "--at", "9", "people"]),
        (["start", "--at", "noon", "pm"], ["start", "--at", "noon", "pm"]),
        (["start", "--at"], ["start", "--at"]),
        (["log", "--search", "9", "pm"], ["log", "--search", "9", "pm"]),
    ],
)
def test_arrange(args: list[str], arranged: list[str]) -> None:
    assert argv.arrange(args) == arranged


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        (["--at", "9", "pm"], "--at 9 pm", 'Type --at "9 pm", or --at 9pm'),
        (["--at", "9:15", "AM", "x"], "--at 9:15 AM", 'Type --at "9:15 AM", or --at 9:15AM'),
        (["--from", "10m", "ago"], "--from 10m ago", 'Type --from "10m ago"'),
        (["--to", "10", "m", "ago"], "--to 10 m ago", 'Type --to "10 m ago"'),
        (["--at=9", "pm"], "--at 9 pm", 'Type --at "9 pm", or --at 9pm'),
        (["--from=3", "days", "ago"], "--from 3 days ago", 'Type --from "3 days ago"'),
    ],
)
def test_a_time_in_pieces_is_refused_with_the_form_that_works(
    args: list[str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        argv.arrange(["start" if args[0].startswith("--at") else "add", *args])
    assert caught.value.message == f"{message} needs quotes: the shell splits it at the spaces."
    assert caught.value.hint == hint


@pytest.mark.parametrize("option", sorted(argv.ROOT_VALUES))
def test_an_option_for_all_commands_never_takes_the_command_for_its_value(option: str) -> None:
    with pytest.raises(UsageError) as caught:
        argv.arrange(["log", option])
    assert caught.value.message == f"Option '{option}' requires an argument."


@pytest.mark.parametrize("place", range(4))
def test_an_argument_that_is_no_utf8_is_refused_wherever_it_stands(place: int) -> None:
    args = ["-P", "local", "start", "x"]
    args[place] = "a\udcff"
    with pytest.raises(UsageError) as caught:
        argv.arrange(args)
    assert caught.value.message == r"An argument is not UTF-8: 'a\\udcff'."


@given(st.lists(WORDS, max_size=8))
def test_arrange_neither_loses_nor_invents_an_argument(args: list[str]) -> None:
    try:
        arranged = argv.arrange(args)
    except UsageError:
        return
    # `-Pwork` comes out as two; a bare `--project` as a wish to pick one.
    picks = arranged.count(f"--project={PICK}")
    whole = Counter("".join(args))
    stood_alone = f"={argv.CONFIGURED}"  # a bare `--round` as the rule of the settings
    rest = [word.removesuffix(stood_alone) for word in arranged if word != f"--project={PICK}"]
    whole.subtract(Counter("".join(rest)))
    lost = +whole
    assert not -whole
    assert sum(lost.values()) in {
        len("-p") * short + len("--project") * (picks - short) for short in range(picks + 1)
    }


@given(st.lists(WORDS, max_size=8))
def test_arrange_keeps_the_order_of_what_is_the_commands_own(args: list[str]) -> None:
    try:
        arranged = argv.arrange(args)
    except UsageError:
        return
    values = {args[n + 1] for n, word in enumerate(args[:-1]) if word in argv.ROOT_VALUES}
    kept = iter(arranged)
    assert all(word in kept for word in args if not word.startswith("-") and word not in values)


@given(st.lists(WORDS, max_size=8))
def test_arrange_twice_is_arrange_once(args: list[str]) -> None:
    try:
        arranged = argv.arrange(args)
    except UsageError:
        return
    # A value that begins with a hyphen is nobody's option the second time either.
    assert Counter(argv.arrange(arranged)) == Counter(arranged)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--json", "log"], True),
        (["log", "--json"], True),
        (["log", "-o", "json"], True),
        (["log", "-ojson"], True),
        (["log", "--output=json"], True),
        (["log", "--output", "json"], True),
        (["log", "-o", "csv"], False),
        (["start", "--", "--json"], False),
        ([], False),
    ],
)
def test_failures_are_json_if_that_is_asked_for_anywhere(args: list[str], expected: bool) -> None:
    assert argv.asks_for_json(args) is expected
