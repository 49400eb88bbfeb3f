"""The crontabs of docs/scripts-and-cron.md under a real cron: their effects and the mails they cause."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clockeye_cli.server.database import Database
from clockeye_cli.server.keys import add_key
from tests.server import running
from tests.system.real_parts import clockeye, needs, own_mounts, program
from tests.system.recipes import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ZONE = "Europe/Berlin"
SECONDS = 150
"""Cron looks once a minute; the rest is for the jobs, on a busy machine."""

IN_A_NAME_SPACE = """
cd "$1"
# This cron sees our crontabs alone, and its mails come to us.
mount --bind cron.d /etc/cron.d
mount -t tmpfs none /var/spool/cron
mount -t tmpfs none /run
mount --bind /usr/sbin programs
for name in $(ls programs); do ln -sf "$1/programs/$name" sbin/; done
cp sendmail sbin/sendmail
mount --bind sbin /usr/sbin
exec cron -f
"""

SENDMAIL = """#!/bin/sh
cat > {mails}/$$.new && mv {mails}/$$.new {mails}/$$.mail
"""


@contextmanager
def cron(folder: Path, crontabs: Sequence[Crontab]) -> Iterator[subprocess.Popen[bytes]]:
    """A real cron with these crontabs and no others; mails go to `folder/mails`."""
    needs("cron")
    for name in ("cron.d", "sbin", "programs", "mails"):
        (folder / name).mkdir()
    for each in crontabs:
        each.write()
    (folder / "sendmail").write_text(SENDMAIL.format(mails=shlex.quote(f"{folder}/mails")))
    (folder / "sendmail").chmod(0o755)
    command = [*own_mounts(), "sh", "-euc", IN_A_NAME_SPACE, "sh", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


class Crontab:
    """A crontab whose jobs run every minute, for root.

    Args:
        folder: Where the program and `cron.d` are.
        name: The crontab's; its home is the folder of this name.
        settings: Variables of its own.
    """

    def __init__(self, folder: Path, name: str, **settings: str) -> None:
        self.folder, self.name, self.home = folder, name, folder / name
        (self.home / "backups").mkdir(parents=True)
        self.store = self.home / ".local/share/clockeye"
        paths = {"HOME": str(self.home), "TZ": ZONE, "PATH": f"{folder}/bin:/usr/bin:/bin"}
        self._lines = [f"{key}={value}" for key, value in {**paths, **settings}.items()]
        self._jobs = 0

    def add(self, text: str) -> None:
        """Add a crontab of the document; when a job has ended, there is a file that says so."""
        text = text.replace("/home/ada/.local/bin", f"{self.folder}/bin").replace("/home/ada", str(self.home))
        for line in text.splitlines():
            if line[:1] in ("*", *"0123456789"):
                self._jobs += 1
                command = line.split(maxsplit=5)[5]
                self._lines.append(f'* * * * * root {command}; touch "$HOME/{self._jobs}.ended"')
            else:
                self._lines.append(line)

    def write(self) -> None:
        path = self.folder / "cron.d" / self.name
        path.write_text("\n".join(self._lines) + "\n")
        path.chmod(0o600)

    def has_ended(self) -> bool:
        """Whether each of the jobs has run."""
        return len(list(self.home.glob("*.ended"))) == self._jobs > 0


def wait_for(crontabs: Sequence[Crontab], process: subprocess.Popen[bytes]) -> None:
    """Wait until each job has run, and cron has sent its mails."""
    end = time.monotonic() + SECONDS
    children = [needs("ps"), "--ppid", str(process.pid), "-o", "pid="]
    while (
        not all(each.has_ended() for each in crontabs)
        or subprocess.run(children, capture_output=True, check=False).stdout.strip()
    ):
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.2)


def test_the_crontabs_do_what_they_say_and_mail_what_there_is_to_say(tmp_path: Path) -> None:
    program(tmp_path / "bin")
    now = datetime.now(ZoneInfo(ZONE))
    last_week = f"{now - timedelta(days=7):%Y-%m-%d}"
    (jobs,) = blocks("Cron", "crontab")
    with_key, often_offline = blocks("An account from cron", "crontab")

    forgotten = Crontab(tmp_path, "forgotten")
    forgotten.add(jobs)
    clockeye(forgotten.store, "add", "Größe", "-p", "weiß", "--from", f"{last_week} 9:00", "--for", "2h")
    clockeye(forgotten.store, "start", "Long", "-p", "weiß", "--at", "11h ago")
    old = forgotten.home / "backups/clockeye-2020-01-01.db"
    old.touch()
    os.utime(old, (0, 0))

    data = str(tmp_path / "server.db")
    with running.running(data) as server:
        key = add_key(Database(data), "Ada", role="owner").key
        with server.client(key) as client:
            assert client.post("/projects", json={"name": "web"}).is_success
        of_work = f"{now - timedelta(hours=2):%H:%M}-{now + timedelta(hours=2):%H:%M}"
        settings = {"CLOCKEYE_WORK_HOURS": of_work, "CLOCKEYE_WORK_DAYS": "mon-sun"}
        idle = Crontab(tmp_path, "idle", CLOCKEYE_API_URL=server.base, **settings)
        idle.add(with_key)
        idle.add(jobs)
        account = {"CLOCKEYE_API_KEY": key, "CLOCKEYE_API_URL": server.base}
        clockeye(idle.store, "sync", **account)
    # Stored here while the account is away.
    clockeye(idle.store, "add", "Early", "-p", "web", "--from", "5h ago", "--for", "1h", **account)

    offline = Crontab(tmp_path, "offline", CLOCKEYE_API_URL="http://127.0.0.1:9/v1", CLOCKEYE_API_KEY=key)
    offline.add(often_offline)

    (idle.home / ".clockeye-key").write_text(key + "\n")
    (idle.home / ".clockeye-key").chmod(0o600)
    crontabs = (forgotten, idle, offline)
    with running.running(data, port=server.port) as server, cron(tmp_path, crontabs) as process:
        wait_for(crontabs, process)
        with server.client(key) as client:
            rows = client.get("/time-entries").json()["data"]
    assert [row["description"] for row in rows] == ["Early"]
    assert not old.exists()
    for each in (forgotten, idle):
        assert any((each.home / "backups").iterdir())

    mails = sorted(path.read_text(encoding="utf-8") for path in (tmp_path / "mails").glob("*.mail"))
    texts = {mail.partition("\n\n")[2] for mail in mails if "\nTo: ada@example.com\n" in mail}
    assert len(texts) == len(mails) == 4, mails
    assert sorted(line for text in texts for line in text.splitlines() if "weiß" in line and "2:00" in line)
    assert any(text.startswith("The timer has been running for 11:0") for text in texts)
    assert any(text.startswith("Nothing has been tracked for 2:0") for text in texts)
