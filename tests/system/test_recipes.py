"""The recipes of docs/scripts-and-cron.md work unchanged; test_cron.py has those for cron."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.system.real_parts import clockeye, environment, needs, program
from tests.system.recipes import blocks, chapter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A home for everything, with a project, and `clockeye` on the PATH."""
    assert clockeye(tmp_path / "home", "projects", "add", "website").code == 0
    folder = program(tmp_path / "bin").parent
    return environment(tmp_path / "home", HOME=str(tmp_path), PATH=f"{folder}:{os.environ['PATH']}")


def run(script: str, environ: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        ["sh", "-euc", script], env=environ, cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), (script, done)
    return done.stdout


def running(environ: dict[str, str]) -> str:
    return clockeye(environ["CLOCKEYE_HOME"], "status", "--format", "{project}: {description}").out.strip()


def test_the_hook_starts_a_timer_with_the_branch(environ: dict[str, str], tmp_path: Path) -> None:
    git = needs("git")
    repository = tmp_path / "repository"
    who = "-c user.name=Ada -c user.email=ada@example.com -c init.defaultBranch=main"
    run(f"{git} {who} init -q repository", environ, tmp_path)
    run(f"{git} {who} commit -q --allow-empty -m First", environ, repository)
    hook = repository / ".git/hooks/post-checkout"
    (script,) = blocks("A git hook: the timer follows the branch", "sh")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script)
    hook.chmod(0o755)
    switch = f"{git} checkout -q"
    subprocess.run(
        ["sh", "-ec", f"{switch} -b '$(>marker)`>marker`'"], env=environ, cwd=repository, check=True
    )
    assert running(environ) == "website: $(>marker)`>marker`"
    subprocess.run(["sh", "-ec", f"{switch} main && {switch} main"], env=environ, cwd=repository, check=True)
    assert running(environ) == "website: main"
    started = clockeye(environ["CLOCKEYE_HOME"], "status", "--json").out
    (repository / "file").touch()
    run(f"{git} add file && {git} {who} commit -qm File && {git} checkout -q -- file", environ, repository)
    subprocess.run(["sh", "-ec", f"{switch} --detach"], env=environ, cwd=repository, check=True)
    assert running(environ) == "website: main"
    assert clockeye(environ["CLOCKEYE_HOME"], "log", "--all", "-o", "ndjson").out.count("\n") == 2
    assert started.partition('"duration"')[0] in clockeye(environ["CLOCKEYE_HOME"], "status", "--json").out
    assert not list(tmp_path.rglob("marker"))


def test_the_hook_lets_a_checkout_succeed_whatever_happens(environ: dict[str, str], tmp_path: Path) -> None:
    needs("git")
    (tmp_path / "home/local.db").write_bytes(b"damaged" * 100)
    run("git init -q repository", environ, tmp_path)
    (script,) = blocks("A git hook: the timer follows the branch", "sh")
    (tmp_path / "hook").write_text(script)
    done = subprocess.run(
        ["sh", str(tmp_path / "hook"), "0", "0", "1"],
        env=environ,
        cwd=tmp_path / "repository",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "clockeye doctor" in done.stderr


def test_the_filters_for_jq(environ: dict[str, str], tmp_path: Path) -> None:
    needs("jq")
    home = environ["CLOCKEYE_HOME"]
    # It is around noon there, so that three hours ago is today. In these names, the sign is that of POSIX.
    zone = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
    assert clockeye(home, "config", "set", "zone", zone).code == 0
    for words, begin, hours in (
        ("Review +urgent", "3h ago", "1h30"),
        ("Call +urgent +sales", "1h ago", "30m"),
    ):
        clockeye(home, "add", *words.split(), "-p", "website", "--from", begin, "--for", hours)
    clockeye(home, "add", "Lunch", "--for", "1s", "--no-billable")
    today = clockeye(home, "log", "--json").out.partition('"from": "')[2][:10]
    (block,) = blocks("jq", "sh")
    lines = [line for line in block.splitlines() if line.startswith("clockeye")]
    days, billable, descriptions, calendar, tags = (run(line, environ, tmp_path) for line in lines)
    assert re.fullmatch(rf"{today}\t2(\.0\d*)?\n", days)
    assert re.fullmatch(r"0|100\n|0\n", billable)
    assert descriptions == "Call #urgent #sales\nReview #urgent\n"
    assert "Z website: Review #urgent\n" in calendar
    assert tags.splitlines()[-1].startswith("urgent\t")


def test_the_scripts(environ: dict[str, str], tmp_path: Path) -> None:
    twice, around = blocks("Scripts", "sh")
    assert run(twice, environ, tmp_path).count("Already stored under this key") == 1
    run(around.replace("make", "true"), environ, tmp_path)
    log = clockeye(environ["CLOCKEYE_HOME"], "log", "--all", "--columns", "description,running").out
    assert sorted(log.splitlines()[1:]) == ["Build\tfalse", "Nightly build\tfalse"]


def test_the_units_of_systemd_are_understood(environ: dict[str, str], tmp_path: Path) -> None:
    verify = needs("systemd-analyze")
    text = chapter("An account by a systemd timer")
    units = re.findall(r"`~/\.config/systemd/user/([\w.-]+)`:\n\n```ini\n(.*?)```", text, re.DOTALL)
    assert [name for name, _ in units] == ["clockeye-sync.service", "clockeye-sync.timer"]
    for name, content in units:
        (tmp_path / name).write_text(content)
    program(tmp_path / "own").rename(tmp_path / "clockeye")
    (tmp_path / ".local/bin").mkdir(parents=True)
    (tmp_path / "clockeye").rename(tmp_path / ".local/bin/clockeye")
    done = subprocess.run(
        [verify, "--user", "verify", *(f"./{name}" for name, _ in units)],
        env=environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
