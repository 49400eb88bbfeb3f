"""`clockeye edit A B C` in the editor: one form with a paragraph for each entry, all changed or none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, plain, refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


@pytest.fixture
def day(app: App, tmp_path: Path) -> App:
    """Three entries, a timer, and an editor that does what the file `sed` says and keeps the form."""
    app.ok("add", "One", "-p", "web", "--from", "8", "--to", "9")
    app.ok("add", "Two\n=== te_ line", "--from", "9", "--to", "10")
    app.ok("add", "", "-p", "acme", "--from", "10", "--to", "11")
    app.ok("start", "Timer", "--at", "11:30")
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/form\nsed -i -f {tmp_path}/sed "$1"\n')
    editor.chmod(0o755)
    app.environ |= {"EDITOR": str(editor), "PATH": os.environ["PATH"]}
    return app


ALL = ("last-2", "last-1", "last", "current")


def test_the_form_has_a_paragraph_for_each(day: App, tmp_path: Path) -> None:
    (tmp_path / "sed").write_text("")
    assert said(day.ok("edit", *ALL, terminal=True)) == (0, "", "Nothing was changed.\n")
    assert plain((tmp_path / "form").read_text()) == (
        "# Edit the lines below, then save and close. Fields that you leave alone do not change.\n"
        "# Times take the same forms as `clockeye edit --from` and `--to`."
        " Each entry begins with a line that has its\n"
        "# id; its description runs to the next such line. All entries are changed, or none.\n"
        "\n"
        "==== te_1 ====\n"
        "from: 2026-11-20 08:00:00\nto: 2026-11-20 09:00:00\nproject: web\nbillable: yes\ndescription: One\n"
        "\n"
        "==== te_2 ====\n"
        "from: 2026-11-20 09:00:00\nto: 2026-11-20 10:00:00\nproject: \nbillable: yes\n"
        "description: Two\n=== te_ line\n"
        "\n"
        "==== te_3 ====\n"
        "from: 2026-11-20 10:00:00\nto: 2026-11-20 11:00:00\nproject: acme\nbillable: yes\ndescription: \n"
        "\n"
        "==== te_4 ====\n"
        "from: 2026-11-20 11:30:00\nproject: \nbillable: yes\ndescription: Timer\n"
    )


def test_each_gets_its_own_changes_and_one_undo_reverts_them(day: App, tmp_path: Path) -> None:
    before = day.entries()
    (tmp_path / "sed").write_text(
        "s/^project: web/project: none/\ns/^description: Two/description: Second/\ns/11:30:00/11:15/\n"
    )
    out = plain(day.ok("edit", *ALL, terminal=True).out)
    assert [line.split()[0] for line in out.splitlines() if ":" in line] == [
        *("Changed", "Changed", "Unchanged", "Changed")
    ]
    assert day.entries() == [
        ("2026-11-20 08:00:00", "2026-11-20 09:00:00", None, "One"),
        ("2026-11-20 09:00:00", "2026-11-20 10:00:00", None, "Second\n=== te_ line"),
        before[2],
        ("2026-11-20 11:15:00", "running", None, "Timer"),
    ]
    day.ok("undo")
    assert day.entries() == before


def test_entries_may_take_each_others_place(day: App, tmp_path: Path) -> None:
    (tmp_path / "sed").write_text("s/10:00:00/10:30/\ns/09:00:00/09:30/\n")
    day.ok("edit", "last-2", "last-1", "last", terminal=True)
    assert [row[:2] for row in day.entries()][:3] == [
        ("2026-11-20 08:00:00", "2026-11-20 09:30:00"),
        ("2026-11-20 09:30:00", "2026-11-20 10:30:00"),
        ("2026-11-20 10:30:00", "2026-11-20 11:00:00"),
    ]
    (tmp_path / "sed").write_text("s/^to: .*09:30:00/to: 09:45/\n")
    code, err = refused(day, "edit", "last-2", "last-1", terminal=True)
    assert (code, "Overlaps existing entries" in err) == (3, True)


@pytest.mark.parametrize(
    ("sed", "message"),
    [
        (
            "/te_/,/^description/d",
            "Missing or unexpected entries in the form: ==== te_1 ====, ==== te_2 ====.",
        ),
        ("s/^billable: yes/billable: maybe/", "billable must be yes or no, not 'maybe'."),
        ("3a nothing", "Unexpected line in the form: 'nothing'."),
        ("s/te_..../te_zzzz/", "Missing or unexpected entries in the form: "),
    ],
)
def test_a_form_that_is_not_understood_changes_nothing(
    day: App, tmp_path: Path, sed: str, message: str
) -> None:
    (tmp_path / "sed").write_text(f"{sed}\n")
    code, err = refused(day, "edit", "last-2", "last-1", terminal=True)
    assert code == 2
    assert err.replace("te_2 ====, ==== te_1", "te_1 ====, ==== te_2").startswith(f"clockeye: {message}")
    assert "Your text was saved to " in err


def test_without_a_terminal_it_is_usage(day: App) -> None:
    assert refused(day, "edit", "last", "last-1")[0] == 2
    assert ids(day)
