"""`clockeye_cli.server:create_app` under another server, set by the environment; what importing costs."""

from __future__ import annotations

import subprocess
import sys
import threading
from wsgiref.simple_server import WSGIServer, make_server

import httpx
import pytest

from clockeye_cli.errors import UsageError
from clockeye_cli.server import create_app
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import opened


def test_another_server_runs_it(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = add_key(opened(data), "owner").key
    monkeypatch.setenv("CLOCKEYE_SERVER_DATA", data)
    monkeypatch.setenv("CLOCKEYE_SERVER_LIMITS", "7,70,700")
    monkeypatch.setenv("CLOCKEYE_SERVER_PUBLIC_URL", "https://a.example https://b.example")
    server: WSGIServer = make_server("127.0.0.1", 0, create_app())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        base = f"http://127.0.0.1:{server.server_port}"
        headers = {"Authorization": f"Bearer {key}"}
        answer = httpx.get(f"{base}/v1/users", headers=headers, trust_env=False)
        assert answer.status_code == 200
        assert answer.headers["X-RateLimit-Remaining"] == "6"
        proxied = httpx.get(f"{base}/v1/users", headers=headers | {"Host": "b.example"}, trust_env=False)
        assert proxied.status_code == 200
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_without_a_file_it_says_which_setting_is_missing() -> None:
    with pytest.raises(UsageError, match="No data file"):
        create_app()


@pytest.mark.parametrize(
    "url",
    [
        "time.example.com",
        "ftp://a.example",
        "https://",
        "https://a@b.example",
        "https://a.example/x",
        "https://a:b",
    ],
)
def test_public_urls_that_are_none(data: str, url: str) -> None:
    with pytest.raises(UsageError, match="for --public-url"):
        create_app(data, public_urls=[url])


def test_keys_are_made_without_falcon_and_waitress(data: str) -> None:
    script = (
        "import sys; import clockeye_cli.server; from clockeye_cli.server import demo, keys, places;"
        f"keys.add_key(places.opened({data!r}), 'one');"
        "print([name for name in ('falcon', 'waitress', 'yaml', 'httpx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
