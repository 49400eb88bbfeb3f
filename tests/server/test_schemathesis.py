"""Requests that the document allows are answered as it says, others are rejected, over a real socket.

CI runs 200 examples an operation as the owner and 20 as each other role; elsewhere fewer, to be quick.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clockeye_cli.server.database import Database
from clockeye_cli.server.demo import TEAM, prepare_demo
from clockeye_cli.server.keys import add_key
from tests.server.running import running

IN_CI = bool(os.environ.get("CI"))
EXAMPLES = {
    "owner": 200 if IN_CI else 20,
    "admin": 20 if IN_CI else 2,
    "manager": 20 if IN_CI else 2,
    "member": 20 if IN_CI else 5,
}


@pytest.mark.parametrize("role", EXAMPLES)
def test_the_server_keeps_to_its_document(data: str, tmp_path: Path, role: str) -> None:
    database = Database(data)
    prepare_demo(database, now=1_705_320_000)
    email = next(email for _, email, user_role in TEAM if user_role == role)
    key = add_key(database, role, user=email).key
    with running(data) as server:
        command = [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(Path(__file__).with_name("schemathesis.toml"))),
            *("run", server.base.replace("/v1", "/openapi.yaml"), "--url", server.base),
            *("--header", f"Authorization: Bearer {key}", "--phases", "examples,coverage,fuzzing,stateful"),
            *("--max-examples", str(EXAMPLES[role]), "--continue-on-failure", "--no-color"),
            *("--generation-database", "none", "--warnings", "off"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        server.process.terminate()
        assert server.process.communicate(timeout=30)[1] == ""  # no crash was logged either
