"""Wheel and sdist install and work on every installed Python."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clockeye_cli import __version__
from tests.system.real_parts import ROOT, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHONS = ("3.11", "3.12", "3.13")
MAN_PAGE = "share/man/man1/clockeye-start.1"


def environment(folder: Path) -> dict[str, str]:
    """That of this process, without what tells a Python where to look, and with a home of its own."""
    environ = {name: text for name, text in os.environ.items() if not name.startswith(("PYTHON", "CLOCKEYE"))}
    environ.pop("VIRTUAL_ENV", None)
    beside = sysconfig.get_path("scripts")  # uv and pipx, where pip has put them
    return environ | {
        "PATH": os.pathsep.join([beside, environ["PATH"]]),
        "CLOCKEYE_HOME": str(folder / "home"),
        "HOME": str(folder.parent),  # tests of a worker share what uv and pip have downloaded
        "UV_SYSTEM_CERTS": "1",
        "UV_TOOL_DIR": str(folder / "uv"),
        "UV_TOOL_BIN_DIR": str(folder / "bin"),
        "PIPX_HOME": str(folder / "pipx"),
        "PIPX_BIN_DIR": str(folder / "bin"),
        "PIPX_MAN_DIR": str(folder / "share/man"),
    }


class Installed:
    """A `clockeye` that was installed, and a folder for all that it needs."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self.program = program
        self.environ = environment(folder)

    def run(self, *args: str, stdin: str = "") -> str:
        """What a command that must end well prints."""
        return output([str(self.program), *args], self.environ, stdin)


def output(command: list[str], environ: dict[str, str], stdin: str = "") -> str:
    done = subprocess.run(
        command, env=environ, input=stdin, cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def uv(*args: str, folder: Path) -> str:
    environ = environment(folder)
    return output([needs("uv", environ["PATH"]), *args], environ)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel and the sdist by their kind, the wheel made of the sdist."""
    folder = tmp_path_factory.mktemp("built")
    uv("build", "--quiet", "--out-dir", str(folder), str(ROOT), folder=folder)
    return {"wheel": next(folder.glob("*.whl")), "sdist": next(folder.glob("*.tar.gz"))}


def python(version: str) -> str:
    """The path of a Python; where it is missing the test is skipped, in CI only for others than the first."""
    named = Path(shutil.which(f"python{version}") or "/none")
    # What pyenv puts into PATH answers only for the versions that are switched on.
    others = named.parent.parent.glob(f"versions/{version}.*/bin/python")
    for path in (named, *sorted(others)):
        if (
            path.exists()
            and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0
        ):
            return str(path)
    reason = f"no Python {version}"
    if os.environ.get("CI") and version == PYTHONS[0]:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("version", PYTHONS)
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_it_installs_and_does_the_main_job(
    built: dict[str, Path], tmp_path: Path, kind: str, version: str
) -> None:
    place = tmp_path / "venv"
    uv("venv", "--quiet", "--python", python(version), str(place), folder=tmp_path)
    interpreter = str(place / "bin/python")
    uv(
        *("pip", "install", "--quiet", "--python", interpreter, f"{built[kind]}[server]"),
        folder=tmp_path,
    )
    product = Installed(tmp_path, place / "bin/clockeye")
    ask = (
        "import importlib.metadata, sys; print(*sys.version_info[:2], importlib.metadata.version('clockeye'))"
    )
    assert output([interpreter, "-c", ask], product.environ).split() == [*version.split("."), __version__]
    assert product.run("--version") == f"clockeye {__version__}\n"
    assert (place / MAN_PAGE).read_text() == product.run("man", "start")
    tracks(product)
    syncs(product)


def tracks(product: Installed) -> None:
    """Start, stop, add, look back, take back."""
    assert product.run("start", "Review", "-p", "website").startswith("Started website: Review, at ")
    assert product.run("stop").startswith("Stopped website: Review, ")
    product.run("add", "Planning", "-p", "team", "--from", "2026-01-05 9:00", "--for", "90m")
    entries = json.loads(product.run("log", "--all", "--json"))["data"]
    assert [(entry["project"], entry["description"]) for entry in entries] == [
        ("team", "Planning"),
        ("website", "Review"),
    ]
    assert "team\t5400\t" in product.run("report", "2026-01", "--columns", "project,duration,entries")
    assert "Total" in product.run("report", "2026-01", "-o", "table")
    assert product.run("undo").startswith("Undone: clockeye add Planning ")
    assert "team" not in product.run("log", "--all")
    assert "complete -" in product.run("completion", "bash")  # which is a file in the package


def syncs(product: Installed) -> None:
    """The server and the account, both from the same package."""
    data = ["--data", str(product.folder / "server.db")]
    key = product.run("serve", "keys", "add", "laptop", "--role", "owner", *data, "--json")
    with served(product, data) as address:
        product.environ["CLOCKEYE_API_URL"] = address
        login = ["auth", "login", "--with-key", "--insecure-storage"]
        product.run(*login, stdin=json.loads(key)["data"]["key"])
        product.run("projects", "add", "acme")
        product.run("add", "Call", "-p", "acme", "--from", "2026-01-06 9:00", "--for", "30m")
        product.run("sync")
        entries = json.loads(product.run("api", "/time-entries"))["data"]
        assert [entry["description"] for entry in entries] == ["Call"]


@contextmanager
def served(product: Installed, data: list[str]) -> Iterator[str]:
    """The address of `clockeye serve`, which Ctrl-C ends."""
    command = [str(product.program), "serve", "--port", "0", *data]
    server = subprocess.Popen(command, env=product.environ, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().split()[2]
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)


def test_uv_tool_install_works_from_the_checkout(tmp_path: Path) -> None:
    uv("tool", "install", "--quiet", "--python", sys.executable, str(ROOT), folder=tmp_path)
    tracks(Installed(tmp_path, tmp_path / "bin/clockeye"))


def test_pipx_install_works_from_the_checkout_and_man_finds_the_pages(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    output([needs("pipx", environ["PATH"]), "install", "--python", sys.executable, str(ROOT)], environ)
    tracks(Installed(tmp_path, tmp_path / "bin/clockeye"))
    assert (tmp_path / MAN_PAGE).is_file()


def test_the_sdist_can_be_tested(built: dict[str, Path], tmp_path: Path) -> None:
    """It brings what the README's test command needs."""
    shutil.unpack_archive(built["sdist"], tmp_path)
    unpacked = tmp_path / built["sdist"].name.removesuffix(".tar.gz")
    for name in ("README.md", "LICENSE", "tests/test_docs.py", "docs/man/clockeye.1"):
        assert (unpacked / name).is_file()
