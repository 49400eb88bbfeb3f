"""Nothing that was typed or set falls back to something else without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.cli.faces import Face
from clockeye_cli.cli.table import TABLE, faces
from tests.plain import said

if TYPE_CHECKING:
    from pathlib import Path

    from clockeye_cli.cli.parameters import Parameter
    from tests.app import App

MAY_BE_EMPTY = {"--description", "--project", "--tag"}
"""A project and a tag are refused by the command, with words of its own."""


def options() -> list[tuple[str, str, Parameter]]:
    """Every option that takes a value: the command, its longest name, its declaration."""
    return [
        (line.name, max(parameter.names, key=len), parameter)
        for line in TABLE
        for face in faces(line.name)
        if isinstance(face, Face)
        for parameter in face.parameters.values()
        if parameter.names and not parameter.is_flag
    ]


def test_no_option_takes_an_empty_value_but_the_description() -> None:
    assert len(options()) > 100
    for command, name, parameter in options():
        if name in MAY_BE_EMPTY:
            continue
        with pytest.raises(ValueError, match=r"empty value|invalid literal"):
            pytest.fail(f"{command} {name}: {parameter.value('')!r}")


@pytest.mark.parametrize(
    "words",
    [
        ["add", "x", "--from", "", "--for", "1h"],
        ["add", "x", "--to=", "--for", "1h"],
        ["add", "x", "--for", ""],
        ["start", "--at", ""],
        ["stop", "--at="],
        ["log", "--period", ""],
        ["log", "--from", ""],
        ["report", "--by", ""],
        ["report", "--user="],
        ["log", "--search", ""],
        ["log", "--columns", ""],
        ["log", "-t", ""],
        ["log", "-p", ""],
        ["edit", "last", "-p", ""],
        ["-P", "", "status"],
        ["status", "-P", ""],
        ["log", "-o", ""],
        ["status", "--format", ""],
    ],
)
def test_an_empty_value_is_refused_and_nothing_is_stored(app: App, words: list[str]) -> None:
    app.ok("start", "Work")
    before = app.ok("log", "--all", "--json").data
    result = app.run(*words)
    assert (result.code, result.out) == (2, "")
    assert "empty" in result.err
    assert app.ok("log", "--all", "--json").data == before


def test_an_empty_description_is_a_value(app: App) -> None:
    app.ok("start", "Work")
    app.ok("stop", "-d", "")
    assert app.ok("log", "--json").data[-1]["description"] == ""


def test_decimal_adds_hours_to_formats_for_programs(app: App) -> None:
    app.ok("add", "Work", "--from", "9:00", "--to", "9:20:03")
    for command in ("log", "report"):
        assert app.ok(command, "--columns", "duration,hours").out == "duration\thours\n1203\t0.3342\n"
    for command in ("log", "report"):
        (row,) = app.ok(command, "--decimal", "--json").data
        assert (row["duration"], row["hours"]) == (1203, 0.3342)
        keys = list(row)
        assert keys[keys.index("duration") + 1] == "hours"
        header, line = app.ok(command, "--decimal", "-o", "csv").out.splitlines()
        assert dict(zip(header.split(","), line.split(","), strict=True))["hours"] == "0.3342"
        assert "hours" not in app.ok(command, "--json").data[0]
    assert "0.33" in app.ok("log", "--decimal", "-o", "markdown").out


def test_the_timer_is_not_said_to_be_left_out_where_it_could_not_be(app: App, tmp_path: Path) -> None:
    app.ok("add", "Old", "--from", "2026-11-18 9:00", "--for", "1h", "-p", "web")
    app.ok("start", "Now", "-p", "garden")
    for number, (words, is_left_out) in enumerate(
        [
            (["log", "--today"], True),
            (["log", "2026-11-18"], False),
            (["log", "--all", "-p", "web"], False),
            (["report", "--week", "-p", "garden"], True),
            (["report", "--last-month"], False),
        ]
    ):
        err = app.ok(*words, "--save", str(tmp_path / f"{number}.csv")).err
        assert ("running timer is not included" in err) is is_left_out, words


def test_tags_are_said_to_count_twice_only_where_they_do(app: App) -> None:
    app.ok("add", "One #a", "--from", "8", "--to", "9")
    app.ok("add", "Two #b", "--from", "9", "--to", "10")
    assert app.ok("report", "--by", "tag").err == ""
    assert app.ok("report", "--by", "tag,day", "--week").err == ""
    app.ok("add", "Three #a #b", "--from", "10", "--to", "11")
    assert "counts under each of its tags" in app.ok("report", "--by", "tag").err


def test_a_change_of_zone_is_said_once_for_each_pair_and_not_between_equal_zones(app: App) -> None:
    app.ok("add", "x", "--from", "9", "--to", "10")
    changes = []
    for zone in ("UTC", "Europe/Berlin", "UTC", "Etc/UTC", "UTC", "Europe/Berlin", "Europe/Paris", "UTC"):
        app.environ["TZ"] = zone
        changes.append("time zone changed" in app.ok("log").err)
    assert changes == [True, True, False, False, False, False, False, True]


def test_a_change_of_zone_hints_only_at_a_setting_that_there_is(app: App) -> None:
    app.ok("add", "x", "--from", "9", "--to", "10")
    for zone, keeps in {
        "CET-1CEST": " `clockeye config set zone Europe/Berlin` keeps the old one.\n",
        "<+03>-3": "\n",  # CET-1CEST is no setting
        "Europe/Berlin": "\n",
        "UTC": " `clockeye config set zone Europe/Berlin` keeps the old one.\n",
    }.items():
        app.environ["TZ"] = zone
        assert app.ok("log").err.endswith(f"days and times follow it.{keeps}")


def test_check_never_says_it(app: App) -> None:
    app.ok("add", "x", "--from", "9", "--to", "10")
    app.environ["TZ"] = "UTC"
    assert said(app.ok("check")) == (0, "", "")
    app.environ["TZ"] = "Nowhere/City"
    assert said(app.ok("check")) == (0, "", "")


def test_a_tz_that_is_no_zone_is_named(app: App) -> None:
    app.environ["TZ"] = "Nowhere/City"
    notice = (
        "TZ is 'Nowhere/City', which is not a time zone; times are in UTC."
        " `clockeye config set zone Europe/Berlin` sets one.\n"
    )
    assert notice in app.ok("start", "x").err
    assert "TZ is" not in app.ok("status").err + app.ok("log").err  # once a day
    assert app.at("2026-11-21 00:00:00").ok("status").err == ""  # in UTC, it is the same day
    assert app.at("2026-11-21 01:00:00").ok("status").err.endswith(notice)
    result = app.run("doctor", "--json")
    (found,) = [row for row in result.data if row["check"] == "zone"]
    assert (found["ok"], result.code) == (False, 1)
    app.ok("config", "set", "zone", "Europe/Berlin")
    assert "TZ is" not in app.ok("log").err


@pytest.mark.parametrize(
    ("variables", "part", "meaning"),
    [
        ({"TZ": "CET-1CEST"}, "zone", "from TZ=CET-1CEST"),
        ({"LC_ALL": "xx_YY.UTF-8"}, "locale", "LC_ALL=xx_YY.UTF-8 is not installed"),
        ({"LC_ALL": "C.UTF-8"}, "locale", "UTF-8 (from LC_ALL=C.UTF-8)"),
        ({"HTTPS_PROXY": "http://me:hunter2@proxy:3128"}, "proxy", "proxy:3128 (from HTTPS_PROXY)"),
        ({"ALL_PROXY": "socks5://me:hunter2@proxy"}, "proxy", "ALL_PROXY names a SOCKS proxy"),
        ({"HTTPS_PROXY": "ftp://me:hunter2@proxy"}, "proxy", "HTTPS_PROXY is not a valid address"),
        ({"HTTPS_PROXY": "http://proxy", "NO_PROXY": "*"}, "proxy", "none for https://"),
        (
            {"CLOCKEYE_CA_FILE": "/no/such.pem"},
            "certificates",
            "Cannot read the certificates in /no/such.pem",
        ),
        ({"EDITOR": "no-such-editor -w"}, "editor", "EDITOR=no-such-editor -w cannot be run"),
        ({"EDITOR": "x", "VISUAL": "cat -n"}, "editor", "cat -n (from VISUAL)"),
        ({"PAGER": "'unbalanced"}, "pager", "cannot be run"),
        ({"PAGER": ""}, "pager", "none (PAGER is empty)"),
    ],
)
def test_doctor_says_how_the_environment_was_understood(
    app: App, variables: dict[str, str], part: str, meaning: str
) -> None:
    app.environ |= variables | {"PATH": "/usr/bin:/bin"}
    result = app.run("doctor", "--json")
    (found,) = [row for row in result.data if row["check"] == part]
    assert meaning in found["value"]
    assert "hunter2" not in result.out + result.err
    is_understood = "(from" in meaning or meaning.startswith(("none", "from"))
    assert found["ok"] is is_understood
    assert bool(found["mend"]) is not is_understood
