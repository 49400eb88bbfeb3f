"""The faces of clients: list, edit, rename, archive."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

Name = Annotated[str, Argument(metavar="NAME", help="The name of a client.")]
Names = Annotated[list[str], Argument(metavar="NAME...", help="The names of the clients.")]

clients = Family(
    "List, edit, rename and archive clients.\n\nWithout a subcommand, lists the clients."
    " Giving a new client to a project creates the client.",
    "clockeye clients",
    'clockeye projects edit website --client "Nord & Co"',
    'clockeye clients rename nord "Nord GmbH"',
)


@clients.command(
    "list",
    "List the clients.",
    "clockeye clients list --all",
    "clockeye clients list --columns client -o tsv",
    "clockeye clients list --save clients.csv",
    is_alone=True,
)
def clients_list(
    run: Context,
    everything: Annotated[bool, Option("--all", help="Include archived clients.")] = False,
    columns: o.Columns = "",
    save: o.Save = "",
    force: o.Force = False,
) -> None:
    """List the clients."""
    from clockeye_cli.commands.clients.list import list_clients

    list_clients(o.listing(run, columns, save=save, force=force), everything=everything)


@clients.command(
    "edit",
    "Change a client: its rate, its rounding, its budget, its address.",
    'clockeye clients edit nord --rate "90 EUR"',
    'clockeye clients edit nord --rounding "6m up per entry" --budget "40h a month"',
    'clockeye clients edit nord --address "Nord & Co" --address "Kai 1" --address "20457 Hamburg"',
    writes=True,
)
def clients_edit(
    run: Context,
    name: Name,
    rate: o.Rate = "",
    first: o.RateFrom = "",
    rounding: o.RoundingRule = "",
    budget: o.Budget = "",
    address: Annotated[
        list[str] | None,
        Option("--address", metavar="LINE", help="A line of its address; repeatable; none for no address."),
    ] = None,
) -> None:
    """Change a client."""
    from clockeye_cli.commands.clients.edit import edit_client
    from clockeye_cli.interpret.terms_edit import TermsEdit

    edit_client(run, name, TermsEdit(rate, first, rounding, budget, address or ()))


@clients.command(
    "rename",
    "Rename a client; it keeps its projects and invoices.",
    'clockeye clients rename nord "Nord GmbH"',
    "clockeye clients rename acme acme-2026",
    "clockeye undo",
    writes=True,
)
def clients_rename(
    run: Context, name: Name, new: Annotated[str, Argument(metavar="NEW", help="The new name.")]
) -> None:
    """Rename a client."""
    from clockeye_cli.commands.clients.rename import rename_client

    rename_client(run, name, new)


@clients.command(
    "archive",
    "Archive clients: they keep their projects, but get no new ones.",
    "clockeye clients archive nord",
    "clockeye clients archive nord acme",
    "clockeye clients unarchive nord         # brings it back",
    writes=True,
)
def clients_archive(run: Context, name: Names) -> None:
    """Archive clients."""
    from clockeye_cli.commands.clients.archive import archive_clients

    archive_clients(run, name, archived=True)


@clients.command(
    "unarchive",
    "Bring archived clients back.",
    "clockeye clients unarchive nord",
    "clockeye clients unarchive nord acme",
    "clockeye clients list --all             # shows archived ones",
    writes=True,
)
def clients_unarchive(run: Context, name: Names) -> None:
    """Bring archived clients back."""
    from clockeye_cli.commands.clients.archive import archive_clients

    archive_clients(run, name, archived=False)
