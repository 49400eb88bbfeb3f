"""`clockeye clients`, and the client and the color of a project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.plain import refused, said

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def web(app: App) -> App:
    app.ok("projects", "add", "web")
    return app


def projects(app: App) -> list[tuple[str, str | None, str]]:
    return [(row["project"], row["client"], row["color"]) for row in app.ok("projects", "--json").data]


def clients(app: App, *args: str) -> list[tuple[str, int, bool]]:
    data = app.ok("clients", "list", "--json", *args).data
    return [(row["client"], row["projects"], row["archived"]) for row in data]


def test_a_client_is_made_by_the_first_project_that_gets_it_and_undone_with_it(web: App) -> None:
    assert said(web.ok("projects", "edit", "web", "--client", "Nord & Co")) == (
        0,
        "web: client Nord & Co.\n",
        "Created the client Nord & Co. (`clockeye undo` reverts this.)\n",
    )
    assert said(web.ok("projects", "add", "site", "--client", "nord")) == (0, "Added the project site.\n", "")
    assert clients(web) == [("Nord & Co", 2, False)]
    assert [client for _, client, _ in projects(web)] == ["Nord & Co", "Nord & Co"]
    web.ok("undo", "-n", "2")
    assert (clients(web), [client for _, client, _ in projects(web)]) == ([], [None])
    web.ok("redo")
    assert clients(web) == [("Nord & Co", 1, False)]
    assert said(web.ok("projects", "edit", "web", "--client", "none"))[1] == "web: no client.\n"
    assert clients(web) == [("Nord & Co", 0, False)]


def test_the_list_of_projects_shows_clients_where_there_are_some(web: App) -> None:
    before = said(web.ok("projects", "-o", "tsv"))[1]
    assert before == "project\tlast_used\tbillable\tarchived\tproject_id\nweb\t\t\tfalse\tprj_1\n"
    web.ok("projects", "edit", "web", "--client", "Nord & Co", "--no-billable")
    web.environ["NO_COLOR"] = "1"
    shown = [line.split() for line in said(web.ok("projects", terminal=True))[1].splitlines()]
    assert shown == [
        ["Project", "Last", "used", "Billable", "Archived", "Id", "Client"],
        ["web", "no", "prj_1", "Nord", "&", "Co"],
    ]
    assert said(web.ok("clients", terminal=True))[1].splitlines()[0] == "Client     Projects  Archived  Id"


def test_a_name_that_looks_like_a_typing_error_is_no_new_client(web: App) -> None:
    web.ok("projects", "edit", "web", "--client", "Nordlicht")
    assert refused(web, "projects", "edit", "web", "--client", "Nordlich t")[0] == 3
    assert refused(web, "projects", "edit", "web", "--client", "Nordlixht") == (
        3,
        "clockeye: Unknown client 'Nordlixht'. Did you mean Nordlicht?\n"
        "  `clockeye clients list --all` lists all clients; with -y, `projects edit` creates a new one.\n",
    )
    web.ok("projects", "edit", "web", "--client", "Nordlixht", "-y")
    assert clients(web) == [("Nordlicht", 0, False), ("Nordlixht", 1, False)]
    assert web.run("projects", "edit", "web", "--client", "Nordl").code == 3  # two begin with it


def test_clients_are_renamed_and_archived(web: App) -> None:
    web.ok("projects", "edit", "web", "--client", "Nord")
    web.ok("projects", "add", "site", "--client", "Süd")
    assert (
        said(web.ok("clients", "rename", "nord", "Nord GmbH"))[1] == "Renamed the client Nord to Nord GmbH.\n"
    )
    assert said(web.ok("clients", "archive", "nord"))[1] == "Archived the client Nord GmbH.\n"
    assert clients(web) == [("Süd", 1, False)]
    assert clients(web, "--all") == [("Nord GmbH", 1, True), ("Süd", 1, False)]
    assert refused(web, "projects", "edit", "site", "--client", "nord gmbh") == (
        3,
        "clockeye: The client Nord GmbH is archived.\n"
        "  `clockeye clients unarchive 'Nord GmbH'` restores it.\n",
    )
    assert said(web.ok("clients", "unarchive", "Nord GmbH"))[1] == "Restored the client Nord GmbH.\n"
    assert refused(web, "clients", "rename", "süd", "NORD gmbh")[0] == 3
    changes = [row["changes"] for row in web.ok("history", "-n", "3", "--json").data]
    assert changes == [
        "~ client: Nord GmbH; was client: Nord GmbH (archived)",
        "~ client: Nord GmbH (archived); was client: Nord GmbH",
        "~ client: Nord GmbH; was client: Nord",
    ]


@pytest.mark.parametrize(
    ("args", "code", "error"),
    [
        (("projects", "edit", "web"), 2, "usage"),
        (("projects", "edit", "web", "--client", ""), 2, "usage"),
        (("projects", "edit", "web", "--client", "all"), 2, "usage"),
        (("projects", "edit", "web", "--client", "cl_000000000000"), 3, "client_not_found"),
        (("projects", "edit", "nope", "--client", "Nord"), 3, "project_not_found"),
        (("projects", "edit", "web", "--color", "tael"), 2, "usage"),
        (("clients", "rename", "nope", "x"), 3, "client_not_found"),
        (("clients", "archive", "nope"), 3, "client_not_found"),
    ],
    ids=str,
)
def test_what_is_refused_changes_nothing(args: tuple[str, ...], code: int, error: str, web: App) -> None:
    result = web.run(*args, "--json")
    assert (result.code, json.loads(result.err)["error"]["code"]) == (code, error)
    assert (clients(web), web.ok("history", "--json").data[0]["command"]) == ([], "clockeye projects add web")


def test_a_colour_is_kept_and_is_not_undone(web: App) -> None:
    assert said(web.ok("projects", "edit", "web", "--color", "teal", "--billable")) == (
        0,
        "web: billable, colour teal.\n",
        "`clockeye undo` does not revert a colour.\n",
    )
    web.ok("undo")
    assert projects(web) == [("web", None, "teal")]
    web.ok("--color", "never", "projects", "edit", "web", "--color=Olive")
    assert projects(web) == [("web", None, "olive")]
    assert web.ok("projects", "--color", "always").code == 0


def test_a_report_by_client_adds_up_its_projects(web: App) -> None:
    for project, client, minutes in (("web", "Nord", 60), ("site", "Nord", 30), ("acme", "Süd", 45)):
        web.ok(
            "add", "Plan", "-p", project, "--from", f"2026-11-20 {minutes // 7}:00", "--for", f"{minutes}m"
        )
        web.ok("projects", "edit", project, "--client", client)
    web.ok("add", "Own", "--for", "10m")
    web.environ["CLOCKEYE_RATE"] = "80 EUR"
    rows = web.ok("report", "--by", "client", "--money", "--round", "1h", "--json").data
    assert [[row[key] for key in ("client", "duration", "entries", "rounded_duration")] for row in rows] == [
        ["Nord", 5_400, 2, 7_200],
        ["Süd", 2_700, 1, 3_600],
        [None, 600, 1, 0],
    ]
    assert [row["amounts"] for row in rows] == [
        [{"currency": "EUR", "amount": amount}] for amount in ("160.00", "80.00", "0.00")
    ]
    listed = {row["client"]: row["client_id"] for row in web.ok("clients", "--json").data}
    assert [row["client_id"] for row in rows] == [listed["Nord"], listed["Süd"], None]
    assert web.ok("report", "--by", "client,project").out == (
        "client\tproject\tduration\tbillable_duration\tentries\n"
        "Nord\tweb\t3600\t3600\t1\nNord\tsite\t1800\t1800\t1\nSüd\tacme\t2700\t2700\t1\n\t\t600\t600\t1\n"
    )


def test_clients_are_completed(web: App) -> None:
    web.ok("projects", "edit", "web", "--client", "Nord")
    web.ok("projects", "add", "site", "--client", "Süd")
    web.ok("clients", "archive", "nord")
    assert web.ok("complete", "--profile=", "clients").out.endswith(":Süd\n")  # by its id: a shell is picky
    assert web.ok("complete", "--profile=", "archived-clients").out == "Nord\n"
