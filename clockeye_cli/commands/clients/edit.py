"""`clockeye clients edit`: change what the settings say about a client."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.terms_edit import TermsEdit, change_client_terms
from clockeye_cli.present.clients import CHANGED_SHAPE, show_changed
from clockeye_cli.present.terms import say_terms
from clockeye_cli.tracking import clients

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = CHANGED_SHAPE


def edit_client(ctx: Context, text: str, terms: TermsEdit) -> None:
    """Change a client's rate, rounding, budget or address.

    Args:
        ctx: The run.
        text: The client.
        terms: What to change.

    Raises:
        UsageError: Nothing is to be changed, or a value is not understood.
    """
    if terms == TermsEdit():
        raise UsageError(
            "Nothing to change.",
            hint="Give --rate, --rounding, --budget or --address; see `clockeye clients edit --help`.",
        )
    terms.check(ctx)
    with ctx.store.read() as connection:
        client = clients.find(connection, text)
    words = change_client_terms(ctx, client, terms)
    show_changed(ctx, [f"{client.name}: {', '.join(words)}."], [client])
    say_terms(ctx, is_priced=terms.is_priced)
