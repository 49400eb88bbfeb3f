"""How an account is reached, as whoever runs this has set it up. No request is made here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Access(NamedTuple):
    """What it takes to talk to the account of a profile.

    Attributes:
        url: The API's base URL.
        key: The API key.
        digest: A hash of the key.
        environ: The environment, for proxies and certificates.
        now: Gives the present instant.
        claimed: Whose key it is according to CLOCKEYE_USER; empty if that is not set.
        of_profile: The user that the profile's settings name; empty if they name none.
        settle: Seconds until the service must show what it has accepted.
    """

    url: str
    key: str
    digest: str
    environ: Mapping[str, str]
    now: Callable[[], int]
    claimed: str = ""
    of_profile: str = ""
    settle: int = 30
