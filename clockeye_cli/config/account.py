"""The account of a profile: its address, its user, and where its key comes from."""

from __future__ import annotations

import os

from clockeye_cli.config import paths
from clockeye_cli.config.profiles import ENV
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clockeye_cli.config import credentials

DEFAULT_URL = "https://api.clockeye.ai/v1"


class AccountSettings(NamedTuple):
    """The account of a profile.

    Attributes:
        profile: The profile's name.
        url: The API's base URL.
        user: Id of the user that the profile is bound to; empty while unknown.
        api_key_command: Program and arguments of a command that prints the key; empty for none.
    """

    profile: str
    url: str
    user: str = ""
    api_key_command: tuple[str, ...] = ()


def of(profile: str, environ: Mapping[str, str], config: Mapping[str, Any]) -> AccountSettings | None:
    """The account of a profile; None for a profile without one.

    Raises:
        UsageError: `api_key_command` is not a list of strings.
    """
    if profile == ENV:
        return AccountSettings(
            ENV, environ.get("CLOCKEYE_API_URL") or DEFAULT_URL, environ.get("CLOCKEYE_USER", "")
        )
    section = config.get("profiles", {}).get(profile, {})
    if "url" not in section:
        return None
    command = section.get("api_key_command", [])
    if not isinstance(command, list) or not all(isinstance(word, str) for word in command):
        raise UsageError(
            f"api_key_command of profile {profile} is not a list of strings.",
            hint='Write it like this: api_key_command = ["pass", "show", "clockeye"]',
            code="bad_setting",
        )
    return AccountSettings(profile, str(section["url"]), str(section.get("user", "")), tuple(command))


def key(
    account: AccountSettings, environ: Mapping[str, str], *, is_named: bool, seconds: float
) -> credentials.Key:
    """The key of an account.

    Args:
        account: The account.
        environ: The environment.
        is_named: Whether `-P` or CLOCKEYE_PROFILE names the profile; then a key in the environment is used.
        seconds: How long the keyring may take.

    Raises:
        KeyMissingError: No key is configured, or its source fails.
    """
    from clockeye_cli.config import credentials  # late: it loads the means to run other programs

    if account.profile == ENV or is_named:
        environment_key = credentials.from_environment(environ)
        if environment_key:
            return environment_key
    if account.profile == ENV:
        raise credentials.missing(ENV)
    if account.api_key_command:
        return credentials.from_command(account.api_key_command, environ)
    stored_key = credentials.from_file(file_of(account.profile, environ))
    if stored_key is None:
        from clockeye_cli.core.origin import checked  # late: it loads urllib

        origin = checked(account.url).origin
        stored_key = credentials.from_keyring(origin, account.profile, environ=environ, seconds=seconds)
    if stored_key is None:
        raise credentials.missing(account.profile)
    return stored_key


def url_of(origin: str) -> str:
    """The base URL of the API at an origin, as far as it can be known from that."""
    return DEFAULT_URL if DEFAULT_URL.startswith(f"{origin}/") else f"{origin}/v1"


def keyring_origin(account: AccountSettings | None, environ: Mapping[str, str]) -> str:
    """The origin for which the keyring may hold the account's key; empty if the key is stored elsewhere."""
    if account is None or account.api_key_command or os.path.exists(file_of(account.profile, environ)):
        return ""
    from clockeye_cli.core.origin import checked  # late: it loads urllib

    return checked(account.url).origin


def file_of(profile: str, environ: Mapping[str, str]) -> str:
    """The path of a profile's key file, which `login --insecure-storage` writes."""
    return os.path.join(paths.data_folder(environ), f"{profile}.key")
