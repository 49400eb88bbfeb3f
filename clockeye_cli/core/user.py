"""The users of an account."""

from __future__ import annotations

from clockeye_cli.core.typing import NamedTuple


class User(NamedTuple):
    """A user of the account.

    Attributes:
        id: `usr_…`.
        email: The email address; empty if the account does not give it.
        role: `owner`, `admin`, `manager` or `member`; empty if the account does not give it.
    """

    id: str
    email: str
    role: str

    @property
    def name(self) -> str:
        """The name for messages: the email address, otherwise the id."""
        return self.email or self.id
