"""Whose the account's entries are, as the store says it."""

from __future__ import annotations

import pytest

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.sync.conversion import user_of

MINE = TimeEntry("te_aaaaaaaaaaaa", "Fix", None, 0, 60, True)
HERS = MINE._replace(user_id="usr_her")


@pytest.mark.parametrize(
    ("user_id", "here", "own_user", "whose"),
    [
        ("usr_me", None, "usr_me", None),
        ("usr_me", MINE, "usr_me", None),
        ("usr_her", None, "usr_me", "usr_her"),
        ("usr_her", MINE, "usr_me", "usr_her"),  # the account has the last word
        ("usr_me", HERS, "usr_me", None),
        # Unknown: what is read is nobody's, what was made here is mine.
        ("usr_me", None, None, "usr_me"),
        ("usr_me", MINE, None, None),
        ("usr_her", HERS, None, "usr_her"),
        # Not said: mine if it is new, and no news otherwise.
        (None, None, "usr_me", None),
        (None, None, None, None),
        (None, HERS, "usr_me", "usr_her"),
        (None, MINE, None, None),
    ],
)
def test_whose_an_entry_of_the_account_is(
    user_id: str | None, here: TimeEntry | None, own_user: str | None, whose: str | None
) -> None:
    assert user_of(user_id, here, own_user) == whose
