"""The faces of the timer: start, stop, status, cancel, resume, check, watch."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye start Fix the login bug -p website",
    'clockeye start Standup -p team --at "10m ago"',
    "clockeye start -                        # the same work again",
    writes=True,
)
def start(
    run: Context,
    description: o.Words = None,
    project: o.Project = None,
    tag: o.Tags = None,
    at: o.At = "",
    billable: o.Billable = None,
    if_idle: Annotated[bool, Option("--if-idle", help="Do nothing if a timer is running.")] = False,
    overlap: o.Overlap = False,
) -> None:
    """A `#word` or `+word` in the description is a tag. An unknown project is created."""
    from clockeye_cli.commands.start import start

    start(
        run,
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
    "clockeye stop --at 17:30                # if you forgot to stop it",
    'clockeye stop -d "Fix the login bug, with tests" -t bug',
    writes=True,
)
def stop(
    run: Context,
    at: o.At = "",
    description: o.Description = None,
    project: o.Project = None,
    tag: o.Tags = None,
    untag: o.Untag = None,
    if_running: Annotated[bool, Option("--if-running", help="Do not fail if no timer is running.")] = False,
) -> None:
    """-d and -p replace the description and the project of the entry; -t adds tags, --untag removes them."""
    from clockeye_cli.commands.stop import stop

    stop(
        run,
        at=at,
        description=description,
        project=project,
        tags=tag or (),
        untag=untag or (),
        if_running=if_running,
    )


@examples(
    "clockeye status",
    "clockeye status --json",
    "clockeye status --format '{project} {elapsed} (today {today})'",
)
def status(
    run: Context,
    template: Annotated[
        str,
        Option(
            "--format",
            metavar="TEMPLATE",
            help="A template with {project}, {description}, {work}, {elapsed}, {today} or {attention};"
            " or waybar or tmux.",
        ),
    ] = "",
) -> None:
    """Exits with 0 even if no timer is running."""
    from clockeye_cli.commands.status import status

    status(o.in_a_hurry(run), template=template)


@examples(
    "clockeye cancel",
    "clockeye cancel -y",
    "clockeye undo                           # restores it",
    writes=True,
)
def cancel(run: Context, yes: o.Yes = False) -> None:
    """Prints the timer that it discards."""
    from clockeye_cli.commands.cancel import cancel

    cancel(o.answered(run, yes))


@examples(
    "clockeye resume",
    "clockeye resume last-1 --at 13:00",
    "clockeye resume login bug               # the latest entry with this text",
    writes=True,
)
def resume(
    run: Context,
    entry: o.EntryOrText = None,
    project: o.Project = None,
    tag: o.Tags = None,
    untag: o.Untag = None,
    at: o.At = "",
    overlap: o.Overlap = False,
) -> None:
    """Copies the description, the project and whether it is billable. After --, all words are a text."""
    from clockeye_cli.commands.resume import resume

    resume(
        run,
        entry or ["last"],
        is_text="--" in run.args,
        project=project,
        tags=tag or (),
        untag=untag or (),
        at=at,
        overlap=overlap,
    )


@examples(
    "clockeye check                          # a timer longer than max_timer",
    "clockeye check --max 10h",
    "clockeye check --max 10h --idle 30m",
    "clockeye check --overlaps --period month",
    "clockeye check --budget",
)
def check(
    run: Context,
    longest: Annotated[
        str, Option("--max", metavar="DURATION", help="Report a running timer longer than this.")
    ] = "",
    idle: Annotated[
        str,
        Option(
            "--idle",
            metavar="DURATION",
            help="Report if nothing was tracked for this long during working hours.",
        ),
    ] = "",
    overlaps: Annotated[bool, Option("--overlaps", help="List entries that overlap each other.")] = False,
    period: Annotated[
        str, Option("--period", metavar="PERIOD", help="With --overlaps: only in these days.")
    ] = "",
    budget: Annotated[bool, Option("--budget", help="Report budgets that are used up.")] = False,
) -> None:
    """If all is well, prints nothing and exits with 0; otherwise says what is wrong and exits with 1."""
    from clockeye_cli.commands.check import check

    check(run, longest=longest, idle=idle, overlaps=overlaps, period=period, budget=budget)


@examples(
    "clockeye watch",
    "clockeye -P work watch                  # another profile",
    "clockeye config set target 8h           # the day's target",
)
def watch(run: Context) -> None:
    """`s` stops, `r` resumes, a number switches to recent work, `q` quits."""
    from clockeye_cli.commands.watch import watch

    watch(run)
