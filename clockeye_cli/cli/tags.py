"""The faces of tags: list, rename."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument
from clockeye_cli.cli.selecting import reporting
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from clockeye_cli.core.selection import Reading

tags = Family(
    "List and rename tags.\n\nWithout a subcommand, lists the tags of a period, by default of this week.",
    "clockeye tags",
    "clockeye tags last month -p website",
    "clockeye tags rename bug defect",
)


@tags.command(
    "list",
    "List tags with their entries and time; the default is this week.",
    "clockeye tags list --all",
    "clockeye tags list 2026-11 -p website",
    "clockeye tags list --month --save tags.csv",
    is_alone=True,
)
@reporting
def tags_list(
    run: Context,
    typed_period: TypedPeriod,
    wanted: Filter,
    how: "Reading",
) -> None:
    """List the tags of a period."""
    from clockeye_cli.commands.tags.list import list_tags

    list_tags(run, typed_period, wanted, how=how)


@tags.command(
    "rename",
    "Rename a tag in all entries, or merge it into another.",
    "clockeye tags rename bug defect",
    "clockeye tags rename JS JavaScript",
    "clockeye undo",
    writes=True,
)
def tags_rename(
    run: Context,
    old: Annotated[str, Argument(metavar="OLD", help="The tag.")],
    new: Annotated[str, Argument(metavar="NEW", help="Its new name.")],
    yes: o.Yes = False,
) -> None:
    """Rename a tag."""
    from clockeye_cli.commands.tags.rename import rename_tag

    rename_tag(o.answered(run, yes), old, new)
