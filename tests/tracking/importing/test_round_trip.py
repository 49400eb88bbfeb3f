"""Our own files: export, import into an empty store, and export is the same bytes; two laptops become one."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.app import App
from tests.hostile_text import HOSTILE

TEXTS = [
    text
    for text in HOSTILE
    if len(text) < 1000 and "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
]
PROJECTS = {"": "", "web": "Nord & Co", "Größe": "", "=1+1": "", "O'Hara": "'Süd'", "my web (Nord)": "=Nord"}
"""Projects, each with its client; none begins like another one, because `-p` takes a beginning, too."""


class Work(NamedTuple):
    """An entry: its minute of the day, its seconds, and what it says."""

    minute: int
    seconds: int
    text: str
    project: str
    billable: bool


WORK = st.builds(
    Work,
    st.integers(0, 9),
    st.sampled_from([0, 1, 60, 90_000]),
    st.sampled_from([*TEXTS, "twin", "twin #ui", 'Call, "then"\nmore']),
    st.sampled_from([*PROJECTS]),
    st.booleans(),
)
HISTORY = st.lists(WORK, max_size=4)
FORMS = ("json", "ndjson", "csv", "tsv")


def track(app: App, history: list[Work]) -> None:
    for work in history:
        start = f"2026-11-18 09:{work.minute:02}:00"
        end = f"@{App(app.home, now=start).now + work.seconds}"
        project = ["-p", work.project] if work.project else []
        billable = "--billable" if work.billable else "--no-billable"
        app.ok("add", "--from", start, "--to", end, billable, "--overlap", *project, "--", work.text)
    for name in {work.project for work in history}:
        if PROJECTS[name]:
            app.ok("projects", "edit", name, "--client", PROJECTS[name])


def exported(app: App, form: str) -> bytes:
    return app.ok("export", "-o", form).out.encode()


def carry(source: App, target: App, form: str) -> None:
    file = target.home.parent / f"carried.{form}"
    file.write_bytes(content := exported(source, form))
    target.ok("import", str(file), *(["--as", "clockeye"] if not content else []))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(HISTORY)
def test_an_export_that_was_imported_is_exported_as_the_same_bytes(form: str, history: list[Work]) -> None:
    with TemporaryDirectory() as name:
        first, second = App(Path(name) / "first"), App(Path(name) / "second")
        track(first, history)
        carry(first, second, form)
        assert exported(second, form) == exported(first, form)


def test_every_text_comes_back_however_strange_or_long(app: App, tmp_path: Path) -> None:
    names = [*PROJECTS]
    texts = [*TEXTS, "x" * 300_000]
    track(app, [Work(n % 10, n, text, names[n % len(names)], n % 3 > 0) for n, text in enumerate(texts)])
    for form in FORMS:
        second = App(tmp_path / form)
        carry(app, second, form)
        assert exported(second, form) == exported(app, form)


@pytest.mark.parametrize("form", ["json", "ndjson"])
@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(HISTORY, HISTORY, HISTORY, st.booleans())
def test_two_laptops_are_the_same_after_three_ways_round(
    form: str, both: list[Work], here: list[Work], there: list[Work], begins_here: bool
) -> None:
    """Whichever is carried first, what was added on either is on both; carrying on changes nothing."""
    with TemporaryDirectory() as name:
        laptops = [App(Path(name) / "here"), App(Path(name) / "there")]
        track(laptops[0], both)
        carry(laptops[0], laptops[1], form)
        track(laptops[0], here)
        track(laptops[1], there)
        for turn in range(3):
            source = (turn + begins_here + 1) % 2
            carry(laptops[source], laptops[1 - source], form)
        ours, theirs = map(rows, laptops)
        assert ours == theirs
        assert len(ours) == len(both) + len(here) + len(there)
        for source in (0, 1):
            before = exported(laptops[1 - source], "json")
            carry(laptops[source], laptops[1 - source], form)
            assert exported(laptops[1 - source], "json") == before


def test_a_project_is_known_by_its_id_whatever_each_laptop_calls_it_and_its_client(tmp_path: Path) -> None:
    here, there = App(tmp_path / "here"), App(tmp_path / "there")
    track(here, [Work(0, 60, "both", "web", billable=True)])
    carry(here, there, "json")
    there.ok("projects", "edit", "web", "--client", "Süd")
    there.ok("projects", "rename", "web", "shop")
    here.ok("add", "--for", "5m", "--from", "2026-11-19 10:00", "-p", "web", "here")
    carry(here, there, "json")
    assert {(row["project"], row["client"]) for row in there.ok("export", "--json").data} == {("shop", "Süd")}


def rows(app: App) -> list[str]:
    """The entries as sorted JSON, without the ids of projects: two laptops may have made one each."""
    entries = app.ok("export", "--json").data
    return sorted(json.dumps({k: v for k, v in row.items() if k != "project_id"}) for row in entries)
