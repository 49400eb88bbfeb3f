"""However a history is cut into files, and in whichever order they are imported, it is here once."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app import App

HEADER = "Email,Project,Description,Start date,Start time,End date,End time,Duration,Tags"


class Work(NamedTuple):
    """A row at the source: its hour from the first day on, and what it says."""

    hour: int
    project: str
    description: str
    tags: str = ""


WORK = st.builds(
    Work,
    st.integers(0, 12),
    st.sampled_from(["oak", "elm"]),
    st.sampled_from(["", "dig", "plant"]),
    st.sampled_from(["", "wet"]),
)
HISTORY = st.lists(WORK, max_size=10)
CUTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=3)
ORDER = st.permutations([0, 1, 2])


def row(work: Work) -> str:
    day, hour = divmod(work.hour, 6)
    day_text = f"2026-11-{2 + day:02}"
    start, end = f"{9 + hour:02}:00:00", f"{9 + hour:02}:30:00"
    said = f"{work.project},{work.description}"
    return f"kim@example.org,{said},{day_text},{start},{day_text},{end},00:30:00,{work.tags}"


def written(folder: Path, name: str, history: list[Work]) -> str:
    file = folder / f"{name}.csv"
    file.write_text("\n".join([HEADER, *map(row, history)]) + "\n")
    return str(file)


def here(app: App) -> Counter[tuple[str, ...]]:
    rows = app.ok("log", "--all", "--json").data
    return Counter((each["started_at"], str(each["project"]), each["description"]) for each in rows)


def shown(work: Work) -> tuple[str, ...]:
    """What the row is here."""
    day, hour = divmod(work.hour, 6)
    text = " ".join(filter(None, (work.description, work.tags and f"#{work.tags}")))
    return f"2026-11-{2 + day:02}T{8 + hour:02}:00:00Z", work.project, text


def starts(app: App) -> Counter[str]:
    return Counter(each["started_at"] for each in app.ok("log", "--all", "--json").data)


@settings(max_examples=15, deadline=None)
@given(HISTORY, CUTS, ORDER, ORDER)
def test_three_imports_are_one_in_any_order(
    history: list[Work], cuts: list[tuple[int, int]], first: list[int], second: list[int]
) -> None:
    """Exports by date of one history: each has both or neither of two rows with the same times."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = [
            written(folder, str(number), [work for work in history if min(cut) <= work.hour <= max(cut)])
            for number, cut in enumerate(cuts)
        ]
        one, three = App(folder / "one"), App(folder / "three")
        one.ok("import", *(files[number] for number in first))
        for number in second:
            three.ok("import", files[number])
        wanted = Counter(work.hour for work in history if any(min(c) <= work.hour <= max(c) for c in cuts))
        assert here(one) == here(three)
        assert sum(here(one).values()) == sum(wanted.values())
        for app in (one, three):  # and all of it again
            app.ok("import", *reversed(files))
        assert here(one) == here(three)
        assert sum(here(one).values()) == sum(wanted.values())


@settings(max_examples=15, deadline=None)
@given(HISTORY, HISTORY, st.data())
def test_what_changes_at_the_source_is_never_doubled_and_never_lost(
    history: list[Work], more: list[Work], data: st.DataObject
) -> None:
    """A later export: a project renamed, tags added, rows gone, others new."""
    kept = [work for work in history if data.draw(st.booleans())]
    later = [
        work._replace(project="beech" if work.project == "oak" else work.project, tags=work.tags or "new")
        for work in kept
    ] + more
    with TemporaryDirectory() as name:
        folder = Path(name)
        old, new = written(folder, "old", history), written(folder, "new", later)
        one, other = App(folder / "one"), App(folder / "other")
        one.ok("import", old)
        one.ok("import", new, "--update")
        other.ok("import", old, new, "--update")
        assert here(one) == here(other)
        # Of rows with the same times, as many as the file with the most of them has.
        most = Counter(work.hour for work in history) | Counter(work.hour for work in later)
        assert sum(starts(one).values()) == sum(most.values())
        assert Counter(map(shown, later)) <= here(one)
        counts = json.loads(one.ok("import", new, "--json").out)["data"]["counts"]
        assert (counts["new"], counts["changed"]) == (0, 0)
