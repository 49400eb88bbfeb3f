"""`clockeye config`: the settings, where each value comes from, and files that are not well."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


def sources(app: App, *options: str) -> dict[str, tuple[str, str]]:
    rows = app.ok("config", "list", "--json", *options).data
    return {row["key"]: (row["value"], row["source"]) for row in rows}


def test_list_shows_all_settings_their_values_and_where_each_comes_from(app: App) -> None:
    assert app.ok("config", "list").out == (
        "key\tvalue\tsource\tabout\n"
        "billable\ttrue\tdefault\twhether new entries are billable\n"
        "chart\tfalse\tdefault\twhether log and report show charts on a terminal\n"
        "closed_until\t\tdefault\tthe last day whose entries no command changes\n"
        "day_start\t00:00\tdefault\twhen a day begins; with 04:00, work after midnight counts towards the"
        " previous day\n"
        "gaps.min\t15m\tdefault\tthe shortest gap that gaps lists\n"
        "history.keep\t\tdefault\thow many commands the history keeps, such as 5000; empty for all\n"
        "holidays\t\tdefault\tdays off, such as 2026-12-25 Christmas, 2026-12-24 half,"
        " 2026-07-06..2026-07-17 leave\n"
        "hooks.timeout\t10s\tdefault\thow long a hook may run before it is killed\n"
        "max_timer\t12h\tdefault\tthe length beyond which a timer or entry is flagged as forgotten\n"
        "precision\tsecond\tdefault\tsecond, or minute to start and stop timers at whole minutes\n"
        "profile\tlocal\tdefault\tthe profile that commands work on\n"
        "project\t\tdefault\tthe project of new entries, unless one is given\n"
        "rate\t\tdefault\twhat an hour of billable time costs, such as 80 EUR; empty for none\n"
        "rounding\t\tdefault\trule for --round, such as 15m up per day; empty for none\n"
        "sender\t\tdefault\twho hands in a report, such as Kim Roe; Kai 2; 20457 Hamburg\n"
        "sync.background\ttrue\tdefault\twhether a command at a terminal sends its changes"
        " in the background\n"
        "sync.fresh\t15s\tdefault\thow long entries read from the account are considered fresh\n"
        "sync.settle\t30s\tdefault\thow long the account may take to show a change\n"
        "sync.timer\ttrue\tdefault\twhether a running timer is sent to the account\n"
        "target\t\tdefault\tthe time to work: 8h a work day, 38h a week, or mon-thu 8h, fri 6h;"
        " empty for none\n"
        "week_start\tmonday\tdefault\tthe first day of the week\n"
        "work_days\tmonday-friday\tdefault\tthe working days, for target, gaps and check\n"
        "work_hours\t09:00-17:00\tdefault\tthe working hours, for gaps, check --idle and forgotten timers;"
        " 22:00-06:00 ends after midnight\n"
        "zone\t\tdefault\tthe time zone of days and times; empty for the computer's\n"
    )
    assert not app.home.exists()


def test_the_environment_beats_the_profile_which_beats_the_file_which_beats_the_default(app: App) -> None:
    path = f"{app.home}/config.toml"
    assert sources(app)["week_start"] == ("monday", "default")
    app.ok("config", "set", "week_start", "sunday")
    assert sources(app)["week_start"] == ("sunday", path)
    app.ok("config", "set", "week_start", "saturday", "-P", "local")
    assert sources(app)["week_start"] == ("saturday", f"{path} [profiles.local]")
    app.environ["CLOCKEYE_WEEK_START"] = "friday"
    assert sources(app)["week_start"] == ("friday", "environment (CLOCKEYE_WEEK_START)")
    app.environ["CLOCKEYE_WEEK_START"] = ""
    assert sources(app)["week_start"][0] == "saturday"


def test_set_get_and_unset(app: App) -> None:
    assert app.ok("config", "set", "day_start", "04:00").out == "day_start is now '04:00'.\n"
    assert app.ok("config", "get", "day_start").out == "04:00\n"
    assert app.ok("config", "get", "day_start", "--json").data == {
        "key": "day_start",
        "value": "04:00",
        "source": f"{app.home}/config.toml",
        "about": "when a day begins; with 04:00, work after midnight counts towards the previous day",
    }
    assert app.ok("config", "unset", "day_start").out == (
        "day_start is no longer set. Its value is '00:00' (default).\n"
    )
    assert app.ok("config", "unset", "day_start").out == (
        "day_start was not set. Its value is '00:00' (default).\n"
    )


def test_a_value_of_several_words_needs_no_quotes(app: App) -> None:
    assert app.ok("config", "set", "rounding", "15m", "up", "per", "day").out == (
        "rounding is now '15m up per day'.\n"
    )
    app.ok("config", "set", "alias.t", "log", "today", "-q")
    assert app.ok("config", "get", "alias.t").out == "log today\n"


def test_unset_tells_the_value_that_is_left(app: App) -> None:
    app.ok("config", "set", "zone", "UTC")
    app.ok("config", "set", "zone", "Asia/Tokyo", "-P", "local")
    result = app.ok("config", "unset", "zone", "-P", "local", "--json")
    assert (result.data["value"], result.data["source"]) == ("UTC", f"{app.home}/config.toml")


def test_set_says_where_the_environment_beats_it(app: App) -> None:
    app.environ["CLOCKEYE_ZONE"] = "Asia/Tokyo"
    result = app.ok("config", "set", "zone", "UTC")
    assert result.err == "But CLOCKEYE_ZONE is set to 'Asia/Tokyo', which overrides the config file.\n"


def test_set_keeps_the_comments_and_the_order_of_the_file(app: App) -> None:
    app.home.mkdir()
    path = app.home / "config.toml"
    path.write_text("# mine\nzone = 'UTC' # why not\n\n[profiles.work]\nday_start = '05:00'\n")
    app.ok("config", "set", "zone", "Europe/Berlin")
    app.ok("config", "set", "billable", "false")
    app.ok("config", "set", "week_start", "sunday", "-P", "work")
    assert path.read_text() == (
        '# mine\nzone = "Europe/Berlin" # why not\nbillable = false\n\n'
        "[profiles.work]\nday_start = '05:00'\nweek_start = \"sunday\"\n"
    )
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_a_new_file_says_whose_it_is(app: App) -> None:
    app.ok("config", "set", "zone", "UTC")
    app.ok("config", "unset", "zone")
    assert (app.home / "config.toml").read_text() == (
        "# clockeye's settings. `clockeye config list` shows them all.\n"
    )
    app.ok("start", "x")


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("max_timer", "soon", "Invalid duration 'soon'."),
        ("max_timer", "12", "'12' has no unit."),
        ("day_start", "24:00", "the day ends at 23:59."),
        ("day_start", "4.00", "expected a time of day such as 04:30."),
        ("day_start", "4:0", "expected a time of day such as 04:30."),
        ("day_start", "4 am", "expected a time of day such as 04:30."),
        ("day_start", "04:60", "the day ends at 23:59."),
        ("week_start", "someday", "expected a weekday such as sunday."),
        ("billable", "maybe", "expected true or false."),
        ("zone", "Nowhere/City", "expected a time zone such as Europe/Berlin."),
        ("target", "8", "'8' has no unit."),
        ("target", "mon-fri 8h, fri 6h", "Friday is in it twice."),
        ("gaps.min", "0m", "Invalid duration '0m': it must be greater than zero."),
        (
            "holidays",
            "2026-12-25 Christmas, 2026-02-30",
            "expected 2026-12-25 Christmas, 2026-12-24 half Christmas Eve or 2026-07-06..2026-07-17 leave,"
            " not '2026-02-30'.",
        ),
        ("zone", "new york", "expected a time zone such as America/New_York."),
        ("zone", "../../etc/passwd", "expected a time zone such as Europe/Berlin."),
    ],
)
def test_a_value_that_is_not_understood_is_not_stored(app: App, key: str, value: str, why: str) -> None:
    result = app.run("config", "set", key, value)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[0] == f"clockeye: Invalid value '{value}' for {key}: {why}"
    assert not app.home.exists()
    error = json.loads(app.run("config", "set", key, value, "--json").err)["error"]
    assert error["code"] == "bad_setting"


def test_a_slip_is_answered_with_what_may_be_meant(app: App) -> None:
    assert app.run("config", "get", "maxtimer").err.startswith(
        "clockeye: Unknown setting 'maxtimer'. Did you mean max_timer?\n"
    )


@pytest.mark.parametrize("args", [["get", "nope"], ["set", "nope", "x"], ["unset", "nope"]])
def test_a_setting_that_there_is_not(app: App, args: list[str]) -> None:
    assert app.run("config", *args) == (
        2,
        "",
        "clockeye: Unknown setting 'nope'.\n"
        "  Known: billable, chart, closed_until, day_start, gaps.min, history.keep, holidays,"
        " hooks.timeout, max_timer, precision, profile, project, rate, rounding, sender,"
        " sync.background, sync.fresh, sync.settle, sync.timer, target, week_start, work_days, work_hours,"
        " zone.\n",
    )


def test_edit_refuses_a_setting_that_does_not_exist(app: App, tmp_path: Path) -> None:
    app.ok("config", "set", "week_start", "sunday")
    path = app.home / "config.toml"
    before = path.read_text()
    editor = tmp_path / "editor"
    line = 'grep -q strat "$1" || printf \'week_strat = "monday"\\n\' >> "$1"'
    editor.write_text(f"#!/bin/sh\n{line}\n")
    editor.chmod(0o755)
    app.environ |= {"EDITOR": str(editor), "PATH": os.environ["PATH"]}
    result = app.run("config", "edit", terminal=True)
    assert result.code == 2
    assert result.err.startswith(
        "clockeye: Unknown setting 'week_strat'. Did you mean week_start?\n  The settings were not changed."
    )
    assert path.read_text() == before


def test_a_slip_in_the_file_is_pointed_out_and_stops_nothing(app: App) -> None:
    app.home.mkdir()
    path = app.home / "config.toml"
    path.write_text("week_strat = 'sunday'\n[profiles.local]\ndaystart = '04:00'\n")
    result = app.ok("add", "x", "--for", "1m")
    assert result.err == (
        f"{path}: unknown setting week_strat, profiles.local.daystart."
        " `clockeye config list` shows all settings.\n"
    )
    assert app.ok("log").err == ""  # once a day
    assert "unknown setting" in app.at("2026-11-21 00:00:00").ok("log").err
    assert app.ok("config", "list").err.splitlines() == [
        f"{path}: Unknown setting 'week_strat'. Did you mean week_start?",
        f"{path}: Unknown setting 'profiles.local.daystart'.",
    ]


@pytest.mark.parametrize(
    ("config", "variable", "source"),
    [
        ("max_timer = 'soon'\n", "", "config.toml"),
        ("[profiles.local]\nmax_timer = 7\n", "", "config.toml [profiles.local]"),
        ("", "soon", "environment (CLOCKEYE_MAX_TIMER)"),
    ],
)
def test_a_bad_value_is_refused_before_anything_is_stored(
    app: App, config: str, variable: str, source: str
) -> None:
    app.home.mkdir()
    if config:
        (app.home / "config.toml").write_text(config)
    if variable:
        app.environ["CLOCKEYE_MAX_TIMER"] = variable
    for args in (["start", "x"], ["add", "x", "--for", "1m"]):
        result = app.run(*args)
        assert (result.code, result.out) == (2, "")
        assert source in result.err
        assert "`clockeye config set max_timer VALUE`" in result.err
    assert not (app.home / "local.db").exists()


def test_holidays_are_a_list_in_the_file(app: App) -> None:
    path = app.home / "config.toml"
    typed = "2026-12-25 Christmas, first day, 2026-12-24 half Christmas Eve"
    assert app.ok("config", "set", "holidays", typed).out == f"holidays is now '{typed}'.\n"
    assert path.read_text().splitlines()[1:] == [
        'holidays = ["2026-12-25 Christmas, first day", "2026-12-24 half Christmas Eve"]'
    ]
    assert app.ok("config", "get", "holidays").out == f"{typed}\n"
    assert sources(app)["holidays"] == (typed, str(path))


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("target = 8", "target", "8"),
        ("target = 8.0", "target", "8.0"),
        ('target = ["mon 8h", "fri 6h"]', "target", "mon 8h, fri 6h"),
        ('target = "8h"\nholidays = ["2026-12-25 Christmas", "Easter"]', "holidays", "Easter"),
        ('target = "8h"\nholidays = ["2026-12-25", "2026-12-26, Easter"]', "holidays", "2026-12-26, Easter"),
        ('target = "8h"\nholidays = 2026', "holidays", "2026"),
        ('target = "8h"\nwork_days = "someday"', "work_days", "someday"),
        ('[profiles.local]\ntarget = "8 pints"', "target", "8 pints"),
    ],
)
def test_a_bad_target_or_holiday_stops_only_the_commands_that_use_it(
    app: App, line: str, key: str, value: str
) -> None:
    app.home.mkdir(mode=0o700)
    (app.home / "config.toml").write_text(f"{line}\n")
    app.ok("start", "x", "--at", "11:00")
    app.ok("prompt")
    app.ok("log", "-p", "none")  # a list with a filter has no target
    app.ok("status", "--format", "{elapsed}")
    app.ok("projects")
    app.ok("stop")
    for args in (["status"], ["log"], ["report"]):
        result = app.run(*args, "--json")
        assert (result.code, result.out) == (2, "")
        error = json.loads(result.err)["error"]
        assert error["code"] == "bad_setting"
        for part in (key, value, f"({app.home}/config.toml"):
            assert part in error["message"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b" \n\n", "it is empty"),
        (b"\0" * 512, "Invalid statement (at line 1, column 1)"),
        (b"zone = \n", "Invalid value (at line 1, column 8)"),
        (b"zone = 'UTC", 'Expected "\'" (at end of document)'),
        (b"\xff\xfe", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"\xff\xfez\0", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"profiles = 3\n", "profiles must be tables"),
        (b"[profiles]\nwork = 1\n", "profiles must be tables"),
    ],
)
def test_a_damaged_file_is_named_and_left_as_it_is(app: App, content: bytes, why: str) -> None:
    app.home.mkdir()
    path = app.home / "config.toml"
    path.write_bytes(content)
    for args in (
        ["start", "x"],
        ["status"],
        ["prompt"],
        ["log"],
        ["config", "list"],
        ["config", "set", "zone", "UTC"],
    ):
        assert app.run(*args) == (
            7,
            "",
            f"clockeye: Cannot parse {path}: {why}.\n"
            "  `clockeye config edit` opens it; without the file, the defaults apply.\n",
        )
    assert path.read_bytes() == content
    assert sorted(each.name for each in app.home.iterdir()) == ["config.toml"]
    assert app.ok("config", "path").out == f"{path}\n"
    assert app.ok("--version").code == 0


@pytest.mark.parametrize("mode", [0o622, 0o602])
def test_a_file_that_others_could_write_is_refused(app: App, mode: int) -> None:
    app.home.mkdir()
    path = app.home / "config.toml"
    path.write_text("zone = 'UTC'\n")
    path.chmod(mode)
    assert app.run("start", "x") == (
        7,
        "",
        f"clockeye: Refusing to read {path}: other users can write to {path}.\n"
        "  Check its content, then make sure that only you can change it (chown, chmod go-w).\n",
    )
    path.chmod(0o644)
    app.ok("start", "x")


def test_a_file_in_a_folder_that_others_could_write_is_refused(app: App, tmp_path: Path) -> None:
    app.home.mkdir()
    shared = tmp_path / "dotfiles"
    shared.mkdir()
    (shared / "clockeye.toml").write_text("zone = 'UTC'\n")
    path = app.home / "config.toml"
    path.symlink_to(shared / "clockeye.toml")
    for folder in (app.home, shared):
        folder.chmod(0o1777)
        assert app.run("start", "x") == (
            7,
            "",
            f"clockeye: Refusing to read {path}: other users can write to {folder}.\n"
            "  Check its content, then make sure that only you can change it (chown, chmod go-w).\n",
        )
        folder.chmod(0o755)
    tmp_path.chmod(0o1777)  # where others could put a folder, but none of ours
    app.ok("start", "x")


@pytest.fixture
def editor(app: App, tmp_path: Path) -> Path:
    """The user's editor: puts what stands in this file in the place of what it is given."""
    script, typed = tmp_path / "editor", tmp_path / "typed"
    script.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/given\ncp {typed} "$1"\n')
    script.chmod(0o755)
    app.environ |= {"VISUAL": f"'{script}' ", "EDITOR": "false", "PATH": os.environ["PATH"]}
    return typed


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read_and_keeps_its_line_ends(
    app: App, editor: Path
) -> None:
    path = app.home / "config.toml"
    app.home.mkdir()
    path.write_bytes(b"\xef\xbb\xbfweek_start = 'sunday'\r\n")
    assert app.ok("config", "get", "week_start").out == "sunday\n"
    editor.write_bytes(b"week_start = 'sunday'\n")
    assert app.ok("config", "edit", terminal=True).err == "Nothing was changed.\n"
    editor.write_bytes(b"\xef\xbb\xbfweek_start = 'monday'\r\n")
    app.ok("config", "edit", terminal=True)
    assert path.read_bytes() == b"week_start = 'monday'\r\n"
    app.ok("config", "set", "week_start", "sunday")
    assert app.ok("config", "get", "week_start").out == "sunday\n"


def test_edit_puts_what_was_typed_in_the_files_place(app: App, editor: Path, tmp_path: Path) -> None:
    editor.write_text("week_start = 'sunday'\n")
    path = app.home / "config.toml"
    assert app.ok("config", "edit", terminal=True).out == f"Changed {path}.\n"
    assert (tmp_path / "given").read_text().startswith("# clockeye's settings.")
    assert path.read_text() == "week_start = 'sunday'\n"
    result = app.ok("config", "edit", terminal=True)
    assert (result.out, result.err) == ("", "Nothing was changed.\n")


def test_edit_opens_a_damaged_file_which_is_how_it_is_mended(app: App, editor: Path, tmp_path: Path) -> None:
    app.home.mkdir()
    (app.home / "config.toml").write_text("zone = \n")
    editor.write_text("zone = 'UTC'\n")
    app.ok("config", "edit", terminal=True)
    assert (tmp_path / "given").read_text() == "zone = \n"
    assert app.ok("config", "get", "zone").out == "UTC\n"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("zone = \n", "Invalid config file: Invalid value (at line 1, column 8)."),
        ("max_timer = 'soon'\n", "Invalid value 'soon' for max_timer ("),
        ("profile = 'gone'\n", "Unknown profile 'gone'."),
        ("", "Invalid config file: it is empty."),
        ("[profiles]\nwork = 1\n", "Invalid config file: profiles must be tables."),
        ("[profiles.work]\nzone = 'No/Where'\n", "Invalid value 'No/Where' for zone ("),
    ],
)
def test_edit_refuses_what_would_not_be_understood_and_keeps_it(
    app: App, editor: Path, typed: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(editor.parent))
    app.ok("config", "set", "week_start", "sunday")
    before = (app.home / "config.toml").read_bytes()
    editor.write_text(typed)
    result = app.run("config", "edit", terminal=True)
    assert result.code in (2, 3, 7)
    assert result.err.startswith(f"clockeye: {message}")
    draft = result.err.split("Your text was saved to ")[1].removesuffix(".\n")
    with open(draft, encoding="utf-8") as file:
        assert file.read() == typed
    assert (app.home / "config.toml").read_bytes() == before


def test_edit_needs_a_terminal(app: App) -> None:
    assert app.run("config", "edit") == (
        2,
        "",
        "clockeye: Cannot open the editor: no terminal.\n"
        f"  Edit {app.home}/config.toml yourself, or use `clockeye config set`.\n",
    )
