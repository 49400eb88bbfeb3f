"""The memory and the time that long lists take in each format.

    python tests/benchmarks/bench_lists.py [COUNT ...]

It runs this working copy, for stores with 10,000, 100,000 and 1,000,000 entries, or the given counts. Memory
is the most that the process ever held; time is processor time, as a ratio to bare Python's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).parents[2]

COUNTS = (10_000, 100_000, 1_000_000)
COMMANDS = (
    *(("log", "--all", "-o", name) for name in ("json", "ndjson", "csv", "tsv", "markdown")),
    *(("export", "-o", name) for name in ("json", "csv", "ics", "klog", "timeclock")),
    ("log", "-n", "20"),
    ("log", "--search", "login", "-n", "20"),
    ("log", "--search", "not to be found", "-n", "20"),
)
ROUNDS = 3


def run(*args: str, home: str) -> tuple[float, float]:
    """The processor time in seconds and the memory in MiB of a Python process whose output is read."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "CLOCKEYE_HOME": home, "TZ": "UTC"}
    with subprocess.Popen((sys.executable, *args), env=environ, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while process.stdout.read(1 << 20):
            pass
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{args} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measure, and print a table."""
    counts = [int(word) for word in sys.argv[1:]] or COUNTS
    print(f"{'':45} {'entries':>9} {'× pass':>8} {'MiB':>5}")
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="clockeye-bench-") as home:
            # In another process: a child's memory is counted from the moment at which it is still this one.
            subprocess.run(
                (sys.executable, REPOSITORY / "tests/many_entries.py", f"{home}/local.db", str(count)),
                env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
                check=True,
            )
            for command in COMMANDS:
                floor = median(run("-c", "pass", home=home)[0] for _ in range(ROUNDS))
                costs = [run("-m", "clockeye_cli", *command, home=home) for _ in range(ROUNDS)]
                ratio = median(seconds for seconds, _ in costs) / floor
                memory = max(mebibytes for _, mebibytes in costs)
                print(f"{' '.join(command):45} {count:9,} {ratio:8.1f} {memory:5.0f}")


if __name__ == "__main__":
    main()
