"""A TLS proxy in front of the server, by the command that the server prints, and a client behind it."""

from __future__ import annotations

import os
import re
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
from tests.server.running import running
from tests.system.real_parts import clockeye, needs, needs_root, somebody

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65_534
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
