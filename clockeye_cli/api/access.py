"""The address, key and environment with which an account is reached. No request is made here."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Access(NamedTuple):
    """Everything needed to talk to the account of a profile.

    Attributes:
        url: The API's base URL.
        key: The API key.
        digest: A hash of the key.
        environ: The environment, for proxies and certificates.
        now: Returns the current instant.
        claimed: The owner of the key according to CLOCKEYE_USER; empty if that is not set.
        of_profile: The user in the profile's settings; empty for none.
        settle: Seconds after which the service must show a change that it has accepted.
        posts_timer: Whether a running timer may be sent.
    """

    url: str
    key: str
    digest: str
    environ: Mapping[str, str]
    now: Callable[[], int]
    claimed: str = ""
    of_profile: str = ""
    settle: int = 30
    posts_timer: bool = True
