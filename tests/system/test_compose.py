"""The container's files: what they start is started by hand, since a test cannot build an image."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import yaml

from clockeye_cli.cli import quick_reader
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import opened
from tests import postgres
from tests.server.running import running
from tests.system.real_parts import needs, needs_root

ROOT = Path(__file__).parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")


def instruction(name: str) -> Any:
    """The list of the last such instruction."""
    return json.loads(re.findall(rf"^(?:HEALTHCHECK .*)?{name} (\[.*\])$", DOCKERFILE, re.MULTILINE)[-1])


def test_the_commands_of_the_image_are_commands_of_the_program() -> None:
    entry = instruction("ENTRYPOINT")
    servers = [COMPOSE["services"][name]["command"] for name in ("first", "second")]
    for command in (instruction("CMD"), *servers):
        _, _, values = quick_reader.read([*entry[1:], *command])
        assert (values["host"], values["log"]) == ("0.0.0.0", "-")
    assert values["data"] == "postgresql://clockeye@database/clockeye"


def test_the_image_is_small_and_not_root() -> None:
    assert "\nUSER 10001\n" in DOCKERFILE
    assert re.findall("^FROM (.*)", DOCKERFILE, re.MULTILINE)[-1] == "python:3.13-slim"
    assert "\nVOLUME /data\n" in DOCKERFILE
    assert all(COMPOSE["services"][name]["cap_drop"] == ["ALL"] for name in ("first", "second"))
    assert set(COMPOSE["services"]) == {"first", "second", "database", "proxy"}


def test_the_file_for_compose_is_well_formed_and_refers_to_what_it_has() -> None:
    text = {"type": "string"}
    texts = {"type": "array", "items": text}
    service = {
        "type": "object",
        "oneOf": [{"required": ["image"]}, {"required": ["build"]}],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(("image", "build", "tmpfs"), text),
            "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
            "command": {"anyOf": [text, texts]},
            "read_only": {"type": "boolean"},
            "environment": {"type": "object", "additionalProperties": text},
            **dict.fromkeys(("cap_drop", "ports", "volumes"), texts),
            "depends_on": {"type": ["array", "object"]},
            "healthcheck": {
                "type": "object",
                "required": ["test"],
                "additionalProperties": False,
                "properties": {"test": texts, "interval": text},
            },
        },
    }
    services = COMPOSE["services"]
    jsonschema_rs.validate({"type": "object", "additionalProperties": service}, services)
    assert set(COMPOSE) == {"x-server", "services", "volumes"}
    for one in services.values():
        assert set(one.get("depends_on", ())) <= set(services)
        assert {volume.partition(":")[0] for volume in one.get("volumes", ())} <= set(COMPOSE["volumes"])
    source = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    variables = set(re.findall(r"\$\{(\w+):\?\}", source))
    assert source.count("$") == len(re.findall(r"\$\{\w+:\?\}", source))
    assert variables == set(re.findall(r"^#   (\w+)=", source, re.MULTILINE))  # as its first lines say


def test_the_image_s_file_has_known_instructions_in_order() -> None:
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    words = [line.split()[0] for line in lines]
    known = "FROM COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK ENTRYPOINT CMD"
    assert set(words) <= set(known.split())
    last = words[len(words) - words[::-1].index("FROM") :]
    assert "RUN" not in last[last.index("USER") :]  # nothing is installed by the user without privileges
    for name in ("ENTRYPOINT", "CMD"):
        assert last.count(name) == 1
        assert all(isinstance(word, str) for word in instruction(name))


def test_two_servers_behind_a_proxy_are_one(tmp_path: Path) -> None:
    needs_root()  # for port 80
    caddy = needs("caddy")
    data = postgres.shared().schema()
    key = add_key(opened(data), "owner").key
    with socket.create_server(("127.0.0.1", 0)) as free:
        public = f"https://localhost:{free.getsockname()[1]}"
    with ExitStack() as stack:
        options: Any = {"public_urls": [public], "limits": "100,5000,50000"}
        servers = [stack.enter_context(running(data, **options)) for _ in range(2)]
        words = shlex.split(COMPOSE["services"]["proxy"]["command"].replace("${DOMAIN:?}", public))
        words.append("--internal-certs")  # no authority knows localhost
        for name, server in zip(("first:8080", "second:8080"), servers, strict=True):
            words[words.index(name)] = f"127.0.0.1:{server.port}"
        proxy = subprocess.Popen(
            [caddy, *words[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
        )
        stack.callback(proxy.wait)
        stack.callback(proxy.kill)
        transport = httpx.HTTPTransport(retries=10, verify=False)
        headers = {"Authorization": f"Bearer {key}"}
        client = httpx.Client(base_url=f"{public}/v1", headers=headers, transport=transport)
        stack.callback(client.close)
        names = [f"p{number}" for number in range(10)]
        answers = [client.post("/projects", json={"name": name}) for name in names]
        assert [answer.status_code for answer in answers] == [201] * 10, answers[0].text
        remaining = [int(answer.headers["X-RateLimit-Remaining"]) for answer in answers]
        assert remaining == list(range(99, 89, -1))  # both count in one place
        for server in servers:
            with urllib.request.urlopen(server.base.replace("/v1", "/healthz")) as health:
                assert json.load(health) == {"status": "ok"}
        assert [row["name"] for row in client.get("/projects").json()["data"]] == names
