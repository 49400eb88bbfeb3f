"""`api`: raw requests with the profile's key; and `users`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.server.keys import revoke_key
from clockeye_cli.server.places import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"


def test_what_comes_back_is_untouched(home: Home, site: Site) -> None:
    with site.client(home.key) as client:
        text = client.get("/users").text
    for path in ("/users", "users", "/users?page=1"):
        assert home.ok("api", path).out.rstrip("\n") == text.rstrip("\n")


def test_a_query_may_be_escaped(home: Home) -> None:
    home.post("There", f"{DAY} 09:00", f"{DAY} 10:00")
    day = DAY.replace("-", "%2D")
    assert [row["description"] for row in home.ok("api", f"/time-entries?start_date={day}").data] == ["There"]


def test_an_entry_is_made_changed_and_deleted(home: Home, site: Site) -> None:
    fields = ["-f", f"project_id={site.project}", "-f", "description=12", "-F", "billable=false"]
    fields += ["-f", f"start_time={DAY}T08:00:00Z", "-f", f"end_time={DAY}T09:00:00Z"]
    made = home.ok("api", "/time-entries", *fields).data
    assert [(row["id"], row["description"], row["billable"]) for row in home.rows()] == [
        (made["id"], "12", False)
    ]
    path = f"/time-entries/{made['id']}"
    home.ok("api", path, "-X", "put", "-f", "description=Changed")
    assert [row["description"] for row in home.rows()] == ["Changed"]
    home.ok("api", path, "-X", "PUT", "--input", "-", stdin=json.dumps({"description": "By a body"}))
    assert home.ok("api", path).data["description"] == "By a body"
    home.ok("api", "-X", "DELETE", path)
    assert home.rows() == []
    gone = home.run("api", path)
    assert gone.code not in (0, 2, 4, 5)
    assert gone.out == ""


def test_a_body_from_a_file(home: Home, site: Site, tmp_path: Path) -> None:
    body = tmp_path / "body.json"
    body.write_text(
        json.dumps(
            {
                "project_id": site.project,
                "description": "Zoë",
                "start_time": f"{DAY}T08:00:00Z",
                "end_time": f"{DAY}T09:00:00Z",
            }
        )
    )
    home.ok("api", "/time-entries", "--input", str(body))
    assert [row["description"] for row in home.rows()] == ["Zoë"]


def test_pages_are_joined(home: Home) -> None:
    for minute in range(55):
        home.post(f"Entry {minute}", f"{DAY} 08:{minute:02}", f"{DAY} 08:{minute:02}")
    assert len(home.ok("api", "/time-entries").data) == 50
    joined = home.ok("api", "/time-entries", "--paginate", "-f", f"user_id={home.key.user_id}")
    assert len({row["id"] for row in joined.data}) == len(joined.data) == 55
    assert len(home.ok("api", "/time-entries", "--paginate", "-F", "per_page=10").data) == 55


@pytest.mark.parametrize(
    "words",
    [
        ["/users", "-X", "PATCH"],
        ["/users", "-f", "novalue"],
        ["/users", "-X", "POST", "--paginate"],
        ["/users", "-f", "a=1", "--input", "-"],
        ["/users", "--input", "/nowhere/at/all"],
    ],
)
def test_what_is_not_understood_is_not_sent(home: Home, words: list[str]) -> None:
    result = home.run("api", *words)
    assert (result.code, result.out) == (2, "")


def test_exit_codes_hold(home: Home, site: Site, tmp_path: Path) -> None:
    assert home.run("api", "/time-entries", "-f", "description=no project").code == 1
    assert home.run("api", "/projects", "-f", "name=not mine to make").code in (0, 4)
    reader = site.home(tmp_path / "reader", site.key("reader", permissions=["users:read"]))
    assert reader.run("api", "/time-entries").code == 4
    failure = reader.run("api", "/time-entries", "--json")
    assert json.loads(failure.err)["error"]["code"] == "forbidden"
    revoke_key(opened(site.data), home.key.id)
    assert home.run("api", "/users").code == 4
    assert home.run("users").code == 4


def test_api_needs_an_account(home: Home) -> None:
    del home.environ["CLOCKEYE_API_KEY"]
    assert home.run("api", "/users").code == 3
    assert home.run("users").code == 3
    assert home.run("sync").code == 3


def test_a_key_stays_with_its_origin(home: Home) -> None:
    for path in ("//evil.example/v1", "@evil.example/", "/../../../x", "http://evil.example/"):
        assert home.run("api", path).code != 0


def test_users(home: Home, site: Site, tmp_path: Path) -> None:
    alone = home.ok("users", "--json").data
    assert [(row["user_id"], row["role"], row["you"]) for row in alone] == [
        (home.key.user_id, "member", True)
    ]
    boss = site.home(tmp_path / "boss", site.boss)
    asked = boss.run("users")
    assert asked.code == 2
    boss.environ["CLOCKEYE_USER"] = "boss@clockeye.invalid"
    team = boss.ok("users", "--json").data
    assert {home.key.user_id, site.boss.user_id} <= {row["user_id"] for row in team}
    assert [row["email"] for row in team if row["you"]] == ["boss@clockeye.invalid"]
    assert boss.ok("users", "--columns", "email").out.splitlines()[0] == "email"
