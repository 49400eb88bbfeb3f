"""`clockeye edit`, `split` and `delete`, and the ENTRY that they take."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, plain, refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


@pytest.fixture
def work(app: App) -> App:
    """One, 9 to 10, and Two, 10 to 11, of the project web."""
    app.ok("add", "One", "-p", "web", "--from", "9", "--to", "10")
    app.ok("add", "Two", "-p", "web", "--from", "10", "--to", "11")
    return app


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["-d", "Better"], "web: Better, 10:00–11:00 (1:00:00)"),
        (["-d", ""], "web, 10:00–11:00 (1:00:00)"),
        (["-t", "bug"], "web: Two #bug, 10:00–11:00 (1:00:00)"),
        (["-p", "acme"], "acme: Two, 10:00–11:00 (1:00:00)"),
        (["--to", "10:30"], "web: Two, 10:00–10:30 (0:30:00)"),
        (["--from", "10:15"], "web: Two, 10:15–11:00 (0:45:00)"),
        (["--from", "10:15", "--to", "10:20"], "web: Two, 10:15–10:20 (0:05:00)"),
        (["--to", "10m ago"], "web: Two, 10:00–11:50 (1:50:00)"),
        (["--from", "yesterday 23:00", "--to", "1"], "web: Two, 2026-11-19 23:00–2026-11-20 01:00 (2:00:00)"),
        (["--for", "45m"], "web: Two, 10:00–10:45 (0:45:00)"),
        (["--for", "45m", "--from", "10:10"], "web: Two, 10:10–10:55 (0:45:00)"),
        (["--for", "45m", "--to", "11:30"], "web: Two, 10:45–11:30 (0:45:00)"),
        (["--to", "+10m"], "web: Two, 10:00–11:10 (1:10:00)"),
        (["--to", "-10m"], "web: Two, 10:00–10:50 (0:50:00)"),
        (["--from", "+10m"], "web: Two, 10:10–11:00 (0:50:00)"),
        (["--from", "+10m", "--to", "+1h"], "web: Two, 10:10–12:00 (1:50:00)"),
        (["--from", "+10m", "--for", "20m"], "web: Two, 10:10–10:30 (0:20:00)"),
        (["--to", "30m ago"], "web: Two, 10:00–11:30 (1:30:00)"),
        (["--move", "15m"], "web: Two, 10:15–11:15 (1:00:00)"),
        (["--move", "+15m"], "web: Two, 10:15–11:15 (1:00:00)"),
        (["--move", "-2h"], "web: Two, 08:00–09:00 (1:00:00)"),
        (["--move", "2026-11-18"], "web: Two, 2026-11-18 10:00–11:00 (1:00:00)"),
        (["--move", "yesterday"], "web: Two, 2026-11-19 10:00–11:00 (1:00:00)"),
        (["--move", "monday"], "web: Two, 2026-11-16 10:00–11:00 (1:00:00)"),
        (["--move=-2h", "-d", "Better"], "web: Better, 08:00–09:00 (1:00:00)"),
    ],
)
def test_edit_changes_the_given_fields_and_nothing_else(work: App, args: list[str], line: str) -> None:
    assert said(work.ok("edit", "last", *args))[1] == f"Changed te_1: {line}.\n"


def test_a_bare_time_belongs_to_the_entrys_own_day(app: App) -> None:
    app.ok("add", "Old", "--from", "2026-11-16 9:00", "--to", "2026-11-16 10:00")
    app.ok("edit", "last", "--to", "11")
    app.ok("edit", "last", "--from", "8:30")
    assert app.entries() == [("2026-11-16 08:30:00", "2026-11-16 11:00:00", None, "Old")]


def test_a_bare_end_is_the_first_after_the_start(app: App) -> None:
    app.ok("add", "Night", "--from", "2026-11-16 22:00", "--to", "2026-11-16 23:00")
    app.ok("edit", "last", "--to", "1")
    assert app.entries() == [("2026-11-16 22:00:00", "2026-11-17 01:00:00", None, "Night")]


@pytest.mark.parametrize("entry", ["last", "last-3"])
@pytest.mark.parametrize(
    "command", [("edit", "-d", "New"), ("delete", "-y"), ("split", "--at", "9:00"), ("resume",)], ids=" ".join
)
def test_last_says_that_there_are_no_entries_yet(app: App, command: tuple[str, ...], entry: str) -> None:
    app.ok("start", "Runs")  # the timer is no entry yet
    assert refused(app, command[0], entry, *command[1:]) == (
        3,
        "clockeye: You have no entries yet.\n  `clockeye add DESCRIPTION --for DURATION` stores one.\n",
    )


def test_several_entries_move_together_and_get_out_of_each_others_way(work: App) -> None:
    first, second = ids(work)["One"], ids(work)["Two"]
    for order in ((first, second), (second, first)):
        work.ok("edit", *order, "--move", "30m")
        work.ok("edit", *order, "--move", "-30m")
    work.ok("edit", first, second, "--for", "20m")
    assert [row[:2] for row in work.entries()] == [
        ("2026-11-20 09:00:00", "2026-11-20 09:20:00"),
        ("2026-11-20 10:00:00", "2026-11-20 10:20:00"),
    ]


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["--for", "1h", "--from", "9", "--to", "10"], 2, "--from, --to and --for cannot be used together."),
        (["--for", "3h"], 2, "The end, 2026-11-20 13:00, is in the future; it is 2026-11-20 12:00 now."),
        (["--for", "90"], 2, "'90' has no unit."),
        (["--move", "2h"], 2, "The end, 2026-11-20 13:00, is in the future; it is 2026-11-20 12:00 now."),
        (["--move", "1h", "--for", "1h"], 2, "--move cannot be used with --from, --to or --for."),
        (["--move", "soon"], 2, "Invalid duration 'soon'."),
        (["--move", "90"], 2, "'90' has no unit."),
        (["--move", "2026-02-30"], 2, "Invalid day '2026-02-30': 2026-02-30 does not exist."),
        (["--move", "-30m"], 3, "Overlaps existing entries:"),
    ],
)
def test_lengths_and_moves_that_make_no_entry(work: App, args: list[str], code: int, message: str) -> None:
    exit_code, err = refused(work, "edit", "last", *args)
    assert (exit_code, err.splitlines()[0]) == (code, f"clockeye: {message}")


def test_the_timer_moves_its_start_and_takes_no_length(work: App) -> None:
    work.ok("start", "Timer")
    assert work.ok("edit", "current", "--move", "-15m").out == "Changed timer: Timer, since 11:45.\n"
    assert refused(work, "edit", "current", "--move", "30m")[0] == 2
    assert refused(work, "edit", "current", "--for", "30m")[0] == 2


def test_edit_changes_several_at_once_or_none(work: App) -> None:
    first, second = ids(work)["One"], ids(work)["Two"]
    assert said(work.ok("edit", first[3:8], "last", second, "-p", "acme", "--no-billable")) == (
        0,
        "Changed te_1: acme: One, 09:00–10:00 (1:00:00).\nChanged te_2: acme: Two, 10:00–11:00 (1:00:00).\n",
        "Created the project acme. (`clockeye undo` reverts this.)\n",
    )
    assert refused(work, "edit", "last", "last-7", "-p", "other") == (
        3,
        "clockeye: Unknown entry 'last-7'.\n  `clockeye log --all` shows all entries.\n",
    )
    assert refused(work, "edit", "last", "last-1", "--to", "9") == (
        2,
        "clockeye: --from and --to apply to a single entry.\n  Name one entry.\n",
    )


def test_edit_gives_json_as_a_list_of_what_it_touched(work: App) -> None:
    data = work.ok("edit", "last-1", "last", "-t", "x", "--json").data
    assert [(row["description"], row["tags"]) for row in data] == [("One #x", ["x"]), ("Two #x", ["x"])]


def test_edit_refuses_times_that_clash_and_names_them(work: App) -> None:
    assert refused(work, "edit", "last", "--from", "9:30") == (
        3,
        "clockeye: Overlaps existing entries:\n"
        "  te_1: web: One, 09:00–10:00 (1:00:00)\n"
        "  Nothing was stored. --adjust would let te_1 end at 09:30.\n"
        "  --overlap would store it anyway, and 0:30:00 would count twice.\n",
    )
    work.ok("edit", "last", "--from", "9:30", "--overlap")
    work.ok("edit", "last", "-d", "An overlap that is there does not keep the text from changing")


def test_an_edit_that_changes_nothing_leaves_nothing_in_the_history(work: App) -> None:
    assert said(work.ok("edit", "last", "-d", "Two"))[1] == (
        "Unchanged te_1: web: Two, 10:00–11:00 (1:00:00).\n"
    )
    assert len(work.ok("history", "--json").data) == 2


def test_edit_current_moves_the_start_of_the_timer_but_gives_it_no_end(work: App) -> None:
    work.ok("start", "Timer")
    assert work.ok("edit", "current", "--from", "11:15", "-d", "Now").out == (
        "Changed timer: Now, since 11:15.\n"
    )
    assert refused(work, "edit", "current", "--to", "11:30") == (
        2,
        "clockeye: A running timer has no end yet.\n  `clockeye stop --at 11:30` stops it.\n",
    )
    assert refused(work, "edit", "current", "--from", "2026-11-20 12:01")[0] == 2
    assert refused(work, "edit", "current", "--from", "10:30") == (
        3,
        "clockeye: Overlaps existing entries:\n"
        "  te_1: web: Two, 10:00–11:00 (1:00:00)\n"
        "  Nothing was stored. --adjust would let te_1 end at 10:30.\n"
        "  --overlap would store it anyway, and 0:30:00 would count twice.\n",
    )


def test_an_entry_may_not_be_moved_into_the_future(work: App) -> None:
    assert refused(work, "edit", "last", "--to", "9:30") == (
        2,
        "clockeye: The end, 2026-11-21 09:30, is in the future; it is 2026-11-20 12:00 now.\n"
        "  Give a time in the past.\n",
    )


@pytest.mark.parametrize(
    ("text", "err"),
    [
        (
            "zzzz",
            "Unknown entry 'zzzz'.\n  `clockeye log --all` shows ids in its first column;"
            " `clockeye history` shows deleted entries.\n",
        ),
        (
            "abc",
            "Unknown entry 'abc'.\n  Type at least 4 characters of an id, or `last` or `current`.\n",
        ),
        ("last-9", "Unknown entry 'last-9'.\n  `clockeye log --all` shows all entries.\n"),
        ("current", "No timer is running.\n  `clockeye log` shows the entries.\n"),
        (
            "last-",
            "Unknown entry 'last-'.\n  `clockeye log --all` shows ids in its first column;"
            " `clockeye history` shows deleted entries.\n",
        ),
    ],
)
def test_an_entry_that_is_not_there_is_exit_3(work: App, text: str, err: str) -> None:
    assert refused(work, "edit", text, "-d", "x") == (3, f"clockeye: {err}")


def test_an_entry_is_meant_by_any_beginning_of_its_id_with_or_without_te(work: App) -> None:
    whole = ids(work)["One"]
    for text in (whole, whole[3:], whole[:7], whole[3:7], f" {whole} "):
        work.ok("edit", text, "-t", "again")
    assert work.entries()[0][3] == "One #again"


def test_the_first_column_of_log_is_understood(work: App) -> None:
    first_column = work.ok("log", terminal=True).out.splitlines()[2].split()[0]
    assert (
        said(work.ok("--color", "never", "log", terminal=True))[1].splitlines()[2].startswith("id__  09:00")
    )
    plain_id = first_column.removeprefix("\x1b[2m").removesuffix("\x1b[0m")
    assert said(work.ok("edit", plain_id, "-d", "Meant"))[1] == (
        "Changed te_1: web: Meant, 09:00–10:00 (1:00:00).\n"
    )


def test_an_id_that_a_timer_had_before_an_undo_is_understood_for_ever(app: App) -> None:
    former = app.ok("start", "Fix", "--json").data["id"]
    app.ok("stop")
    app.ok("undo")
    assert app.ok("status", "--json").data["id"] != former
    assert app.ok("edit", former, "-d", "Found").out == "Changed timer: Found, since 12:00.\n"
    app.at("2026-11-20 12:30:00").ok("stop")
    assert said(app.ok("edit", former, "-d", "Again"))[1] == "Changed te_1: Again, 12:00–12:30 (0:30:00).\n"


def test_edit_without_options_needs_a_terminal(work: App) -> None:
    expected = (
        2,
        "clockeye: Cannot open the editor: no terminal.\n"
        "  Use --from, --to, -d, -p, -t or --billable instead.\n",
    )
    assert refused(work, "edit", "last") == expected
    assert refused(work, "edit", "last", "--no-input", terminal=True) == expected
    assert refused(work, "edit", "last", "last-1") == expected


@pytest.fixture
def editor(work: App, tmp_path: Path) -> Path:
    """The user's editor: runs the sed script of this file over what it is given, and keeps that."""
    script = tmp_path / "editor"
    script.write_text(
        f'#!/bin/sh\ncp "$1" {tmp_path}/form\nsed -i -f {tmp_path}/sed "$1"\n'
    )  # the form's own name ends in .txt
    script.chmod(0o755)
    work.environ |= {"EDITOR": str(script), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)}
    return tmp_path / "sed"


def test_the_editor_opens_a_form_and_only_what_changed_is_changed(
    work: App, editor: Path, tmp_path: Path
) -> None:
    editor.write_text("s/^to: .*/to: 10:40/\ns/^description: .*/description: In the editor\\nsecond line/\n")
    result = work.ok("edit", "last", terminal=True)
    assert said(result) == (
        0,
        "Changed te_1: web: In the editor second line, 10:00–10:40 (0:40:00).\n",
        "",
    )
    assert (tmp_path / "form").read_text() == (
        "# Edit the lines below, then save and close. Fields that you leave alone do not change.\n"
        "# Times take the same forms as `clockeye edit --from` and `--to`."
        " The description runs to the end of the file.\n"
        "from: 2026-11-20 10:00:00\n"
        "to: 2026-11-20 11:00:00\n"
        "project: web\n"
        "billable: yes\n"
        "description: Two\n"
    )
    assert work.entries()[1] == (
        "2026-11-20 10:00:00",
        "2026-11-20 10:40:00",
        "web",
        "In the editor\nsecond line",
    )


def test_the_form_of_the_timer_has_no_end(work: App, editor: Path, tmp_path: Path) -> None:
    work.ok("start", "Timer")
    editor.write_text("s/^project: .*/project: web/\ns/^billable: yes/billable: no/\n")
    assert work.ok("edit", "current", terminal=True).out == "Changed timer: web: Timer, since 12:00.\n"
    assert "to:" not in [line[:3] for line in (tmp_path / "form").read_text().splitlines()]
    assert work.ok("status", "--json").data["billable"] is False


def test_an_editor_that_deletes_its_file_changes_nothing(work: App, tmp_path: Path) -> None:
    script = tmp_path / "deletes"
    script.write_text('#!/bin/sh\nrm "$1"\n')
    script.chmod(0o755)
    work.environ |= {"EDITOR": str(script), "PATH": os.environ["PATH"]}
    assert said(work.run("edit", "last", terminal=True)) == (
        1,
        "",
        f"clockeye: The editor {str(script)!r} has deleted its file.\n  Nothing was changed.\n",
    )


def test_a_form_that_is_left_as_it_was_changes_nothing(work: App, editor: Path) -> None:
    editor.write_text("")
    assert said(work.ok("edit", "last", terminal=True)) == (0, "", "Nothing was changed.\n")
    assert len(work.ok("history", "--json").data) == 2


@pytest.mark.parametrize(
    ("sed", "code", "message"),
    [
        ("s/^to: .*/to: 25:99/", 2, "Invalid time '25:99': there is no hour 25."),
        ("s/^from: .*/from: 9:30/", 3, "Overlaps existing entries:"),
        ("/^description/,$d", 2, "The line `description:` is missing from the form."),
        ("/^billable/d", 2, "Missing or unexpected lines in the form: billable."),
        ("s/^billable: .*/billable: maybe/", 2, "billable must be yes or no, not 'maybe'."),
        ("s/^project: .*/client: x/", 2, "Unexpected line in the form: 'client: x'."),
    ],
)
def test_a_form_that_is_refused_is_kept_as_a_draft(
    work: App, editor: Path, sed: str, code: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(editor.parent))
    editor.write_text(f"{sed}\ns/^description: Two/description: Much typed/\n")
    said_code, err = refused(work, "edit", "last", terminal=True)
    assert said_code == code
    assert err.startswith(f"clockeye: {message}\n")
    draft = err.split("Your text was saved to ")[1].removesuffix(".\n")
    with open(draft, encoding="utf-8") as file:
        content = file.read()
    assert content.startswith("# Edit the lines below")
    assert ("Much typed" in content) is ("description" not in sed)
    assert os.stat(draft).st_mode & 0o777 == 0o600


def counting(editor: Path, script: str) -> Path:
    """An editor that runs a script, and adds a line to a file each time that it is opened."""
    program, folder = editor.parent / "editor", editor.parent
    program.write_text(f'#!/bin/sh\ncp "$1" {folder}/form\necho x >> {folder}/opened\n{script}\n')
    return folder / "opened"


def test_the_editor_opens_again_with_the_error_above_what_was_typed(work: App, editor: Path) -> None:
    bad, good = (f'sed -i "s/^to:.*/to: {time}/" "$1"' for time in ("25:99", "10:30"))
    opened = counting(editor, f'if grep -q "^#! " "$1"; then {good}; else {bad}; fi')
    assert said(work.ok("edit", "last", terminal=True))[1] == (
        "Changed te_1: web: Two, 10:00–10:30 (0:30:00).\n"
    )
    assert opened.read_text() == "x\nx\n"
    first, second, *form = (editor.parent / "form").read_text().splitlines()
    assert first == "#! Invalid time '25:99': there is no hour 25."
    assert second.startswith("#! Examples: ")
    assert form[0].startswith("# Edit the lines below")
    assert form[3] == "to: 25:99"


def test_a_text_that_comes_back_unchanged_is_not_asked_for_a_third_time(work: App, editor: Path) -> None:
    opened = counting(editor, 'sed -i "s/^to:.*/to: 25:99/" "$1"')
    code, err = refused(work, "edit", "last", terminal=True)
    assert (code, opened.read_text()) == (2, "x\nx\n")
    assert err.startswith("clockeye: Invalid time '25:99': there is no hour 25.\n")
    draft = err.split("Your text was saved to ")[1].removesuffix(".\n")
    with open(draft, encoding="utf-8") as file:
        assert file.readline().startswith("# Edit the lines below")


def test_a_form_that_is_put_back_after_an_error_changes_nothing(work: App, editor: Path) -> None:
    bad, former = (f'sed -i "s/^to:.*/to: {time}/" "$1"' for time in ("x", "2026-11-20 11:00:00"))
    counting(editor, f'if grep -q "^#! " "$1"; then {former}; else {bad}; fi')
    assert said(work.ok("edit", "last", terminal=True)) == (0, "", "Nothing was changed.\n")


def test_the_lines_with_the_error_may_be_edited(work: App, editor: Path) -> None:
    counting(editor, 'grep -q 25:99 "$1" && sed -i s/25:99/10:30/ "$1" || sed -i "s/^to:.*/to: 25:99/" "$1"')
    assert said(work.ok("edit", "last", terminal=True))[1] == (
        "Changed te_1: web: Two, 10:00–10:30 (0:30:00).\n"
    )


def test_an_editor_that_never_gets_it_right_is_left(work: App, editor: Path) -> None:
    opened = counting(editor, 'sed -i "s/^to: /to: x/" "$1"')
    assert refused(work, "edit", "last", terminal=True)[0] == 2
    assert len(opened.read_text().splitlines()) == 20


@pytest.mark.parametrize(
    "script",
    [
        'sed -i "s/$/\\r/" "$1"',
        'sed -i "1s/^/\\xef\\xbb\\xbf/" "$1"',
        'echo >> "$1"; echo >> "$1"',
        'printf %s "$(cat "$1")" > "$1.new"; mv "$1.new" "$1"',
        'iconv -f utf-8 -t utf-16 "$1" > "$1.new"; mv "$1.new" "$1"',
    ],
    ids=["crlf", "bom", "newlines", "no newline", "utf-16"],
)
def test_a_form_that_is_only_saved_changes_nothing(work: App, editor: Path, script: str) -> None:
    work.ok("edit", "last", "-d", "Zwei Bücher\nund mehr")
    counting(editor, script)
    assert said(work.ok("edit", "last", terminal=True)) == (0, "", "Nothing was changed.\n")
    counting(editor, f'sed -i "s/^project:.*/project: acme/" "$1"; {script}')
    work.ok("edit", "last", terminal=True)
    assert work.entries()[1][2:] == ("acme", "Zwei Bücher\nund mehr")


def test_a_text_that_is_not_utf_8_is_kept_and_refused(work: App, editor: Path) -> None:
    counting(editor, 'printf "caf\\351" >> "$1"')
    code, err = refused(work, "edit", "last", terminal=True)
    assert code == 2
    program = str(editor.parent / "editor")
    assert err.startswith(f"clockeye: The editor {program!r} has saved a text that is not UTF-8.\n")
    with open(err.split("Your text was saved to ")[1].removesuffix(".\n"), "rb") as file:
        assert file.read().endswith(b"caf\xe9")


def test_a_plus_word_in_the_form_is_a_tag_and_tags_can_be_deleted_there(work: App, editor: Path) -> None:
    work.ok("edit", "last", "-t", "bug")
    counting(editor, 'sed -i "s/^description:.*/description: +ui Two (again)/" "$1"')
    assert said(work.ok("edit", "last", terminal=True))[1] == (
        "Changed te_1: web: Two (again) #ui, 10:00–11:00 (1:00:00).\n"
    )


def test_an_editor_that_fails_or_is_not_there_changes_nothing(work: App) -> None:
    work.environ |= {"EDITOR": "false", "PATH": os.environ["PATH"]}
    assert refused(work, "edit", "last", terminal=True) == (
        1,
        "clockeye: The editor 'false' exited with 1.\n  Nothing was changed.\n",
    )
    work.environ["VISUAL"] = "/not/there"
    code, err = refused(work, "edit", "last", terminal=True)
    assert code == 1
    assert err.startswith("clockeye: Cannot run the editor '/not/there':")
    assert err.endswith("\n  Set EDITOR to another editor.\n")


def test_an_entry_that_changes_while_the_editor_is_open_is_not_overwritten(
    work: App, editor: Path, tmp_path: Path
) -> None:
    # The other terminal's command, run by the editor.
    script = tmp_path / "editor"
    entry = ids(work)["Two"]
    database = work.home / "local.db"
    script.write_text(
        f"#!/bin/sh\npython3 -c \"import sqlite3; c = sqlite3.connect('{database}');"
        f" c.execute('UPDATE entries SET description = ? WHERE local_id = ?', ('Other', '{entry}'));"
        f' c.commit()"\nsed -i s/Two/Mine/ "$1"\n'
    )
    editor.write_text("")
    result = work.run("edit", "last", terminal=True)
    assert (result.code, result.err.splitlines()[0]) == (
        3,
        "clockeye: The entry has changed in the meantime.",
    )
    assert work.entries()[1][3] == "Other"


def test_split_makes_two_and_the_first_keeps_the_id(work: App) -> None:
    whole = ids(work)["Two"]
    assert said(work.ok("split", "last", "--at", "10:20", "--gap", "10m")) == (
        0,
        "Split in two:\n  te_1: web: Two, 10:00–10:20 (0:20:00)\n  te_2: web: Two, 10:30–11:00 (0:30:00)\n",
        "",
    )
    rows = work.ok("log", "--json").data
    assert [(row["duration"], row["id"] == whole) for row in rows] == [
        (3600, False),
        (1200, True),
        (1800, False),
    ]


def test_split_of_the_timer_leaves_the_second_part_running(work: App) -> None:
    timer = work.ok("start", "Timer", "--at", "11", "--json").data["id"]
    assert said(work.ok("split", "current", "--at", "20m ago", "--gap", "5m"))[1] == (
        "Split in two:\n  te_1: Timer, 11:00–11:40 (0:40:00)\n  timer: Timer, since 11:45\n"
    )
    assert work.ok("status", "--json").data["id"] == timer


@pytest.mark.parametrize(
    ("args", "err"),
    [
        (
            ["--at", "11:01"],
            "'11:01', 2026-11-20 11:01, is outside the entry, 2026-11-20 10:00 to 2026-11-20 11:00.\n"
            "  Give a time between its start and its end.\n",
        ),
        (
            ["--at", "10:50", "--gap", "11m"],
            "The second part would begin after the entry's end.\n  Split earlier, or use a shorter gap.\n",
        ),
        ([], "Missing option '--at'.\n  `clockeye split --help` shows the usage.\n"),
        (["--at", "10:30", "--gap", "0m"], "Invalid duration '0m': it must be greater than zero.\n"),
    ],
)
def test_a_split_that_cannot_be_is_exit_2(work: App, args: list[str], err: str) -> None:
    code, said_err = refused(work, "split", "last", *args)
    assert code == 2
    assert said_err.startswith(f"clockeye: {err}")


def test_a_split_over_midnight_takes_the_first_such_time_after_the_start(app: App) -> None:
    app.ok("add", "Night", "--from", "2026-11-18 22:00", "--to", "2026-11-19 04:00")
    app.ok("split", "last", "--at", "1:00")
    assert [row[:2] for row in app.entries()] == [
        ("2026-11-18 22:00:00", "2026-11-19 01:00:00"),
        ("2026-11-19 01:00:00", "2026-11-19 04:00:00"),
    ]


def test_delete_asks_and_prints_what_it_deleted(work: App) -> None:
    assert said(work.ok("delete", "last", terminal=True, stdin="n\n")) == (
        0,
        "",
        "Delete te_1: web: Two, 10:00–11:00 (1:00:00)? [y/N] Nothing was changed.\n",
    )
    assert said(work.ok("delete", "last", terminal=True, stdin="Y\n"))[1] == (
        "Deleted te_1: web: Two, 10:00–11:00 (1:00:00).\n`clockeye undo` reverts this.\n"
    )
    assert work.ok("undo").code == 0
    assert len(work.entries()) == 2


def test_delete_of_several_asks_once_and_deletes_all_or_none(work: App) -> None:
    assert refused(work, "delete", "last", "last-1", "last") == (
        2,
        "clockeye: te_1: web: Two, 10:00–11:00 (1:00:00)\n"
        "  te_2: web: One, 09:00–10:00 (1:00:00)\n"
        "  Delete these 2 entries? Cannot ask: not running interactively.\n"
        "  Answer with -y.\n",
    )
    assert refused(work, "delete", "last", "zzzz", "-y")[0] == 3
    data = work.ok("delete", "last", "last-1", "-y", "--json").data
    assert [row["description"] for row in data] == ["Two", "One"]
    assert work.entries() == []


def test_the_timer_is_not_deleted_but_stopped_or_cancelled(work: App) -> None:
    work.ok("start", "Timer")
    assert refused(work, "delete", "current", "-y") == (
        3,
        "clockeye: The timer is still running.\n  `clockeye stop` makes it an entry.\n",
    )


def test_a_beginning_that_several_ids_have_is_exit_3(app: App) -> None:
    # 40 entries share 32 first letters; four letters of one are made those of another in the file itself.
    app.ok("add", "One", "--from", "9", "--to", "10")
    app.ok("add", "Two", "--from", "10", "--to", "11")
    import sqlite3

    connection = sqlite3.connect(app.home / "local.db")
    with connection:
        connection.execute("UPDATE entries SET local_id = 'te_abcd11111111' WHERE description = 'One'")
        connection.execute("UPDATE entries SET local_id = 'te_abcd22222222' WHERE description = 'Two'")
    connection.close()
    assert refused(app, "edit", "abcd", "-d", "x") == (
        3,
        "clockeye: Several entries begin with 'abcd'.\n  Type more of the id.\n",
    )
    shown = app.ok("--color", "never", "log", terminal=True).out
    assert [line.split()[0] for line in shown.splitlines()[2:]] == ["abcd1", "abcd2"]
    assert plain(app.ok("edit", "abcd2", "-d", "x").out).startswith("Changed te_1: x")
