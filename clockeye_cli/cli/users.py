"""The face of the account's users: users."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.context import Context


@examples("clockeye users", "clockeye users --json", "clockeye users -o tsv | cut -f1")
def users(run: Context, columns: o.Columns = "", save: o.Save = "", force: o.Force = False) -> None:
    """The users that the key can see: yourself, or the team."""
    from clockeye_cli.commands.users import users

    users(o.listing(run, columns, save=save, force=force))
