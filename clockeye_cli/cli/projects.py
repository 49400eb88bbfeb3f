"""The faces of projects: list, add, edit, rename, archive, merge, delete."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

Name = Annotated[str, Argument(metavar="NAME", help="The name of a project.")]
Client = Annotated[
    str | None,
    Option("--client", metavar="CLIENT", help="Its client; a new one is created; none for no client."),
]
Color = Annotated[
    str, Option("--color", metavar="COLOR", help="Its colour: blue, orange, violet, teal, rust, lilac …")
]
NewBillable = Annotated[
    bool | None, Option("--billable/--no-billable", help="Whether new entries are billable.")
]

projects = Family(
    "List, add, edit, rename, archive, merge and delete projects."
    "\n\nWithout a subcommand, lists the projects.",
    "clockeye projects",
    "clockeye projects add website --billable",
    'clockeye projects edit website --client "Nord & Co"',
    'clockeye projects rename website "acme website"',
)


@projects.command(
    "list",
    "List the projects.",
    "clockeye projects list --all",
    "clockeye projects list --columns project,project_id -o tsv",
    "clockeye projects list --save projects.csv",
    is_alone=True,
)
def projects_list(
    run: Context,
    everything: Annotated[bool, Option("--all", help="Include archived projects.")] = False,
    columns: o.Columns = "",
    save: o.Save = "",
    force: o.Force = False,
) -> None:
    """List the projects."""
    from clockeye_cli.commands.projects.list import list_projects

    list_projects(o.listing(run, columns, save=save, force=force), everything=everything)


@projects.command(
    "add",
    "Create projects.",
    "clockeye projects add website",
    'clockeye projects add "acme intranet" --no-billable',
    "clockeye projects add design support",
    writes=True,
)
def projects_add(
    run: Context,
    name: Annotated[
        list[str],
        Argument(metavar="NAME...", help="The names of the projects; quote names with spaces."),
    ],
    billable: NewBillable = None,
    client: Client = None,
    rate: o.Rate = "",
    first: o.RateFrom = "",
    rounding: o.RoundingRule = "",
    budget: o.Budget = "",
    color: Color = "",
    yes: o.Yes = False,
) -> None:
    """Create projects."""
    from clockeye_cli.commands.projects.add import add_projects
    from clockeye_cli.interpret.clients import project_edit
    from clockeye_cli.interpret.terms_edit import TermsEdit

    terms = TermsEdit(rate, first, rounding, budget)
    add_projects(o.answered(run, yes), name, project_edit(client, billable, color), terms)


@projects.command(
    "edit",
    "Change a project: its client, its rate, its budget, its default for new entries, its colour.",
    'clockeye projects edit website --client "Nord & Co"',
    "clockeye projects edit website --client none",
    "clockeye projects edit website --color teal --no-billable",
    'clockeye projects edit website --rate "95 EUR" --from 2026-12-01',
    'clockeye projects edit website --budget "40h a month"',
    writes=True,
)
def projects_edit(
    run: Context,
    name: Name,
    client: Client = None,
    billable: NewBillable = None,
    rate: o.Rate = "",
    first: o.RateFrom = "",
    rounding: o.RoundingRule = "",
    budget: o.Budget = "",
    color: Color = "",
    yes: o.Yes = False,
) -> None:
    """Change a project."""
    from clockeye_cli.commands.projects.edit import edit_project
    from clockeye_cli.interpret.clients import project_edit
    from clockeye_cli.interpret.terms_edit import TermsEdit

    terms = TermsEdit(rate, first, rounding, budget)
    edit_project(o.answered(run, yes), name, project_edit(client, billable, color), terms)


@projects.command(
    "rename",
    "Rename a project; it keeps its entries.",
    'clockeye projects rename website "acme website"',
    "clockeye projects rename acme acme-2026",
    "clockeye undo",
    writes=True,
)
def projects_rename(
    run: Context, name: Name, new: Annotated[str, Argument(metavar="NEW", help="The new name.")]
) -> None:
    """Rename a project."""
    from clockeye_cli.commands.projects.rename import rename_project

    rename_project(run, name, new)


@projects.command(
    "archive",
    "Archive projects: they keep their entries, but accept no new ones.",
    "clockeye projects archive website",
    "clockeye projects archive website design",
    "clockeye projects unarchive website     # brings it back",
    writes=True,
)
def projects_archive(
    run: Context,
    name: Annotated[list[str], Argument(metavar="NAME...", help="The names of the projects.")],
    restore: Annotated[bool, Option("--restore", help="Restore them.", is_hidden=True)] = False,
) -> None:
    """Archive projects."""
    from clockeye_cli.commands.projects.archive import archive_projects

    archive_projects(run, name, archived=not restore)


@projects.command(
    "unarchive",
    "Bring archived projects back.",
    "clockeye projects unarchive website",
    "clockeye projects unarchive website design",
    "clockeye projects list --all            # shows archived ones",
    writes=True,
)
def projects_unarchive(
    run: Context,
    name: Annotated[list[str], Argument(metavar="NAME...", help="The names of the projects.")],
) -> None:
    """Bring archived projects back."""
    from clockeye_cli.commands.projects.archive import archive_projects

    archive_projects(run, name, archived=False)


@projects.command(
    "merge",
    "Move all entries of a project to another, and delete the empty one.",
    "clockeye projects merge websiet website",
    "clockeye projects merge acme-2025 acme",
    "clockeye undo",
    writes=True,
)
def projects_merge(
    run: Context,
    name: Name,
    into: Annotated[str, Argument(metavar="INTO", help="The project that gets the entries.")],
) -> None:
    """Merge projects."""
    from clockeye_cli.commands.projects.merge import merge_projects

    merge_projects(run, name, into)


@projects.command(
    "delete",
    "Delete projects that have no entries.",
    "clockeye projects delete websiet",
    "clockeye projects delete design support",
    "clockeye undo",
    writes=True,
)
def projects_delete(
    run: Context,
    name: Annotated[list[str], Argument(metavar="NAME...", help="The names of the projects.")],
) -> None:
    """Delete projects."""
    from clockeye_cli.commands.projects.delete import delete_projects

    delete_projects(run, name)
