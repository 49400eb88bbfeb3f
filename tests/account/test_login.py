"""Logging in, out, and how things stand: keys, users, profiles."""

from __future__ import annotations

import re
import socket
import stat
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from clockeye_cli.server.keys import revoke_key
from clockeye_cli.server.places import opened
from tests.account.world import Home, Site, site_in
from tests.tcp_server import listening

if TYPE_CHECKING:
    from pathlib import Path

    from clockeye_cli.server.keys import NewKey
    from tests.app import Result


def login(home: Home, *args: str, key: NewKey | None = None) -> Result:
    words = ("auth", "login", "--with-key", "--insecure-storage", *args)
    return home.run(*words, stdin=(key or home.key).key + "\n")


def test_login_says_who_and_how_many_projects_in_three_requests(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = site.home(tmp_path, site.key("ann"), env=False)
    sent: list[str] = []
    stream = httpx.Client.stream

    def counted(self: httpx.Client, method: str, url: str, **options: object) -> object:
        sent.append(f"{method} {url}")
        return stream(self, method, url, **options)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(httpx.Client, "stream", counted)
    result = login(home)
    assert result.code == 0, result
    assert "ann@clockeye.invalid (member) with 1 project." in result.out
    assert 0 < len(sent) <= 3
    sent.clear()
    home.ok("add", "At", "once", "--for", "1h", "-p", "web")  # the projects came with the login
    assert [word.split()[0] for word in sent] == ["POST"]
    assert [row[2] for row in home.there()] == ["At once"]


def test_the_key_is_nowhere_but_in_its_file(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("key keeper"), env=False)
    results = [
        login(home),
        home.run("auth", "status"),
        home.run("--debug", "auth", "status", "--json"),
        home.run("--debug", "add", "Work", "--for", "1h", "-p", "web"),
        home.run("--debug", "api", "/nothing"),
        home.run("history", "--json"),
        home.run("config", "list"),
    ]
    secret = home.key.key.removeprefix(f"{home.key.id}_")  # it may have underscores, too
    assert secret != home.key.key
    assert not any(secret in result.out + result.err for result in results)
    holding = [
        path for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
    ]
    assert [path.name for path in holding] == ["clockeye.key"]
    assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600
    assert "[profiles.clockeye]" in (tmp_path / "config.toml").read_text()


@pytest.mark.parametrize("text", ["", "\n", "two words\n", "schlüssel\n"])
def test_what_is_no_key_is_not_sent(site: Site, tmp_path: Path, text: str) -> None:
    home = site.home(tmp_path, site.boss, env=False)
    assert home.run("auth", "login", "--with-key", "--insecure-storage", stdin=text).code == 2
    assert not list(tmp_path.rglob("*.key"))


def test_without_a_terminal_the_key_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    result = site.home(tmp_path, site.boss, env=False).run("auth", "login")
    assert result.code == 2
    assert "--with-key" in result.err


def test_a_refused_key_makes_no_profile(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.boss, env=False)
    result = home.run("auth", "login", "--with-key", "--insecure-storage", stdin="key_wrong\n")
    assert result.code == 4
    assert "key_wrong" not in result.err
    assert not list(tmp_path.rglob("*.key"))
    assert len(home.ok("profiles", "--json").data) == 1


def test_a_login_that_fails_on_its_way_leaves_no_key_and_no_profile(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("on the way"), env=False)
    home.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    result = home.run("auth", "login", "--with-key", stdin=home.key.key + "\n")
    assert (result.code, "no safe backend" in result.err) == (4, True)
    (tmp_path / "clockeye.db").unlink()
    (tmp_path / "clockeye.db").mkdir()
    assert login(home).code == 7
    assert not list(tmp_path.rglob("*.key"))
    assert [row["profile"] for row in home.ok("profiles", "--json").data] == ["local"]
    (tmp_path / "clockeye.db").rmdir()
    assert login(home).code == 0
    assert home.ok("auth", "status", "--json").data["state"] == "valid"


def test_a_profile_that_tracks_on_this_computer_alone_does_not_become_an_account_s(
    site: Site, tmp_path: Path
) -> None:
    home = site.home(tmp_path, site.key("side"), env=False)
    (tmp_path / "config.toml").write_text('[profiles.side]\nday_start = "04:00"\n')
    home.ok("-P", "side", "add", "Mine", "--for", "1h")
    refused = login(home, "-P", "side")
    assert (
        refused.code,
        "Cannot log in with the profile side: it is for local entries only." in refused.err,
    ) == (2, True)
    home.ok("-P", "side", "undo")
    assert login(home, "-P", "local").code == 2


def test_among_several_users_one_is_named(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        ada = site.user("Ada")
        home = site.home(tmp_path / "home", site.boss, env=False)
        refused = login(home)
        assert refused.code == 2
        assert "ada@example.com" in refused.err
        assert ada in refused.err
        assert login(home, "--user", "nobody@example.com").code == 2
        assert "as boss@clockeye.invalid (owner)" in login(home, "--user", "BOSS@clockeye.invalid").out
        other = site.home(tmp_path / "other", site.boss, env=False)
        assert "as boss@clockeye.invalid" in login(other, "--user", site.boss.user_id).out
        by_env = site.home(tmp_path / "third", site.boss)
        assert by_env.run("add", "Work", "--for", "1h", "-p", "web").code != 0
        by_env.environ["CLOCKEYE_USER"] = "boss@clockeye.invalid"
        by_env.ok("add", "Work", "--for", "1h", "-p", "web")
        by_env.ok("sync")
        assert [row[2] for row in by_env.there()] == ["Work"]


def test_status_tells_no_key(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("no key"), env=False)
    assert login(home).code == 0
    next(tmp_path.rglob("*.key")).unlink()
    result = home.run("auth", "status", "--json")
    assert (result.code, result.data["state"], result.data["key_source"]) == (4, "no key", "")


def test_status_tells_valid_with_the_key_s_source(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("valid"), env=False)
    login(home)
    said = home.ok("auth", "status", "--json").data
    assert said["state"] == "valid"
    assert said["profile"] == "clockeye"
    assert said["user"] == f"valid@clockeye.invalid ({home.key.user_id})"
    assert said["key_source"].startswith("file (")
    by_env = site.home(tmp_path / "env", home.key)
    said = by_env.ok("auth", "status", "--json").data
    assert (said["profile"], said["key_source"]) == ("env", "CLOCKEYE_API_KEY")
    assert said["user"] == f"valid@clockeye.invalid ({home.key.user_id})"
    file = tmp_path / "key"
    file.write_text(home.key.key + "\n")
    file.chmod(0o600)
    del by_env.environ["CLOCKEYE_API_KEY"]
    by_env.environ["CLOCKEYE_API_KEY_FILE"] = str(file)
    assert by_env.ok("auth", "status", "--json").data["key_source"] == f"CLOCKEYE_API_KEY_FILE ({file})"
    file.chmod(0o644)
    assert by_env.run("auth", "status").code == 4


def test_status_tells_a_key_of_a_command(site: Site, tmp_path: Path) -> None:
    key = site.key("command")
    (tmp_path / "key").write_text(key.key + "\n")
    (tmp_path / "config.toml").write_text(
        f'profile = "work"\n[profiles.work]\nurl = "{site.base}"\n'
        f'api_key_command = ["cat", "{tmp_path}/key"]\n'
    )
    home = site.home(tmp_path, key, env=False)
    said = home.ok("auth", "status", "--json").data
    assert (said["state"], said["key_source"]) == ("valid", "api_key_command (cat)")
    home.ok("add", "Work", "--for", "1h", "-p", "web")
    assert [row[2] for row in home.there()] == ["Work"]


def test_status_tells_refused(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("revoked"))
    revoke_key(opened(site.data), home.key.id)
    result = home.run("auth", "status", "--json")
    assert (result.code, result.data["state"], result.data["key_source"]) == (
        4,
        "refused",
        "CLOCKEYE_API_KEY",
    )


def test_status_tells_limited_and_unreachable(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        site.stop()
        result = home.run("auth", "status", "--json")
        assert (result.code, result.data["state"]) == (5, "unreachable")
        site.start([{"do": "limit", "times": 0, "headers": {"Retry-After": "60"}}])
        result = home.run("auth", "status", "--json")
        assert (result.code, result.data["state"]) == (5, "limited")


def test_a_key_in_the_environment_is_enough(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path / "cron", site.key("cron"))
    home.ok("add", "Nightly", "--for", "1h", "-p", "web")
    assert [row[2] for row in home.there()] == ["Nightly"]
    assert not (tmp_path / "cron" / "config.toml").exists()
    assert not list(tmp_path.rglob("*.key"))


def test_another_user_s_key_neither_sends_nor_removes(site: Site, tmp_path: Path) -> None:
    ann, bob = site.key("ann two"), site.key("bob")
    home = site.home(tmp_path, ann)
    home.ok("add", "Mine", "--for", "1h", "-p", "web")
    home.later().environ["CLOCKEYE_API_KEY"] = bob.key
    assert home.run("sync").code == 4
    result = home.later().run("add", "Later", "--for", "1m", "-p", "web")
    assert result.code == 0  # it is kept here
    assert re.search("Stored here; 1 change", result.err)
    assert home.run("sync").code == 4
    assert site.home(tmp_path / "bob", bob).rows() == []
    home.environ["CLOCKEYE_API_KEY"] = site.key("rotated", user="ann-two@clockeye.invalid").key
    home.ok("sync")
    assert [row[2] for row in home.there()] == ["Mine", "Later"]


def test_a_profile_stays_its_user_s(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("carl"), env=False)
    assert login(home).code == 0
    result = login(home, key=site.key("dora"))
    assert result.code == 4
    assert "carl@clockeye.invalid" in result.err
    assert home.key.key in next(tmp_path.rglob("*.key")).read_text()
    assert login(home, "-P", "dora", key=site.key("dora")).code == 0


def test_logout_keeps_what_is_here_and_purge_removes_it(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("erin"), env=False)
    login(home)
    home.ok("add", "Work", "--for", "1h", "-p", "web")
    home.ok("log")
    assert "Logged out" in home.ok("auth", "logout").out
    assert not list(tmp_path.rglob("*.key"))
    kept = home.run("log", "--json")
    assert kept.code == 0, kept
    assert [row["description"] for row in kept.data] == ["Work"]
    home.later().ok("add", "While", "out", "--for", "1m", "-p", "web")
    assert " 1 unsent change will be lost." in home.run("auth", "logout", "--purge").err
    assert login(home).code == 0
    home.later(61).ok("sync")
    assert [row[2] for row in home.there()] == ["Work", "While out"]
    refused = home.run("auth", "logout", "--purge")
    assert refused.code == 2
    assert "-y" in refused.err
    assert home.run("auth", "logout", "--purge", stdin="n\n", terminal=True).code == 0
    assert list(tmp_path.rglob("clockeye.db"))
    home.ok("start", "Forgotten", "-p", "web")
    asked = home.ok("auth", "logout", "--purge", stdin="y\n", terminal=True)
    assert "The timer will keep running on the account: web: Forgotten, since" in asked.err
    assert [row["profile"] for row in home.ok("profiles", "--json").data] == ["local"]
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith("clockeye.")]
    assert [row[2] for row in home.there()] == ["Work", "While out", "Forgotten"]


def test_a_service_that_hangs_is_not_asked_again_and_again(site: Site, tmp_path: Path) -> None:
    let_go = threading.Event()

    def hang(_connection: socket.socket, _request: bytes) -> None:
        let_go.wait(20)

    home = site.home(tmp_path, site.boss)
    with listening(hang) as service:
        home.environ["CLOCKEYE_API_URL"] = service.url
        result = home.run("auth", "status")
        let_go.set()
    assert (result.code, len(service.requests)) == (5, 1)
    assert "key unreachable" in result.out


@pytest.mark.parametrize(
    "words",
    [
        ["auth", "login", "--with-key", "{}"],
        ["auth", "login", "{}"],
        ["auth", "login", "--with-key={}"],
        ["auth", "login", "--key={}"],
        ["auth", "login", "--api-key", "{}"],
        ["--json", "auth", "login", "{}", "more"],
    ],
)
def test_a_key_that_is_typed_as_an_argument_is_not_repeated(
    site: Site, tmp_path: Path, words: list[str]
) -> None:
    home = site.home(tmp_path, site.boss, env=False)
    result = home.run(*(word.format(home.key.key) for word in words))
    assert result.code == 2
    assert "--help` shows the usage" in result.err
    assert home.key.key not in result.out + result.err


def test_a_login_without_a_keyring_names_the_ways_that_work(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("no keyring"), env=False)
    home.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    result = home.run("auth", "login", "--with-key", stdin=home.key.key + "\n")
    assert result.code == 4
    for way in ("--insecure-storage", "CLOCKEYE_API_KEY_FILE", "api_key_command"):
        assert way in result.err
    assert "Run `clockeye auth login`" not in result.err
    home.ok("auth", "login", "--with-key", "--insecure-storage", stdin=home.key.key + "\n")


def test_a_service_that_hangs_starts_the_pause_as_one_that_refuses(own_site: Site, tmp_path: Path) -> None:
    home = own_site.home(tmp_path / "home", own_site.boss)
    home.ok("log")
    home.ok("projects")
    own_site.stop()
    with socket.create_server(("127.0.0.1", own_site.port)) as service:  # which takes calls, and is silent
        home.later(20).ok("add", "1", "--from", "8", "--to", "9", "-p", "web")
        service.settimeout(5)
        service.accept()[0].close()
        service.setblocking(False)
        assert "could not be reached a moment ago" in home.ok("log").err
        home.ok("add", "2", "--from", "9", "--to", "10", "-p", "web")
        with pytest.raises(BlockingIOError):
            service.accept()


def test_what_waits_says_why(own_site: Site, tmp_path: Path) -> None:
    home = own_site.home(tmp_path / "home", own_site.boss)
    home.ok("projects")
    home.environ["CLOCKEYE_API_KEY"] = "key_wrong"
    home.run("add", "1", "--from", "8", "--to", "9", "-p", "web")
    assert waiting(home) == ["Missing or invalid API key"]
    home.environ["CLOCKEYE_API_KEY"] = home.key.key
    own_site.stop()
    home.later(120).run("add", "2", "--from", "9", "--to", "10", "-p", "web")
    assert waiting(home) == ["Cannot reach"] * 2
    own_site.start()
    home.environ["CLOCKEYE_API_KEY"] = "key_wrong"
    assert home.run("sync").code == 4
    assert waiting(home) == ["Missing or invalid API key"] * 2
    home.environ["CLOCKEYE_API_KEY"] = home.key.key
    assert home.ok("sync").out.startswith("Sent 2,")
    assert waiting(home) == []


def waiting(home: Home) -> list[str]:
    """The beginning of each reason."""
    reasons = [row["reason"] for row in home.ok("sync", "--status", "--json").data]
    return [next((text for text in REASONS if text in reason), reason) for reason in reasons]


REASONS = ("Missing or invalid API key", "Cannot reach")
