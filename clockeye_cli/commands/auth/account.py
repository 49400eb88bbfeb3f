"""What the commands of the family share: the profile's account, and the keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.config import account, credentials
from clockeye_cli.errors import (
    ClashError,
)

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def account_of(ctx: Context) -> account.Account:
    """The account that the profile works on.

    Raises:
        ClashError: It works on none.
    """
    if ctx.account is None:
        raise ClashError(
            f"The profile {ctx.profile.name} is on this computer alone.",
            hint="`clockeye auth login` makes one that works on an account.",
            code="no_account",
        )
    return ctx.account


def forget_in_keyring(ctx: Context, origin: str, name: str) -> None:
    """Remove a key that may be in the keyring, beside one in a file: nobody is asked for a password for that.

    Raises:
        KeyMissingError: There is no keyring that is safe, or it does not answer in time.
    """
    credentials.delete_from_keyring(
        origin, name, environ=ctx.world.environ, seconds=credentials.KEYRING_SECONDS
    )


def keyring_seconds(ctx: Context) -> float:
    """How long the keyring may take: a person can unlock it, a script cannot."""
    return credentials.UNLOCK_SECONDS if ctx.questions.can_ask else credentials.KEYRING_SECONDS
