"""`clockeye help`: what the topics say, and that commands are explained as by --help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.commands.help import TOPICS

if TYPE_CHECKING:
    from tests.app import App


def test_exit_codes(app: App) -> None:
    assert app.ok("help", "exit-codes").out.splitlines()[:3] == [
        "Exit codes:",
        "  0    success; also if there is nothing to list, or `status` finds no running",
        "       timer",
    ]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("times", "  9:15:30                   2026-11-20 09:15:30"),
        ("times", "  PT1H30M   1:30:00"),
        ("times", "  2026-Q3                 2026-07-01 to 2026-09-30"),
        ("formats", "  markdown  for notes and tickets (.md)"),
        ("environment", "  CLOCKEYE_WEEK_START       the first day of the week"),
        ("environment", "  CLOCKEYE_HOME                   one folder for all of clockeye's files"),
        ("sync", "  `clockeye sync --status` lists the changes that the account does not have,"),
    ],
)
def test_a_topic_says(app: App, name: str, line: str) -> None:
    result = app.ok("help", name)
    assert line in result.out.splitlines()
    assert "\n\n\n" not in result.out
    assert result.err == ""


def test_topics_need_no_settings_that_can_be_read(app: App) -> None:
    app.home.mkdir()
    (app.home / "config.toml").write_text("[[[")
    for name in TOPICS:
        assert app.ok("help", name).err == ""


@pytest.mark.parametrize("words", [[], ["log"], ["serve", "keys", "add"], ["sync", "resolve"], ["help"]])
def test_of_a_command_it_is_what_its_help_says(app: App, words: list[str]) -> None:
    assert app.ok("help", *words).out == app.ok(*words, "--help").out


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (
            ["tims"],
            "Unknown command or topic 'tims'. Did you mean `clockeye help times`?\n  Topics are times,",
        ),
        (["exit"], "Unknown command or topic 'exit'. Did you mean `clockeye help exit-codes`?\n"),
        (["raport"], "Unknown command or topic 'raport'. Did you mean `clockeye help report`?\n"),
        (["pause"], "Unknown command or topic 'pause'. Did you mean `clockeye help stop`?\n"),
        (["rm"], "Unknown command or topic 'rm'. Did you mean `clockeye help delete`?\n"),
        (["today"], "Unknown command or topic 'today'. Did you mean `clockeye help log`?\n"),
        (["login"], "Unknown command or topic 'login'. Did you mean `clockeye help auth login`?\n"),
        (["join"], "Unknown command or topic 'join'. Entries cannot be joined;"),
        (["dleete"], "Unknown command or topic 'dleete'.\n"),
        (["xyzzy"], "Unknown command or topic 'xyzzy'.\n"),
        (["times", "extra"], "The topic times has no part 'extra'.\n  `clockeye help times` shows all of it"),
        (["config", "sett"], "Unknown command 'sett'. Did you mean `clockeye config set`?\n"),
    ],
)
def test_what_there_is_not_is_exit_2_and_names_the_nearest(app: App, words: list[str], err: str) -> None:
    result = app.run("help", *words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"clockeye: {err}")


def test_the_help_of_help_names_the_topics(app: App) -> None:
    assert f"Topics are {', '.join(list(TOPICS)[:-1])} and {list(TOPICS)[-1]}." in " ".join(
        app.ok("help", "--help").out.split()
    )
    assert all(TOPICS[name]() for name in TOPICS)


def test_headings_are_bold_on_a_terminal_and_plain_elsewhere(app: App) -> None:
    plain = app.ok("log", "--help").out
    app.environ["TERM"] = "xterm"
    shown = app.ok("log", "--help", terminal=True).out
    assert shown.startswith("\x1b[1mUsage:\x1b[0m clockeye log")
    assert "\n\x1b[1mPeriod:\x1b[0m\n  --today" in shown
    assert shown.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain
    assert "\x1b[1mWHEN:\x1b[0m" in app.ok("help", "times", terminal=True).out
    app.environ["NO_COLOR"] = "1"
    assert app.ok("log", "--help", terminal=True).out == plain
