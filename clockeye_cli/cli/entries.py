"""The faces of the commands that write entries: add, edit, split, delete."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye add Planning -p team --from 9 --to 10:30",
    'clockeye add Phone call -p acme --for 25m --from "yesterday 16:00"',
    "clockeye add Review -p website --for 1h30    # ends now",
    "clockeye add Lunch --from last --to 13 --adjust    # cut what overlaps",
    writes=True,
)
def add(
    run: Context,
    description: o.Words = None,
    project: o.Project = None,
    tag: o.Tags = None,
    start: o.From = "",
    end: o.To = "",
    duration: o.For = "",
    billable: o.Billable = None,
    overlap: o.Overlap = False,
    adjust: o.Adjust = False,
    key: Annotated[
        str,
        Option(
            "--key",
            metavar="KEY",
            help="A key of your choice; repeating the command with the same key stores nothing new.",
        ),
    ] = "",
) -> None:
    """Give two of --from, --to and --for; with --for alone, the entry ends now."""
    from clockeye_cli.commands.add import add

    add(
        run,
        description or [],
        project=project,
        tags=tag or (),
        start=start,
        end=end,
        duration=duration,
        billable=billable,
        overlap=overlap,
        adjust=adjust,
        key=key,
    )


@examples(
    "clockeye edit last --to 17:30",
    "clockeye edit last --for 45m            # keeps the start",
    "clockeye edit last --move yesterday     # keeps the clock time and the length",
    "clockeye edit current --from 9:15",
    "clockeye edit 4k7d 9xw2 -p acme --no-billable",
    "clockeye edit                           # what the latest command changed, in the editor",
    "clockeye edit - -p acme                  # a list of entries from standard input",
    writes=True,
)
def edit(
    run: Context,
    entry: o.EntriesOrIt = None,
    start: o.From = "",
    end: o.To = "",
    duration: o.For = "",
    move: Annotated[
        str,
        Option(
            "--move", metavar="DURATION|DAY", help="Move the whole entry: 15m, -1h; or to a day: yesterday."
        ),
    ] = "",
    description: o.Description = None,
    project: o.Project = None,
    tag: o.Tags = None,
    untag: o.Untag = None,
    billable: o.Billable = None,
    overlap: o.Overlap = False,
    adjust: o.Adjust = False,
) -> None:
    """A time without a day is on the entry's own day. Without options, opens $VISUAL or $EDITOR."""
    from clockeye_cli.commands.edit.edit import edit

    edit(
        run,
        entry or [],
        start=start,
        end=end,
        duration=duration,
        move=move,
        description=description,
        project=project,
        tags=tag or (),
        untag=untag or (),
        billable=billable,
        overlap=overlap,
        adjust=adjust,
    )


@examples(
    "clockeye split last --at 11:00",
    "clockeye split 4k7d --at 12:00 --gap 45m     # without the lunch break",
    'clockeye split current --at "20m ago"',
    writes=True,
)
def split(
    run: Context,
    entry: o.Entry,
    at: Annotated[str, Option("--at", metavar="WHEN", help="The time to split at, within the entry.")],
    gap: Annotated[
        str, Option("--gap", metavar="DURATION", help="Leave a break of this length after that time.")
    ] = "",
) -> None:
    """The first part keeps the id. If the timer is split, the second part keeps running."""
    from clockeye_cli.commands.split import split

    split(run, entry, at=at, gap=gap)


@examples(
    "clockeye delete it                      # what the latest command changed",
    "clockeye delete 4k7d 9xw2 -y",
    "clockeye delete - -y                     # a list of entries from standard input",
    "clockeye undo                           # restores them",
    writes=True,
)
def delete(run: Context, entry: o.Entries, yes: o.Yes = False) -> None:
    """Deletes either all of the entries or none, and prints them."""
    from clockeye_cli.commands.delete import delete

    delete(o.answered(run, yes), entry)
