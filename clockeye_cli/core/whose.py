"""Whose entries are meant: the profile's own user's, everybody's, or those of one other user."""

# Plain classes, no NamedTuples and nothing of typing: `prompt` reads entries, and pays for each.


class Mine:
    """The profile's own user: what was made here, and what the account says is theirs."""


class Everybody:
    """All users that the key can see."""


class OneUser:
    """One user of the account, who is not the profile's own.

    Args:
        user_id: Their id on the account.
    """

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id


Whose = Mine | Everybody | OneUser
"""Whose entries are read or counted. Branch on the class, and end with `assert_never`: mypy sees a gap."""

MINE = Mine()
EVERYBODY = Everybody()
