"""The faces of the timer: start, stop, status, cancel, resume, check, watch."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples


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
    from clockeye_cli.commands.start import start

    start(
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
    from clockeye_cli.commands.stop import stop

    stop(ctx.obj, at=at, description=description, project=project, tags=tag or (), if_running=if_running)


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
    from clockeye_cli.commands.status import status

    status(o.in_a_hurry(ctx), template=template)


@examples("clockeye cancel", "clockeye cancel -y", "clockeye undo                           # brings it back")
def cancel(ctx: typer.Context, yes: o.Yes = False) -> None:
    """Prints what it took away."""
    from clockeye_cli.commands.cancel import cancel

    cancel(o.answered(ctx, yes))


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
    from clockeye_cli.commands.resume import resume

    resume(ctx.obj, entry, at=at, overlap=overlap)


@examples(
    "clockeye check                          # a timer over max_timer",
    "clockeye check --max 10h",
    "clockeye check --max 10h --idle 30m",
)
def check(
    ctx: typer.Context,
    longest: Annotated[
        str, typer.Option("--max", metavar="DURATION", help="The running timer is longer than this.")
    ] = "",
    idle: Annotated[
        str,
        typer.Option("--idle", metavar="DURATION", help="Nothing was tracked for so long, in hours of work."),
    ] = "",
) -> None:
    """Says nothing and exits with 0 if all is well; else one line and 1. Asks the account nothing."""
    from clockeye_cli.commands.check import check

    check(ctx.obj, longest=longest, idle=idle)


@examples(
    "clockeye watch",
    "clockeye -P work watch                  # another profile's day",
    "clockeye config set target 8h           # what its bar is of",
)
def watch(ctx: typer.Context) -> None:
    """`s` stops, `r` resumes, a number switches to what was worked on lately, `q` quits."""
    from clockeye_cli.commands.watch import watch

    watch(ctx.obj)
