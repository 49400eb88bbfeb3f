"""The tables of the server's SQLite file.

Triggers count the entries of each month and sum up those of each day. The counts make the total of a list and
a page deep in it about as cheap as the first page (an OFFSET of 100,000 takes 20 times as long); the sums
make the summary of a year possible without reading a single entry.
"""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Migrations

MONTH_SECONDS = 2_592_000
"""30 days: the length of the spans in which entries are counted."""

YEAR_ZERO = 62_167_219_200
"""Seconds from the year 0 to 1970. Added before a division, which would otherwise round towards 1970."""


def _span(column: str, seconds: int) -> str:
    return f"({column} + {YEAR_ZERO}) / {seconds}"


def _count(row: str, sign: str) -> str:
    """The statements of a trigger that add an entry to the counts and sums, or subtract it."""
    keys = f"{row}.user_id, {row}.project_id, {sign}1"
    duration = f"{sign}({row}.ended_at - {row}.started_at)"
    return f"""
        INSERT INTO entry_months VALUES ({_span(f"{row}.started_at", MONTH_SECONDS)}, {keys})
            ON CONFLICT DO UPDATE SET entries = entries + excluded.entries;
        INSERT INTO entry_days VALUES
            ({_span(f"{row}.started_at", DAY_SECONDS)}, {keys}, {duration}, {duration} * {row}.billable)
            ON CONFLICT DO UPDATE SET entries = entries + excluded.entries,
                duration = duration + excluded.duration,
                billable_duration = billable_duration + excluded.billable_duration;"""


MIGRATIONS: Migrations = [
    [
        """CREATE TABLE users (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE COLLATE NOCASE,
            role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'manager', 'member'))
        ) STRICT""",
        """CREATE TABLE api_keys (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, secret_hash BLOB NOT NULL, permissions TEXT NOT NULL,
            user_id TEXT NOT NULL REFERENCES users, created_at INTEGER NOT NULL, revoked_at INTEGER
        ) STRICT""",
        """CREATE TABLE projects (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE,
            created_by TEXT NOT NULL REFERENCES users
        ) STRICT""",
        """CREATE TABLE time_entries (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL REFERENCES users,
            project_id TEXT NOT NULL REFERENCES projects, description TEXT NOT NULL,
            started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL CHECK (ended_at >= started_at),
            billable INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX entries_by_start ON time_entries (started_at)",
        "CREATE INDEX entries_by_user ON time_entries (user_id, started_at)",
        "CREATE INDEX entries_by_project ON time_entries (project_id, started_at)",
        """CREATE TABLE entry_months (
            month INTEGER NOT NULL, user_id TEXT NOT NULL, project_id TEXT NOT NULL, entries INTEGER NOT NULL,
            PRIMARY KEY (month, user_id, project_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE entry_days (
            day INTEGER NOT NULL, user_id TEXT NOT NULL, project_id TEXT NOT NULL, entries INTEGER NOT NULL,
            duration INTEGER NOT NULL, billable_duration INTEGER NOT NULL,
            PRIMARY KEY (day, user_id, project_id)
        ) STRICT, WITHOUT ROWID""",
        f"CREATE TRIGGER count_added AFTER INSERT ON time_entries BEGIN {_count('new', '')} END",
        f"CREATE TRIGGER count_deleted AFTER DELETE ON time_entries BEGIN {_count('old', '-')} END",
        f"""CREATE TRIGGER count_changed AFTER UPDATE ON time_entries
            BEGIN {_count("old", "-")} {_count("new", "")} END""",
        """CREATE TABLE screenshots (
            id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users,
            time_entry_id TEXT NOT NULL REFERENCES time_entries (id) ON DELETE CASCADE,
            captured_at INTEGER NOT NULL, activity_level INTEGER NOT NULL, token TEXT NOT NULL UNIQUE,
            picture BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX screenshots_by_time ON screenshots (captured_at)",
        "CREATE INDEX screenshots_by_entry ON screenshots (time_entry_id)",
        """CREATE TABLE recent_requests (
            key_id TEXT NOT NULL REFERENCES api_keys, newest REAL NOT NULL, times BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX requests_by_age ON recent_requests (newest)",
        "CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    ],
    [
        # While it is set, `ended_at` equals `started_at`, so that a running entry counts for nothing.
        "ALTER TABLE time_entries ADD COLUMN is_running INTEGER NOT NULL DEFAULT 0",
        "CREATE UNIQUE INDEX one_running ON time_entries (user_id) WHERE is_running = 1",
    ],
]
"""Append only; released migrations are never edited."""
