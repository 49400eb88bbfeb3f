"""The faces of what tracks: start, stop, status, cancel, resume, add, edit, split, delete, undo, prompt."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.examples import examples


@examples(
    "clockeye start Fix the login bug -p website",
    'clockeye start Standup -p team --at "10m ago"',
    "clockeye start -                        # what was worked on last, again",
)
def start(
    ctx: typer.Context,
    description: o.Words = None,
    project: o.Project = None,
    tag: o.Tags = None,
    at: o.At = "",
    billable: o.Billable = None,
    if_idle: Annotated[bool, typer.Option("--if-idle", help="Leave a timer that runs as it is.")] = False,
    overlap: o.Overlap = False,
) -> None:
    """A `#word` or `+word` in the description is a tag. A project that is new is made."""
    from clockeye_cli.commands import start as run

    run.run(
        ctx.obj,
        description or [],
        project=project,
        tags=tag or (),
        at=at,
        billable=billable,
        if_idle=if_idle,
        overlap=overlap,
    )


@examples(
    "clockeye stop",
    "clockeye stop --at 17:30                # forgotten: it ended then",
    'clockeye stop -d "Fix the login bug, with tests" -t bug',
)
def stop(
    ctx: typer.Context,
    at: o.At = "",
    description: o.Description = None,
    project: o.Project = None,
    tag: o.Tags = None,
    if_running: Annotated[bool, typer.Option("--if-running", help="Be content if no timer runs.")] = False,
) -> None:
    """With -d, -p and -t it becomes what it turned out to be."""
    from clockeye_cli.commands import stop as run

    run.run(ctx.obj, at=at, description=description, project=project, tags=tag or (), if_running=if_running)


@examples(
    "clockeye status",
    "clockeye status --json",
    "clockeye status --format '{project} {elapsed} (today {today})'",
)
def status(
    ctx: typer.Context,
    template: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="TEMPLATE",
            help="With {project}, {description}, {work}, {elapsed} and {today}; or waybar, or tmux.",
        ),
    ] = "",
) -> None:
    """Idle is no failure: it says so and exits with 0."""
    from clockeye_cli.commands import status as run

    run.run(o.in_a_hurry(ctx), template=template)


@examples(
    "clockeye prompt",
    "PS1='$(clockeye prompt --shell bash) \\$ '",
    "clockeye prompt --format '{project} {elapsed}'",
)
def prompt(
    ctx: typer.Context,
    template: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="TEMPLATE",
            help="With {project}, {description}, {work}, {elapsed} and {today}.",
        ),
    ] = "",
    shell: Annotated[
        str, typer.Option("--shell", metavar="SHELL", help="bash, zsh or fish: whose prompt it is.")
    ] = "",
) -> None:
    """Prints nothing when no timer runs, and nothing that a shell would expand."""
    from clockeye_cli.commands import prompt as run

    run.run(o.in_a_hurry(ctx), template=template, shell=shell)


@examples("clockeye cancel", "clockeye cancel -y", "clockeye undo                           # brings it back")
def cancel(ctx: typer.Context, yes: o.Yes = False) -> None:
    """Prints what it took away."""
    from clockeye_cli.commands import cancel as run

    run.run(o.answered(ctx, yes))


@examples(
    "clockeye resume",
    "clockeye resume last-1",
    "clockeye resume 4k7d --at 13:00",
)
def resume(
    ctx: typer.Context,
    entry: o.Entry = "last",
    at: o.At = "",
    overlap: o.Overlap = False,
) -> None:
    """Takes over the description, project and billable of an entry; a timer that runs is stopped."""
    from clockeye_cli.commands import start as run

    run.resume(ctx.obj, entry, at=at, overlap=overlap)


@examples(
    "clockeye add Planning -p team --from 9 --to 10:30",
    'clockeye add Phone call -p acme --for 25m --from "yesterday 16:00"',
    "clockeye add Review -p website --for 1h30    # ends now",
)
def add(
    ctx: typer.Context,
    description: o.Words = None,
    project: o.Project = None,
    tag: o.Tags = None,
    start: o.From = "",
    end: o.To = "",
    duration: Annotated[
        str, typer.Option("--for", metavar="DURATION", help="How long: 90m, 1h30, 0:45, 1.5h.")
    ] = "",
    billable: o.Billable = None,
    overlap: o.Overlap = False,
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="Safe to repeat: the same key is stored once.")
    ] = "",
) -> None:
    """Takes two of --from, --to and --for; --for alone ends now."""
    from clockeye_cli.commands import add as run

    run.run(
        ctx.obj,
        description or [],
        project=project,
        tags=tag or (),
        start=start,
        end=end,
        duration=duration,
        billable=billable,
        overlap=overlap,
        key=key,
    )


@examples(
    "clockeye edit last --to 17:30",
    "clockeye edit current --from 9:15",
    "clockeye edit 4k7d 9xw2 -p acme --no-billable",
    "clockeye edit last                      # in the editor",
)
def edit(
    ctx: typer.Context,
    entry: o.Entries,
    start: o.From = "",
    end: o.To = "",
    description: o.Description = None,
    project: o.Project = None,
    tag: o.Tags = None,
    billable: o.Billable = None,
    overlap: o.Overlap = False,
) -> None:
    """A bare time belongs to the entry's own day. Without options the entry opens in $VISUAL or $EDITOR."""
    from clockeye_cli.commands.edit import edit as run

    run.run(
        ctx.obj,
        entry,
        start=start,
        end=end,
        description=description,
        project=project,
        tags=tag or (),
        billable=billable,
        overlap=overlap,
    )


@examples(
    "clockeye split last --at 11:00",
    "clockeye split 4k7d --at 12:00 --gap 45m     # lunch was in it",
    'clockeye split current --at "20m ago"',
)
def split(
    ctx: typer.Context,
    entry: o.Entry,
    at: Annotated[str, typer.Option("--at", metavar="WHEN", help="Where, within the entry.")],
    gap: Annotated[str, typer.Option("--gap", metavar="DURATION", help="Cut out so much after it.")] = "",
) -> None:
    """The first part keeps the id. Of the timer, the second part runs on."""
    from clockeye_cli.commands import split as run

    run.run(ctx.obj, entry, at=at, gap=gap)


@examples(
    "clockeye delete last",
    "clockeye delete 4k7d 9xw2 -y",
    "clockeye undo                           # brings them back",
)
def delete(ctx: typer.Context, entry: o.Entries, yes: o.Yes = False) -> None:
    """All of them, or none. Prints what it deleted."""
    from clockeye_cli.commands import delete as run

    run.run(o.answered(ctx, yes), entry)


@examples(
    "clockeye undo", "clockeye undo -y", "clockeye history                        # what it would take back"
)
def undo(ctx: typer.Context, yes: o.Yes = False) -> None:
    """Again takes back the one before. Asks first where the time of a running timer would be lost."""
    from clockeye_cli.commands import undo as run

    run.run(o.answered(ctx, yes))
