"""What the commands of the family share: the profile's account, and the keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.config import credentials

if TYPE_CHECKING:
    from clockeye_cli.context import Context


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
