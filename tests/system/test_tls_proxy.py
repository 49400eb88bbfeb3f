"""A TLS proxy in front of the server, by the command that the server prints, and a client behind it."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from clockeye_cli.server.database import Database
from clockeye_cli.server.keys import add_key
from tests.authority import Authority
from tests.server.running import running
from tests.system.real_parts import ROOT, clockeye, needs, needs_root, somebody

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65_534
NGINX = (ROOT / "docs" / "server.md").read_text("utf-8").partition("```nginx\n")[2].partition("```")[0]
NGINX_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
PORT = 18_080
"""The server is started twice on it; no other test is given it, as it would be one that the system chose."""


@pytest.fixture
def home_of_nobody() -> Iterator[Path]:
    """A folder of the user who runs the proxy, reachable for them."""
    needs_root()
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.chown(folder, NOBODY, NOBODY)
        yield Path(folder)


def test_the_printed_command_gives_a_second_computer_tls(home_of_nobody: Path, tmp_path: Path) -> None:
    needs("caddy")
    data = str(tmp_path / "server.db")
    key = add_key(Database(data), "owner").key
    with running(data, host="0.0.0.0", port=PORT) as open_server:
        assert open_server.process.stdout is not None
        restart = open_server.process.stdout.readline()
        proxy = open_server.process.stdout.readline().strip(" `\n")
    url = re.search("--public-url ([^ `]+)", restart)
    assert url is not None
    with running(data, port=PORT, public_urls=[url[1]]):
        environ = {"PATH": os.environ["PATH"], "HOME": str(home_of_nobody)}
        with subprocess.Popen(
            [*somebody(NOBODY), "sh", "-c", proxy],
            env=environ,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                authority = home_of_nobody / ".local/share/caddy/pki/authorities/local/root.crt"
                _wait_for(url[1], authority)
                laptop = {
                    "CLOCKEYE_CA_FILE": str(authority),
                    "CLOCKEYE_API_URL": f"{url[1]}/v1",
                    "CLOCKEYE_API_KEY": key,
                }
                assert clockeye(tmp_path, "projects", "add", "Website", **laptop).code == 0
                assert clockeye(tmp_path, "add", "Over TLS", "-pWebsite", "--for=10m", **laptop).code == 0
            finally:
                os.killpg(process.pid, 15)
    entries = Database(data).row("SELECT count(*) FROM time_entries")
    assert entries == (1,)


def test_nginx_as_printed_and_documented(tmp_path: Path) -> None:
    nginx = needs("nginx")
    data = str(tmp_path / "server.db")
    key = add_key(Database(data), "owner").key
    authority = Authority(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"https://127.0.0.1:{port}"
    with running(data, host="0.0.0.0", public_urls=[url]) as server:
        assert server.process.stdout is not None
        printed = [server.process.stdout.readline() for _ in range(3)][-1].partition("nginx: ")[2]
        block = NGINX
        for documented, here in (
            ("443", f"127.0.0.1:{port}"),
            ("time.example.com;", "127.0.0.1;"),
            ("/etc/ssl/time.example.com.pem", f"{tmp_path}/server.pem"),
            ("/etc/ssl/private/time.example.com.key", f"{tmp_path}/server.pem"),
            ("8080", str(server.port)),
        ):
            assert documented in block
            block = block.replace(documented, here)
        assert printed.split() == block[block.index("location") :].split()[:-1]
        folders = [f"{name}_temp_path {name};" for name in NGINX_FOLDERS]
        config = ["daemon off; pid nginx.pid; events {} http { access_log off;", *folders, block, "}"]
        (tmp_path / "nginx.conf").write_text("\n".join(config))
        command = [
            nginx,
            "-e",
            "stderr",
            "-p",
            str(tmp_path),
            "-c",
            "nginx.conf",
            "-g",
            "master_process off;",
        ]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                _wait_for(url, Path(authority.file))
                laptop = {
                    "CLOCKEYE_CA_FILE": authority.file,
                    "CLOCKEYE_API_URL": f"{url}/v1",
                    "CLOCKEYE_API_KEY": key,
                }
                assert clockeye(tmp_path, "projects", "add", "Website", **laptop).code == 0
                assert clockeye(tmp_path, "add", "Over TLS", "-pWebsite", "--for=10m", **laptop).code == 0
            finally:
                process.terminate()
    assert Database(data).row("SELECT count(*) FROM time_entries") == (1,)


def _wait_for(url: str, authority: Path) -> None:
    """Until the proxy answers, whose first certificate takes a moment."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if authority.exists():
            try:
                httpx.get(
                    f"{url}/v1/users", verify=ssl.create_default_context(cafile=authority), trust_env=False
                )
            except httpx.HTTPError:
                pass
            else:
                return
        time.sleep(0.1)
    raise AssertionError("the proxy did not answer")
