"""The part of `clockeye auth login` that moves entries tracked before the login to the account."""

from __future__ import annotations

from clockeye_cli.config.profiles import LOCAL
from clockeye_cli.core import phrases
from clockeye_cli.core.duration import clock
from clockeye_cli.core.period import Period
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import KeyMissingError, RejectedError, UnreachableError
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.store import entries, projects, remembered
from clockeye_cli.store import timer as timers
from clockeye_cli.store.state import exists
from clockeye_cli.tracking import adopting
from clockeye_cli.tracking.overlaps import list_in_words

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.store.state import Store, Write
    from clockeye_cli.tracking.adopting import Adopted


class _DryRun(Exception):  # noqa: N818 (no failure)
    """Rolls back the dry run."""


def adopt(ctx: Context, wanted: bool | None, project: str = "") -> None:
    """Move the entries, projects and timer of the profile `local` to the profile that the run works on.

    At a terminal, shows what would move and asks first. Where nobody can be asked, says that it stays.

    Args:
        ctx: What the command works with.
        wanted: Whether to do it; None to ask, if somebody can be asked.
        project: For entries without one: an id, a name or its beginning; empty to leave them.

    Raises:
        ClashError: `project` is unknown or ambiguous.
    """
    local = ctx.session.store_of(LOCAL)
    if not exists(local.path):
        return
    try:
        if wanted or (wanted is None and ctx.questions.can_ask):
            _read_days(ctx, local)
            with ctx.store.beside(local):
                _adopt(ctx, project)
        elif wanted is None:
            with local.read() as connection:
                count = entries.count(connection)
            if count:
                stay = counted(count, "entry stays", "entries stay")
                ctx.out.notice(
                    f"{stay} in the local profile; `clockeye auth login --adopt` moves those with a"
                    " project to the account."
                )
    finally:
        with local.read() as connection:
            timer = timers.running(connection)
        local.close()
        with ctx.store.exchange() as connection:
            remembered.put(connection, remembered.TIMER_LEFT_BEHIND, timer.local_id if timer else "")


def _read_days(ctx: Context, local: Store) -> None:
    """Read the days of the local entries from the account, to know which entries overlap."""
    with local.read() as connection:
        local_entries = entries.every(connection)
    if not local_entries:
        return
    first, last = (
        ctx.rule.day_of(local_entries[0].started_at),
        ctx.rule.day_of(max(e.ended_at for e in local_entries)),
    )
    try:
        refresh(ctx, Period(first, last, ""), needs_all=True)
    except (UnreachableError, KeyMissingError, RejectedError) as error:
        ctx.out.notice(f"{error.message} Overlaps with entries on the account were not checked.")


def _adopt(ctx: Context, project: str) -> None:
    if ctx.questions.can_ask and not ctx.options.yes:
        adopted, lines = _tried(ctx, project)
        if adopted.is_something:
            question = "\n".join([*lines, f"Move this to the profile {ctx.session.profile.name}?"])
            if not ctx.questions.confirm(question, "-y"):
                ctx.out.notice("Nothing was moved from the local profile.")
                return
    with ctx.write() as write:
        adopted = adopting.adopt(write, LOCAL, ctx.session.profile.name, project)
        stays = _what_stays(write, adopted)
    moved = f"Moved from the local profile: {_sum(adopted)}." if adopted.is_something else ""
    ctx.out.notice([line for line in (moved, *stays) if line])


def _tried(ctx: Context, project: str) -> tuple[Adopted, list[str]]:
    """The result of a dry run, as a value and in words: adopted in a transaction that is rolled back."""
    try:
        with ctx.store.write(ctx.args, ctx.zone) as write:
            write.posts_timer = ctx.settings.sync_timer
            adopted = adopting.adopt(write, LOCAL, ctx.session.profile.name, project)
            lines = [*_what_goes(write, adopted), *_what_stays(write, adopted)]
            raise _DryRun
    except _DryRun:
        return adopted, lines


def _what_goes(write: Write, adopted: Adopted) -> list[str]:
    names = projects.names(write.connection)
    new = {project.id for project in adopted.projects}
    lines = [f"To move from the local profile: {_sum(adopted)}."]
    if adopted.entries:
        first, last = (
            phrases.stamp(at, write.zone)[:10]
            for at in (adopted.entries[0].started_at, max(entry.ended_at for entry in adopted.entries))
        )
        lines.append(f"From {first} to {last}:")
    seconds = dict.fromkeys(sorted((e.project_id or "" for e in adopted.entries), key=names.__getitem__), 0)
    seconds |= dict.fromkeys(new - seconds.keys(), 0)
    for entry in adopted.entries:
        seconds[entry.project_id or ""] += entry.duration
    width = max((len(clock(length)) for length in seconds.values()), default=0)
    for project_id, length in seconds.items():
        note = " (new on the account)" if project_id in new else ""
        lines.append(f"  {clock(length):>{width}}  {names[project_id]}{note}")
    if adopted.timer:
        lines.append(
            f"The timer keeps running there: {phrases.describe(adopted.timer, names, write.zone, write.now)}."
        )
    return lines


def _what_stays(write: Write, adopted: Adopted) -> list[str]:
    lines = []
    if adopted.overlapping:
        lines.append(
            f"{counted(adopted.overlapping, 'entry overlaps', 'entries overlap')} others on the account."
        )
    if adopted.staying:
        count = counted(len(adopted.staying), "entry without a project", "entries without a project")
        them = "it" if len(adopted.staying) == 1 else "them"
        lines.append(f"Not moved: {count}; use --adopt-project NAME to move {them} too:")
        lines += [f"  {line}" for line in list_in_words(write, adopted.staying).split("\n")]
    if adopted.staying_timer:
        is_blocked = adopted.staying_timer.project_id
        reason = "another one is running on the account" if is_blocked else "it has no project"
        lines.append(f"The running timer stays local: {reason}.")
    return lines


def _sum(adopted: Adopted) -> str:
    """`12 entries (13:15:00), 2 new projects and the running timer`."""
    parts = []
    if adopted.entries:
        length = clock(sum(entry.duration for entry in adopted.entries))
        parts.append(f"{counted(len(adopted.entries), 'entry', 'entries')} ({length})")
    if adopted.projects:
        parts.append(counted(len(adopted.projects), "new project", "new projects"))
    if adopted.timer:
        parts.append("the running timer")
    return ", ".join(parts)
