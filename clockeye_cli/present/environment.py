"""How the environment is understood, for `doctor`: zone, locale, proxy, certificates, editor and pager."""

from __future__ import annotations

import locale
import os
import shlex
import shutil

from clockeye_cli.config import account, zone
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.output.streams import encoding_of, is_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from clockeye_cli.context import Context


class Understood(NamedTuple):
    """A part of the environment.

    Attributes:
        part: Its name.
        meaning: What it was taken for.
        fix: What to do if it was not understood; empty if it was.
    """

    part: str
    meaning: str
    fix: str = ""


def understood(ctx: Context) -> Iterator[Understood]:
    """Each part of the environment that changes what clockeye does, and how it was understood."""
    from clockeye_cli.api.certificates import source  # late: it loads TLS

    environ = ctx.world.environ
    yield _tried("zone", lambda: _zone(ctx))
    yield _locale(ctx)
    yield _tried("proxy", lambda: _proxy(ctx.account.url if ctx.account else account.DEFAULT_URL, environ))
    yield _tried("certificates", lambda: Understood("certificates", source(environ)))
    yield _program("editor", ("VISUAL", "EDITOR"), "vi", environ)
    yield _program("pager", ("PAGER",), "less", environ)
    yield from _sections(ctx)


def _sections(ctx: Context) -> Iterator[Understood]:
    """The sections of the config file about nobody, which is no failure: others may use them."""
    from clockeye_cli.config.terms import KEYS, sections, unnamed
    from clockeye_cli.store import clients, projects, users

    session = ctx.session
    try:
        with ctx.store.read() as connection:
            people = {user.id: user.email for user in users.every(connection)}
            named = {
                "projects": projects.names(connection),
                "clients": clients.names(connection),
                "users": people,
            }
        of_kinds = [
            (kind, sections(session.config, session.config_path, session.profile.name, kind)) for kind in KEYS
        ]
    except ClockeyeError:
        return  # the config file or the store, of which other checks tell
    headings = [heading for kind, listed in of_kinds for heading in unnamed(listed, named[kind])]
    if headings:
        yield Understood("sections", f"{', '.join(headings)}: no project, client or user has this name or id")


def _tried(part: str, understand: Callable[[], Understood]) -> Understood:
    try:
        return understand()
    except ClockeyeError as error:
        return Understood(part, error.message, error.hint or "clockeye config edit")


def _zone(ctx: Context) -> Understood:
    environ = ctx.world.environ
    if ctx.settings.zone:
        return Understood("zone", f"{zone.name_of(ctx.zone)} (from the setting zone)")
    if environ.get("TZ") == zone.name_of(ctx.zone):
        return Understood("zone", zone.name_of(ctx.zone))
    if zone.is_understood(environ):
        return Understood("zone", f"{zone.name_of(ctx.zone)} (from {zone.source(environ)})")
    meaning = f"UTC, since TZ={environ['TZ']} is not a time zone"
    return Understood("zone", meaning, "clockeye config set zone Europe/Berlin")


def _locale(ctx: Context) -> Understood:
    environ = ctx.world.environ
    variable = next((name for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    encoding = encoding_of(ctx.world.stdout)
    written = "UTF-8" if is_utf8(encoding) else encoding
    if not variable:
        return Understood("locale", f"{written} (no variable is set)")
    value = environ[variable]
    if _is_locale(value):
        return Understood("locale", f"{written} (from {variable}={value})")
    return Understood("locale", f"{written}, since {variable}={value} is not installed", "locale -a")


def _is_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return True


def _proxy(url: str, environ: Mapping[str, str]) -> Understood:
    from urllib.parse import urlsplit

    from clockeye_cli.api.proxies import proxy_for

    proxy = proxy_for(url, environ)
    if proxy is None:
        return Understood("proxy", f"none for {url}")
    parts = urlsplit(proxy.address if "://" in proxy.address else f"http://{proxy.address}")
    place = parts.netloc.rpartition("@")[2]  # the part before it may hold a password
    if parts.scheme not in ("http", "https") or not place:
        fix = f"export {proxy.variable}=http://HOST:PORT"
        return Understood("proxy", f"{proxy.variable} is not a valid address", fix)
    return Understood("proxy", f"{place} (from {proxy.variable})")


def _program(part: str, variables: tuple[str, ...], usual: str, environ: Mapping[str, str]) -> Understood:
    variable = next((name for name in variables if environ.get(name)), "")
    if not variable:
        is_off = part == "pager" and "PAGER" in environ
        return Understood(part, "none (PAGER is empty)" if is_off else f"{usual} (no variable is set)")
    text = environ[variable]
    try:
        command = shlex.split(text)
    except ValueError:
        command = []
    path = shutil.which(command[0], path=environ.get("PATH", os.defpath)) if command else None
    if path is None:
        return Understood(part, f"{variable}={text} cannot be run", f"export {variable}={usual}")
    return Understood(part, f"{text} (from {variable})")
