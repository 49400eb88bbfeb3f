"""Time entries over the API: formats, filters, paging and permissions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clockeye_cli.server.records import StoredScreenshot
from tests.server.raw import sql

if TYPE_CHECKING:
    from tests.server.served import Team


def ids(answer: Any) -> list[str]:
    return [row["id"] for row in answer.json()["data"]]


def test_an_entry_has_the_fields_types_and_forms_of_the_reference(team: Team) -> None:
    made = team.add("owner")
    answer = team.owner.get("/time-entries")
    assert answer.json() == {"data": [made], "meta": {"total": 1, "page": 1, "per_page": 50}}
    assert made == {
        "id": made["id"],
        "user_id": team.user("owner"),
        "project_id": team.project,
        "description": "Working on API integration",
        "start_time": "2024-01-15T09:00:00Z",
        "end_time": "2024-01-15T12:30:00Z",
        "duration": 12600,
        "billable": True,
    }
    assert list(made) == [
        "id",
        "user_id",
        "project_id",
        "description",
        "start_time",
        "end_time",
        "duration",
        "billable",
    ]
    assert [made[name][:4] for name in ("id", "user_id", "project_id")] == [made["id"][:4], "usr_", "prj_"]
    assert made["id"].startswith("te_")


def test_a_missing_project_is_the_reference_s_error_word_for_word(team: Team) -> None:
    body = team.entry()
    del body["project_id"]
    answer = team.owner.post("/time-entries", json=body)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": {
            "code": "invalid_request",
            "message": "The project_id field is required",
            "details": {"field": "project_id", "reason": "required"},
        }
    }


@pytest.mark.parametrize("prefix", ["/v1", "/api/v1"])
def test_both_prefixes_are_alike(team: Team, prefix: str) -> None:
    base = f"http://127.0.0.1{prefix}"
    made = team.owner.post(f"{base}/time-entries", json=team.entry()).json()["data"]
    assert team.owner.get(f"{base}/time-entries/{made['id']}").json() == {"data": made}
    for path in ("time-entries", "projects", "users", "reports/summary", "screenshots"):
        assert team.owner.get(f"{base}/{path}").status_code == 200


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2024-01-15T09:00:00Z", "2024-01-15T09:00:00Z"),
        ("2024-01-15t09:00:00z", "2024-01-15T09:00:00Z"),
        ("2024-01-15T10:00:00+01:00", "2024-01-15T09:00:00Z"),
        ("2024-01-15T03:30:00-05:30", "2024-01-15T09:00:00Z"),
        ("2024-01-15T09:00:00.999999999Z", "2024-01-15T09:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ],
)
def test_times_come_with_any_zone_and_go_in_utc(team: Team, sent: str, kept: str) -> None:
    assert team.add("owner", start_time=sent)["start_time"] == kept


def test_what_is_left_out_has_a_default(team: Team) -> None:
    body = {name: team.entry()[name] for name in ("project_id", "start_time", "end_time")}
    made = team.owner.post("/time-entries", json=body).json()["data"]
    assert (made["description"], made["billable"]) == ("", True)


def test_zero_seconds_are_legal(team: Team) -> None:
    assert team.add("owner", end_time="2024-01-15T09:00:00Z")["duration"] == 0


def without_end(team: Team, **changes: Any) -> dict[str, Any]:
    body = team.entry(**changes)
    del body["end_time"]
    return body


@pytest.mark.parametrize("form", ["left out", "null"])
def test_an_entry_without_an_end_is_running_and_counts_for_nothing(team: Team, form: str) -> None:
    body = without_end(team) if form == "left out" else team.entry(end_time=None)
    answer = team.owner.post("/time-entries", json=body)
    made = answer.json()["data"]
    assert (answer.status_code, made["end_time"], made["duration"]) == (201, None, 0)
    assert team.owner.get("/time-entries").json()["data"] == [made]
    assert team.owner.get(f"/time-entries/{made['id']}").json() == {"data": made}
    summary = team.owner.get("/reports/summary").json()
    assert (summary["meta"]["total_duration"], summary["meta"]["entries"]) == (0, 1)


def test_a_running_entry_is_changed_ended_and_deleted(team: Team) -> None:
    made = team.add("owner", end_time=None)
    path = f"/time-entries/{made['id']}"
    moved = made | {"start_time": "2024-01-15T08:00:00Z", "description": "Other"}
    assert team.owner.put(path, json=moved).json()["data"] == moved
    ended = moved | {"end_time": "2024-01-15T09:30:00Z", "duration": 5400}
    assert team.owner.put(path, json={"end_time": "2024-01-15T09:30:00Z"}).json()["data"] == ended
    assert team.owner.put(path, json=moved).json()["error"]["details"]["field"] == "end_time"
    assert team.owner.get("/reports/summary").json()["meta"]["total_duration"] == 5400
    again = team.add("owner", end_time=None)
    assert team.owner.delete(f"/time-entries/{again['id']}").status_code == 204
    assert team.owner.get("/reports/summary").json()["meta"]["entries"] == 1


def test_a_new_running_entry_ends_the_one_before_at_its_start(team: Team) -> None:
    others = team.add("ann", end_time=None)
    first = team.add("owner", end_time=None)
    second = team.add("owner", end_time=None, start_time="2024-01-15T10:00:00Z")
    finished = team.add("owner", start_time="2024-01-15T13:00:00Z", end_time="2024-01-15T14:00:00Z")
    rows = {row["id"]: row for row in team.owner.get("/time-entries").json()["data"]}
    ended = first | {"end_time": "2024-01-15T10:00:00Z", "duration": 3600}
    assert rows == {row["id"]: row for row in (ended, second, finished, others)}
    assert team.owner.get("/reports/summary").json()["meta"]["total_duration"] == 7200


def test_a_new_running_entry_with_an_earlier_start_cuts_nothing_off(team: Team) -> None:
    later = team.add("owner", end_time=None, start_time="2024-01-15T10:00:00Z")
    before = datetime.now(UTC).replace(microsecond=0)
    team.add("owner", end_time=None, start_time="2024-01-15T09:00:00Z")
    ended = team.owner.get(f"/time-entries/{later['id']}").json()["data"]
    assert before <= datetime.fromisoformat(ended["end_time"]) <= datetime.now(UTC)


def test_a_refused_running_entry_ends_nothing(team: Team) -> None:
    first = team.add("owner", end_time=None)
    body = without_end(team, project_id="prj_none", start_time="2024-01-15T10:00:00Z")
    assert team.owner.post("/time-entries", json=body).status_code == 400
    assert team.owner.get("/time-entries").json()["data"] == [first]


def test_text_is_kept_exactly(team: Team) -> None:
    text = "'; DROP TABLE time_entries; -- \"\\ \t\n é e\u0301 日本 🙂 %s {0} #bug \u202e"
    assert team.add("owner", description=text)["description"] == text
    assert team.owner.get("/time-entries").json()["data"][0]["description"] == text


def test_put_changes_what_is_given(team: Team) -> None:
    made = team.add("owner")
    changed = team.owner.put(f"/time-entries/{made['id']}", json={"end_time": "2024-01-15T10:00:00+00:00"})
    assert changed.json()["data"] == made | {"end_time": "2024-01-15T10:00:00Z", "duration": 3600}
    assert team.owner.put(f"/time-entries/{made['id']}", json={}).json() == changed.json()


def test_put_takes_an_entry_as_it_was_read(team: Team) -> None:
    made = team.add("owner")
    changed = team.owner.put(f"/time-entries/{made['id']}", json=made | {"billable": False, "duration": 7})
    assert changed.json()["data"] == made | {"billable": False}


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"id": "te_other"}, "id", "read_only"),
        ({"user_id": "usr_other"}, "user_id", "read_only"),
        ({"duration": "1"}, "duration", "type"),
        ({"end_time": "2024-01-15T08:59:59Z"}, "end_time", "before_start"),
        ({"start_time": None}, "start_time", "required"),
        ({"end_time": None}, "end_time", "required"),
        ({"project_id": "prj_none"}, "project_id", "unknown"),
    ],
)
def test_put_refuses(team: Team, change: dict[str, Any], field: str, reason: str) -> None:
    made = team.add("owner")
    answer = team.owner.put(f"/time-entries/{made['id']}", json=change)
    assert answer.status_code == 400
    assert answer.json()["error"]["details"] == {"field": field, "reason": reason}
    assert team.owner.get(f"/time-entries/{made['id']}").json()["data"] == made


def test_delete(team: Team) -> None:
    made = team.add("owner")
    answer = team.owner.delete(f"/time-entries/{made['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert team.owner.delete(f"/time-entries/{made['id']}").status_code == 404
    assert team.owner.get("/time-entries").json()["meta"]["total"] == 0


def test_a_member_sees_and_writes_their_own(team: Team) -> None:
    mine, other = team.add("ann"), team.add("bob")
    assert ids(team.ann.get("/time-entries")) == [mine["id"]]
    assert ids(team.ann.get("/time-entries", params={"user_id": team.user("bob")})) == []
    path = f"/time-entries/{other['id']}"
    answers = [team.ann.get(path), team.ann.put(path, json={"billable": False}), team.ann.delete(path)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert answers[0].json() == team.ann.get("/time-entries/te_none").json()
    foreign = team.ann.post("/time-entries", json=team.entry(user_id=team.user("bob")))
    assert foreign.status_code == 403
    assert team.owner.get(path).json()["data"] == other
    assert [user["id"] for user in team.ann.get("/users").json()["data"]] == [team.user("ann")]
    assert team.ann.get("/reports/summary", params={"user_id": team.user("bob")}).json()["data"] == []


def test_a_manager_sees_and_writes_the_team_s(team: Team) -> None:
    made = team.add("ann")
    path = f"/time-entries/{made['id']}"
    assert ids(team.boss.get("/time-entries", params={"user_id": team.user("ann")})) == [made["id"]]
    assert team.boss.put(path, json={"billable": False}).json()["data"] == made | {"billable": False}
    assert team.add("boss", user_id=team.user("bob"))["user_id"] == team.user("bob")
    assert team.boss.post("/time-entries", json=team.entry(user_id="usr_none")).status_code == 400
    assert team.boss.delete(path).status_code == 204
    assert len(team.boss.get("/users").json()["data"]) == 4


@pytest.mark.parametrize(
    ("permission", "method", "path"),
    [
        ("time_entries:read", "GET", "/time-entries"),
        ("time_entries:read", "GET", "/time-entries/te_none"),
        ("time_entries:write", "POST", "/time-entries"),
        ("time_entries:write", "PUT", "/time-entries/te_none"),
        ("time_entries:write", "DELETE", "/time-entries/te_none"),
        ("projects:read", "GET", "/projects"),
        ("projects:write", "POST", "/projects"),
        ("users:read", "GET", "/users"),
        ("reports:read", "GET", "/reports/summary"),
        ("screenshots:read", "GET", "/screenshots"),
    ],
)
def test_403_names_the_permission_that_is_missing(
    team: Team, permission: str, method: str, path: str
) -> None:
    others = [name for name in team.keys["owner"].permissions if name != permission]
    key = team.api.key("owner", name="less", permissions=others)
    answer = team.api.client(key.key).request(method, path)
    assert answer.status_code == 403
    assert permission in answer.json()["error"]["message"]
    only = team.api.key("owner", name="only", permissions=[permission])
    assert team.api.client(only.key).request(method, path).status_code in {200, 400, 404}


def test_deleting_an_entry_takes_its_screenshots_along(team: Team) -> None:
    made = team.add("owner")
    with team.api.database.writing() as queries:
        queries.add_screenshot(
            StoredScreenshot("scr_a", team.user("owner"), made["id"], 0, 50, "token", b"\0")
        )
    assert team.owner.get("/screenshots").json()["meta"]["total"] == 1
    team.owner.delete(f"/time-entries/{made['id']}")
    assert team.owner.get("/screenshots").json()["meta"]["total"] == 0


FIRST_DAY = datetime(2023, 12, 1, tzinfo=UTC)
starts = st.integers(0, 120 * 86_400).map(lambda seconds: FIRST_DAY + timedelta(seconds=seconds))
days = st.none() | st.dates(date(2023, 11, 20), date(2024, 4, 5))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entries=st.lists(st.tuples(starts, st.sampled_from(["owner", "ann"])), max_size=25),
    moved=st.lists(st.tuples(st.integers(0, 24), starts), max_size=5),
    deleted=st.sets(st.integers(0, 24), max_size=5),
    first=days,
    last=days,
    user=st.sampled_from([None, "owner", "ann", "bob"]),
    per_page=st.integers(1, 7),
)
def test_the_pages_of_a_list_are_the_list(
    team: Team,
    entries: list[tuple[datetime, str]],
    moved: list[tuple[int, datetime]],
    deleted: set[int],
    first: date | None,
    last: date | None,
    user: str | None,
    per_page: int,
) -> None:
    sql(team.api.data, "DELETE FROM time_entries")
    made = {
        n: team.add(who, start_time=f"{at:%FT%TZ}", end_time="2025-01-01T00:00:00Z")
        for n, (at, who) in enumerate(entries)
    }
    for n, at in moved:
        if n in made:
            made[n] = team.owner.put(
                f"/time-entries/{made[n]['id']}", json={"start_time": f"{at:%FT%TZ}", "billable": n % 2 == 0}
            ).json()["data"]
    for n in deleted & made.keys():
        team.owner.delete(f"/time-entries/{made.pop(n)['id']}")
    wanted = [
        row
        for row in made.values()
        if (not user or row["user_id"] == team.user(user))
        and (not first or row["start_time"][:10] >= str(first))
        and (not last or row["start_time"][:10] <= str(last))
    ]
    query = {"start_date": first, "end_date": last, "user_id": user and team.user(user), "per_page": per_page}
    params = {name: str(value) for name, value in query.items() if value is not None}
    if first and last and last < first:
        assert team.owner.get("/time-entries", params=params).status_code == 400
        return
    rows: list[dict[str, Any]] = []
    for page in range(1, len(wanted) // per_page + 3):
        answer = team.owner.get("/time-entries", params=params | {"page": str(page)}).json()
        assert answer["meta"] == {"total": len(wanted), "page": page, "per_page": per_page}
        rows += answer["data"]
    assert [row["start_time"] for row in rows] == sorted((row["start_time"] for row in wanted), reverse=True)
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in wanted)
    summary = team.owner.get(
        "/reports/summary", params={k: v for k, v in params.items() if k != "per_page"}
    ).json()["meta"]
    assert summary["entries"] == len(wanted)
    assert summary["total_duration"] == sum(row["duration"] for row in wanted)
    assert summary["billable_duration"] == sum(row["duration"] for row in wanted if row["billable"])
