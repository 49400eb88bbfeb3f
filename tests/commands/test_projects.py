"""`clockeye projects` and `clockeye profiles`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


def test_projects_are_listed_by_name_with_or_without_the_word_list(app: App) -> None:
    app.ok("add", "x", "-p", "web", "--from", "9", "--to", "10")
    app.ok("projects", "add", "Acme", "--no-billable")
    expected = (
        "project\tlast_used\tbillable\tarchived\tproject_id\n"
        "Acme\t\tfalse\tfalse\tprj_1\n"
        "web\t2026-11-20T10:00:00+01:00\t\tfalse\tprj_2\n"
    )
    assert said(app.ok("projects")) == (0, expected, "")
    assert said(app.ok("projects", "list"))[1] == expected
    app.environ["NO_COLOR"] = "1"
    assert said(app.ok("projects", terminal=True))[1] == (
        "Project  Last used         Billable  Archived  Id\n"
        "Acme                       no                  prj_1\n"
        "web      2026-11-20 10:00                      prj_2\n"
    )


def test_projects_as_json(app: App) -> None:
    app.ok("projects", "add", "a", "--billable")
    app.ok("projects", "add", "b")
    data = app.ok("projects", "--json").data
    assert [(row["project"], row["billable"], row["archived"], row["last_used"]) for row in data] == [
        ("a", True, False, None),
        ("b", None, False, None),
    ]


def test_no_project_yet(app: App) -> None:
    assert said(app.ok("projects", terminal=True)) == (
        0,
        "No projects yet; `clockeye start … -p NAME` or `clockeye projects add NAME`\ncreates one.\n",
        "",
    )
    assert app.ok("projects", "--json").data == []


def test_projects_can_be_saved(app: App, tmp_path: Path) -> None:
    app.ok("projects", "add", "web")
    app.ok("projects", "list", "--columns", "project", "--save", str(tmp_path / "p.csv"))
    assert (tmp_path / "p.csv").read_bytes() == b"project\r\nweb\r\n"


def test_several_are_added_or_none(app: App) -> None:
    assert app.ok("projects", "add", "one", "  two   words ").out == (
        "Added the project one.\nAdded the project two words.\n"
    )
    assert refused(app, "projects", "add", "three", "ONE") == (
        3,
        "clockeye: A project one already exists (prj_1).\n",
    )
    assert [row["project"] for row in app.ok("projects", "--json").data] == ["one", "two words"]


def test_json_of_what_was_changed_is_a_list_however_many_they_are(app: App) -> None:
    assert len(app.ok("projects", "add", "one", "--json").data) == 1
    assert len(app.ok("projects", "add", "two", "three", "--json").data) == 2
    assert [row["project"] for row in app.ok("projects", "rename", "one", "uno", "--json").data] == ["uno"]
    assert [row["archived"] for row in app.ok("projects", "archive", "uno", "--json").data] == [True]


@pytest.mark.parametrize("name", ["", " ", "-x", "x" * 201])
def test_a_name_that_cannot_be_one_is_refused(app: App, name: str) -> None:
    assert refused(app, "projects", "add", "--", name) == (
        2,
        f"clockeye: '{name[:40].strip()}' is not a valid project name.\n"
        "  A name has 1 to 200 characters and does not begin with a hyphen.\n",
    )


def test_a_rename_takes_the_entries_along(app: App) -> None:
    app.ok("add", "x", "-p", "web", "--from", "9", "--to", "10")
    assert app.ok("projects", "rename", "we", "Website").out == "Renamed the project web to Website.\n"
    assert app.entries()[0][2] == "Website"
    assert app.ok("projects", "rename", "website", "WEBSITE").out == (
        "Renamed the project Website to WEBSITE.\n"
    )
    app.ok("projects", "add", "acme")
    assert refused(app, "projects", "rename", "WEBSITE", "ACME") == (
        3,
        "clockeye: A project acme already exists (prj_1).\n",
    )
    assert refused(app, "projects", "rename", "nope", "x")[0] == 3


def test_an_archived_project_keeps_its_entries_and_is_not_offered(app: App) -> None:
    app.ok("add", "x", "-p", "web", "--from", "9", "--to", "10")
    app.ok("projects", "add", "acme")
    assert app.ok("projects", "archive", "web").out == "Archived the project web.\n"
    assert [row["project"] for row in app.ok("projects", "--json").data] == ["acme"]
    assert [row["project"] for row in app.ok("projects", "list", "--all", "--json").data] == ["acme", "web"]
    assert [row["project"] for row in app.ok("report", "-p", "web", "--json").data] == ["web"]
    assert app.ok("start", "x", "-p", terminal=True, stdin="1\n").out == "Started acme: x, at 12:00.\n"
    assert app.ok("resume").out.endswith("Started web: x, at 12:00.\n")
    assert app.ok("projects", "archive", "web", "--restore").out == "Restored the project web.\n"
    assert len(app.ok("projects", "--json").data) == 2


@pytest.fixture
def two(app: App) -> App:
    """A second profile, work."""
    app.home.mkdir()
    (app.home / "config.toml").write_text("# mine\n[profiles.work]\nweek_start = 'sunday'\n")
    return app


def test_profiles_have_their_own_entries_projects_and_timer(two: App) -> None:
    two.ok("-P", "work", "start", "At work", "-p", "acme")
    assert two.ok("status").out == "No timer is running.\n"
    assert two.ok("projects", "--json").data == []
    assert two.ok("stop", "--profile=work").out == "Stopped acme: At work, 12:00–12:00 (0:00:00).\n"
    assert two.entries() == []
    two.environ["CLOCKEYE_PROFILE"] = "work"
    assert set(ids(two)) == {"At work"}


def test_what_is_suggested_in_a_chosen_profile_is_done_in_it(two: App) -> None:
    two.ok("add", "Here", "--for", "1h")
    assert "(`clockeye -P work undo` reverts this.)" in two.ok("-P", "work", "start", "x", "-p", "acme").err
    two.ok("-P", "work", "stop")
    deleted = two.ok("-P", "work", "delete", "last", "-y")
    assert deleted.out.endswith("\n`clockeye -P work undo` reverts this.\n")
    refused = two.run("-P", "work", "stop")
    assert (refused.code, refused.err.count("`clockeye "), refused.err.count("`clockeye -P work ")) == (
        3,
        1,
        1,
    )
    two.environ["CLOCKEYE_PROFILE"] = "work"  # it is there for the next command, too
    assert "`clockeye undo` reverts this." in two.ok("start", "x", "-p", "web").err
    assert "`clockeye profiles`" in two.run("-P", "nope", "start", "x").err


@pytest.mark.parametrize("first", [["status"], ["start", "Here"], ["start", "Here", "--if-idle"], []])
def test_a_timer_in_another_profile_is_said_once_a_day_and_the_hint_works(two: App, first: list[str]) -> None:
    two.ok("-P", "work", "start", "At work", "-p", "acme", "-q")
    notice = (
        "A timer is running in the profile work: acme: At work, since 12:00."
        " `clockeye -P work stop` stops it.\n"
    )
    assert two.ok("status", "-q").err == ""  # what was not shown was not said
    assert two.ok("prompt").err == ""
    assert notice in two.ok(*first).err
    assert "profile work" not in two.ok("status").err + two.ok("start", "Here too").err
    two.at("2026-11-21 00:00:00")
    assert "since 2026-11-20 12:00. `clockeye -P work stop`" in two.ok("status").err
    two.ok("-P", "work", "stop")
    assert two.ok("status").err == ""


@pytest.mark.parametrize(
    ("flag", "variable", "config", "name", "source"),
    [
        ("local", "work", "work", "local", "-P"),
        ("", "local", "work", "local", "environment (CLOCKEYE_PROFILE)"),
        ("", "", "work", "work", "config.toml"),
        ("", "", "", "local", "default"),
    ],
)
def test_which_profile_and_what_chose_it(
    two: App, flag: str, variable: str, config: str, name: str, source: str
) -> None:
    if variable:
        two.environ["CLOCKEYE_PROFILE"] = variable
    if config:
        two.ok("profiles", "use", config)
    options = ["-P", flag] if flag else []
    assert two.ok("config", "get", "profile", "--json", *options).data["value"] == name
    rows = {row["key"]: row for row in two.ok("config", "list", "--json", *options).data}
    assert (rows["profile"]["value"], rows["profile"]["source"]) == (name, source)
    current = [row["profile"] for row in two.ok("profiles", "--json", *options).data if row["current"]]
    assert current == [name]


def test_an_unknown_profile_is_exit_3_and_never_a_new_store(two: App) -> None:
    assert two.run("-P", "wrok", "start", "x") == (
        3,
        "",
        "clockeye: Unknown profile 'wrok'. Did you mean work?\n"
        "  Known: local, work. `clockeye profiles` lists them.\n",
    )
    assert sorted(path.name for path in two.home.iterdir()) == ["config.toml"]


def test_a_default_profile_that_there_is_not_has_a_way_out(two: App) -> None:
    config = two.home / "config.toml"
    config.write_text("profile = 'gone'\n" + config.read_text())
    assert two.run("status").code == 3
    assert said(two.ok("profiles"))[2] == (
        "Unknown profile 'gone'. `clockeye profiles use NAME` changes the default.\n"
    )
    two.ok("profiles", "use", "work")
    two.ok("status")


def test_profiles_are_listed(two: App) -> None:
    home = two.home
    assert said(two.ok("profiles")) == (
        0,
        "profile\tcurrent\tdefault\tfile\n"
        f"local\ttrue\ttrue\t{home}/local.db\n"
        f"work\tfalse\tfalse\t{home}/work.db\n",
        "",
    )


def test_a_profile_is_renamed_with_its_entries_and_its_settings(two: App) -> None:
    two.ok("-P", "work", "add", "x", "--for", "1m")
    two.ok("profiles", "use", "work")
    assert two.ok("profiles", "rename", "work", "job").out == "Renamed the profile work to job.\n"
    assert two.ok("config", "get", "profile").out == "job\n"
    assert two.ok("config", "get", "week_start").out == "sunday\n"
    assert set(ids(two)) == {"x"}
    assert "# mine" in (two.home / "config.toml").read_text()


def test_a_removed_profile_is_kept_aside(two: App) -> None:
    two.ok("-P", "work", "add", "x", "--for", "1m")
    assert said(two.run("profiles", "remove", "work")) == (
        2,
        "",
        "clockeye: Remove the profile work? Its entries are kept in a separate file."
        " Cannot ask: not running interactively.\n  Answer with -y.\n",
    )
    two.ok("profiles", "remove", "work", terminal=True, stdin="n\n")
    out = two.ok("profiles", "remove", "work", "-y").out
    aside = f"{two.home}/work.db.removed-{two.now}"
    assert out == f"Removed the profile work. Its entries are in {aside}.\n"
    assert [row["profile"] for row in two.ok("profiles", "--json").data] == ["local"]
    two.ok("restore", aside)
    assert set(ids(two)) == {"x"}


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (["remove", "local", "-y"], 2, "The local profile cannot be renamed or removed.\n"),
        (["rename", "local", "mine"], 2, "The local profile cannot be renamed or removed.\n"),
        (["rename", "work", "local"], 3, "The profile local already exists.\n"),
        (["rename", "work", "Work!"], 2, "Invalid profile name 'Work!'.\n  Use 1 to 32 characters of"),
        (["rename", "work", "../x"], 2, "Invalid profile name '../x'.\n"),
        (["rename", "work", "x" * 33], 2, f"Invalid profile name '{'x' * 33}'.\n"),
        (["use", "nope"], 3, "Unknown profile 'nope'.\n"),
        (["remove", "nope", "-y"], 3, "Unknown profile 'nope'.\n"),
    ],
)
def test_what_cannot_be_done_to_a_profile(two: App, args: list[str], code: int, err: str) -> None:
    said_code, said_err = refused(two, "profiles", *args)
    assert said_code == code
    assert said_err.startswith(f"clockeye: {err}")


def test_a_merge_moves_entries_timer_and_keys(app: App) -> None:
    app.ok("add", "One", "-p", "websiet", "--from", "8", "--to", "9", "--key", "k")
    app.ok("add", "Two", "-p", "acme", "--from", "9", "--to", "10")
    app.ok("projects", "add", "website corp", "--no-billable")
    app.ok("start", "Three", "-p", "websiet")
    before = app.entries()
    assert said(app.ok("projects", "merge", "websiet", "website c")) == (
        0,
        "Merged the project websiet into website corp: 1 entry moved.\n`clockeye undo` reverts this.\n",
        "",
    )
    assert [row[2] for row in app.entries()] == ["website corp", "acme", "website corp"]
    assert [row["project"] for row in app.ok("projects", "list", "--all", "--json").data] == [
        "acme",
        "website corp",
    ]
    again = app.ok("add", "One", "-p", "website corp", "--billable", "--from", "8", "--to", "9", "--key", "k")
    assert again.out.startswith("Already stored under this key")
    app.ok("undo")
    assert app.entries() == before
    app.ok("add", "One", "-p", "websiet", "--from", "8", "--to", "9", "--key", "k")


def test_a_merge_that_cannot_be(app: App) -> None:
    app.ok("projects", "add", "web")
    assert refused(app, "projects", "merge", "web", "we") == (
        2,
        "clockeye: 'web' and 'we' are the same project, web.\n",
    )
    assert refused(app, "projects", "merge", "web", "other")[0] == 3
    assert refused(app, "projects", "merge", "other", "web")[0] == 3


def test_only_a_project_without_entries_is_deleted(app: App) -> None:
    app.ok("add", "One", "-p", "acme", "--from", "8", "--to", "9")
    app.ok("projects", "add", "web", "shop", "garden")
    app.ok("start", "Two", "-p", "shop")
    assert refused(app, "projects", "delete", "web", "acme") == (
        3,
        "clockeye: The project acme has 1 entry.\n"
        "  `clockeye projects merge acme OTHER` moves them to another project;"
        " `clockeye projects archive acme` keeps them and accepts no new ones.\n",
    )
    assert refused(app, "projects", "delete", "shop")[0] == 3
    app.environ["CLOCKEYE_PROJECT"] = "GARDEN"
    assert said(app.ok("projects", "delete", "web", "garden")) == (
        0,
        "Deleted the project web.\nDeleted the project garden.\n`clockeye undo` reverts this.\n",
        "The setting project still names garden. `clockeye config set project NAME` changes it.\n",
    )
    assert [row["project"] for row in app.ok("projects", "--json").data] == ["acme", "shop"]
    app.ok("undo")
    assert len(app.ok("projects", "--json").data) == 4


def test_a_profile_is_added(app: App) -> None:
    assert said(app.ok("profiles", "add", "side")) == (
        0,
        "Added the profile side.\n",
        "`clockeye -P side start` works in it; `clockeye profiles use side` makes it the default.\n",
    )
    assert (app.home / "config.toml").read_text().endswith("\n[profiles.side]\n")
    app.ok("-P", "side", "add", "There", "--for", "1h")
    assert app.entries() == []
    assert [row["profile"] for row in app.ok("profiles", "--json").data if row["current"]] == ["local"]
    app.ok("profiles", "remove", "side", "-y")
    app.ok("profiles", "add", "side")
    assert app.ok("-P", "side", "log", "--all", "--json").data == []


@pytest.mark.parametrize(
    ("name", "code"), [("work", 3), ("local", 3), ("env", 2), ("", 2), ("Work", 2), ("a b", 2), ("-x", 2)]
)
def test_a_profile_that_cannot_be_added(two: App, name: str, code: int) -> None:
    before = (two.home / "config.toml").read_text()
    assert refused(two, "profiles", "add", "--", name)[0] == code
    assert refused(two, "profiles", "rename", "--", "work", name)[0] == code
    assert (two.home / "config.toml").read_text() == before


def test_entries_of_a_profile_that_was_taken_out_of_the_file_are_named(two: App) -> None:
    two.ok("-P", "work", "add", "There", "--for", "1h")
    (two.home / "config.toml").write_text("# mine\n")
    assert said(two.ok("profiles", "add", "work"))[2].startswith(
        "Entries stored under this name before are back; `clockeye -P work log --all` lists them.\n"
    )
