"""The words of other trackers (Timewarrior, Watson, klog, Toggl …), and what they are called here."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_COMMANDS = {
    "start": "in on track switch begin go new work hello hi punch punch-in clock-in clockin open next"
    " checkin check-in tracking working",
    "resume": "continue restart again unpause cont clone repeat redo-last"
    " continue-last resume-last duplicate dup",
    "stop": "pause out done off fin end finish halt complete interrupt break lunch punch-out clock-out"
    " clockout exit quit bye kill checkout check-out away afk",
    "status": "current active running what now ps st ongoing timer timers info",
    "log": "ls list frames show entries print display recent intervals frame records timeline"
    " entry register reg activity-log journal diary agenda",
    "log today": "today day daily",
    "log yesterday": "yesterday",
    "log --search": "find search grep",
    "log -n 1": "latest",
    "report": "summary balance stats total totals sum aggregate timesheet statistics evaluate analyze bal"
    " chart activity weekly hours overview recap digest worked breakdown overtime flextime",
    "report --chart": "calendar cal graph plot heatmap",
    "report --money": "money cost costs earnings amount amounts",
    "report --round": "round rounding",
    "report week": "week thisweek",
    "report last week": "lastweek",
    "report month": "month thismonth monthly",
    "report last month": "lastmonth",
    "report year": "year thisyear",
    "add": "manual record insert create enter book fill log-work addlog",
    "edit last": "edit-last",
    "edit": "modify change note annotate tag untag retag update move lengthen shorten resize amend describe"
    " comment extend reduce mod"
    " fix correct adjust shift trim rewrite",
    "split": "divide cut halve",
    "delete": "rm remove del erase trash destroy",
    "cancel": "abort discard",
    "undo": "revert rollback",
    "auth login": "login signin sign-in connect",
    "auth logout": "logout signout sign-out disconnect",
    "auth status": "whoami me user account",
    "sync": "push pull fetch upload download",
    "projects": "project proj tasks task activities accounts categories sheets sheet prj"
    " budget budgets rate rates",
    "projects rename": "rename mv",
    "projects archive": "archive",
    "tags": "tag-list labels label",
    "clients": "client customers customer",
    "invoices": "invoice bill billing mark-invoiced",
    "users": "team members people",
    "profiles": "profile workspace workspaces",
    "config list": "setup init settings setting configure options preferences prefs",
    "config set": "set",
    "config get": "get",
    "config get target": "target targets quota",
    "doctor": "diagnostics diagnose sanity fsck repair",
    "import": "load migrate convert import-csv",
    "check": "idle forgotten",
    "gaps": "gap holes untracked breaks",
    "watch": "tui dashboard live monitor",
    "export": "dump csv ical ics json timeclock",
    "history": "audit changes reflog",
    "help": "usage manual-page docs readme ?",
    "--version": "version ver about",
}
OTHER_WORDS = {word: ours for ours, words in _COMMANDS.items() for word in words.split()}
"""What a word of another tracker is called here: a command, with its first arguments."""

_MEMBERS = {
    "list": "ls show all print view",
    "add": "new create make insert",
    "edit": "modify change update set",
    "rename": "mv move",
    "remove": "rm delete del erase",
    "delete": "rm remove del erase",
    "archive": "close hide disable rm remove delete del",
    "unarchive": "restore reopen unhide enable",
    "use": "switch select checkout set default",
    "login": "signin sign-in connect add",
    "logout": "signout sign-out disconnect remove rm",
    "status": "whoami me show who",
    "set": "add change put",
    "get": "show read",
    "unset": "rm remove delete del reset",
    "path": "file where",
}
"""For the subcommands: each word of ours, with the words that others have for it."""

_OPTIONS = {
    "--from": "--start --begin --since --after --start-time --at -b -s -f",
    "--to": "--end --until --before --stop --end-time -e",
    "--at": "--start --begin --since --start-time --end --stop --end-time --time --when -a",
    "--for": "--duration --length -d",
    "-d": "--message --note --notes --comment --text --title -m",
    "-n": "--limit --last --max-count --head -c",
    "--by": "--group-by --group --groupby -g",
    "--by day": "--daily --by-day --per-day",
    "--by week": "--weekly --by-week --per-week",
    "--by month": "--monthly --by-month --per-month",
    "--period": "--range --date --on --when --day",
    "--today": "-d --current-day",
    "--week": "--this-week -w",
    "--month": "--this-month -m",
    "--year": "--this-year -y",
    "--tag": "--tags --label --labels",
    "--yes": "--force --confirm --assume-yes -f",
    "-o csv": "--csv",
    "-o markdown": "--markdown --md",
    "--debug": "--verbose -v",
    "--quiet": "--silent",
}
OTHER_OPTIONS = {
    theirs: [ours.split() for ours, words in _OPTIONS.items() if theirs in words.split()]
    for theirs in " ".join(_OPTIONS.values()).split()
}
"""What an option of another tracker is called here: the first that a command has, some with a value."""

IN_FRONT = {"-v": "--debug", "--verbose": "--debug", "--silent": "--quiet", "--format=json": "--json"}
"""The same for options before a command."""

ALONE_OPTIONS = {"-v": "--version", "-V": "--version", "-version": "--version"}
"""The same for options without a command."""

TEXTS = frozenset(("-d", "--description", *_OPTIONS["-d"].split()))
"""The options of other trackers for what stands here without one in `start` and `add`."""

_ADD = "`clockeye add DESCRIPTION --from WHEN --to WHEN`"

_MISSING = {
    "Entries cannot be joined; `clockeye edit last --to now` lengthens the last one.": "join merge combine",
    "There are no reminders; `clockeye check` reports a forgotten timer.": "remind reminder reminders alarm",
    "There are no pomodoros; `clockeye start` starts a plain timer.": "pomodoro pomo countdown",
    f"There are no plans; {_ADD} stores finished work.": "plan schedule planned estimate forecast",
    f"There are no absences; {_ADD} stores any time.": "vacation holiday holidays leave absence sick",
    "There is no approval; `clockeye report` shows what to hand in.": "submit approve lock unlock",
    "There are no goals; `clockeye config set target 8h` sets the time per day.": "goal goals",
    "There are no extensions; `clockeye help formats` is for scripts.": "extensions extension plugin plugins",
    "There is no upgrade; `clockeye --version` prints the version.": "upgrade self-update",
    "There are no bookmarks; `clockeye resume last-1` resumes earlier work.": "bookmark bookmarks favorite"
    " favorites favourite favourites fav favs template templates preset presets",
    "There is no reset; `clockeye profiles add fresh` adds a profile without entries.": "reset wipe purge"
    " nuke erase-all",
    "There is no such command; `clockeye config set alias.w 'report --week'` adds an alias.": "alias aliases",
    "There is no web page; `clockeye watch` shows the timer.": "web gui browser ui www",
}
MISSING = {word: line for line, words in _MISSING.items() for word in words.split()}
"""The words for what does not exist here, each with the line that says so."""

PERIODS = {
    ":day": "today",
    ":lastday": "yesterday",
    ":lastweek": "last week",
    ":fortnight": "last 2 weeks",
    ":lastmonth": "last month",
    ":lastquarter": "last quarter",
    ":lastyear": "last year",
    ":week": "week",
    ":month": "month",
    ":quarter": "quarter",
    ":year": "year",
    ":today": "today",
    ":yesterday": "yesterday",
    ":all": "all",
}
"""Timewarrior's hints for periods, with a PERIOD that is the same days."""

FLAGS = {
    ":adjust": ["--adjust", "--overlap"],
    ":yes": ["-y", "--yes"],
    ":quiet": ["-q"],
    ":debug": ["--debug"],
    ":color": ["--color=always"],
    ":nocolor": ["--color=never"],
    ":ids": [],
    ":blank": [],
    ":fill": [],
    ":annotations": [],
}
"""Timewarrior's other hints, each with the options that do the same, the first one that a command has."""


def our_word(word: str, names: Collection[str], *, is_member: bool = False) -> str:
    """What a word of another tracker is called here; empty if it is unknown or does not exist here.

    Args:
        word: The word.
        names: The names of the commands, or of the subcommands.
        is_member: Whether it stands for a subcommand.
    """
    word = word.lower()
    if is_member:
        return next((ours for ours, words in _MEMBERS.items() if ours in names and word in words.split()), "")
    ours = OTHER_WORDS.get(word, "")
    return ours if ours.split(" ")[0] in names or ours.startswith("-") else ""
