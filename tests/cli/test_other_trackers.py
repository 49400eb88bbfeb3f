"""Somebody who comes from another tracker types its words, and is told the command line that does it here."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.cli import slips
from clockeye_cli.cli.other_trackers import MISSING, OTHER_WORDS
from clockeye_cli.cli.table import BY_NAME
from clockeye_cli.core.nearest import NEVER_SUGGESTED

if TYPE_CHECKING:
    from tests.app import App

MEANT = {
    "continue": "resume",
    "restart": "resume",
    "again": "resume",
    "in": "start",
    "in website Fix": "start website Fix",
    "on": "start",
    "track Fix it": "start Fix it",
    "switch": "start",
    "go": "start",
    "pause": "stop",
    "out": "stop",
    "done": "stop",
    "off": "stop",
    "fin": "stop",
    "end": "stop",
    "finish": "stop",
    "ls": "log",
    "list": "log",
    "frames": "log",
    "show": "log",
    "entries": "log",
    "today": "log today",
    "yesterday": "log yesterday",
    "find login": "log --search login",
    "summary": "report",
    "balance": "report",
    "stats": "report",
    "total": "report",
    "aggregate": "report",
    "week": "report week",
    "month": "report month",
    "year": "report year",
    "last month": "report last month",
    "november": "report november",
    "2026-11": "report 2026-11",
    "rm": "delete ENTRY",
    "rm 4k7d": "delete 4k7d",
    "remove -1": "delete last",
    "del @2": "delete last-1",
    "modify": "edit",
    "change": "edit",
    "note": "edit",
    "annotate @1 Some text": "edit last -d 'Some text'",
    "modify start @1 9am": "edit last --from 9am",
    "modify end @1 10:30": "edit last --to 10:30",
    "tag @1 bug +ui": "edit last -t bug -t ui",
    "login": "auth login",
    "logout": "auth logout",
    "whoami": "auth status",
    "push": "sync",
    "whats": None,
    "project": "projects",
    "rename acme Acme": "projects rename acme Acme",
    "settings": "config list",
    "set target 8h": "config set target 8h",
    "diagnostics": "doctor",
    "version": "--version",
    "current": "status",
    "active": "status",
    "undelete": None,
    "continue @1": "resume last",
    "continue @3": "resume last-2",
    "move @1 9am": "edit last",
    "ls @1": "log",
    "out at noon": "stop --at noon",
    "hello": "start",
    "out 17:30": "stop --at 17:30",
    "in 9am Standup": "start --at 9am Standup",
    "track 9am - 10am": "add --from 9am --to 10am",
    "track 9am - 10am Fix +bug": "add --from 9am --to 10am Fix +bug",
    "track 9:00 to 10:00 Fix": "add --from 9:00 --to 10:00 Fix",
    "track 9-10 Fix": "add --from 9 --to 10 Fix",
    "track 9am for 1h Fix": "add --from 9am --for 1h Fix",
    "track 2026-11-20T09:00 - 2026-11-20T10:00 Fix": "add --from 2026-11-20T09:00 --to 2026-11-20T10:00 Fix",
    "summary :week": "report week",
    "summary :lastweek :ids": "report last week",
    "ls -P work": "-P work log",
    "strat": "start",
    "lgo": "log",
    "reprot --week": "report --week",
    "strat Fix {it}": "start Fix '{it}'",
    ":week": "report week",
    ":lastmonth :ids": "report last month",
    ":lastweek": "report last week",
    "track Fix 9-10": "add --from 9 --to 10 Fix",
    "track 9:00 10:00 Fix": "add --from 9:00 --to 10:00 Fix",
    "track yesterday 9-10 Fix": "add --from 'yesterday 9' --to 10 Fix",
    "manual acme 9:00 10:00 Fix": "add DESCRIPTION --from WHEN --to WHEN",
    "create": "add DESCRIPTION --from WHEN --to WHEN",
    "rename project acme site": "projects rename acme site",
    "rename tag bug defect": "tags rename bug defect",
    "archive project web": "projects archive web",
    "new client": "start client",
    "create project site": "projects add site",
    "list projects": "projects list",
    "show current": "status",
    "show last": "log -n 1",
    "ls web": "log",
    "edit-last": "edit last",
    "exit": "stop",
    "hi": "start",
    "register -w": "log --week",
    "aggregate --weekly": "report --by week",
    "accounts": "projects",
    "csv": "export",
    "daily": "log today",
    "monthly": "report month",
    "checkin 9am Standup": "start --at 9am Standup",
    "checkout 17:30": "stop --at 17:30",
    "resume-last": "resume",
    "dup @2": "resume last-1",
    "info": "status",
    "journal": "log",
    "latest": "log -n 1",
    "hours :week": "report week",
    "overview last week": "report last week",
    "calendar": "report --chart",
    "earnings": "report --money",
    "rounding": "report --round",
    "fix": "edit",
    "divide last 9:30": "split last --at 9:30",
    "budgets": "projects",
    "target": "config get target",
    "repair": "doctor",
    "load toggl.csv": "import toggl.csv",
    "breaks": "gaps",
    "about": "--version",
}


@pytest.mark.parametrize("typed", MEANT)
def test_a_word_of_another_tracker_is_answered_with_the_command_that_does_it(app: App, typed: str) -> None:
    result = app.run(*shlex.split(typed))
    meant = MEANT[typed]
    question = f" Did you mean `clockeye {meant}`?" if meant else ""
    assert (result.code, result.out) == (2, "")
    word = next(each for each in typed.split() if each not in ("-P", "work"))
    assert result.err.splitlines()[0] == f"clockeye: Unknown command {word!r}.{question}"


NO_TIME = "No start or end time given."
FOR_A_CLIENT = "`clockeye projects edit NAME --client Nord`"
NO_ENTRY = "You have no entries yet."
NO_EDITOR = "Cannot open the editor: no terminal."


@pytest.mark.parametrize(
    ("typed", "first", "meant"),
    [
        ("log :week", "':week' is Timewarrior's, not clockeye's.", "log week"),
        (
            "report :lastmonth -p web",
            "':lastmonth' is Timewarrior's, not clockeye's.",
            "report last month -p web",
        ),
        ("resume @2", "'@2' is Timewarrior's, not clockeye's.", "resume last-1"),
        ("delete @1 :yes", "'@1' is Timewarrior's, not clockeye's.", "delete last -y"),
        ("start Fix :adjust", "':adjust' is Timewarrior's, not clockeye's.", "start Fix --overlap"),
        ("start Fix :quiet", "':quiet' is Timewarrior's, not clockeye's.", "start Fix -q"),
        ("log :ids", "':ids' is Timewarrior's, not clockeye's.", "log"),
        ("edit -1", "Unknown option '-1'.", "edit last"),
        ("stop 17:30", "Got unexpected extra argument(s) (17:30)", "stop --at 17:30"),
        ("stop at 5 pm", "Got unexpected extra argument(s) (at 5 pm)", "stop --at '5 pm'"),
        ("stop +bug", "Got unexpected extra argument(s) (+bug)", "stop -t bug"),
        ("stop Fix it +bug", "Got unexpected extra argument(s) (Fix it +bug)", "stop -d 'Fix it' -t bug"),
        ("split last 11:00", "Missing option '--at'.", "split last --at 11:00"),
        ("add 9am - 10am Fix", NO_TIME, "add --from 9am --to 10am Fix"),
        ("add Fix from 9 to 10 -p web", NO_TIME, "add --from 9 --to 10 Fix -p web"),
        ("add Fix 9-10", NO_TIME, "add --from 9 --to 10 Fix"),
        ("add Fix yesterday 9-10", NO_TIME, "add --from 'yesterday 9' --to 10 Fix"),
        ("add 9:00 10:00 Fix", NO_TIME, "add --from 9:00 --to 10:00 Fix"),
        ("add project site", NO_TIME, "projects add site"),
        ("add --start 9 --end 10 Fix", "Unknown option '--start'.", "add --from 9 --to 10 Fix"),
        ("add --duration=1h Fix", "Unknown option '--duration'.", "add --for=1h Fix"),
        ("add -d 1h Fix", "Unknown option '-d'.", "add --for 1h Fix"),
        ("start --description Fix", "Unknown option '--description'.", "start Fix"),
        ("start --begin 9 Fix", "Unknown option '--begin'.", "start --at 9 Fix"),
        ("stop --end 11", "Unknown option '--end'.", "stop --at 11"),
        ("stop -m Done", "Unknown option '-m'.", "stop -d Done"),
        ("stop now", "Got unexpected extra argument(s) (now)", "stop"),
        ("edit last --start 8", "Unknown option '--start'.", "edit last --from 8"),
        ("delete last --force", "Unknown option '--force'.", "delete last --yes"),
        ("report --since monday", "Unknown option '--since'.", "report --from monday"),
        (
            "report --since monday --until friday",
            "Unknown option '--since'.",
            "report --from monday --to friday",
        ),
        ("report --this-month", "Unknown option '--this-month'.", "report --month"),
        ("report -w", "Unknown option '-w'.", "report --week"),
        ("report --daily", "Unknown option '--daily'.", "report --by day"),
        ("report --group-by tag", "Unknown option '--group-by'.", "report --by tag"),
        ("report by tag day", "Invalid period 'by tag day'.", "report --by tag,day"),
        ("log --limit 5", "Unknown option '--limit'.", "log -n 5"),
        ("log 5", "Invalid period '5'.", "log -n 5"),
        ("log --csv", "Unknown option '--csv'.", "log -o csv"),
        ("log @web", "'@web' is not a period.", "log -p web"),
        ("history -5", "Unknown option '-5'.", "history -n 5"),
        ("redo 2", "Got unexpected extra argument(s) (2)", "redo -n 2"),
        ("tags delete bug", "Invalid period 'delete bug'.", "edit ENTRY --untag bug"),
        ("tags add bug", "Invalid period 'add bug'.", "edit ENTRY -t bug"),
        ("config set zone=UTC", "Missing argument 'VALUE...'.", "config set zone UTC"),
        ("add from 9 for 45m Fix", NO_TIME, "add --from 9 --for 45m Fix"),
        ("add 30m Fix", NO_TIME, "add --for 30m Fix"),
        ("add Fix for 1h 30min", NO_TIME, "add --for '1h 30min' Fix"),
        ("delete :yes", "':yes' is Timewarrior's, not clockeye's.", "delete -y ENTRY"),
        ("stop last", "Got unexpected extra argument(s) (last)", "stop"),
        ("undo 3", "Got unexpected extra argument(s) (3)", "undo -n 3"),
        ("history 50 -q", "Got unexpected extra argument(s) (50)", "-q history -n 50"),
        ("log +bug", "Invalid period '+bug'.", "log -t bug"),
        ("report last month '#bug'", "Invalid period 'last month #bug'.", "report last month -t bug"),
        ("tags mv bug defect", "Invalid period 'mv bug defect'.", "tags rename bug defect"),
        ("tags renam bug defect", "Invalid period 'renam bug defect'.", "tags rename bug defect"),
        ("tags rm bug", "Invalid period 'rm bug'.", "edit ENTRY --untag bug"),
        ("tags ls", "Invalid period 'ls'.", "tags list"),
        ("edit last +bug", NO_EDITOR, "edit last -t bug"),
        ("edit last new text", NO_EDITOR, "edit last -d 'new text'"),
        ("edit it to 10:30", NO_EDITOR, "edit it --to 10:30"),
        ("--verbose status", "Unknown option '--verbose'.", "--debug status"),
        ("--format=json log", "Unknown option '--format'.", "--json log"),
        ("-v", "Unknown option '-v'.", "--version"),
        ("-V", "Unknown option '-V'.", "--version"),
        (
            "config set alias.t start Tea -p side",
            "Unknown option '-p'.",
            "config set alias.t 'start Tea -p side'",
        ),
        (
            "config set alias.w report --week",
            "Unknown option '--week'.",
            "config set alias.w 'report --week'",
        ),
        ("log last 2", "Invalid period 'last 2'.", "log -n 2"),
        ("edit last --billable=no", "Option '--billable' does not take a value.", "edit last --no-billable"),
        ("log --tags=bug", "Unknown option '--tags'.", "log --tag=bug"),
        ("log yesteday", "Invalid period 'yesteday'.", "log yesterday"),
        ("report -p web lst week", "Invalid period 'lst week'.", "report -p web last week"),
        ("log nov 10 - 12 --decimal", "Invalid period 'nov 10 - 12'.", "log nov 10-12 --decimal"),
        ("gaps --period=novembr", "Invalid period 'novembr'.", "gaps --period=november"),
        ("report --from 2026/11/10", "Invalid day '2026/11/10'.", "report --from 2026-11-10"),
        ("invoices add 7 lastmonth", "Invalid period 'lastmonth'.", "invoices add 7 last month"),
        (
            "start Fix --at 'two hours ago'",
            "Invalid time 'two hours ago': invalid duration 'two hours'.",
            "start Fix --at '2 hours ago'",
        ),
        ("split last --at 9h", "Invalid time '9h'.", "split last --at 9"),
        ("add Fix --for 'an hour'", "Invalid duration 'an hour'.", "add Fix --for '1 hour'"),
        ("edit last --move tody", "Invalid duration 'tody'.", "edit last --move today"),
        ("edit last-1 from 9 to 10 -p web", NO_ENTRY, "edit last-1 --from 9 --to 10 -p web"),
    ],
)
def test_a_form_of_another_tracker_is_answered_with_the_whole_command_line(
    app: App, typed: str, first: str, meant: str
) -> None:
    result = app.run(*shlex.split(typed))
    assert (result.code, result.out) == (3 if first == NO_ENTRY else 2, "")
    assert result.err == f"clockeye: {first}\n  Did you mean `clockeye {meant}`?\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("resume 9am", "resume --at 9am"),
        ("resume at 9", "resume --at 9"),
        ("resume 10m ago", "resume --at '10m ago'"),
        ("resume Standup 9:15 -p web", "resume --at 9:15 Standup -p web"),
        ("resume -- 9am", None),
        ("resume Standup", None),
    ],
)
def test_a_time_behind_resume_is_answered_with_its_option(app: App, typed: str, meant: str | None) -> None:
    app.ok("add", "9:30 is too late", "--from", "7", "--to", "8")
    result = app.run(*typed.split())
    assert (result.code, result.out) == (3, "")
    assert (f"Did you mean `clockeye {meant}`?" in result.err) is bool(meant)
    assert app.ok("resume", "9:30").out == "Started 9:30 is too late, at 12:00.\n"  # a text that there is


@pytest.mark.parametrize(
    ("typed", "err"),
    [
        ("config show", "Unknown command 'show'. Did you mean `clockeye config list`?"),
        ("projects ls", "Unknown command 'ls'. Did you mean `clockeye projects list`?"),
        ("projects mv a b", "Unknown command 'mv'. Did you mean `clockeye projects rename a b`?"),
        ("profiles switch work", "Unknown command 'switch'. Did you mean `clockeye profiles use work`?"),
        ("clients add Nord", f"Unknown command 'add'. Did you mean {FOR_A_CLIENT}?"),
        ("auth me", "Unknown command 'me'. Did you mean `clockeye auth status`?"),
        ("config zone", "Unknown command 'zone'. Did you mean `clockeye config get zone`?"),
        ("config zone UTC", "Unknown command 'zone'. Did you mean `clockeye config set zone UTC`?"),
        ("config zone=UTC", "Unknown command 'zone=UTC'. Did you mean `clockeye config set zone UTC`?"),
        ("config user.name Kim", "Unknown command 'user.name'."),
        ("config rm target", "Unknown command 'rm'. Did you mean `clockeye config unset target`?"),
    ],
)
def test_subcommands_have_other_words_too(app: App, typed: str, err: str) -> None:
    assert app.run(*typed.split()).err.splitlines()[0] == f"clockeye: {err}"


@pytest.mark.parametrize("word", sorted(MISSING))
def test_a_word_for_what_does_not_exist_says_so_in_one_line(app: App, word: str) -> None:
    result = app.run(word)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"clockeye: Unknown command {word!r}. {MISSING[word]}\n"


def test_text_is_not_taken_for_a_form_of_another_tracker(app: App) -> None:
    assert app.ok("start", "Fix", "@1").out == "Started Fix @1, at 12:00.\n"
    assert app.ok("start", "--", ":adjust").out.endswith("Started :adjust, at 12:00.\n")
    assert app.ok("log", "--search", ":week").err == ""


@pytest.mark.parametrize(
    ("typed", "first", "hint"),
    [
        ("start 9am @home", "'9am' was stored as text; --at 9am gives the time.", "edit current"),
        ("add 9-10 @home", f"clockeye: {NO_TIME}", "add --from 9 --to 10 @home"),
        ("log -t @1 november @1", "clockeye: '@1' is not a tag.", "A tag is one word."),
        ("stop :wave", "clockeye: Got unexpected extra argument(s) (:wave)", "stop -d :wave"),
    ],
)
def test_another_slip_beside_such_a_text_is_the_one_that_is_answered(
    app: App, typed: str, first: str, hint: str
) -> None:
    said = app.run(*typed.split()).err
    assert first in said
    assert hint in said.partition(first)[2]


def test_no_word_of_another_tracker_hides_a_command() -> None:
    assert not set(BY_NAME) & set(MISSING)
    assert {word for word in BY_NAME if OTHER_WORDS.get(word, word).split()[0] != word} == set()


@given(st.text("abcdeglmnoprstuv", min_size=2, max_size=8))
def test_nearness_never_suggests_what_deletes(word: str) -> None:
    if word in BY_NAME or word in OTHER_WORDS or word in MISSING:
        return
    error = slips.unknown_command([word], list(BY_NAME), "clockeye")
    suggestion = error.message.partition("`clockeye ")[2].rstrip("`?")
    assert not NEVER_SUGGESTED & set(suggestion.split())
    assert suggestion[:1] in ("", word[:1], "r")  # `report nov`


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("report web", "report -p web"),
        ("log web november", "log november -p web"),
        ("log november web --decimal", "log november -p web --decimal"),
        ("report for project web", "report -p web"),
        ("log soon", None),
        ("log next week", None),
        ("gaps web", None),
    ],
)
def test_a_word_that_is_no_period_may_be_a_project(app: App, typed: str, line: str | None) -> None:
    hint = app.run(*typed.split()).err.splitlines()[1]
    assert hint.startswith("  Examples: today, ")
    assert hint.endswith(f" A project is named by -p: `clockeye {line}`" if line else " q4, all.")
