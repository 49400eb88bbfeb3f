"""Makes a store with as many entries as are wanted, such as somebody might have tracked.

    python tests/many_entries.py FILE COUNT [DAYS]

The same count, end and seed make the same entries. Without DAYS there are 20,000 a year or fewer, so that a
week of 1,000,000 entries holds as many as a week of 100,000: only the store grows, not what is shown of it.
"""

from __future__ import annotations

import sys
import time
from random import Random
from typing import TYPE_CHECKING

from clockeye_cli.core.entry import ID_ALPHABET, ID_LENGTH, Project, TimeEntry
from clockeye_cli.store import entries, projects
from clockeye_cli.store.database import connect, transaction
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 86_400
HOUR = 3_600
WORKING_DAY = 9 * HOUR
LATER = (0, 0, 0, 0, 0, 5 * HOUR, 10 * HOUR, 14 * HOUR)
"""How much later than on the last day people work; on some days that is over midnight."""
ENTRIES_A_YEAR = 20_000

PROJECTS = "website app api billing support sales hiring research team docs infrastructure garden"
TASKS = (
    "Fix the login bug",
    "Review",
    "Standup",
    "Planning",
    "Write the proposal",
    "Call with the client",
    "Größenprüfung",
    "会议",
    "",
)
TAGS = ("", "", "", "#bug", "#meeting", "#deep-work", "#bug #urgent")


def make(path: str, count: int, now: int, *, days: int | None = None, seed: int = 1) -> None:
    """Make a store with `count` entries.

    Args:
        path: The file; it must not be there yet.
        count: Entries.
        now: Instant at which the last one ends.
        days: Over how many days they are spread.
        seed: Another one makes other entries.
    """
    random = Random(seed)
    days = days or max(365, count * 365 // ENTRIES_A_YEAR)
    known = [
        Project(_id(random, "prj"), name, random.choice((None, True, False))) for name in PROJECTS.split()
    ]
    connection = connect(path, MIGRATIONS, APPLICATION_ID)
    connection.execute("PRAGMA cache_size=-400000")  # the ids come in no order: their index is kept in memory
    with transaction(connection):
        for project in known:
            projects.put(connection, None, project)
        for entry in tracked(random, count, now, days, [project.id for project in known]):
            entries.put(connection, None, entry)
    connection.close()


def tracked(random: Random, count: int, now: int, days: int, project_ids: list[str]) -> Iterator[TimeEntry]:
    """The entries, in the order of time: none overlaps another, some are over midnight."""
    done = 0
    for day in range(days):
        is_last = day == days - 1
        day_end = now - (days - 1 - day) * DAY + (0 if is_last else random.choice(LATER))
        entries_of_day = count * (day + 1) // days - done
        done += entries_of_day
        step = WORKING_DAY / max(1, entries_of_day)
        for number in range(entries_of_day):
            ended_at = day_end - int((entries_of_day - 1 - number) * step)
            yield _entry(random, ended_at - int(step * random.uniform(0.5, 1)), ended_at, project_ids)


def _entry(random: Random, started_at: int, ended_at: int, project_ids: list[str]) -> TimeEntry:
    description = f"{random.choice(TASKS)} {random.choice(TAGS)}".strip()
    # The first projects are worked on most; one entry in twenty has none.
    place = min(int(random.expovariate(1 / 3)), len(project_ids) - 1)
    project_id = None if random.random() < 1 / 20 else project_ids[place]
    return TimeEntry(
        _id(random, "te"), description, project_id, started_at, ended_at, random.random() < 4 / 5
    )


def _id(random: Random, kind: str) -> str:
    return f"{kind}_{''.join(random.choices(ID_ALPHABET, k=ID_LENGTH))}"


if __name__ == "__main__":
    file, number, *over = sys.argv[1:]
    make(file, int(number), int(time.time()), days=int(over[0]) if over else None)
