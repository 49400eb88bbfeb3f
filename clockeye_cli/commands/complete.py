"""`clockeye complete`: answers the completion scripts when TAB is pressed. Part of the fast lane.

    clockeye complete --profile=NAME KIND [WORD...]

Prints one line per word to offer; a colon and a description may follow the word. If anything is wrong (no
store, a damaged or locked one, an unknown profile), it offers nothing and prints nothing: a command line that
is being typed is no place for errors. A word with a character that is special to a shell is never offered: a
project is then offered by its id, and a description is left out.
"""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries, projects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.customer import Customer
    from clockeye_cli.core.entry import Project

FIRST = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
PLAIN = FIRST | set(" ._@/+-")

RECENT = 500
"""How many of the latest entries are searched for descriptions."""

TAGGED = 1_000
"""How many of the latest entries are searched for tags."""

MOST = 50
ENTRIES = 20
LONGEST = 200


def complete(ctx: Context, args: Sequence[str]) -> None:
    """Print the words to offer.

    Args:
        ctx: The run.
        args: `--profile=NAME`, with a name or empty; the kind; and the words of the same argument so far.
    """
    with suppress(Exception):
        profile, kind, *words = args
        ctx.choose(ctx.options._replace(profile=profile.removeprefix("--profile=")))
        ctx.session.is_in_a_hurry = True
        ctx.out.result(KINDS[kind](ctx, words))


def _projects(ctx: Context, _words: Sequence[str]) -> list[str]:
    return _names(ctx, archived=False)


def _archived(ctx: Context, _words: Sequence[str]) -> list[str]:
    return _names(ctx, archived=True)


def _names(ctx: Context, *, archived: bool) -> list[str]:
    with ctx.store.read() as connection:
        return _plain_names(projects.every(connection), archived=archived)


def _clients(ctx: Context, _words: Sequence[str]) -> list[str]:
    return _client_names(ctx, archived=False)


def _archived_clients(ctx: Context, _words: Sequence[str]) -> list[str]:
    return _client_names(ctx, archived=True)


def _client_names(ctx: Context, *, archived: bool) -> list[str]:
    from clockeye_cli.store import clients

    with ctx.store.read() as connection:
        return _plain_names(clients.every(connection), archived=archived)


def _invoices(ctx: Context, _words: Sequence[str]) -> list[str]:
    from clockeye_cli.store import bills

    with ctx.store.read() as connection:
        return [bill.number for bill in reversed(bills.every(connection)) if _is_plain(bill.number)][:MOST]


def _plain_names(items: Sequence[Project | Customer], *, archived: bool) -> list[str]:
    listed = [item for item in items if item.archived == archived]
    # A project that is called `none` (an account may have one) is named by its id: the word means no project.
    plain = {p.id for p in listed if _is_plain(p.name) and p.name.casefold() != "none"}
    names = [p.name if p.id in plain else f"{p.id}:{p.name[:LONGEST]}" for p in listed]
    return [name for name in names if _is_plain(name.partition(":")[0])]


def _descriptions(ctx: Context, words: Sequence[str]) -> list[str]:
    """Recent descriptions, the latest first; after some words, the rest of those that begin with them."""
    begun = "".join(f"{word} " for word in words)
    with ctx.store.read() as connection:
        recent = entries.recent(connection, RECENT)
    # `#` begins a comment in a shell, so only the text before the tags is offered.
    texts = dict.fromkeys(entry.description.partition(" #")[0] for entry in recent)
    rest = [text.removeprefix(begun) for text in texts if text.startswith(begun)]
    return [text for text in rest if _is_plain(text)][:MOST]


def _tags(ctx: Context, _words: Sequence[str]) -> list[str]:
    """The tags of the latest entries, the latest first, each as it was last written."""
    from clockeye_cli.core.tags import each_once, tags

    with ctx.store.read() as connection:
        recent = entries.recent(connection, TAGGED)
    names = each_once([name for entry in recent for name in tags(entry.description)])
    return [name for name in names if _is_plain("".join(["x" if c.isalnum() else c for c in name]))]


def _entries(ctx: Context, _words: Sequence[str]) -> list[str]:
    from clockeye_cli.core.phrases import work

    with ctx.store.read() as connection:
        recent = entries.recent(connection, ENTRIES)
        names = projects.names(connection)
        ids = entries.short_ids(connection, [entry.local_id for entry in recent])
    return [
        f"{ids[entry.local_id]}:{work(names.get(entry.project_id or ''), entry.description)[:LONGEST]}"
        for entry in recent
    ]


def _profiles(ctx: Context, _words: Sequence[str]) -> list[str]:
    from clockeye_cli.config import profiles

    return [name for name in profiles.names(ctx.session.config) if _is_plain(name)]


def _settings(_ctx: Context, _words: Sequence[str]) -> list[str]:
    from clockeye_cli.config.settings import SETTINGS

    return list(SETTINGS)


def _aliases(ctx: Context, _words: Sequence[str]) -> list[str]:
    from clockeye_cli.core.aliases import aliases

    lines = [f"{name}:{text[:LONGEST]}" for name, text in aliases(ctx.session.config).items()]
    return [line for line in lines if _is_plain(line.partition(":")[0])]


KINDS: dict[str, Callable[[Context, Sequence[str]], list[str]]] = {
    "projects": _projects,
    "archived": _archived,
    "clients": _clients,
    "archived-clients": _archived_clients,
    "invoices": _invoices,
    "tags": _tags,
    "descriptions": _descriptions,
    "entries": _entries,
    "profiles": _profiles,
    "settings": _settings,
    "aliases": _aliases,
}


def _is_plain(text: str) -> bool:
    return text[:1] in FIRST and PLAIN.issuperset(text) and len(text) <= LONGEST
