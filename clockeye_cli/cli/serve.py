"""The faces of the server: `serve`, `serve keys`, `serve users`."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

serve = Family(
    "Serve ClockEye's API on this computer.\n\n"
    "For development, for tests, or for a small team. It runs until Ctrl-C; /docs documents the API.",
    "clockeye serve --demo",
    "clockeye serve --port 9000 --data team.db --limits off",
    "clockeye serve keys add laptop --role owner",
)
keys = Family("Manage the API keys of the server.")
users = Family("Manage the users of the server.")
serve.members["keys"] = keys
serve.members["users"] = users

File = Annotated[
    str,
    Option("--data", metavar="FILE", help="The file with the data, or the URL of a PostgreSQL database."),
]
Role = Annotated[str, Option("--role", metavar="ROLE", help="Role: owner, admin, manager or member.")]


@serve.run_alone
def serve_root(
    run: Context,
    port: Annotated[int, Option("--port", metavar="N", help="The port; 0 for any free port.")] = 8080,
    host: Annotated[str, Option("--host", metavar="H", help="The address to listen on.")] = "127.0.0.1",
    data: File = "",
    limits: Annotated[
        str,
        Option("--limits", metavar="M,H,D", help="Requests per minute, hour and day for each key; or off."),
    ] = "100,5000,50000",
    demo: Annotated[bool, Option("--demo", help="Serve a demo team from its own file.")] = False,
    faults: Annotated[
        str,
        Option("--faults", metavar="FILE", help="Inject the failures that this file describes."),
    ] = "",
    public_url: Annotated[
        list[str] | None,
        Option(
            "--public-url", metavar="URL", help="A public URL at which a proxy serves the API; repeatable."
        ),
    ] = None,
    log: Annotated[
        str,
        Option("--log", metavar="FILE", help="Log each request as a line of JSON; - for standard output."),
    ] = "",
) -> None:
    """Serve, unless a subcommand is given."""
    from clockeye_cli.commands.serve.serve import serve

    serve(
        run,
        host=host,
        port=port,
        data=data,
        limits=limits,
        demo=demo,
        faults=faults,
        public_urls=public_url or (),
        log=log,
    )


@keys.command(
    "add",
    "Create a key and print it.",
    "clockeye serve keys add laptop",
    "clockeye serve keys add backup --user ada@example.com --permissions time_entries:read",
    "clockeye serve keys add ci --json",
)
def keys_add(
    run: Context,
    name: Annotated[str, Argument(metavar="NAME", help="Name of the key.")],
    permissions: Annotated[
        list[str] | None,
        Option(
            "--permissions",
            metavar="WHAT",
            help="A permission, such as time_entries:read; repeatable. [default: all]",
        ),
    ] = None,
    user: Annotated[str, Option("--user", metavar="WHO", help="User of the key: id or e-mail.")] = "",
    role: Role = "",
    data: File = "",
) -> None:
    """Create a key."""
    from clockeye_cli.commands.serve.keys import add_key

    add_key(run, name, data=data, permissions=permissions or (), user=user, role=role)


@keys.command(
    "list",
    "List the keys, without their secrets.",
    "clockeye serve keys list",
    "clockeye serve keys list --json",
    "clockeye serve keys list --data team.db",
)
def keys_list(run: Context, data: File = "", columns: o.Columns = "") -> None:
    """List the keys."""
    from clockeye_cli.commands.serve.keys import list_keys

    list_keys(o.listing(run, columns), data=data)


@keys.command(
    "revoke",
    "Revoke a key immediately.",
    "clockeye serve keys revoke laptop",
    "clockeye serve keys revoke key_4k7d9xw2",
    "clockeye serve keys revoke laptop --data team.db",
)
def keys_revoke(
    run: Context,
    key: Annotated[str, Argument(metavar="KEY", help="Id or name of the key.")],
    data: File = "",
) -> None:
    """Revoke a key."""
    from clockeye_cli.commands.serve.keys import revoke_key

    revoke_key(run, key, data=data)


@users.command(
    "add",
    "Add a user.",
    'clockeye serve users add "Ada Okafor" ada@example.com',
    'clockeye serve users add "Ben Ito" ben@example.com --role manager',
    'clockeye serve users add "Ada Okafor" ada@example.com --data team.db',
)
def users_add(
    run: Context,
    name: Annotated[str, Argument(metavar="NAME", help="Name of the user.")],
    email: Annotated[str, Argument(metavar="EMAIL", help="E-mail address of the user.")],
    role: Role = "member",
    data: File = "",
) -> None:
    """Add a user."""
    from clockeye_cli.commands.serve.users import add_user

    add_user(run, name, email, data=data, role=role)


@users.command(
    "list",
    "List the users.",
    "clockeye serve users list",
    "clockeye serve users list --json",
    "clockeye serve users list --data team.db",
)
def users_list(run: Context, data: File = "", columns: o.Columns = "") -> None:
    """List the users."""
    from clockeye_cli.commands.serve.users import list_users

    list_users(o.listing(run, columns), data=data)


@users.command(
    "role",
    "Change the role of a user.",
    "clockeye serve users role ben@example.com admin",
    "clockeye serve users role usr_4k7d9xw2 member",
    "clockeye serve users role ben@example.com manager --data team.db",
)
def users_role(
    run: Context,
    user: Annotated[str, Argument(metavar="USER", help="Id or e-mail address of the user.")],
    role: Annotated[str, Argument(metavar="ROLE", help="Role: owner, admin, manager or member.")],
    data: File = "",
) -> None:
    """Change a role."""
    from clockeye_cli.commands.serve.users import change_role

    change_role(run, user, role, data=data)


@users.command(
    "remove",
    "Remove a user and their keys.",
    "clockeye serve users remove ben@example.com --transfer-to ada@example.com",
    "clockeye serve users remove ben@example.com --delete-entries",
    "clockeye serve users remove usr_4k7d9xw2 --delete-entries --data team.db",
)
def users_remove(
    run: Context,
    user: Annotated[str, Argument(metavar="USER", help="Id or e-mail address of the user.")],
    delete_entries: Annotated[
        bool, Option("--delete-entries", help="Delete their entries and screenshots.")
    ] = False,
    transfer_to: Annotated[
        str,
        Option("--transfer-to", metavar="USER", help="Give their entries and screenshots to this user."),
    ] = "",
    data: File = "",
) -> None:
    """Remove a user."""
    from clockeye_cli.commands.serve.users import remove_user

    remove_user(run, user, data=data, delete_entries=delete_entries, transfer_to=transfer_to)


@users.command(
    "export",
    "Print everything that is stored about a user, as JSON.",
    "clockeye serve users export ben@example.com > ben.json",
    "clockeye serve users export usr_4k7d9xw2 | jq .data.time_entries",
    "clockeye serve users export ben@example.com --data team.db",
)
def users_export(
    run: Context,
    user: Annotated[str, Argument(metavar="USER", help="Id or e-mail address of the user.")],
    data: File = "",
) -> None:
    """Export a user."""
    from clockeye_cli.commands.serve.users import export_user

    export_user(run, user, data=data)


@serve.command(
    "backup",
    "Copy the server's data into a new file, while it serves.",
    "clockeye serve backup team-2026-11.db",
    "clockeye serve backup /mnt/backup/team.db --data team.db",
    "clockeye serve backup team.db --json",
)
def serve_backup(
    run: Context,
    file: Annotated[str, Argument(metavar="FILE", help="The new file.")],
    data: File = "",
) -> None:
    """Back up."""
    from clockeye_cli.commands.serve.backup import backup

    backup(run, file, data=data)


@serve.command(
    "move",
    "Move the server's data from its file into PostgreSQL.",
    "clockeye serve move --to postgresql://clockeye@db.example.com/clockeye",
    "clockeye serve move --from team.db --to postgresql:///clockeye",
    "clockeye serve move --from team.db --to postgresql:///clockeye --json",
)
def serve_move(
    run: Context,
    target: Annotated[str, Option("--to", metavar="URL", help="The PostgreSQL database; it must be empty.")],
    source: Annotated[
        str, Option("--from", metavar="FILE", help="The file with the data, instead of the default one.")
    ] = "",
) -> None:
    """Move."""
    from clockeye_cli.commands.serve.move import move

    move(run, source, target)
