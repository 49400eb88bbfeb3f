"""The faces of what is set up: projects, profiles, config, backup, restore, doctor, completion."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.app import epilog, new_typer, subcommand
from clockeye_cli.cli import options as o
from clockeye_cli.cli.examples import examples

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
profiles = new_typer(
    invoke_without_command=True,
    help="List the profiles, and choose the one to work on.\n\nEach has its own entries, projects and timer.",
    epilog=epilog(("clockeye profiles", "clockeye profiles use local", "clockeye -P local log --week")),
)
config = new_typer(
    help="Show and change the settings.\n\nThe environment beats the file, which beats the default.",
    epilog=epilog(
        (
            "clockeye config list",
            "clockeye config set week_start sunday",
            "clockeye config set day_start 04:00",
        )
    ),
)


@projects.callback()
def projects_root(ctx: typer.Context) -> None:
    """List them where nothing else is asked for."""
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands.projects import projects as run

        run.show(ctx.obj)


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
    from clockeye_cli.commands.projects import projects as run

    run.show(o.listing(ctx, columns, save=save, force=force), everything=everything)


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
    from clockeye_cli.commands.projects import projects as run

    run.add(ctx.obj, name, billable=billable)


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
    from clockeye_cli.commands.projects import projects as run

    run.rename(ctx.obj, name, new)


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
    from clockeye_cli.commands.projects import projects as run

    run.archive(ctx.obj, name, archived=not restore)


@profiles.callback()
def profiles_root(ctx: typer.Context) -> None:
    """List them where nothing else is asked for."""
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands.profiles import profiles as run

        run.show(ctx.obj)


@subcommand(
    profiles,
    "list",
    "List the profiles.",
    "clockeye profiles list",
    "clockeye profiles --json",
    "clockeye -P local status",
)
def profiles_list(ctx: typer.Context, columns: o.Columns = "") -> None:
    """List the profiles."""
    from clockeye_cli.commands.profiles import profiles as run

    run.show(o.listing(ctx, columns))


@subcommand(
    profiles,
    "use",
    "Make a profile the one that commands work on.",
    "clockeye profiles use local",
    "clockeye -P local status",
    "CLOCKEYE_PROFILE=local clockeye log",
)
def profiles_use(ctx: typer.Context, name: Name) -> None:
    """Make a profile the default."""
    from clockeye_cli.commands.profiles import profiles as run

    run.use(ctx.obj, name)


@subcommand(
    profiles,
    "rename",
    "Give a profile another name.",
    "clockeye profiles rename side other",
    "clockeye profiles use other",
    "clockeye profiles",
)
def profiles_rename(
    ctx: typer.Context, name: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]
) -> None:
    """Give a profile another name."""
    from clockeye_cli.commands.profiles import profiles as run

    run.rename(ctx.obj, name, new)


@subcommand(
    profiles,
    "remove",
    "Forget a profile; its file is kept aside.",
    "clockeye profiles remove side",
    "clockeye profiles remove side -y",
    "clockeye -P side backup side.db",
)
def profiles_remove(ctx: typer.Context, name: Name, yes: o.Yes = False) -> None:
    """Forget a profile."""
    from clockeye_cli.commands.profiles import profiles as run

    run.remove(o.answered(ctx, yes), name)


Key = Annotated[str, typer.Argument(metavar="KEY", help="A setting, as `clockeye config list` names it.")]


@subcommand(
    config,
    "list",
    "List all settings, their values and where each comes from.",
    "clockeye config list",
    "clockeye config list --json",
    "clockeye -P side config list",
)
def config_list(ctx: typer.Context, columns: o.Columns = "") -> None:
    """List all settings."""
    from clockeye_cli.commands.config import config as run

    run.show(o.listing(ctx, columns))


@subcommand(
    config,
    "get",
    "Print the value of a setting.",
    "clockeye config get week_start",
    "clockeye config get zone --json",
    "clockeye -P side config get project",
)
def config_get(ctx: typer.Context, key: Key) -> None:
    """Print the value of a setting."""
    from clockeye_cli.commands.config import config as run

    run.get(ctx.obj, key)


@subcommand(
    config,
    "set",
    "Set a value in the file; with -P NAME for that profile alone.",
    "clockeye config set week_start sunday",
    "clockeye config set day_start 04:00",
    "clockeye -P side config set project acme",
)
def config_set(
    ctx: typer.Context, key: Key, value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value.")]
) -> None:
    """Set a value in the file."""
    from clockeye_cli.commands.config import config as run

    run.put(ctx.obj, key, value)


@subcommand(
    config,
    "unset",
    "Take a value out of the file, so that the default holds.",
    "clockeye config unset zone",
    "clockeye -P side config unset project",
    "clockeye config list",
)
def config_unset(ctx: typer.Context, key: Key) -> None:
    """Take a value out of the file."""
    from clockeye_cli.commands.config import config as run

    run.unset(ctx.obj, key)


@subcommand(
    config,
    "edit",
    "Open the file in $VISUAL or $EDITOR; what is not understood is refused.",
    "clockeye config edit",
    "EDITOR=nano clockeye config edit",
    "clockeye config path",
)
def config_edit(ctx: typer.Context) -> None:
    """Open the file in the editor."""
    from clockeye_cli.commands.config import config as run

    run.edit(ctx.obj)


@subcommand(
    config,
    "path",
    "Print where the file is.",
    "clockeye config path",
    'cat "$(clockeye config path)"',
    "clockeye config edit",
)
def config_path(ctx: typer.Context) -> None:
    """Print where the file is."""
    from clockeye_cli.commands.config import config as run

    run.path(ctx.obj)


@examples(
    "clockeye backup ~/clockeye-2026-11-20.db",
    'clockeye backup "/mnt/usb/clockeye-$(date +%F).db"',
    "clockeye restore ~/clockeye-2026-11-20.db",
)
def backup(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="It must not exist.")]
) -> None:
    """One file with all: entries, projects, the timer, the history. Others may go on tracking meanwhile."""
    from clockeye_cli.commands import backup as run

    run.run(ctx.obj, file)


@examples(
    "clockeye restore ~/clockeye-2026-11-20.db",
    "clockeye -P local restore clockeye.db",
    "clockeye log --week                     # look what is there now",
)
def restore(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="What backup made.")]
) -> None:
    """What was there before is kept in a file aside, whose name is printed."""
    from clockeye_cli.commands import backup as run

    run.restore(ctx.obj, file)


@examples("clockeye doctor", "clockeye doctor --repair", "clockeye doctor --json")
def doctor(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Save what can be read of a damaged store.")
    ] = False,
) -> None:
    """Says where files lie, what is installed, what is wrong and which command mends it."""
    from clockeye_cli.commands import doctor as run

    run.run(ctx.obj, mend=repair)


@examples(
    "clockeye completion bash --install",
    "clockeye completion zsh --install --force",
    "clockeye completion fish",
)
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")],
    install: Annotated[
        bool, typer.Option("--install", help="Write it into your folder for it, and say where.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file there that clockeye has not made.")
    ] = False,
) -> None:
    """The TAB key then offers commands, options, your projects and what you worked on last."""
    from clockeye_cli.cli.completion import script
    from clockeye_cli.commands import completion as run

    if install:
        run.install(ctx.obj, shell, script(shell), force=force)
    else:
        run.run(ctx.obj, shell, script(shell))
