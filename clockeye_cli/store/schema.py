"""The tables of the state file, as a list of migrations.

A released migration is never edited: a user's file may be several versions old. Append a new one instead.

- `entries` is stored in the order of time, so that a week is one piece of the table however many years it
  holds; the index on the length tells how long before a period an entry in it may have begun, and the one by
  project has all that a sum needs.
- `timer` has at most one row.
- `former_ids`: former ids of entries, which remain valid for ever.
- `add_keys`: the keys of `add --key`, so that repeating a call stores nothing new.
- `history` and `changes`: the changes of each command, which `undo` reverses. Of a row that was changed, only
  what is different is kept of the second version, and of new rows no fields with their defaults. An `undo`
  whose command is no longer kept refers to itself. A `redo` has no column: it is the step in `undone_by` of
  the `undo` that it reversed.
- `remembered`: single named values.
- `overlapping`: own entries that overlapped another one when they were stored. Each overlap that is stored
  has one of its entries here, so finding them costs nothing where there are none.
- `adopted`: entries that moved to an account's profile: their ids are still understood, and nothing brings
  the entries back.
- `clients`, and `projects.client_id`: whom projects are for. `projects.color`: the slot of the palette.
- `runs`: the imports, and `origins`: which row of a source each imported entry came from.
- `facts`: what is known of a few entries besides their fields.
- `bills`, and `billed`: the invoices, and what each has billed of each entry.

For a profile with an account:

- `entries.user_id`: the entry's user, unless it is the profile's own; while the own user is unknown, all
  entries read from the account have a user here. `is_open`: the entry is running elsewhere.
- `remote`: each entry as the account last had it, which later changes on both sides are compared with.
- `outbox`: changes that the account has not received yet.
- `notices`: notices about the exchange with the account, until a command has shown them.
- `pulled`: the days read from the account, and when. `users`: the account's users. `budget`: the number of
  requests that the service still accepts, for all processes together.
"""

from __future__ import annotations

APPLICATION_ID = 0x436C6B45
"""`ClkE`, the mark of a clockeye store."""

_USER_IN_FIELDS = (
    "CASE WHEN json_valid(fields) THEN"
    " CASE json_type(fields, '$.user_id') WHEN 'text' THEN json_extract(fields, '$.user_id') END END"
)

_USER_THERE = f"SELECT {_USER_IN_FIELDS} FROM remote WHERE remote.local_id = entries.local_id"

_OWN_USER = "SELECT value FROM remembered WHERE what = 'account user' AND value != ''"

_MADE_HERE = (
    "SELECT json_extract(after, '$.local_id') FROM changes JOIN history ON history.id = history_id"
    " WHERE what = 'entry' AND before IS NULL AND undoes IS NULL"
    " AND CASE WHEN json_valid(after) THEN json_extract(after, '$.local_id') END IS NOT NULL"
)
"""The entries made by commands; one restored by `undo` may have come from the account."""

WHOSE_AGAIN = (
    # The account has answered one of our POSTs with the profile's own user.
    f"""INSERT OR REPLACE INTO remembered (what, value)
        SELECT 'account user', user_id FROM (
            SELECT min({_USER_IN_FIELDS}) AS user_id, count(DISTINCT {_USER_IN_FIELDS}) AS users
            FROM remote JOIN entries USING (local_id)
            WHERE entries.user_id IS NULL AND local_id IN ({_MADE_HERE})
        )
        WHERE users = 1 AND NOT EXISTS ({_OWN_USER})
            AND EXISTS (SELECT 1 FROM remembered WHERE what = 'account origin')""",
    f"""UPDATE entries SET user_id = ({_USER_THERE})
        WHERE user_id IS NULL
            AND local_id IN (
                SELECT local_id FROM remote WHERE {_USER_IN_FIELDS} != coalesce(({_OWN_USER}), '')
            )
            AND (EXISTS ({_OWN_USER}) OR local_id NOT IN ({_MADE_HERE}))""",
)
"""Gives entries that were read while the profile's own user was unknown their user.

They had been stored as the profile's own.
"""

OVERLAPPING_AGAIN = """INSERT OR IGNORE INTO overlapping (local_id)
    SELECT local_id FROM (
        SELECT local_id, started_at, max(ended_at) OVER (
            ORDER BY started_at, ended_at, local_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
        FROM entries WHERE user_id IS NULL AND ended_at > started_at
    )
    WHERE ended_before > started_at"""
"""Finds the later entry of each overlap among all entries of the profile's own user."""

OVERLAPPING_NOW = """INSERT OR IGNORE INTO overlapping (local_id) SELECT :local_id WHERE EXISTS (
    SELECT 1 FROM entries
    WHERE started_at > :started_at - (SELECT max(ended_at - started_at) FROM entries)
        AND started_at < :ended_at AND ended_at > :started_at AND ended_at > started_at
        AND local_id != :local_id AND user_id IS NULL
)"""
"""Notes an own entry that has just been stored, if it overlaps another one of the profile's own user."""

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
    (
        "ALTER TABLE entries ADD COLUMN user_id TEXT",
        "ALTER TABLE entries ADD COLUMN is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1))",
        "ALTER TABLE projects ADD COLUMN account_id TEXT",
        """CREATE TABLE remote (
            local_id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL UNIQUE,
            fields TEXT NOT NULL,
            settled_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            what TEXT NOT NULL CHECK (what IN ('project', 'create', 'update', 'delete')),
            local_id TEXT NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('queued', 'sending', 'unknown', 'rejected', 'conflict', 'ask')),
            body TEXT,
            reason TEXT NOT NULL DEFAULT '',
            theirs TEXT,
            status INTEGER,
            looks INTEGER NOT NULL DEFAULT 0,
            looked_at INTEGER
        ) STRICT""",
        "CREATE INDEX outbox_by_thing ON outbox (local_id)",
        """CREATE TABLE pulled (
            day TEXT NOT NULL,
            user_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (day, user_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE users (
            id TEXT PRIMARY KEY,
            email TEXT NOT NULL,
            role TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE budget (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            remaining INTEGER NOT NULL,
            seen_at REAL NOT NULL,
            wait REAL NOT NULL
        ) STRICT""",
    ),
    ("CREATE INDEX entries_open ON entries (started_at) WHERE is_open = 1",),
    ("CREATE TABLE adopted (local_id TEXT PRIMARY KEY, profile TEXT NOT NULL) STRICT, WITHOUT ROWID",),
    WHOSE_AGAIN,
    (
        "DROP INDEX entries_by_project",
        "CREATE INDEX entries_by_project ON entries (project_id, ended_at, billable, user_id)",
    ),
    (
        # For SQLite: where a command is deleted, it looks for rows that refer to it.
        "CREATE INDEX history_undoes ON history (undoes) WHERE undoes IS NOT NULL",
        "CREATE INDEX history_undone_by ON history (undone_by) WHERE undone_by IS NOT NULL",
    ),
    ("ALTER TABLE history ADD COLUMN actor TEXT NOT NULL DEFAULT ''",),
    (
        """CREATE TABLE notices (
            id INTEGER PRIMARY KEY,
            what TEXT NOT NULL,
            local_id TEXT NOT NULL,
            details TEXT NOT NULL
        ) STRICT""",
    ),
    ("CREATE TABLE overlapping (local_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID", OVERLAPPING_AGAIN),
    (
        """CREATE TABLE clients (id TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE,
            archived INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID""",
        "ALTER TABLE projects ADD COLUMN client_id TEXT REFERENCES clients (id)",
        "ALTER TABLE projects ADD COLUMN color INTEGER",
        """CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL,
            source TEXT NOT NULL, about TEXT NOT NULL) STRICT""",
        """CREATE TABLE origins (source TEXT NOT NULL, external_id TEXT NOT NULL, local_id TEXT NOT NULL,
            run_id INTEGER NOT NULL REFERENCES runs (id), was TEXT NOT NULL,
            PRIMARY KEY (source, external_id)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX origins_by_entry ON origins (local_id)",
        "CREATE INDEX origins_by_run ON origins (run_id)",
        """CREATE TABLE facts (local_id TEXT PRIMARY KEY, is_clock_made INTEGER NOT NULL DEFAULT 0,
            more TEXT NOT NULL DEFAULT '{}') STRICT, WITHOUT ROWID""",
        """CREATE TABLE bills (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE,
            client_id TEXT REFERENCES clients (id), state TEXT NOT NULL, issued_on TEXT,
            about TEXT NOT NULL) STRICT""",
        """CREATE TABLE billed (local_id TEXT PRIMARY KEY, bill_id INTEGER NOT NULL REFERENCES bills (id),
            seconds INTEGER NOT NULL, rounded INTEGER NOT NULL, rate TEXT, currency TEXT)
            STRICT, WITHOUT ROWID""",
        "CREATE INDEX billed_by_bill ON billed (bill_id)",
    ),
)
