"""`clockeye auth`: log in to an account, log out, and say how things stand."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from clockeye_cli.api import endpoints
from clockeye_cli.api.client import Client
from clockeye_cli.commands import adopt
from clockeye_cli.config import account, config_file, credentials, paths, profiles
from clockeye_cli.core.origin import checked
from clockeye_cli.core.phrases import counted, told
from clockeye_cli.errors import (
    ClashError,
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    UnreachableError,
    UsageError,
)
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.store import history, outbox, remembered
from clockeye_cli.store import projects as stored
from clockeye_cli.store import timer as timers
from clockeye_cli.store.state import exists
from clockeye_cli.sync import binding
from clockeye_cli.sync.account import INTERACTIVE_SECONDS, put_projects

if TYPE_CHECKING:
    from clockeye_cli.api.wire import RemoteProject, RemoteUser
    from clockeye_cli.context import Context

NEW_PROFILE = "clockeye"
"""The profile that a login makes where none is named."""

STATUS = (
    Column("profile", "Profile"),
    Column("state", "State"),
    Column("url", "Address"),
    Column("user", "User"),
    Column("key_source", "Key from"),
)


def login(
    ctx: Context,
    *,
    with_key: bool,
    user: str = "",
    insecure_storage: bool = False,
    adopting: bool | None = None,
    adopt_project: str = "",
) -> None:
    """Take a key, ask whose it is, keep it, make a profile of it, and take along what was tracked before.

    Args:
        ctx: What the command works with.
        with_key: Read the key from standard input instead of asking for it.
        user: Who you are, by id or address, where the key may see several users.
        insecure_storage: Keep the key in a file instead of the keyring.
        adopting: Whether to take along what the profile `local` holds; None: ask, at a terminal.
        adopt_project: For entries that have none.
    """
    if adopt_project and adopting is False:
        raise UsageError("--no-adopt and --adopt-project do not go together.", hint="Leave one of them out.")
    name = profiles.checked(ctx.options.profile or ctx.world.environ.get("CLOCKEYE_PROFILE") or NEW_PROFILE)
    section = ctx.config.get("profiles", {}).get(name, {})
    if name in (profiles.LOCAL, profiles.ENV) or (section and _tracks_here(ctx, name, section)):
        raise UsageError(f"The profile {name} cannot be logged in.", hint="Name another one with -P.")
    url = ctx.world.environ.get("CLOCKEYE_API_URL") or str(section.get("url", account.DEFAULT_URL))
    origin = checked(url).origin
    key = credentials.Key(_asked_key(ctx, with_key=with_key), "login")
    with Client(url, key.text, ctx.world.environ, patience=INTERACTIVE_SECONDS) as client:
        listed = binding.users_of(client)
        me = _me(ctx, listed, user)
        projects = _projects(client)
    _refuse_another(section, origin, me)
    # The key comes after the store and before the settings: what fails on the way leaves no key that no
    # profile knows of, and no profile without a key. A store without a profile is the next login's.
    store = ctx.store_of(name)
    try:
        binding.bind(store, origin, me.id if me else "", key.digest, listed)
        if projects:
            with store.exchange() as connection:
                put_projects(connection, projects)
    finally:
        store.close()
    where = _keep(ctx, name, origin, key, was_known=bool(section), insecure_storage=insecure_storage)
    values = {"url": url, "user": me.id if me else "", "email": me.email if me else ""}
    config_file.set_account(ctx.config_path, name, values)
    who = f"{me.email} ({me.role})" if me else "a user who cannot be told yet; the first entry will"
    found = f", and found {counted(len(projects), 'project', 'projects')}" if projects is not None else ""
    ctx.out.done(f"Logged in to {origin} as {who}{found}. Commands work on the profile {name} now.")
    ctx.out.notice(f"The key is kept in {where}.")
    ctx.work_on(name, key)
    adopt.run(ctx, adopting or (True if adopt_project else adopting), adopt_project)


def logout(ctx: Context, *, purge: bool = False) -> None:
    """Forget the key of a profile; with `purge` also its entries here.

    Args:
        ctx: What the command works with.
        purge: Remove the profile and its store.
    """
    works_on = _account(ctx)
    name = works_on.profile
    waiting = _waiting(ctx)
    if purge:
        question = [f"Remove the profile {name} and its entries from this computer?", *_lost(ctx, waiting)]
        if not ctx.questions.confirm(" ".join(question), "-y"):
            ctx.out.notice("Nothing was changed.")
            return
        if ctx.options.yes:
            ctx.out.notice(question[1:])  # which nobody was asked about
    path = account.file_of(name, ctx.world.environ)
    origin = checked(works_on.url).origin
    if os.path.exists(path):
        os.unlink(path)
        with suppress(KeyMissingError):  # there may be a key of an earlier login, or no keyring at all
            _forget_in_keyring(ctx, origin, name)
    elif not works_on.api_key_command:
        credentials.delete_from_keyring(
            origin, name, environ=ctx.world.environ, seconds=_keyring_seconds(ctx)
        )
    if purge:
        ctx.store.close()
        store = paths.store_file(ctx.world.environ, name)
        for file in (store, f"{store}-journal", f"{store.removesuffix('.db')}.sender.lock"):
            if exists(file):
                os.unlink(file)
        config_file.rename_profile(ctx.config_path, name, None)
    ctx.out.done(f"Logged out of {works_on.url}{' and removed its entries from here' if purge else ''}.")
    if waiting and not purge:
        ctx.out.notice(
            f"{counted(waiting, 'change is', 'changes are')} kept here, to be sent after the next login."
        )
        ctx.has_listed_outbox = True


def status(ctx: Context) -> None:
    """Say which of five it is: no key, valid, refused, limited, unreachable; and where the key came from.

    Raises:
        KeyMissingError: There is no key, or it is refused.
        UnreachableError: The service is not reached, or takes no more requests.
    """
    works_on = _account(ctx)
    with ctx.store.read() as connection:
        user = remembered.get(connection, remembered.ACCOUNT_USER) or works_on.user
    source, state = "", "valid"
    failure: ClockeyeError | None = None
    try:
        key = ctx.key
        source = key.source
        with Client(works_on.url, key.text, ctx.world.environ, patience=INTERACTIVE_SECONDS) as client:
            listed = binding.users_of(client)
        user = _named(listed, user)
    except LimitedError as error:
        state, failure = "limited", error
    except UnreachableError as error:
        state, failure = "unreachable", error
    except KeyMissingError as error:
        state, failure = ("refused" if source else "no key"), error
    record = Record(STATUS, (works_on.profile, state, works_on.url, user, source))
    told = f"{works_on.profile}: {works_on.url}, {user or 'user not known'}, key {state}"
    ctx.out.result(told + (f" (from {source})" if source else ""), record)
    if failure:
        raise failure


def _named(listed: list[RemoteUser], user: str) -> str:
    """Who you are, in words: by what is known of you, or as the only one there is."""
    known = [one for one in listed if user in (one.id, one.email)] or (listed if not user else [])
    return f"{known[0].email} ({known[0].id})" if len(known) == 1 else user


def _account(ctx: Context) -> account.Account:
    if ctx.account is None:
        raise ClashError(
            f"The profile {ctx.profile.name} is on this computer alone.",
            hint="`clockeye auth login` makes one that works on an account.",
            code="no_account",
        )
    return ctx.account


def _asked_key(ctx: Context, *, with_key: bool) -> str:
    if with_key:
        key = ctx.world.stdin.readline().strip()
    elif ctx.questions.can_ask:
        import getpass

        key = getpass.getpass("API key (it is not shown): ", ctx.world.stderr).strip()
    else:
        raise UsageError(
            "There is no terminal to ask for the key on.",
            hint="Hand it over: clockeye auth login --with-key < FILE",
        )
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError("That is no API key.", hint="Copy it from ClockEye's Settings → API Keys, whole.")
    return key


def _me(ctx: Context, listed: list[RemoteUser], user: str) -> RemoteUser | None:
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


def _refuse_another(section: dict[str, str], origin: str, me: RemoteUser | None) -> None:
    """A profile keeps its origin and its user: what waits in it must not go to somebody else."""
    bound = section.get("user")
    if "url" in section and (checked(section["url"]).origin != origin or (bound and me and bound != me.id)):
        raise KeyMissingError(
            f"This profile belongs to {section.get('email') or bound} at {section['url']}.",
            hint="`clockeye auth login -P NAME` makes another profile.",
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
                _forget_in_keyring(ctx, origin, name)
            except KeyMissingError as error:
                ctx.out.notice(f"{error.message} A key that an earlier login has put there is still there.")
        return f"{path}, which whoever can read your files can read"
    seconds = _keyring_seconds(ctx)
    credentials.save_to_keyring(origin, name, key.text, environ=ctx.world.environ, seconds=seconds)
    if os.path.exists(path):
        os.unlink(path)  # an older key, which would be found first
    return "the system's keyring"


def _forget_in_keyring(ctx: Context, origin: str, name: str) -> None:
    """Remove a key that may be in the keyring, beside one in a file: nobody is asked for a password for that.

    Raises:
        KeyMissingError: There is no keyring that is safe, or it does not answer in time.
    """
    credentials.delete_from_keyring(
        origin, name, environ=ctx.world.environ, seconds=credentials.KEYRING_SECONDS
    )


def _tracks_here(ctx: Context, name: str, section: dict[str, str]) -> bool:
    """Whether things were tracked in a profile without an account: they would never be sent."""
    if "url" in section:
        return False
    store = ctx.store_of(name)
    try:
        with store.read() as connection:
            return bool(history.steps(connection, 1))
    finally:
        store.close()


def _keyring_seconds(ctx: Context) -> float:
    return credentials.UNLOCK_SECONDS if ctx.questions.can_ask else credentials.KEYRING_SECONDS


def _lost(ctx: Context, waiting: int) -> list[str]:
    """What only this computer has, in sentences: changes that were not sent, and the timer that runs."""
    with ctx.store.read() as connection:
        runs = timers.running(connection)
        names = stored.names(connection)
    unsent = counted(waiting, "change that was", "changes that were")
    return [
        *([f"{unsent} not sent yet will be lost."] if waiting else []),
        *([f"The timer will be lost: {told(runs, names, ctx.zone, ctx.now)}."] if runs else []),
    ]


def _waiting(ctx: Context) -> int:
    with ctx.store.read() as connection:
        return len(outbox.rows(connection))
