"""The time and the memory of an import, and of the same file again.

    python tests/benchmarks/bench_import.py [ROWS ...]

It runs this working copy on files as Toggl exports them, of 100,000 rows, or the given numbers. Time is
processor time; memory is the most that the process ever held.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
HEADER = "Email,Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration,Tags"


def write(file: Path, rows: int) -> None:
    """Write a file with that many rows, one after the other since 1975."""
    at = datetime(1975, 1, 6, 8)  # noqa: DTZ001 - a wall time
    with file.open("w", encoding="utf-8") as lines:
        print(HEADER, file=lines)
        for row in range(rows):
            length = timedelta(seconds=300 + row * 7919 % 900)
            times = f"{at:%Y-%m-%d,%H:%M:%S},{at + length:%Y-%m-%d,%H:%M:%S},{length!s:0>8}"
            what = f"kim@example.org,Nord,Project {row % 40},Work {row % 5000},Yes"
            print(f'{what},{times},"a, b"', file=lines)
            at += length + timedelta(seconds=row % 600)


def run(*args: str, home: str) -> tuple[float, float]:
    """The processor time in seconds and the memory in MiB of a Python process."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "CLOCKEYE_HOME": home, "TZ": "UTC"}
    with subprocess.Popen((sys.executable, *args), env=environ, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{args} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measure, and print a table."""
    print(f"{'rows':>9} {'pass ms':>8} {'first s':>8} {'MiB':>5} {'again s':>8} {'MiB':>5} {'ratio':>6}")
    for rows in [int(word) for word in sys.argv[1:]] or [100_000]:
        with tempfile.TemporaryDirectory(prefix="clockeye-bench-") as home:
            file = Path(home) / "toggl.csv"
            # In another process: a child's memory is counted from the moment at which it is still this one.
            command = f"import bench_import, pathlib; bench_import.write(pathlib.Path({str(file)!r}), {rows})"
            subprocess.run((sys.executable, "-c", command), cwd=Path(__file__).parent, check=True)
            floor, _ = run("-c", "pass", home=home)
            first, memory = run("-m", "clockeye_cli", "import", str(file), home=home)
            again, less = run("-m", "clockeye_cli", "import", str(file), home=home)
        print(
            f"{rows:9,} {floor * 1000:8.0f} {first:8.1f} {memory:5.0f} {again:8.1f} {less:5.0f}"
            f" {again / first:6.2f}"
        )


if __name__ == "__main__":
    main()
