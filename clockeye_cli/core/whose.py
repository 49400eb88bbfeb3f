"""Whose entries a command reads: the profile's own user's, everybody's, or one other user's."""

# Plain classes, no NamedTuples and nothing from typing: `prompt` reads entries, and pays for each.


class Mine:
    """The profile's own user: entries made here, and those that the account assigns to this user."""


class Everybody:
    """All users that the key can see."""


class OneUser:
    """One user of the account other than the profile's own.

    Args:
        user_id: The user's id on the account.
    """

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id


Whose = Mine | Everybody | OneUser
"""Whose entries are read or counted. Branch on the class and end with `assert_never`: mypy reports a gap."""

MINE = Mine()
EVERYBODY = Everybody()
