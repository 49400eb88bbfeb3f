"""`clockeye auth login`: read a key, identify its user, and create a profile for it."""

from __future__ import annotations

import os
from contextlib import closing

from clockeye_cli import files
from clockeye_cli.api import endpoints
from clockeye_cli.api.client import Client
from clockeye_cli.commands.auth.adopt import adopt
from clockeye_cli.config import account, config_file, credentials, profiles
from clockeye_cli.core.api_key import is_api_key
from clockeye_cli.core.origin import checked
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import (
    KeyMissingError,
    UsageError,
)
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.session import Session
from clockeye_cli.store import dialects, history, users
from clockeye_cli.sync import binding
from clockeye_cli.sync.account import INTERACTIVE_SECONDS
from clockeye_cli.sync.conversion import put_projects

if TYPE_CHECKING:
    from clockeye_cli.api.wire import RemoteProject
    from clockeye_cli.context import Context
    from clockeye_cli.core.user import User

NEW_PROFILE = "clockeye"
"""The profile that a login creates if none is named."""

WITHOUT_KEYRING = (
    "Three ways work without a keyring: add --insecure-storage, which stores the key in a file that only you"
    " can read; set CLOCKEYE_API_KEY_FILE; or add `api_key_command` to the profile."
)

SHAPE = JsonShape()


def login(
    ctx: Context,
    *,
    with_key: bool,
    user: str = "",
    insecure_storage: bool = False,
    adopting: bool | None = None,
    adopt_project: str = "",
) -> None:
    """Read a key, identify its user, store it, create a profile for it, and adopt entries tracked before.

    Args:
        ctx: What the command works with.
        with_key: Read the key from standard input instead of asking for it.
        user: Who you are, by id or address, if the key sees several users.
        insecure_storage: Store the key in a file instead of the keyring.
        adopting: Whether to move the entries of the profile `local` to the account; None to ask.
        adopt_project: The project for entries without one.
    """
    if adopt_project and adopting is False:
        raise UsageError(
            "--no-adopt and --adopt-project cannot be used together.", hint="Use only one of them."
        )
    name, section = _profile(ctx)
    url = ctx.world.environ.get("CLOCKEYE_API_URL") or str(section.get("url", account.DEFAULT_URL))
    origin = checked(url).origin
    key = credentials.Key(_asked_key(ctx, with_key=with_key), "login")
    with Client(url, key.text, ctx.world.environ, patience=INTERACTIVE_SECONDS) as client:
        listed = binding.users_of(client)
        me = _me(ctx, listed, user)
        projects = _projects(client)
        dialect = client.dialect
    bound = _bound_user(ctx, name, section)
    _refuse_another(section, origin, bound, me)
    # The store is bound first, then the key is stored, then the settings are written: a failure in between
    # leaves no profile without a key. A store without a profile is used by the next login.
    with closing(ctx.session.store_of(name)) as store:
        binding.bind(store, origin, me.id if me else bound, key.digest, listed)
        with store.exchange() as connection:
            dialects.put(connection, dialect, ctx.now)
            put_projects(connection, projects or [])
    where = _keep(ctx, name, origin, key, was_known=bool(section), insecure_storage=insecure_storage)
    values = {"url": url, "user": me.id if me else "", "email": me.email if me else ""}
    config_file.set_account(ctx.session.config_path, name, values)
    bound_name = section.get("email") or bound or "a user that is unknown until the first entry is sent"
    who = f"{me.email} ({me.role})" if me else bound_name
    project_count = f" with {counted(len(projects), 'project', 'projects')}" if projects is not None else ""
    ctx.out.done(f"Logged in to {origin} as {who}{project_count}. Commands now use the profile {name}.")
    ctx.out.notice(f"The key is stored in {where}.")
    ctx.work_on(Session(ctx.world, name, key))
    adopt(ctx, adopting or (True if adopt_project else adopting), adopt_project)


def _profile(ctx: Context) -> tuple[str, dict[str, str]]:
    """The name of the profile to log in with, and its section in the settings; empty for a new one."""
    name = profiles.valid_name(
        ctx.options.profile or ctx.world.environ.get("CLOCKEYE_PROFILE") or NEW_PROFILE
    )
    section = ctx.session.config.get("profiles", {}).get(name, {})
    if name in (profiles.LOCAL, profiles.ENV) or (section and _tracks_here(ctx, name, section)):
        raise UsageError(
            f"Cannot log in with the profile {name}: it is for local entries only.",
            hint="Choose another name with -P.",
        )
    return name, section


def _asked_key(ctx: Context, *, with_key: bool) -> str:
    if with_key:
        key = tidy(ctx.world.stdin.readline())
    elif ctx.questions.can_ask:
        import getpass

        key = getpass.getpass("API key (input is hidden): ", ctx.world.stderr).strip()
    else:
        raise UsageError(
            "Cannot ask for the key without a terminal.",
            hint="Pass it on standard input: clockeye auth login --with-key < FILE",
        )
    if not is_api_key(key):
        raise UsageError("This is not an API key.", hint="Copy the whole key from Settings → API Keys.")
    return key


def _me(ctx: Context, listed: list[User], user: str) -> User | None:
    claimed = user or ctx.world.environ.get("CLOCKEYE_USER", "")
    if not claimed and len(listed) > 1 and ctx.questions.can_ask:
        claimed = ctx.questions.pick(
            "Which of these users are you?", [one.email for one in listed], "--user WHO"
        )
    return binding.identified(listed, claimed)


def _projects(client: Client) -> list[RemoteProject] | None:
    try:
        return endpoints.projects(client)
    except KeyMissingError as error:
        if error.code != "forbidden":
            raise
        return None


def _bound_user(ctx: Context, name: str, section: dict[str, str]) -> str | None:
    """The user that a profile is already bound to: by a login, or by its first entry on the account."""
    if "url" not in section:
        return None
    store = ctx.session.store_of(name)
    try:
        with store.read() as connection:
            return users.own(connection) or section.get("user") or None
    finally:
        store.close()


def _refuse_another(section: dict[str, str], origin: str, bound: str | None, me: User | None) -> None:
    """Refuse another origin or user for a profile: its unsent changes must not go to somebody else."""
    if "url" in section and (checked(section["url"]).origin != origin or (bound and me and bound != me.id)):
        raise KeyMissingError(
            f"This profile belongs to {section.get('email') or bound} at {section['url']}.",
            hint="`clockeye auth login -P NAME` creates another profile.",
            code="foreign_key",
        )


def _keep(
    ctx: Context, name: str, origin: str, key: credentials.Key, *, was_known: bool, insecure_storage: bool
) -> str:
    path = account.file_of(name, ctx.world.environ)
    if insecure_storage:
        may_be_in_keyring = was_known and not os.path.exists(path)
        credentials.save_to_file(path, key.text)
        if may_be_in_keyring:
            try:
                credentials.delete_from_keyring(origin, name, environ=ctx.world.environ)
            except KeyMissingError as error:
                ctx.out.notice(
                    f"{error.message} If an earlier login stored a key there, that key was not deleted."
                )
        return f"{path}, unencrypted"
    seconds = credentials.keyring_seconds(can_ask=ctx.questions.can_ask)
    try:
        credentials.save_to_keyring(origin, name, key.text, environ=ctx.world.environ, seconds=seconds)
    except KeyMissingError as error:
        raise KeyMissingError(error.message, hint=WITHOUT_KEYRING, code=error.code) from error
    files.remove(path)  # an older key, which would be used instead
    return "the system keyring"


def _tracks_here(ctx: Context, name: str, section: dict[str, str]) -> bool:
    """Whether a profile without an account has been used: its entries would never be sent."""
    if "url" in section:
        return False
    store = ctx.session.store_of(name)
    try:
        with store.read() as connection:
            return bool(history.steps(connection, 1))
    finally:
        store.close()
