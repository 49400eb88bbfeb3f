"""At a terminal the prompt comes back at once, and a process in the background sends what was stored."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shlex
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.system.real_parts import COMMAND, Ended, begin, clockeye, end, environment, hook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.account.cable import Cable
    from tests.account.world import Home, Site

PATIENCE = 60
CHANGES = (b"POST", b"PUT")
WORK = "Stopped web: Work"


class Desk:
    """Somebody at a terminal, with an account behind a cable whose answers to a change can be held back.

    Attributes:
        is_asked: Set once the account has been sent a change, whose answer is being held back.
        may_answer: Lets the answers go.
    """

    def __init__(self, home: Home, cable: Cable) -> None:
        self.home, self.cable = home, cable
        self.is_asked, self.may_answer = threading.Event(), threading.Event()
        self.environ = environment(home.home) | {
            "CLOCKEYE_API_KEY": home.key.key,
            "CLOCKEYE_API_URL": cable.url,
            "CLOCKEYE_SYNC_SETTLE": "1s",
            "TERM": "xterm",
        }

    def hold(self) -> None:
        """Hold back the answers to a POST or PUT from now on."""

        def held(request: bytes, passing: bytes) -> bytes:
            if request.startswith(CHANGES):
                self.is_asked.set()
                assert self.may_answer.wait(PATIENCE)
            return passing

        self.cable.answer = held

    def begin(self, *args: str, before: str = "") -> pexpect.spawn[str]:
        """A command at a terminal of its own."""
        command = f"{before} exec {shlex.join([*COMMAND, *args])}"
        return pexpect.spawn(
            "/bin/sh", ["-c", command], env=self.environ, encoding="utf-8", timeout=PATIENCE, echo=False
        )

    def type(self, *args: str, before: str = "") -> Ended:
        """The same, until the prompt is back; what was shown is all in `out`."""
        child = self.begin(*args, before=before)
        child.expect(pexpect.EOF)
        child.close()
        return Ended(child.exitstatus, str(child.before).replace("\r\n", "\n"), "")

    def pipe(self, *args: str) -> Ended:
        """A command without a terminal."""
        return clockeye(self.home.home, *args, **self.environ)

    def log_in(self) -> None:
        """Make the profile `clockeye`, with a key of its own."""
        words = ("auth", "login", "--with-key", "--insecure-storage", "--no-adopt")
        self.home.environ["CLOCKEYE_API_URL"] = self.cable.url
        self.home.ok(*words, stdin=self.home.key.key + "\n")
        self.environ.pop("CLOCKEYE_API_KEY", None)

    @property
    def lock(self) -> Path:
        return self.home.home / "env.sender.lock"

    def processes(self) -> list[int]:
        """The processes in the background that work on this home; none is counted that has ended."""
        own = f"CLOCKEYE_HOME={self.home.home}".encode()
        return [int(proc.name) for proc in Path("/proc").glob("[0-9]*") if _is_sender(proc, own)]

    def wait(self) -> None:
        """Until they have ended."""
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                descriptor = os.pidfd_open(process)
                assert select.select([descriptor], [], [], PATIENCE)[0]
                os.close(descriptor)

    def unsent(self) -> list[tuple[str, str]]:
        """What waits for the account, and why."""
        listed = self.home.ok("sync", "--status", "--json").data
        return [(row["state"], row["reason"]) for row in listed]


def _is_sender(proc: Path, own: bytes) -> bool:
    with contextlib.suppress(OSError):
        words = (proc / "cmdline").read_bytes().split(b"\0")
        return b"clockeye_cli.background" in words and own in (proc / "environ").read_bytes().split(b"\0")
    return False


@pytest.fixture
def desk(home: Home, cable: Cable) -> Iterator[Desk]:
    """With a timer that runs, in a home that knows its account."""
    desk = Desk(home, cable)
    assert desk.pipe("projects").code == 0
    assert desk.type("start", "Work", "-p", "web").code == 0
    desk.wait()
    assert [row["end_time"] for row in home.rows()] == [None]
    yield desk
    desk.may_answer.set()
    desk.wait()


def described(home: Home) -> list[str]:
    return [row["description"] for row in home.rows()]


def test_the_prompt_is_back_before_the_account_has_answered(desk: Desk, home: Home) -> None:
    desk.hold()
    stopped = desk.type("stop")
    assert (stopped.code, stopped.out.partition(",")[0], stopped.out.count("\n")) == (0, WORK, 1)
    assert desk.is_asked.wait(PATIENCE)
    # While it is on its way, nobody says that it waits.
    assert "waiting" not in desk.type("history", "-n", "1").out
    assert desk.pipe("history").err == ""
    assert desk.unsent() == [("sending", "")]
    desk.may_answer.set()
    desk.wait()
    assert described(home) == ["Work"]
    assert desk.unsent() == []


def test_a_start_is_sent_behind_the_prompt_and_stopped_meanwhile(desk: Desk, home: Home) -> None:
    desk.pipe("stop")
    desk.hold()
    assert desk.type("start", "Next", "-p", "web").code == 0
    assert desk.is_asked.wait(PATIENCE)
    assert desk.type("stop").code == 0
    assert desk.unsent() == [("sending", ""), ("queued", "")]
    desk.may_answer.set()
    desk.wait()
    assert desk.unsent() == []
    assert sorted(described(home)) == ["Next", "Work"]
    assert None not in [row["end_time"] for row in home.rows()]


def test_the_process_keeps_nothing_of_the_terminal(desk: Desk, tmp_path: Path) -> None:
    desk.hold()
    desk.type(
        "stop", before=f"exec 7>{shlex.quote(str(tmp_path / 'file'))}; GPG_TTY=/dev/tty; export GPG_TTY;"
    )
    assert desk.is_asked.wait(PATIENCE)
    (number,) = desk.processes()
    process = str(number)
    assert desk.lock.read_text() == process
    proc = Path("/proc") / process
    name = proc.joinpath("stat").read_text().rpartition(")")[2].split()
    session, terminal = name[3], name[4]
    assert (session, terminal) == (process, "0")
    assert proc.joinpath("cwd").readlink() == Path("/")
    opened = {int(entry.name): str(entry.readlink()) for entry in proc.joinpath("fd").iterdir()}
    assert {opened[number] for number in range(3)} == {"/dev/null"}
    assert opened[3] == str(desk.lock)
    others = [name for number, name in opened.items() if number > 3]
    assert all(name.startswith(("socket:", str(desk.home.home / "env.db"))) for name in others), others
    assert b"GPG_TTY" not in proc.joinpath("environ").read_bytes()


@pytest.mark.parametrize("how", ["a pipe", "the setting", "a redirected error"])
def test_without_a_terminal_or_by_the_setting_it_is_sent_before_the_command_ends(
    desk: Desk, home: Home, tmp_path: Path, how: str
) -> None:
    if how == "a pipe":
        assert desk.pipe("stop").code == 0
    elif how == "the setting":
        desk.environ["CLOCKEYE_SYNC_BACKGROUND"] = "false"
        assert desk.type("stop").code == 0
    else:
        assert desk.type("stop", before=f"exec 2>{tmp_path}/err;").code == 0
    assert described(home) == ["Work"]
    assert not desk.lock.read_bytes()


def test_what_is_stored_meanwhile_is_sent_by_the_same_process(desk: Desk, home: Home) -> None:
    desk.hold()
    desk.type("stop")
    assert desk.is_asked.wait(PATIENCE)
    processes = desk.processes()
    assert len(processes) == 1
    assert desk.type("add", "Next", "-p", "web", "--from", "2026-01-01 9", "--for", "1h").code == 0
    assert desk.pipe("add", "Piped", "-p", "web", "--from", "2026-01-02 9", "--for", "1h").code == 0
    assert desk.processes() == processes
    desk.may_answer.set()
    desk.wait()
    assert described(home) == ["Next", "Piped", "Work"]


def test_what_the_account_refuses_is_said_by_the_next_command(desk: Desk) -> None:
    refusal = b'{"error": {"code": "VALIDATION_ERROR", "message": "Too late."}}'
    head = b"HTTP/1.1 422 Unprocessable\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    desk.cable.answer = lambda request, passing: (
        head % len(refusal) + refusal if request.startswith(CHANGES) else passing
    )
    assert desk.type("stop").code == 0
    desk.wait()
    ((state, reason),) = desk.unsent()
    assert (state, reason) == ("rejected", "ClockEye rejected the request: Too late.")
    later = desk.pipe("history")
    assert later.code == 0
    assert later.err.startswith("1 change needs a decision (te_")
    # A prompt is shown without any other command.
    for shell in ("bash", "zsh", "fish"):
        assert desk.pipe("prompt", "--shell", shell) == (0, "!\n", "")
    assert desk.pipe("prompt", "--format", "{project} {elapsed}{attention}").out == "!\n"
    assert desk.pipe("prompt", "--format", "{today} {attention}").out == "0:00 !\n"
    assert desk.pipe("prompt", "--format", "{project} {elapsed}").out == ""
    assert desk.pipe("status", "--format", "tmux").out == "!\n"
    assert json.loads(desk.pipe("status", "--format", "waybar").out)["class"] == ["idle", "attention"]
    desk.type("start", "Who! cares", "-p", "web")
    assert desk.pipe("prompt").out == "web: Who_ cares 0:00 !\n"
    assert desk.pipe("sync", "resolve", "last", "--drop").code == 0
    assert desk.pipe("prompt").out == "web: Who_ cares 0:00\n"
    assert json.loads(desk.pipe("status", "--format", "waybar").out)["class"] == "running"


def test_a_key_that_is_refused_is_said_until_something_is_sent(desk: Desk, home: Home, site: Site) -> None:
    right = desk.environ["CLOCKEYE_API_KEY"]
    desk.environ["CLOCKEYE_API_KEY"] = "nobodys"
    assert desk.type("stop").out.partition(",")[0] == WORK
    desk.wait()
    for _ in range(2):
        said = desk.pipe("history").err.splitlines()
        assert len(said) == 2
        assert "key" in said[0]
        assert desk.pipe("prompt").out == "!\n"
        assert said[1] == "1 change is waiting to be sent to the account; run `clockeye sync`."
    desk.environ["CLOCKEYE_API_KEY"] = right
    assert desk.pipe("sync").code == 0
    assert described(home) == ["Work"]
    site.stop()
    try:
        add = desk.pipe("add", "Next", "-p", "web", "--from", "2026-01-01 9", "--for", "1h")
        assert add.err == "Stored here; 1 change is waiting to be sent to the account.\n"
    finally:
        site.start()


def test_without_a_network_the_next_command_says_that_it_waits(desk: Desk, home: Home) -> None:
    desk.cable.unplug()
    assert desk.type("stop").out.count("\n") == 1
    desk.wait()
    assert desk.pipe("history").err == "1 change is waiting to be sent to the account; run `clockeye sync`.\n"
    desk.cable.plug()
    # For a minute nobody tries, so it is said at once.
    added = desk.type("add", "Next", "-p", "web", "--from", "2026-01-01 9", "--for", "1h")
    assert added.out.splitlines()[1:] == ["Stored here; 2 changes are waiting to be sent to the account."]
    assert desk.pipe("sync").code == 0
    assert described(home) == ["Next", "Work"]


def test_a_terminal_that_is_closed_does_not_end_it(desk: Desk, home: Home) -> None:
    desk.hold()
    # A shell that waits, as an interactive one does: closing the terminal ends all that is in it.
    shell = pexpect.spawn("/bin/sh", env=desk.environ, encoding="utf-8", timeout=PATIENCE, echo=False)
    shell.sendline(f"{shlex.join([*COMMAND, 'stop'])}; sleep 1000")
    assert desk.is_asked.wait(PATIENCE)
    shell.close()
    assert shell.signalstatus is not None
    assert len(desk.processes()) == 1
    desk.may_answer.set()
    desk.wait()
    assert described(home) == ["Work"]
    assert desk.unsent() == []


def test_a_hook_runs_while_it_is_being_sent(desk: Desk, home: Home, tmp_path: Path) -> None:
    desk.hold()
    hook(home.home, "stop", f"cat > {shlex.quote(str(tmp_path))}/heard")
    assert desk.type("stop").code == 0
    assert '"Work"' in (tmp_path / "heard").read_text()
    assert desk.is_asked.wait(PATIENCE)


def test_a_home_by_a_relative_path_is_the_same_in_the_background(desk: Desk, home: Home) -> None:
    desk.environ["CLOCKEYE_HOME"] = home.home.name
    assert desk.type("stop", before=f"cd {shlex.quote(str(home.home.parent))};").code == 0
    desk.wait()
    assert described(home) == ["Work"]


@pytest.fixture
def profile(site: Site, cable: Cable, tmp_path: Path) -> Iterator[Desk]:
    """With a profile of its own, and a stopped timer that is on its way to the account."""
    home = site.home(tmp_path / "home", site.key(tmp_path.name), env=False)
    desk = Desk(home, cable)
    desk.log_in()
    desk.type("start", "Work", "-p", "web")
    desk.hold()
    assert desk.type("stop").code == 0
    assert desk.is_asked.wait(PATIENCE)
    yield desk
    desk.may_answer.set()
    desk.wait()


def test_a_log_out_while_it_sends_loses_and_doubles_nothing(profile: Desk) -> None:
    assert profile.pipe("auth", "logout").code == 0
    profile.may_answer.set()
    profile.wait()
    assert described(profile.home) == ["Work"]
    profile.log_in()
    assert profile.home.later().ok("sync", "--status").err == ""
    assert profile.unsent() == []
    profile.home.ok("sync")
    assert described(profile.home) == ["Work"]


def test_a_profile_that_is_removed_while_it_sends_loses_and_doubles_nothing(profile: Desk) -> None:
    store = profile.home.home / "clockeye.db"
    removing = begin(profile.home.home, "profiles", "remove", "clockeye", "-y", **profile.environ)
    profile.may_answer.set()
    assert end(removing).code == 0
    profile.wait()
    assert not store.exists()
    (kept,) = profile.home.home.glob("clockeye.db.removed-*")
    kept.rename(store)
    profile.log_in()
    assert profile.unsent() == []
    profile.home.later().ok("sync")
    assert described(profile.home) == ["Work"]


def test_a_profile_that_is_purged_while_it_sends_stays_away(profile: Desk) -> None:
    purging = begin(profile.home.home, "auth", "logout", "--purge", "-y", **profile.environ)
    profile.may_answer.set()
    assert end(purging).code == 0
    profile.wait()
    assert not list(profile.home.home.glob("clockeye.*"))
    assert described(profile.home) == ["Work"]
