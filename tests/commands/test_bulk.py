"""`edit -` and `delete -`: the entries of a list on standard input, all of them or none, with one undo."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.__main__ import run
from clockeye_cli.session import World
from tests.app import Stream
from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def day(app: App) -> App:
    """Three entries and a timer."""
    app.ok("add", 'One, "two"\tand\nthree', "-p", "web", "--from", "8", "--to", "9")
    app.ok("add", "Login", "--from", "9", "--to", "10")
    app.ok("add", "Login, again", "--from", "10", "--to", "11")
    app.ok("start", "Login timer", "--at", "11:30")
    return app


def projects(app: App) -> list[str | None]:
    return [row[2] for row in app.entries()]


LISTS = [
    ["-o", "tsv"],
    ["-o", "csv"],
    ["-o", "json"],
    ["-o", "ndjson"],
    ["-o", "tsv", "--columns", "id"],
    ["-o", "tsv", "--columns", "description,local_id"],
    ["-o", "csv", "--columns", "description,id"],
    ["-o", "csv", "--columns", "id"],
]


@pytest.mark.parametrize("args", LISTS, ids=" ".join)
@pytest.mark.parametrize("change", ["as it is", "CRLF", "BOM", "blank lines"])
def test_what_log_prints_can_be_edited(day: App, args: list[str], change: str) -> None:
    text = day.ok("log", "--all", *args).out
    if change == "CRLF":
        text = text.replace("\n", "\r\n")
    if change == "BOM":
        text = "\ufeff" + text
    if change == "blank lines":
        text = f"\n{text}\n\n"
    before = day.entries()
    result = day.ok("edit", "-", "-p", "acme", stdin=text)
    assert projects(day) == ["acme", "acme", "acme", None]
    assert said(result)[2] == (
        "Created the project acme. (`clockeye undo` reverts this.)\n"
        "The running timer was left out: Login timer, since 11:30.\n"
    )
    day.ok("undo")
    assert day.entries() == before


def test_ids_one_a_line_each_once(day: App) -> None:
    names = ids(day)
    login = names["Login"]
    text = f"{login}\n  {login[3:8]}  \n\n{names['Login, again']}\n"
    data = day.ok("edit", "-", "--no-billable", "--json", stdin=text).data
    assert [row["id"] for row in data] == [login, names["Login, again"]]


def test_one_entry_of_a_list_can_get_times(day: App) -> None:
    listed = day.ok("log", "--search", "again").out
    assert day.ok("edit", "-", "--to", "10:30", "--json", stdin=listed).data[0]["duration"] == 1800
    assert refused(day, "edit", "-", "--to", "10:30", stdin=day.ok("log").out)[0] == 2


def test_a_result_of_another_command_is_a_list_too(day: App) -> None:
    added = day.ok("add", "Single", "--from", "7", "--to", "8", "--json").out
    assert day.ok("edit", "-", "-d", "Found", "--json", stdin=added).data[0]["description"] == "Found"


def test_delete_of_a_list_needs_yes(day: App) -> None:
    listed = day.ok("log", "--search", "login").out
    expected = (2, "clockeye: `delete -` cannot ask: standard input is the list.\n  Answer with -y.\n")
    assert refused(day, "delete", "-", stdin=listed) == expected
    assert refused(day, "delete", "-", stdin=listed, terminal=True) == expected
    result = day.ok("delete", "-", "-y", stdin=listed)
    assert said(result)[2] == "The running timer was left out: Login timer, since 11:30.\n"
    assert len(day.entries()) == 2
    day.ok("undo")
    assert len(day.entries()) == 4


EMPTY = (
    "clockeye: Standard input names no finished entry.\n"
    "  Nothing was changed. `clockeye log --all` lists entries.\n"
)


@pytest.mark.parametrize("args", [["-o", "tsv"], ["-o", "csv"], ["-o", "json"], ["-o", "ndjson"]])
@pytest.mark.parametrize("command", [["edit", "-", "-d", "x"], ["delete", "-", "-y"]])
def test_an_empty_list(day: App, args: list[str], command: list[str]) -> None:
    assert refused(day, *command, stdin=day.ok("log", "--search", "nothing", *args).out) == (3, EMPTY)
    assert refused(day, *command, stdin=day.ok("log", "--search", "timer", *args).out) == (3, EMPTY)


def test_a_list_in_another_encoding(day: App) -> None:
    listed = day.ok("log", "--search", "again").out
    world = World(
        day.environ,
        TextIOWrapper(BytesIO(listed.encode("utf-16"))),
        Stream(terminal=False),
        Stream(terminal=False),
        lambda: day.now,
    )
    assert run(["edit", "-", "-p", "acme"], world) == 0
    assert projects(day) == ["web", None, "acme", None]
    world = world._replace(stdin=TextIOWrapper(BytesIO(b"te_\xff\n")))
    assert run(["edit", "-", "-p", "acme"], world) == 2


@pytest.mark.parametrize("text", ["", "\n \n", "[]", "null", '{"data": null}'])
def test_nothing_at_all(day: App, text: str) -> None:
    assert refused(day, "edit", "-", "-d", "x", stdin=text)[0] == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("start\tdescription\n1\t2\n", 2),
        ("start,description\n1,2\n", 2),
        ('{"data": [{"start": 1}]}', 2),
        ('{"data": [1]}', 2),
        ("{broken", 2),
        ('["te_unknown00000"]', 3),
        ("nothing like an id\n", 3),
    ],
)
def test_what_is_no_list_of_entries_changes_nothing(day: App, text: str, code: int) -> None:
    assert refused(day, "edit", "-", "-d", "x", stdin=text)[0] == code
    known = ids(day)["Login"]
    assert refused(day, "delete", "-", "-y", stdin=f"{known}\nte_unknown00000\n")[0] == 3


def test_the_list_stands_alone(day: App) -> None:
    for command in (["edit", "-", "last", "-d", "x"], ["delete", "last", "-", "-y"]):
        assert refused(day, *command, stdin="")[0] == 2


def test_edit_alone_is_edit_it(day: App) -> None:
    day.ok("edit", "last", "-d", "Login again")
    day.ok("edit", "-p", "acme")
    assert projects(day) == ["web", None, "acme", None]
    day.environ["EDITOR"] = "sed -i 's/^project:.*/project: none/'"
    day.ok("edit", "last", "-t", "x", terminal=True)
    day.ok("edit", terminal=True)
    assert projects(day) == ["web", None, None, None]
    assert refused(day, "edit")[0] == 2
