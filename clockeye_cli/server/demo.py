"""A demo team to try things out: 4 people, 8 projects, the last 90 days of work, and screenshots.

Everything except ids and dates is the same every time, and realistic enough for reports to look right.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from random import Random

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.entry import new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError
from clockeye_cli.server.fields import fold
from clockeye_cli.server.keys import add_key, list_keys, revoke_key
from clockeye_cli.server.members import new_user
from clockeye_cli.server.png import Canvas
from clockeye_cli.server.records import StoredEntry, StoredProject, StoredScreenshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.server.storage import Queries, Storage

DAYS = 90
PICTURE_DAYS = 21
KEY_NAME = "demo"
MARK = "demo"

TEAM = (
    ("Ada Okafor", "ada@example.com", "owner"),
    ("Jonas Weber", "jonas@example.com", "admin"),
    ("Mei Tanaka", "mei@example.com", "manager"),
    ("Luis Romero", "luis@example.com", "member"),
)

PROJECTS = {
    "Website relaunch": (
        "Landing page layout",
        "Fix the navigation on phones",
        "Image sizes and caching",
        "Copy review with Mei",
    ),
    "Mobile app": (
        "Login screen #bug",
        "Push notifications",
        "Crash on start after update #bug",
        "Store screenshots",
    ),
    "Billing": ("Invoice export", "VAT for reverse charge", "Reconcile July payments", "Reminder e-mails"),
    "Northwind: support": (
        "Answer tickets",
        "Call with Northwind",
        "Import their customer list",
        "Slow search #bug",
    ),
    "Data pipeline": (
        "Nightly job fails on the 1st #bug",
        "Schema for events",
        "Backfill of August",
        "Query costs",
    ),
    "Hiring": ("Interview", "Read applications", "Feedback round"),
    "Internal": ("Stand-up", "Planning", "Retrospective", "Inbox and mail"),
    "Research": ("Read on sync without conflicts", "Prototype of offline mode", "Notes and diagrams #docs"),
}
UNPAID = ("Hiring", "Internal", "Research")


class _Span(NamedTuple):
    project: str
    description: str
    started_at: int
    ended_at: int


def prepare_demo(storage: Storage, *, now: int) -> str:
    """Fill a new file with the demo team, or reuse that of an earlier demo, and create a key for its owner.

    Args:
        storage: The server's data.
        now: Seconds since 1970 UTC; the last entries end then.

    Returns:
        The key. The key of an earlier run is revoked, since only its hash is stored.

    Raises:
        ClashError: The file contains data that is not from a demo.
    """
    with storage.writing() as queries:
        if queries.mark(MARK) is None:
            if queries.members():
                raise ClashError(
                    f"{storage.place} already contains a team other than the demo.",
                    hint="`clockeye serve --demo --data demo.db` uses a new file.",
                )
            _fill(queries, now)
    for key in list_keys(storage):
        if key.name == KEY_NAME and key.revoked_at is None:
            revoke_key(storage, key.id)
    return add_key(storage, KEY_NAME, user=TEAM[0][1]).key


def _fill(queries: Queries, now: int) -> None:
    chance = Random(2024)  # noqa: S311 - demo data, no secret
    team = [new_user(*person) for person in TEAM]
    users = [user.id for user in team]
    projects = {name: new_id("prj") for name in PROJECTS}
    for user in team:
        queries.add_member(user)
    for name, project_id in projects.items():
        queries.add_project(StoredProject(project_id, name, fold(name), users[0]))
    for user_id in users:
        spans = list(_work(chance, now))
        for span in (*spans, *(_up_to_now(spans, now) if user_id == users[0] else ())):
            entry = StoredEntry(
                new_id("te"),
                user_id,
                projects[span.project],
                span.description,
                span.started_at,
                span.ended_at,
                billable=span.project not in UNPAID,
            )
            queries.add_entry(entry, now)
            if span.started_at > now - PICTURE_DAYS * DAY_SECONDS:
                queries.add_screenshot(_screenshot(chance, entry))
    queries.set_mark(MARK, str(now))


def _work(chance: Random, now: int) -> Iterator[_Span]:
    """90 days of one person's work: a morning and an afternoon each weekday, with a day off now and then."""
    favourites = chance.sample(list(PROJECTS), 4)
    today = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0)
    for back in range(DAYS - 1, -1, -1):
        midnight = today - timedelta(days=back)
        if midnight.weekday() >= 5 or chance.random() < 0.05:  # noqa: PLR2004 - Saturday; a day off in 20
            continue
        begin = int(midnight.timestamp()) + chance.randrange(8 * 60, 9 * 60 + 30) * 60
        lunch = begin + chance.randrange(210, 260) * 60
        for start, end in ((begin, lunch), (lunch + 45 * 60, lunch + chance.randrange(240, 300) * 60)):
            yield from _stretch(chance, favourites, start, end, now)


def _up_to_now(spans: list[_Span], now: int) -> Iterator[_Span]:
    """The owner's last entry, which ends now on any day and at any hour, so that today is never empty."""
    begin = max(spans[-1].ended_at, now - 45 * 60)
    if begin < now:
        yield _Span("Internal", "Inbox and mail", begin, now)


def _stretch(chance: Random, favourites: list[str], start: int, end: int, now: int) -> Iterator[_Span]:
    while start < min(end, now):
        stop = min(start + chance.choice((25, 40, 50, 65, 90, 120)) * 60 + chance.randrange(60), end, now)
        project = chance.choice([*favourites, *favourites, *PROJECTS])
        yield _Span(project, chance.choice(PROJECTS[project]), start, stop)
        start = stop + chance.choice((0, 0, 0, 5 * 60, 10 * 60))


def _screenshot(chance: Random, entry: StoredEntry) -> StoredScreenshot:
    return StoredScreenshot(
        new_id("scr"),
        entry.user_id,
        entry.id,
        chance.randint(entry.started_at, entry.ended_at),
        chance.randrange(20, 100),
        secrets.token_urlsafe(32),
        _picture(chance),
    )


def _picture(chance: Random) -> bytes:
    """An editor, a sidebar and lines of code, in one of a few colour schemes."""
    paper, bar, ink = chance.choice(
        (
            ((30, 32, 48), (22, 24, 36), (130, 170, 255)),
            ((250, 250, 246), (226, 228, 230), (70, 90, 120)),
            ((40, 42, 54), (33, 34, 44), (189, 147, 249)),
            ((253, 246, 227), (238, 232, 213), (38, 139, 210)),
        )
    )
    canvas = Canvas(320, 200, paper)
    canvas.fill(0, 0, 320, 14, bar)
    canvas.fill(0, 14, 64, 186, bar)
    for line in range(chance.randrange(9, 16)):
        canvas.fill(8, 24 + line * 11, chance.randrange(20, 48), 4, ink)
    for line in range(16):
        x = 76 + 12 * chance.choice((0, 1, 1, 2, 3))
        for _ in range(chance.randrange(1, 5)):
            width = chance.randrange(10, 60)
            canvas.fill(x, 24 + line * 11, width, 5, chance.choice((ink, (120, 130, 140), (200, 120, 90))))
            x += width + 6
    return canvas.png()
