"""The faces of the server's keys and users: `serve keys`, `serve users`."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

keys = Family("Manage the API keys of the server.")
users = Family("Manage the users of the server.")

File = Annotated[
    str,
    Option("--data", metavar="FILE", help="The file with the data, or the URL of a PostgreSQL database."),
]
Role = Annotated[str, Option("--role", metavar="ROLE", help="Role: owner, admin, manager or member.")]


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
