"""The tables of the state file, as the list of steps that every file has gone through.

A step is never edited once it was released: a user's file may be several versions old. Append one instead.

- `entries` is kept in the order of time, so that a week is read in one piece however long the years before;
  the index on the length tells how far before a period an entry that reaches into it can have begun.
- `timer` has at most one row.
- `former_ids`: ids that an entry no longer has, but that are understood for ever.
- `add_keys`: what `add --key` has stored, so that the same call again stores nothing.
- `history` and `changes`: what each command did, and how to take it back.
- `remembered`: what was said once, and is not said again.
"""

from __future__ import annotations

APPLICATION_ID = 0x436C6B45
"""`ClkE`: how a file says that it is a clockeye store."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE projects (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            folded TEXT NOT NULL UNIQUE,
            billable INTEGER CHECK (billable IN (0, 1)),
            archived INTEGER NOT NULL CHECK (archived IN (0, 1))
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE entries (
            local_id TEXT NOT NULL UNIQUE,
            description TEXT NOT NULL,
            project_id TEXT REFERENCES projects (id),
            started_at INTEGER NOT NULL,
            ended_at INTEGER NOT NULL CHECK (ended_at >= started_at),
            billable INTEGER NOT NULL CHECK (billable IN (0, 1)),
            PRIMARY KEY (started_at, local_id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX entries_by_end ON entries (ended_at)",
        "CREATE INDEX entries_by_length ON entries (ended_at - started_at)",
        "CREATE INDEX entries_by_project ON entries (project_id, ended_at)",
        """CREATE TABLE timer (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            local_id TEXT NOT NULL,
            description TEXT NOT NULL,
            project_id TEXT REFERENCES projects (id),
            started_at INTEGER NOT NULL,
            billable INTEGER NOT NULL CHECK (billable IN (0, 1))
        ) STRICT""",
        "CREATE TABLE former_ids (id TEXT PRIMARY KEY, local_id TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE add_keys (
            key TEXT PRIMARY KEY,
            local_id TEXT NOT NULL,
            content TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE history (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            command TEXT NOT NULL,
            undoes INTEGER REFERENCES history (id),
            undone_by INTEGER REFERENCES history (id)
        ) STRICT""",
        """CREATE TABLE changes (
            history_id INTEGER NOT NULL REFERENCES history (id),
            place INTEGER NOT NULL,
            what TEXT NOT NULL,
            before TEXT,
            after TEXT,
            PRIMARY KEY (history_id, place)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX history_to_undo ON history (id) WHERE undoes IS NULL AND undone_by IS NULL",
        "CREATE TABLE remembered (what TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ),
)
