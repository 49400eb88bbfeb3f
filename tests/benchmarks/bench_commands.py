"""The cost of commands as ratios to that of bare Python in the same run and environment.

    python tests/benchmarks/bench_commands.py [--quick] [--peers] [--folder DIR] [--only WORDS]

It builds the wheel and installs it into a fresh environment without the test tools, fills stores with
1,000, 100,000 and 1,000,000 entries, and runs all rows in a new random order each round, so that a busy
moment of the machine affects all of them alike. `--folder` keeps the environment and the stores for the next
time; the product is always reinstalled. `--peers` adds Timewarrior and Watson, with 100,000 entries each.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import pty
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY))

from tests.benchmarks.command_rows import PEER_ROUNDS, PEERS, STORES, Row, rows  # noqa: E402 (after the path is set)
from tests.many_entries import make  # noqa: E402 (after the path is set)

CONFIG = 'week_start = "monday"\nzone = "Europe/Berlin"\n'

FLOORS = 5
"""How often the floor of all ratios is measured in each round."""


class Cost(NamedTuple):
    """The wall time and processor time of a run, in seconds.

    Processor time is steadier on a shared machine, but does not include waiting for a disk.
    """

    wall: float
    processor: float


class Bench:
    """The environment to measure in.

    Args:
        folder: The folder for all files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "venv/bin"
        # Nothing of our own environment, above all not PYTHONDONTWRITEBYTECODE.
        path = f"{self.bin}:{folder}/watson/bin:{os.environ['PATH']}"
        self.environ = {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "COLUMNS": "100"}
        self.environ |= {"WATSON_DIR": f"{folder}/watson-data", "TIMEWARRIORDB": f"{folder}/timew"}
        self.times: dict[str, list[Cost]] = {}

    def install(self) -> None:
        """Build the wheel, and install it as users do: without the test tools, compiled."""
        if not self.bin.exists():
            self._do(sys.executable, "-m", "venv", f"{self.folder}/venv")
        shutil.rmtree(self.folder / "wheel", ignore_errors=True)
        pip = (f"{self.bin}/python", "-m", "pip", "--quiet", "--disable-pip-version-check")
        # The console script of pip before 25.1 imports re, which costs more than 100 modules of ours.
        self._do(*pip, "install", "--upgrade", "pip")
        self._do(*pip, "wheel", "--no-deps", "--wheel-dir", f"{self.folder}/wheel", str(REPOSITORY))
        (wheel,) = (self.folder / "wheel").glob("*.whl")
        self._do(*pip, "install", str(wheel))
        self._do(*pip, "install", "--force-reinstall", "--no-deps", str(wheel))

    def fill(self) -> None:
        """Create the homes; stores are reused if they exist."""
        now = int(time.time())
        end_of_last_year = int(datetime(datetime.now(UTC).year, 1, 1, tzinfo=UTC).timestamp()) - 6 * 3_600
        for name, count in STORES.items():
            kept = self.folder / f"{name}.db"
            if not kept.exists():
                is_year = name == "year"
                make(str(kept), count, end_of_last_year if is_year else now, days=364 if is_year else None)
                if name == "tab":
                    _add_projects(kept, 1_000)
        for name in (*STORES, "runs", "config"):
            (self.folder / name).mkdir(exist_ok=True)
            shutil.copy(
                self.folder / f"{name if name in STORES else 'idle'}.db", self.folder / name / "local.db"
            )
        for name in ("runs", "config"):
            self.run(("clockeye", "start", "Fix", "the", "login", "bug", "-p", "website"), name)
        (self.folder / "config/config.toml").write_text(CONFIG)

    def measure(self, table: list[Row], rounds: int) -> None:
        """Run everything `rounds` times, after an uncounted first round."""
        tasks: list[Row | str] = [*["pass"] * FLOORS, "commit", *table]
        for number in range(rounds + 1):
            random.shuffle(tasks)
            # The peers take seconds; a few rounds say enough.
            for task in [task for task in tasks if task not in PEERS or number <= PEER_ROUNDS]:
                name = task if isinstance(task, str) else task.what
                cost = self._once(task, number)
                if number:
                    self.times.setdefault(name, []).append(cost)

    def run(self, command: tuple[str, ...], home: str, *, terminal: bool = False, check: bool = True) -> Cost:
        """Run a command and measure it."""
        environ = self.environ | {"CLOCKEYE_HOME": str(self.folder / home)}
        began, used = time.perf_counter(), _of_children()
        master, output = pty.openpty() if terminal else (0, subprocess.PIPE)
        with subprocess.Popen(
            command, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE
        ) as process:
            if terminal:
                os.close(output)
                _drain(master)
            _, complaint = process.communicate()
        cost = Cost(time.perf_counter() - began, _of_children() - used)
        if terminal:
            os.close(master)
        if check and process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {complaint.decode()}")
        return cost

    def wall(self, what: str) -> float:
        """The median wall time in seconds."""
        return median(cost.wall for cost in self.times[what])

    def ratios(self, row: Row) -> tuple[float, float]:
        """The ratios of a row to `python -c pass`, by wall time and by processor time."""
        commit = self.wall("commit") if row.writes else 0
        used, floor = (median(cost.processor for cost in self.times[what]) for what in (row.what, "pass"))
        return (self.wall(row.what) - commit) / self.wall("pass"), used / floor

    def _once(self, task: Row | str, number: int) -> Cost:
        if task == "commit":
            return _commit(self.folder / "commit.db")
        if isinstance(task, str):
            return self.run((f"{self.bin}/python", "-c", "pass"), "idle")
        is_peer = task.command[0] != "clockeye"
        if task.before:
            self.run(task.before, task.home, check=not is_peer)
        return self.run(_filled(task.command, number), task.home, terminal=task.terminal, check=not is_peer)

    def _do(self, *command: str) -> None:
        subprocess.run(command, env=self.environ | {"TMPDIR": str(self.folder)}, check=True, cwd=self.folder)

    def install_peers(self) -> list[Row]:
        """Give Timewarrior and Watson the same 100,000 entries, and return the rows of those installed."""
        if not (self.folder / "watson").exists():
            self._do(sys.executable, "-m", "venv", f"{self.folder}/watson")
            pip = f"{self.folder}/watson/bin/pip"
            self._do(pip, "install", "--quiet", "--disable-pip-version-check", "td-watson")
        entries = sqlite3.connect(self.folder / "100k/local.db").execute(
            "SELECT started_at, ended_at, coalesce(name, 'none'), local_id"
            " FROM entries LEFT JOIN projects ON id = project_id ORDER BY started_at"
        )
        months: dict[str, list[str]] = {}
        frames = []
        for start, end, project, local_id in entries:
            first, last = (f"{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%SZ}" for at in (start, end))
            months.setdefault(f"{first[:4]}-{first[4:6]}", []).append(f"inc {first} - {last} # {project}\n")
            frames.append([start, end, project, local_id, [], end])
        data = self.folder / "timew/data"
        data.mkdir(parents=True, exist_ok=True)
        (self.folder / "timew/timewarrior.cfg").touch()
        for month, lines in months.items():
            (data / f"{month}.data").write_text("".join(lines))
        (self.folder / "watson-data").mkdir(exist_ok=True)
        (self.folder / "watson-data/frames").write_text(json.dumps(frames))
        return [row for row in PEERS if shutil.which(row.command[0], path=self.environ["PATH"])]


def _filled(command: tuple[str, ...], number: int) -> tuple[str, ...]:
    week_ago = date.fromordinal(date.today().toordinal() - 7)  # noqa: DTZ011 (the computer's own day is meant)
    free = f"{1 + number // 1_440:02} {number // 60 % 24:02}:{number % 60:02}"
    today = date.today()  # noqa: DTZ011 (the same)
    return tuple(word.format(n=free, week=week_ago, today=today) for word in command)


def _drain(master: int) -> None:
    try:
        while os.read(master, 65_536):
            pass
    except OSError:  # Linux raises EIO once the other side is closed
        pass


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _commit(path: Path) -> Cost:
    """The cost of one transaction like those of the store."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("CREATE TABLE IF NOT EXISTS one (value)")
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO one VALUES (1)")
    connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return Cost(seconds, 0)


def _add_projects(path: Path, count: int) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(
            "INSERT INTO projects (id, name, folded, archived) VALUES (?, ?, ?, 0)",
            [(f"prj_{n:012}", f"Client {n}", f"client {n}") for n in range(count)],
        )
    connection.close()


def _machine() -> str:
    models = [
        line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
    ]
    processor = models[0].partition(":")[2].strip() if models else platform.processor()
    return (
        f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]},"
        f" Python {platform.python_version()}, {date.today()}"  # noqa: DTZ011 (the computer's own day is meant)
    )


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="7 rounds instead of 25")
    parser.add_argument("--peers", action="store_true", help="Timewarrior and Watson too")
    parser.add_argument("--folder", type=Path, help="keep the environment and the stores here")
    parser.add_argument("--only", default="", help="only rows whose name has this in it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clockeye-bench-") as temporary:
        bench = Bench((options.folder or Path(temporary)).resolve())
        bench.folder.mkdir(exist_ok=True)
        bench.install()
        bench.fill()
        table = rows() + (bench.install_peers() if options.peers else [])
        table = [row for row in table if options.only in row.what]
        rounds = 7 if options.quick else 25
        bench.measure(table, rounds)
    print(f"{_machine()}; {rounds} rounds")
    for name in ("pass", "commit"):
        print(f"{name}: {bench.wall(name) * 1000:.1f} ms")
    print(f"{'':40} {'ms':>7} {'ratio':>6} {'cpu':>6} {'limit':>6}")
    for row in table:
        ratio, used = bench.ratios(row)
        limit = "" if row.most is None else f"{row.most:6.2f} {'ok' if used <= row.most else 'OVER'}"
        print(f"{row.what:40} {bench.wall(row.what) * 1000:7.1f} {ratio:6.2f} {used:6.2f} {limit}")


if __name__ == "__main__":
    main()
