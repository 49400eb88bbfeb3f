"""The key goes to the account and nowhere else: no argument, file, output or other address ever has it."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.__main__ import run
from clockeye_cli.session import World
from tests.app import Stream
from tests.system.real_parts import COMMAND, environment, needs, sound
from tests.system.real_parts import Ended as Done
from tests.tcp_server import answer, listening

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.cable import Cable
    from tests.account.world import Home, Site

DAY = "2026-11-20"
LOGIN = ("auth", "login", "--with-key")
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture
def home(home: Home, cable: Cable) -> Home:
    """A computer at the end of the cable, which knows its account."""
    home.environ["CLOCKEYE_API_URL"] = cable.url
    home.ok("projects")
    return home


def json_of(status: str, text: str) -> bytes:
    error = {"code": text, "message": f"no {text}", "details": {"reason": text}}
    return answer(json.dumps({"error": error}).encode(), status=status)


ECHOES = {
    "a redirect": lambda key: answer(b"", f"Location: https://evil.example/?{key}", status="302 Found"),
    "401": lambda key: json_of("401 Unauthorized", key),
    "403": lambda key: json_of("403 Forbidden", key),
    "400": lambda key: json_of("400 Bad Request", key),
    "500": lambda key: json_of("500 Oh", key),
    "a page": lambda key: answer(f"<html>{key}</html>".encode()),
    "half JSON": lambda key: answer(f'{{"data": {{"id": "{key}'.encode()),
    "no HTTP": lambda key: f"{key} is what you sent\r\n\r\n".encode(),
    "a wrong header": lambda key: f"HTTP/1.1 200 OK\r\n{key}\r\n\r\n".encode(),
    "a wrong length": lambda key: f"HTTP/1.1 200 OK\r\nContent-Length: {key}\r\n\r\n".encode(),
    "a strange encoding": lambda key: answer(b"{}", f"Content-Encoding: {key}"),
    "a list of it": lambda key: answer(f'{{"data": ["{key}"], "meta": {{"total": 1}}}}'.encode()),
    "an id too many": lambda key: answer(f'{{"data": {{"id": "{key}", "start_time": "{key}"}}}}'.encode()),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_a_service_that_says_the_key_is_not_repeated(home: Home, cable: Cable, echo: str) -> None:
    said = ECHOES[echo](home.key.key)
    cable.answer = lambda _request, _answer: said
    results = [
        home.later().run("--debug", *words, stdin=home.key.key)
        for words in (
            ("add", "Work", "--from", f"{DAY} 09:00", "--to", f"{DAY} 10:00", "-p", "web"),
            ("sync",),
            ("sync", "--status", "--json"),
            ("log", "--last-month"),
            ("-P", "other", *LOGIN, "--insecure-storage"),
            ("history", "--json"),
        )
    ]
    assert [result.code for result in results if "Traceback" in result.err]  # --debug has shown some
    secret = home.key.key[-20:]
    for result in results:
        assert secret not in result.out + result.err
    kept = [path for path in home.home.rglob("*") if path.is_file() and path.name != "other.key"]
    assert len(kept) >= 2
    for path in kept:
        assert secret.encode() not in path.read_bytes(), path


def test_a_crash_does_not_show_the_key(home: Home) -> None:
    def broken() -> int:
        raise RuntimeError(f"a mistake with {len(home.key.key)} letters")

    streams = Stream(terminal=False), Stream(terminal=False), Stream(terminal=False)
    assert run(["--debug", "sync"], World(home.environ, *streams, broken)) == 1
    said = streams[2].everything()
    assert "Internal error: RuntimeError" in said
    assert home.key.key not in said


def test_a_redirect_is_followed_by_no_command(home: Home, cable: Cable) -> None:
    with listening(answer(b'{"data": []}')) as elsewhere:
        there = answer(b"", f"Location: {elsewhere.url}/time-entries", status="307 Temporary Redirect")
        cable.answer = lambda _request, _answer: there
        added = home.ok("add", "Work", "--from", f"{DAY} 09:00", "--to", f"{DAY} 10:00", "-p", "web")
        assert "1 change is waiting to be sent" in added.err
        for words in (["users"], ["api", "/users"], ["sync"], ["auth", "status"], ["-P", "new", *LOGIN]):
            refused = home.later().run(*words, stdin=home.key.key)
            assert refused.code != 0
            assert f"redirects to {elsewhere.url}" in refused.err
        assert elsewhere.requests == []
    cable.repair()
    home.later().run("sync")
    home.later().ok("sync")
    assert [row["description"] for row in home.rows()] == ["Work"]


def process(
    home: Home, given: dict[str, str], *args: str, before: tuple[str, ...] = (), stdin: str = ""
) -> Done:
    """The command as a process of its own, given some variables."""
    environ = environment(home.home, **given)
    done = subprocess.run(
        [*before, *COMMAND, *args], env=environ, input=stdin, capture_output=True, text=True, check=False
    )
    return sound(Done(done.returncode, done.stdout, done.stderr))


def test_no_proxy_variable_sees_what_goes_to_this_computer(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path, site.key("proxied"))
    given = {name: home.environ[name] for name in ("CLOCKEYE_API_URL", "CLOCKEYE_API_KEY")}
    with listening(answer(b"", status="502 X")) as proxy:
        given |= dict.fromkeys(PROXIES, f"http://127.0.0.1:{proxy.port}")
        ended = process(home, given, "add", "Work", "--for", "5m", "-p", "web")
        assert (ended.code, ended.err) == (0, "")
        assert process(home, given, "sync").code == 0
        assert proxy.requests == []
    assert [row["description"] for row in home.rows()] == ["Work"]


def test_no_process_is_given_the_key_as_an_argument(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path / "home", site.key("arguments"), env=False)
    trace = tmp_path / "trace"
    strace = (needs("strace"), *("-f", "-qq", "-A", "-e", "trace=execve", "-s", "65536", "-o", str(trace)))
    given = {"CLOCKEYE_API_URL": site.base, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    refused = process(home, given, *LOGIN, before=strace, stdin=home.key.key)
    assert (refused.code, "keyring" in refused.err) == (4, True)  # there is none here, but it was asked
    words = (*LOGIN, "--insecure-storage")
    assert process(home, given, *words, before=strace, stdin=home.key.key).code == 0
    (tmp_path / "key").write_text(home.key.key)
    config = home.home / "config.toml"
    # The line belongs to the section of the profile, which is the last one.
    config.write_text(config.read_text() + f'api_key_command = ["cat", "{tmp_path}/key"]\n')
    assert process(home, given, "add", "Work", "--for", "5m", "-p", "web", before=strace).code == 0
    assert process(home, given, "sync", before=strace).code == 0
    assert [row["description"] for row in home.rows()] == ["Work"]
    executed = trace.read_text()
    assert len(re.findall(r"execve\(.*keyring|credentials", executed)) >= 1
    assert f'["cat", "{tmp_path}/key"]' in executed
    assert home.key.key[-20:] not in executed
