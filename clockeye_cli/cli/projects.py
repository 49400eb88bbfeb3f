"""The faces of projects: list, add, rename, archive."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import epilog, new_typer, subcommand

Name = Annotated[str, typer.Argument(metavar="NAME", help="Which.")]


projects = new_typer(
    invoke_without_command=True,
    help="List, add, rename and archive projects.\n\nWithout a word after it, projects lists them.",
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
    """List them where nothing else is asked for."""
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
    everything: Annotated[bool, typer.Option("--all", help="Archived ones too.")] = False,
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
    "Make projects.",
    "clockeye projects add website",
    'clockeye projects add "acme intranet" --no-billable',
    "clockeye projects add design support",
)
def projects_add(
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="Their names; quote one with spaces.")],
    billable: Annotated[
        bool | None,
        typer.Option("--billable/--no-billable", help="What new entries take.", show_default=False),
    ] = None,
) -> None:
    """Make projects."""
    from clockeye_cli.commands.projects.add import add_projects

    add_projects(ctx.obj, name, billable=billable)


@subcommand(
    projects,
    "rename",
    "Give a project another name; its entries go with it.",
    'clockeye projects rename website "acme website"',
    "clockeye projects rename acme acme-2026",
    "clockeye undo",
)
def projects_rename(
    ctx: typer.Context, name: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]
) -> None:
    """Give a project another name."""
    from clockeye_cli.commands.projects.rename import rename_project

    rename_project(ctx.obj, name, new)


@subcommand(
    projects,
    "archive",
    "Archive projects: kept for their entries, not offered for new ones.",
    "clockeye projects archive website",
    "clockeye projects archive website --restore",
    "clockeye projects list --all",
)
def projects_archive(
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="Which.")],
    restore: Annotated[bool, typer.Option("--restore", help="Bring them back instead.")] = False,
) -> None:
    """Archive projects."""
    from clockeye_cli.commands.projects.archive import archive_projects

    archive_projects(ctx.obj, name, archived=not restore)
