"""The faces of projects: list, add, rename, archive."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import epilog, new_typer, subcommand

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of a project.")]


projects = new_typer(
    invoke_without_command=True,
    help="List, add, rename and archive projects.\n\nWithout a subcommand, lists the projects.",
    epilog=epilog(
        (
            "clockeye projects",
            "clockeye projects add website --billable",
            'clockeye projects rename website "acme website"',
        )
    ),
)


@projects.callback()
def projects_root(ctx: typer.Context) -> None:
    """List the projects if no subcommand is given."""
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands.projects.list import list_projects

        list_projects(ctx.obj)


@subcommand(
    projects,
    "list",
    "List the projects.",
    "clockeye projects list --all",
    "clockeye projects list --columns project,project_id -o tsv",
    "clockeye projects list --save projects.csv",
)
def projects_list(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Include archived projects.")] = False,
    columns: o.Columns = "",
    save: o.Save = "",
    force: o.Force = False,
) -> None:
    """List the projects."""
    from clockeye_cli.commands.projects.list import list_projects

    list_projects(o.listing(ctx, columns, save=save, force=force), everything=everything)


@subcommand(
    projects,
    "add",
    "Create projects.",
    "clockeye projects add website",
    'clockeye projects add "acme intranet" --no-billable',
    "clockeye projects add design support",
)
def projects_add(
    ctx: typer.Context,
    name: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="The names of the projects; quote names with spaces."),
    ],
    billable: Annotated[
        bool | None,
        typer.Option(
            "--billable/--no-billable", help="Whether new entries are billable.", show_default=False
        ),
    ] = None,
) -> None:
    """Create projects."""
    from clockeye_cli.commands.projects.add import add_projects

    add_projects(ctx.obj, name, billable=billable)


@subcommand(
    projects,
    "rename",
    "Rename a project; it keeps its entries.",
    'clockeye projects rename website "acme website"',
    "clockeye projects rename acme acme-2026",
    "clockeye undo",
)
def projects_rename(
    ctx: typer.Context, name: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")]
) -> None:
    """Rename a project."""
    from clockeye_cli.commands.projects.rename import rename_project

    rename_project(ctx.obj, name, new)


@subcommand(
    projects,
    "archive",
    "Archive projects: they keep their entries, but accept no new ones.",
    "clockeye projects archive website",
    "clockeye projects archive website --restore",
    "clockeye projects list --all",
)
def projects_archive(
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="The names of the projects.")],
    restore: Annotated[bool, typer.Option("--restore", help="Restore archived projects instead.")] = False,
) -> None:
    """Archive projects."""
    from clockeye_cli.commands.projects.archive import archive_projects

    archive_projects(ctx.obj, name, archived=not restore)
