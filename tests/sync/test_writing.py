"""Changes are sent as the service takes them, and each answer is compared with what was asked."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from clockeye_cli.api.client import Client
from clockeye_cli.core.entry import Project, TimeEntry
from clockeye_cli.store import dialects, entries, notices, outbox, projects, remote
from clockeye_cli.sync.push import push
from tests.sync.service import COLLEAGUE, NOON, URL, Clock, Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.sync.account import Account

    Twist = Callable[[httpx.Request, httpx.Response], httpx.Response]

ENTRY = TimeEntry("te_aaaaaaaaaaaa", "Fix the bug", None, NOON - 3600, NOON - 1770, True)


class Twisted:
    """The service, whose requests are kept, and whose answers to changes are twisted.

    Args:
        service: What answers.
        twist: Makes another answer of an answer to POST or PUT.
    """

    def __init__(self, service: Service, twist: Twist = lambda _request, answer: answer) -> None:
        self.service, self.twist = service, twist
        self.bodies: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method not in ("POST", "PUT"):
            return self.service.handle(request)
        self.bodies.append((request.method, json.loads(request.content)))
        return self.twist(request, self.service.handle(request))

    def account(self, account: Account) -> Account:
        """The account, reached through this."""
        return account._replace(client=Client(URL, "key", {}, transport=httpx.MockTransport(self)))


def change(account: Account, before: TimeEntry | None, after: TimeEntry | None) -> None:
    with account.store.write(["test"], UTC) as write:
        write.change(before, after)


def states(account: Account) -> list[tuple[str, str]]:
    with account.store.read() as connection:
        return [(row.what, row.state) for row in outbox.rows(connection)]


def here(account: Account) -> TimeEntry:
    with account.store.read() as connection:
        (entry,) = entries.every(connection)
    return entry


def said(account: Account) -> list[dict[str, Any]]:
    with account.store.read() as connection:
        all_details = [notice.details for notice in notices.every(connection)]
    return [{name: details[name] for name in ("asked", "stored")} for details in all_details]


def test_an_edit_sends_the_writable_fields_and_nothing_else(account: Account, service: Service) -> None:
    twisted = Twisted(service)
    used = twisted.account(account)
    change(used, None, ENTRY)
    push(used)
    (stored,) = service.entries.values()
    stored["mood"] = "good"
    change(used, ENTRY, ENTRY._replace(ended_at=NOON - 1800))
    push(used)
    assert [set(body) for _, body in twisted.bodies] == [
        {"project_id", "description", "start_time", "end_time", "billable"}
    ] * 2
    assert (stored["end_time"], stored["mood"], said(account)) == ("2026-11-20T11:30:00Z", "good", [])


ROUNDED = {"start_time": "2026-11-20T11:00:00Z", "end_time": "2026-11-20T11:30:00Z"}
OTHERWISE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (ROUNDED, {"end_time": ("2026-11-20T11:30:30Z", "2026-11-20T11:30:00Z")}),
    ({"description": "Fix the"}, {"description": ("Fix the bug", "Fix the")}),
    ({"description": None}, {"description": ("Fix the bug", None)}),
    ({"billable": False}, {"billable": (True, False)}),
    ({"billable": "false"}, {"billable": (True, "false")}),
    ({"project_id": "prj_web"}, {"project_id": (None, "prj_web")}),
    ({"description": " Fix  the bug", "billable": 1, "start_time": "2026-11-20t12:00:00+01:00"}, {}),
]


@pytest.mark.parametrize(("stored", "differing"), OTHERWISE)
@pytest.mark.parametrize("what", ["create", "update"])
def test_what_is_stored_otherwise_is_said_once_and_is_what_is_shown(
    account: Account,
    service: Service,
    stored: dict[str, Any],
    differing: dict[str, tuple[Any, Any]],
    what: str,
) -> None:
    def twist(_request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        fields = answer.json()["data"]
        service.entries[fields["id"]] |= stored
        return httpx.Response(answer.status_code, json={"data": service.entries[fields["id"]]})

    used = account
    if what == "update":
        change(account, None, ENTRY._replace(billable=False, description="Other", started_at=NOON - 3660))
        push(account)
        change(account, here(account), ENTRY)
    else:
        change(account, None, ENTRY)
    used = Twisted(service, twist).account(account)
    push(used)
    asked = {field: values[0] for field, values in differing.items()}
    kept = {field: values[1] for field, values in differing.items()}
    assert said(account) == ([{"asked": asked, "stored": kept}] if differing else [])
    (row,) = service.entries.values()
    entry = here(account)
    assert (entry.description, entry.billable) == (row["description"] or "", row["billable"] in (True, 1))
    assert (entry.ended_at == NOON - 1770) is ("end_time" not in differing)
    assert (entry.project_id is None) is (row["project_id"] is None)
    assert (states(account), push(account).delivered) == ([], 0)


def test_what_is_changed_here_meanwhile_is_not_taken_back_by_the_answer(
    account: Account, service: Service
) -> None:
    def twist(_request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if here(account) == ENTRY:
            change(account, ENTRY, ENTRY._replace(description="Edited"))
        fields = answer.json()["data"]
        service.entries[fields["id"]] |= ROUNDED
        return httpx.Response(201, json={"data": service.entries[fields["id"]]})

    change(account, None, ENTRY)
    push(Twisted(service, twist).account(account))
    assert here(account) == ENTRY._replace(description="Edited", ended_at=NOON - 1800)
    assert service.mine() == [("Edited", ROUNDED["start_time"], ROUNDED["end_time"])]
    assert len(said(account)) == 1


def test_an_edit_whose_answer_is_lost_is_no_conflict_where_times_are_rounded(
    account: Account, service: Service
) -> None:
    change(account, None, ENTRY._replace(ended_at=NOON - 60))
    push(account)

    def twist(_request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        service.entries[answer.json()["data"]["id"]] |= ROUNDED
        raise httpx.ReadError("reset")

    change(account, here(account), ENTRY)
    push(Twisted(service, twist).account(account))
    assert states(account) == [("update", "unknown")]
    push(account)
    assert states(account) == []


def test_a_post_that_is_answered_with_an_entry_that_was_here_before_is_for_a_person(
    account: Account, service: Service
) -> None:
    other = ENTRY._replace(local_id="te_bbbbbbbbbbbb", description="Other")
    change(account, None, other)
    push(account)
    (first,) = service.entries.values()

    def twist(_request: httpx.Request, _answer: httpx.Response) -> httpx.Response:
        return httpx.Response(201, json={"data": first})

    change(account, None, ENTRY)
    push(Twisted(service, twist).account(account))
    with account.store.read() as connection:
        (row,) = outbox.rows(connection)
        seen = remote.by_account_id(connection, first["id"])
        stored = {entry.local_id for entry in entries.every(connection)}
    assert (row.local_id, row.state) == (ENTRY.local_id, "ask")
    assert f"answered with {first['id']}, which is te_bbbbbbbbbbbb here" in row.reason
    assert seen
    assert seen.local_id == "te_bbbbbbbbbbbb"
    assert stored == {ENTRY.local_id, other.local_id}


@pytest.mark.parametrize("lie", [{"user_id": COLLEAGUE}, {"id": "te_other"}])
def test_an_edit_that_is_answered_with_another_entry_is_looked_at_again(
    account: Account, service: Service, lie: dict[str, str]
) -> None:
    change(account, None, ENTRY)
    push(account)

    def twist(_request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        return httpx.Response(200, json={"data": answer.json()["data"] | lie})

    change(account, ENTRY, ENTRY._replace(description="Edited"))
    pushed = push(Twisted(service, twist).account(account))
    with account.store.read() as connection:
        (row,) = outbox.rows(connection)
    assert (row.state, pushed.delivered) == ("unknown", 0)
    assert "ClockEye answered with" in row.reason
    push(account)
    assert (states(account), here(account).description) == ([], "Edited")
    assert [entry[0] for entry in service.mine()] == ["Edited"]


def test_a_project_whose_name_is_stored_otherwise_has_that_name(account: Account, service: Service) -> None:
    def twist(_request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        project = service.projects[answer.json()["data"]["id"]]
        project["name"] = project["name"].upper()
        return httpx.Response(201, json={"data": project})

    with account.store.write(["test"], UTC) as write:
        write.change(None, Project("prj_aaaaaaaaaaaa", "acme"))
    push(Twisted(service, twist).account(account))
    with account.store.read() as connection:
        assert projects.names(connection)["prj_aaaaaaaaaaaa"] == "ACME"
    assert said(account) == [{"asked": {"name": "acme"}, "stored": {"name": "ACME"}}]


def replaces(service: Service) -> Twist:
    """A PUT replaces the whole entry."""

    def twist(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.method == "PUT":
            fields = service.entries[answer.json()["data"]["id"]]
            for name in set(fields) - set(json.loads(request.content)) - {"id", "user_id"}:
                fields[name] = None
            return httpx.Response(200, json={"data": fields})
        return answer

    return twist


def test_a_service_that_replaces_the_whole_entry_gets_back_what_was_read(
    account: Account, service: Service
) -> None:
    change(account, None, ENTRY)
    push(account)
    (stored,) = service.entries.values()
    twisted = Twisted(service, replaces(service))
    used = twisted.account(account)
    for number in range(2):
        stored["mood"] = "good"
        change(used, here(used), here(used)._replace(description=f"Edited {number}", ended_at=NOON))
        push(used)
        assert (stored["mood"], stored["duration"]) == ("good", 3600)
    assert used.client.dialect.put == "whole"
    assert [method for method, _ in twisted.bodies] == ["PUT"] * 3  # two for what was learned, then one


def test_what_a_put_took_away_is_given_back_also_if_we_end_before_we_can(
    account: Account, service: Service
) -> None:
    def replaced(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        fields, body = answer.json()["data"], json.loads(request.content)
        service.entries[fields["id"]] = {"id": fields["id"], "user_id": fields["user_id"]} | body
        if killed:
            killed.pop()
            raise KeyboardInterrupt
        return httpx.Response(200, json={"data": service.entries[fields["id"]]})

    killed: list[bool] = []
    used = Twisted(service, replaced).account(account)
    change(account, None, ENTRY)
    push(account)
    (stored,) = service.entries.values()
    local_id = here(account).local_id
    with account.store.exchange() as connection:
        seen = remote.of(connection, local_id)
        assert seen
        remote.put(connection, seen._replace(fields=seen.fields | {"labels": ["a"]}))
    stored["labels"] = ["a"]
    change(used, ENTRY, ENTRY._replace(description="Edited"))
    killed.append(True)
    with pytest.raises(KeyboardInterrupt):
        push(used)
    (stored,) = service.entries.values()
    assert (stored["description"], "labels" in stored) == ("Edited", False)
    push(used)
    (stored,) = service.entries.values()
    assert (stored["description"], stored["labels"]) == ("Edited", ["a"])
    assert (states(account), used.client.dialect.put) == ([], "whole")


def test_a_service_that_refuses_what_it_took_before_gets_the_writable_fields(
    account: Account, service: Service
) -> None:
    change(account, None, ENTRY)
    push(account)

    def twist(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if len(json.loads(request.content)) > 5:
            error = {"code": "invalid_request", "message": "Read-only", "details": {"field": "id"}}
            return httpx.Response(422, json={"error": error})
        return answer

    used = Twisted(service, twist).account(account)
    used.client.learn(used.client.dialect._replace(put="whole"))
    change(used, ENTRY, ENTRY._replace(description="Edited"))
    assert push(used).delivered == 1
    assert used.client.dialect.put == "writable"


def test_the_dialect_is_kept_and_another_versions_is_learned_anew(account: Account) -> None:
    with account.store.exchange() as connection:
        dialect = dialects.get(connection)._replace(put="whole", gone=410, integer_ids=("project",))
        dialects.put(connection, dialect.with_list("/users", page_size=100, refused=("page",)), NOON)
        kept = dialects.get(connection)
    assert (kept.put, kept.gone, kept.sent_id("project", "7"), kept.sent_id("user", "7")) == (
        "whole",
        410,
        7,
        "7",
    )
    assert (kept.of("/users").page_size, kept.of("/users").refused) == (100, ("page",))
    with account.store.exchange() as connection:
        connection.execute("UPDATE remembered SET value = '{\"strange\": 1}' WHERE what = 'dialect'")
        assert dialects.get(connection).put == ""


def test_an_entry_that_its_service_does_not_find_after_it_stored_it_is_unknown(
    account: Account, service: Service, clock: Clock
) -> None:
    def twist(_request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        service.refused = {answer.json()["data"]["id"]: 404}
        return httpx.Response(201, json={"data": {"id": answer.json()["data"]["id"]}})

    change(account, None, ENTRY)
    assert push(Twisted(service, twist).account(account)).delivered == 0
    assert states(account) == [("create", "unknown")]
    service.refused = {}
    clock.now += 60
    push(account)
    assert (states(account), len(service.entries)) == ([], 1)
