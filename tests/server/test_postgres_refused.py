"""What `--data` and `serve move` refuse: no URL, another program's database, missing rights, old versions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import StorageError
from clockeye_cli.server.database import Database
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import opened
from clockeye_cli.server.postgres.schema import MIGRATIONS
from tests import postgres
from tests.server.pg_wire import database_of_version, database_that_refuses
from tests.server.raw import sql

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


@pytest.fixture
def data() -> str:
    return postgres.shared().schema()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://a@b/c", "unknown_scheme"),
        ("sqlite:///team.db", "unknown_scheme"),
        ("http://example.com", "unknown_scheme"),
        ("postgresql://kim:secret@db.example.com/clockeye", "password_in_url"),
        ("postgres://kim:pass%20word@db.example.com", "password_in_url"),
        ("postgresql://kim@db.example.com/clockeye?password=secret", "password_in_url"),
        ("postgresql://kim@db:port/clockeye", "storage"),
        ("postgresql://kim@db/clockeye?nothing=1", "bad_url"),
        ("postgresql://[::1/clockeye", "bad_url"),
        ("postgresql:/clockeye", "bad_url"),
        ("postgres:clockeye", "bad_url"),
        (" postgresql://kim@db/clockeye", "bad_url"),
        ("POSTGRESQL://kim:secret@db/clockeye", "bad_url"),
        ("host=db password=secret", "bad_url"),
        ("postgresql://kim@db/clockeye?sslpassword=secret", "password_in_url"),
        ("file:/team.db", "unknown_scheme"),
    ],
)
@pytest.mark.parametrize(
    "command",
    ["serve --data", "serve keys list --data", "serve backup copy.db --data", "serve move --from x.db --to"],
)
def test_a_value_of_data_that_is_no_database(
    app: App, url: str, code: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    add_key(Database("x.db"), "owner")
    before = {*tmp_path.rglob("*")}
    failed = app.run(*command.split(), url, "--json")
    if code == "storage" and "backup" in command:
        code = "usage"  # it does not connect
    assert json.loads(failed.err)["error"]["code"] == code
    assert failed.code == (7 if code == "storage" else 2)
    assert "secret" not in failed.out + failed.err
    assert {path.name for path in {*tmp_path.rglob("*")} - before} <= {"x.db.lock"}


def test_a_database_of_something_else_is_left_alone(data: str) -> None:
    sql(data, "CREATE TABLE invoices (id integer)")
    with pytest.raises(StorageError, match="holds the tables of another program") as raised:
        opened(data)
    assert raised.value.code == "storage_foreign"
    assert sql(data, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") == [(1,)]


def test_a_schema_newer_than_the_program_is_refused(data: str) -> None:
    opened(data).close()
    sql(data, f"UPDATE clockeye_schema SET version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StorageError, match="written by a newer clockeye") as raised:
        opened(data)
    assert raised.value.code == "storage_newer"


def test_missing_rights_and_a_missing_database_are_named() -> None:
    cluster = postgres.shared()
    cluster.sql("DROP ROLE IF EXISTS guest")
    cluster.sql("CREATE ROLE guest LOGIN")
    url = cluster.database().replace(f"{postgres.ACCOUNT}@", "guest@")
    with pytest.raises(StorageError, match="permission denied for schema public") as raised:
        opened(url)
    assert raised.value.code == "storage_rights"
    with pytest.raises(StorageError, match='database "nowhere" does not exist'):
        opened(cluster.url("nowhere"))
    with pytest.raises(StorageError, match="is not available"):
        opened("postgresql://kim@/clockeye?host=/tmp/nowhere")


@pytest.mark.parametrize("version", ["12.22 (Debian 12.22-1)", "9.6.24"])
def test_a_database_that_is_too_old_is_refused(app: App, tmp_path: Path, version: str) -> None:
    with database_of_version(tmp_path / "old", version):
        url = f"postgresql://kim@/clockeye?host={tmp_path}/old"
        failed = app.run("serve", "users", "list", "--data", url)
        major = version.partition(".")[0]
        assert (failed.code, failed.err) == (
            7,
            f"clockeye: postgresql://kim@/clockeye is PostgreSQL {major}; clockeye needs 13 or newer.\n"
            "  Upgrade PostgreSQL, or give another one with --data.\n",
        )
        code = json.loads(app.run("serve", "users", "list", "--data", url, "--json").err)["error"]["code"]
        assert code == "storage_older"


@pytest.mark.parametrize(
    ("code", "text", "hint"),
    [
        (
            "28P01",
            'password authentication failed for user "kim"',
            "Put the password of the user into",
        ),
        ("28000", 'role "kim" does not exist', "Check the user and the database in the URL"),
        ("3D000", 'database "clockeye" does not exist', "Check the user and the database in the URL"),
        ("28000", 'no pg_hba.conf entry for host "::1"', "Check the user and the database in the URL"),
        ("57P03", "the database system is starting up", "Is it running?"),
        ("53300", "sorry, too many clients already", "Is it running?"),
    ],
)
def test_what_a_database_refuses_is_said_with_what_to_do(
    app: App, tmp_path: Path, code: str, text: str, hint: str
) -> None:
    with database_that_refuses(tmp_path / "closed", code, text):
        url = f"postgresql://kim@/clockeye?host={tmp_path}/closed"
        failed = app.run("serve", "users", "list", "--data", url)
    said, to_do = failed.err.splitlines()
    assert failed.code == 7
    assert said.endswith(f"FATAL:  {text}.")
    assert to_do.startswith(f"  {hint}")
