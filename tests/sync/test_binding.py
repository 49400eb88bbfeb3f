"""A profile is bound to an origin and a user: another's key, or one that may be another's, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from clockeye_cli.api.client import Client
from clockeye_cli.errors import KeyMissingError, UsageError
from clockeye_cli.store.state import Store
from clockeye_cli.sync.binding import bound_user

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ME = {"id": "usr_me", "email": "Me@example.org", "role": "member"}
OTHER = {"id": "usr_other", "email": "other@example.org", "role": "member"}


class Users:
    """A service that lists users, or refuses to."""

    def __init__(self, *users: dict[str, str], status: int = 200) -> None:
        self.users = users
        self.status = status
        self.requests: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(f"{request.method} {request.url.path}")
        if self.status != 200:
            return httpx.Response(self.status, json={"error": {"code": "no", "message": "Not so."}})
        return httpx.Response(200, json={"data": self.users, "meta": {"total": len(self.users)}})

    def client(self, url: str = "https://api.example/v1") -> Client:
        return Client(url, "sk_key", {}, transport=httpx.MockTransport(self), sleep=lambda _seconds: None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(str(tmp_path / "work.db"), lambda: 1_795_000_000, to_account=True)
    yield opened
    opened.close()


def test_the_only_user_is_you_and_the_same_key_is_not_asked_again(store: Store) -> None:
    service = Users(ME)
    assert bound_user(store, service.client(), "hash-1", "") == "usr_me"
    assert bound_user(store, service.client(), "hash-1", "") == "usr_me"
    assert service.requests == ["GET /v1/users"]


def test_another_key_of_the_same_user_takes_over(store: Store) -> None:
    service = Users(ME)
    for digest in ("hash-1", "hash-2", "hash-2"):
        assert bound_user(store, service.client(), digest, "") == "usr_me"
    assert len(service.requests) == 2


@pytest.mark.parametrize("service", [Users(OTHER), Users(status=403), Users()])
def test_a_key_that_is_not_proven_to_be_the_same_users_is_refused(service: Users, store: Store) -> None:
    bound_user(store, Users(ME).client(), "hash-1", "")
    for _ in range(2):
        with pytest.raises(KeyMissingError, match="usr_me") as refused:
            bound_user(store, service.client(), "hash-2", "")
        assert (refused.value.code, refused.value.exit_code) == ("foreign_key", 4)
    assert set(service.requests) == {"GET /v1/users"}
    assert bound_user(store, Users().client(), "hash-1", "") == "usr_me"


def test_a_new_key_that_sees_several_users_is_whose_only_a_person_can_say(store: Store) -> None:
    """A manager's key lists me, too: that the settings name me does not make it mine."""
    bound_user(store, Users(ME).client(), "hash-1", "")
    team = Users(ME, OTHER)
    with pytest.raises(KeyMissingError, match="Cannot verify") as refused:
        bound_user(store, team.client(), "hash-2", "", "usr_me")
    assert (refused.value.code, "CLOCKEYE_USER=usr_me" in refused.value.hint) == ("foreign_key", True)
    assert bound_user(store, team.client(), "hash-2", "usr_me") == "usr_me"
    assert bound_user(store, team.client(), "hash-2", "") == "usr_me"


def test_a_known_key_is_nobody_else_s(store: Store) -> None:
    bound_user(store, Users(ME, OTHER).client(), "hash-1", "usr_me")
    assert bound_user(store, Users().client(), "hash-1", "me@example.ORG") == "usr_me"
    with pytest.raises(KeyMissingError, match="This profile belongs to Me@") as refused:
        bound_user(store, Users().client(), "hash-1", "other@example.org")
    assert refused.value.code == "foreign_key"


@pytest.mark.parametrize(
    "url", ["https://evil.example/v1", "https://api.example:8443/v1", "http://127.0.0.1/v1"]
)
def test_another_origin_is_refused_before_anything_is_sent(url: str, store: Store) -> None:
    bound_user(store, Users(ME).client(), "hash-1", "")
    service = Users(ME)
    with pytest.raises(KeyMissingError, match="This profile belongs to") as refused:
        bound_user(store, service.client(url), "hash-1", "")
    assert (refused.value.code, service.requests) == ("foreign_origin", [])


def test_the_same_origin_written_otherwise_is_the_same(store: Store) -> None:
    bound_user(store, Users(ME).client(), "hash-1", "")
    assert bound_user(store, Users(ME).client("HTTPS://API.example:443/api/v1"), "hash-1", "") == "usr_me"


def test_among_several_users_one_must_be_named(store: Store) -> None:
    with pytest.raises(UsageError, match="can see several users") as refused:
        bound_user(store, Users(ME, OTHER).client(), "hash-1", "")
    assert refused.value.exit_code == 2
    assert "Me@example.org (usr_me), other@example.org (usr_other)" in refused.value.hint


@pytest.mark.parametrize("claimed", ["usr_me", "me@EXAMPLE.org", "Me@example.org"])
def test_a_named_user_is_found_by_id_or_address(claimed: str, store: Store) -> None:
    assert bound_user(store, Users(OTHER, ME).client(), "hash-1", claimed) == "usr_me"


@pytest.mark.parametrize("claimed", ["usr", "nobody@example.org", "USR_ME"])
def test_a_name_that_nobody_has_is_an_error_with_those_there_are(claimed: str, store: Store) -> None:
    with pytest.raises(UsageError, match="Unknown user") as refused:
        bound_user(store, Users(ME).client(), "hash-1", claimed)
    assert (refused.value.code, refused.value.hint) == ("user_not_found", "Known: Me@example.org.")


def test_where_users_may_not_be_read_nobody_is_known_until_a_key_may(store: Store) -> None:
    assert bound_user(store, Users(status=403).client(), "hash-1", "usr_me") is None
    assert bound_user(store, Users(ME).client(), "hash-2", "") == "usr_me"


def test_a_refused_key_binds_nothing(store: Store) -> None:
    with pytest.raises(KeyMissingError) as refused:
        bound_user(store, Users(status=401).client(), "hash-1", "")
    assert refused.value.code == "key_refused"
    assert bound_user(store, Users(OTHER).client("https://other.example"), "hash-1", "") == "usr_other"
