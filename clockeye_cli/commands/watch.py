"""`clockeye watch`: the running timer and the day, redrawn every second, with keys to stop and switch."""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.duration import clock
from clockeye_cli.core.selection import DaysRead, Filter, TypedPeriod
from clockeye_cli.core.totals import total
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, ClockeyeError, UsageError
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.selection import period_of, stored
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.present.days import NARROW_WIDTH, by_day
from clockeye_cli.present.targets import progress, targets
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Timer
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.store.database import Connection

QUIT, STOP, RESUME = "q", "s", "r"
MOST_RECENT = 5
"""How many pieces of work can be switched to, each by its number."""

LOOKED_AT = 50
"""How many of the latest entries are searched for them."""

LINE = (Column("line", ""),)
DONE = (Column("what", "", "id"), Column("duration", "", "duration"))
PROGRESS = (
    *DONE,
    Column("balance", "", "balance", drop=2),
    Column("done", "", "id", drop=1),
    Column("share", "", "share", drop=4),
    Column("bar", "", "bar", drop=3),
)
KEYS = (Column("key", "", "id"), Column("does", ""))


def watch(ctx: Context) -> None:
    """Draw until `q` is pressed.

    Raises:
        UsageError: Input or output is not a terminal.
    """
    if not (ctx.questions.can_ask and ctx.out.is_terminal) or ctx.world.environ.get("TERM") == "dumb":
        raise UsageError("`clockeye watch` needs a terminal.", hint="`clockeye status` prints the same once.")
    from clockeye_cli.output.terminal.screen import Screen

    notices = _read_account(ctx)
    with Screen(ctx.world.stdin, ctx.world.stdout, ctx.world.environ) as screen:
        while True:
            recent, lines = _page(ctx.another(), notices, screen.height)
            ctx.store.close()  # so that other commands need not wait, and a restored store is shown
            screen.draw(lines)
            key = screen.key(1.0)
            if key == QUIT:
                return
            if key:
                notices = _act(ctx.another(), key, recent)


def _read_account(ctx: Context) -> list[str]:
    """Read the day from the account, once. Returns the notices about it."""
    with ctx.out.keep_notices() as notices:
        refresh(ctx, period_of(ctx, TypedPeriod(), "today"))
    return notices


def _act(ctx: Context, key: str, recent: list[Work]) -> list[str]:
    """Do the action of a key and everything that follows a command. Returns the result as lines."""
    with ctx.out.keep_notices() as notices:
        try:
            if done := _done(ctx, key, recent):
                notices.append(done)
                ctx.follow(ctx)
        except ClockeyeError as error:
            notices.extend(error.message.splitlines())
    return notices


def _done(ctx: Context, key: str, recent: list[Work]) -> str:
    """Do the action of a key. Returns the result as a line; empty for a key without an action."""
    number = int(key) if key.isascii() and key.isdigit() else 0
    if key not in (STOP, RESUME) and not 0 < number <= len(recent):
        return ""
    with ctx.write() as write:
        if key == STOP:
            entry = tracking.stop(write, None)
            names = projects.names(write.connection)
            return f"Stopped {phrases.describe(entry, names, ctx.zone, write.now)}."
        if number:
            work = recent[number - 1]
        elif timers.current(write.connection):
            return ""
        elif latest := entries.latest(write.connection, write.now):
            work = Work.of(latest)
        else:
            raise ClashError("No entry to resume.")
        started = tracking.start(write, work, None)
        names = projects.names(write.connection)
        return f"Started {phrases.describe(started.timer, names, ctx.zone, write.now)}."


def _page(ctx: Context, notices: list[str], height: int) -> tuple[list[Work], list[str]]:
    """The work that can be switched to, and the lines of the page.

    If they do not all fit, the first entries of the day are left out, then the first keys.
    """
    period = period_of(ctx, TypedPeriod(), "today")
    with ctx.store.read() as connection:
        selection = stored(ctx, connection, period, Filter(), DaysRead(ctx.now))
        runs = timers.current(connection)
        recent = _recent(connection, ctx.now, runs)
        day_table = by_day(ctx, connection, selection, is_narrow=ctx.out.width < NARROW_WIDTH)
    head = ctx.out.drawn([_timer(ctx, runs, selection)])
    keys = _keys(recent, selection.names, is_running=runs is not None)
    tables = [keys, Table(LINE, [Section("", [(line,) for line in notices])])]
    foot = ctx.out.drawn(tables if notices else tables[:1])
    foot = foot[max(0, len(foot) - height + len(head) + 1) :]
    day = ctx.out.drawn([day_table] if selection.entries else [])
    room = height - len(head) - len(foot) - 2
    if len(day) > room:
        day = [*day[:1], *day[len(day) - room + 1 :]] if room > 1 else []
    return recent, [*head, "", *day, *([""] if day else []), *foot]


def _timer(ctx: Context, runs: Timer | None, selection: Selection) -> Table:
    """The running timer in a line, and the day's total, with its share of the target if one is set."""
    tracked = total(selection.entries, selection.span).duration
    if runs is None:
        heading = "No timer is running."
    else:
        elapsed = clock(max(0, ctx.now - runs.started_at))
        heading = f"{elapsed}  {phrases.describe(runs, selection.names, ctx.zone, ctx.now)}"
    each = targets(ctx)
    if each is None:
        return Table(DONE, [Section(heading, [("Today", tracked)])])
    is_running = selection.running_id is not None
    today = progress(ctx, each, selection.entries, selection.span, is_running=is_running)
    share = tracked / today.target if today.target else 1.0
    what, done = f"Today, of {clock(today.target)}", today.done_in_words(ctx)
    return Table(PROGRESS, [Section(heading, [(what, tracked, tracked - today.target, done, share, share)])])


def _keys(recent: list[Work], names: dict[str, str], *, is_running: bool) -> Table:
    does = [(STOP, "stop") if is_running else (RESUME, "resume"), (QUIT, "quit")]
    works = [(str(number), _label(work, names)) for number, work in enumerate(recent, 1)]
    return Table(KEYS, [Section("", [*works, *does])])


def _recent(connection: Connection, now: int, runs: Timer | None) -> list[Work]:
    """The latest pieces of work, each once, without that of the running timer."""
    works = dict.fromkeys(Work.of(entry) for entry in entries.latest_own(connection, now, LOOKED_AT))
    if runs:
        works.pop(Work.of(runs), None)
    return list(works)[:MOST_RECENT]


def _label(work: Work, names: dict[str, str]) -> str:
    return phrases.work(names.get(work.project_id or ""), work.description)
