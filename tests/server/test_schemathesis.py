"""Requests that the document allows are answered as it says, others are rejected, over a real socket.

CI runs 100 random examples of each operation as the owner, half of them on each storage, and 10 as each other
role on both; elsewhere fewer, to be quick. The boundary cases that it derives from the document are tried as
those who may do most and least.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clockeye_cli.server.demo import TEAM, prepare_demo
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import opened
from tests.server.running import running

IN_CI = bool(os.environ.get("CI"))
EXAMPLES = {
    "owner": 50 if IN_CI else 10,
    "admin": 10 if IN_CI else 2,
    "manager": 10 if IN_CI else 2,
    "member": 10 if IN_CI else 3,
}
WITH_BOUNDARIES = ("owner", "member")


@pytest.mark.parametrize("role", EXAMPLES)
def test_the_server_keeps_to_its_document(data: str, tmp_path: Path, role: str) -> None:
    database = opened(data)
    prepare_demo(database, now=1_705_320_000)
    email = next(email for _, email, user_role in TEAM if user_role == role)
    key = add_key(database, role, user=email).key
    phases = ("examples", *(("coverage",) if role in WITH_BOUNDARIES else ()), "fuzzing", "stateful")
    with running(data) as server:
        command = [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(Path(__file__).with_name("schemathesis.toml"))),
            *("run", server.base.replace("/v1", "/openapi.yaml"), "--url", server.base),
            *("--header", f"Authorization: Bearer {key}", "--phases", ",".join(phases)),
            *("--max-examples", str(EXAMPLES[role]), "--continue-on-failure", "--no-color"),
            *("--generation-database", "none", "--warnings", "off"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        server.process.terminate()
        assert server.process.communicate(timeout=30)[1] == ""  # no crash was logged either
