"""Keys and users: creating, listing, authenticating, revoking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.server.keys import PERMISSIONS, add_key, list_keys, revoke_key
from clockeye_cli.server.members import add_user, list_users
from clockeye_cli.server.places import is_url
from tests.server.raw import sql

if TYPE_CHECKING:
    from tests.server.served import Api, Team


def test_a_first_key_is_the_owner_s_with_all_permissions(api: Api) -> None:
    made = add_key(api.database, "Laptop of Ada")
    assert made.permissions == list(PERMISSIONS)
    assert [made.id[:4], made.user_id[:4]] == ["key_", "usr_"]
    assert [(user.name, user.role) for user in list_users(api.database)] == [("Laptop of Ada", "owner")]
    assert api.client(made.key).get("/users").status_code == 200


def test_a_later_key_is_a_member_s_unless_said_otherwise(api: Api) -> None:
    for name, role in (("first", ""), ("second", ""), ("third", "manager"), ("second", "admin")):
        add_key(api.database, name, role=role)
    assert [(user.name, user.role) for user in list_users(api.database)] == [
        ("first", "owner"),
        ("second", "admin"),
        ("third", "manager"),
    ]


def test_a_key_for_a_user_by_id_or_address(api: Api) -> None:
    ada = add_user(api.database, "Ada", "Ada@example.com")
    assert add_key(api.database, "a", user=ada.id).user_id == ada.id
    assert add_key(api.database, "b", user="ada@EXAMPLE.com", role="admin").user_id == ada.id
    assert [key.role for key in list_keys(api.database)] == ["admin", "admin"]
    with pytest.raises(ClashError, match="Unknown user 'bob'"):
        add_key(api.database, "c", user="bob")


def test_only_a_hash_of_the_secret_is_kept(api: Api, data: str) -> None:
    made = add_key(api.database, "one")
    secret = made.key.removeprefix(f"{made.id}_")
    assert len(secret) == 43  # 256 bits in base 64
    stored = b"".join(row[0] for row in sql(data, "SELECT secret_hash FROM api_keys"))
    assert secret.encode() not in stored
    if not is_url(data):
        assert secret.encode() not in Path(data).read_bytes()
    assert secret not in str(list_keys(api.database))


def test_a_revoked_key_is_refused_at_once_and_stays_in_the_list(api: Api) -> None:
    made = add_key(api.database, "one")
    client = api.client(made.key)
    assert client.get("/users").status_code == 200
    assert revoke_key(api.database, "one").id == made.id
    assert client.get("/users").status_code == 401
    assert [key.revoked_at is not None for key in list_keys(api.database)] == [True]
    with pytest.raises(ClashError, match="No active key"):
        revoke_key(api.database, made.id)


def test_revoking_by_a_name_that_two_keys_have(api: Api) -> None:
    for _ in range(2):
        add_key(api.database, "same")
    with pytest.raises(ClashError, match="Several keys"):
        revoke_key(api.database, "same")


def test_keys_that_are_not_valid_look_alike(team: Team) -> None:
    good = team.keys["owner"].key
    other = team.keys["ann"].key
    mixed = good[:17] + other[17:]
    headers = [
        "",
        "Bearer",
        "Bearer ",
        f"Basic {good}",
        good,
        f"Bearer {good}x",
        f"Bearer {good[:-1]}",
        f"Bearer {mixed}",
    ]
    answers = [team.api.client().get("/users", headers={"Authorization": header}) for header in headers]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    missing = team.api.client().get("/users")
    assert missing.status_code == 401
    assert missing.headers["WWW-Authenticate"] == "Bearer"
    assert missing.json()["error"]["details"] == {"field": "Authorization", "reason": "required"}
    assert team.api.client().get("/users", headers={"Authorization": f"bearer  {good}"}).status_code == 200


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": ""}, "Invalid name"),
        ({"name": "a\nb"}, "Invalid name"),
        ({"name": "a", "permissions": ["everything"]}, "Unknown permission 'everything'"),
        ({"name": "a", "role": "god"}, "Unknown role 'god'"),
    ],
)
def test_keys_that_cannot_be(api: Api, given: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        add_key(api.database, **given)
    assert list_users(api.database) == []


@pytest.mark.parametrize("email", ["", "ada", "@", "a b@example.com", "ada@exam\nple.com"])
def test_addresses_that_are_none(api: Api, email: str) -> None:
    with pytest.raises(UsageError, match="Invalid e-mail address"):
        add_user(api.database, "Ada", email)


def test_an_address_is_one_user_s(api: Api) -> None:
    add_user(api.database, "Ada", "ada@example.com")
    with pytest.raises(ClashError, match="already exists"):
        add_user(api.database, "Ada", "ADA@example.com")
