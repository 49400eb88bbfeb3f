BEGIN TRANSACTION;
CREATE TABLE add_keys (
            key TEXT PRIMARY KEY,
            local_id TEXT NOT NULL,
            content TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
INSERT INTO "add_keys" VALUES('duration','te_g47770776crw','["Standup", "prj_rznvqavcgg9h", 0, 900, true, null, false]');
INSERT INTO "add_keys" VALUES('from and for','te_g6schrh29gyp','["Review", "prj_e3x0q9qxv0rk", 1795167000, 1795168800, false, null, false]');
INSERT INTO "add_keys" VALUES('no text','te_cq85wxpj4vh6','["", "prj_rznvqavcgg9h", 1795158000, 1795159800, true, null, false]');
INSERT INTO "add_keys" VALUES('times','te_asvkmz29m4cp','["Fix login #bug", "prj_e3x0q9qxv0rk", 1795161600, 1795165200, true, null, false]');
CREATE TABLE adopted (local_id TEXT PRIMARY KEY, profile TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE budget (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            remaining INTEGER NOT NULL,
            seen_at REAL NOT NULL,
            wait REAL NOT NULL
        ) STRICT;
CREATE TABLE changes (
            history_id INTEGER NOT NULL REFERENCES history (id),
            place INTEGER NOT NULL,
            what TEXT NOT NULL,
            before TEXT,
            after TEXT,
            PRIMARY KEY (history_id, place)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "changes" VALUES(1,0,'adoption',NULL,'{"profile": "local", "entries": 4, "projects": 2}');
CREATE TABLE entries (
            local_id TEXT NOT NULL UNIQUE,
            description TEXT NOT NULL,
            project_id TEXT REFERENCES projects (id),
            started_at INTEGER NOT NULL,
            ended_at INTEGER NOT NULL CHECK (ended_at >= started_at),
            billable INTEGER NOT NULL CHECK (billable IN (0, 1)), user_id TEXT, is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1)),
            PRIMARY KEY (started_at, local_id)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "entries" VALUES('te_cq85wxpj4vh6','','prj_rznvqavcgg9h',1795158000,1795159800,1,NULL,0);
INSERT INTO "entries" VALUES('te_asvkmz29m4cp','Fix login #bug','prj_e3x0q9qxv0rk',1795161600,1795165200,1,NULL,0);
INSERT INTO "entries" VALUES('te_g6schrh29gyp','Review','prj_e3x0q9qxv0rk',1795167000,1795168800,0,NULL,0);
INSERT INTO "entries" VALUES('te_g47770776crw','Standup','prj_rznvqavcgg9h',1795171500,1795172400,1,NULL,0);
CREATE TABLE former_ids (id TEXT PRIMARY KEY, local_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE history (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            command TEXT NOT NULL,
            undoes INTEGER REFERENCES history (id),
            undone_by INTEGER REFERENCES history (id)
        ) STRICT;
INSERT INTO "history" VALUES(1,1795172580,'["adopt"]',NULL,NULL);
CREATE TABLE outbox (
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
        ) STRICT;
INSERT INTO "outbox" VALUES(1,'project','prj_e3x0q9qxv0rk','queued',NULL,'',NULL,NULL,0,NULL);
INSERT INTO "outbox" VALUES(2,'project','prj_rznvqavcgg9h','queued',NULL,'',NULL,NULL,0,NULL);
INSERT INTO "outbox" VALUES(3,'create','te_cq85wxpj4vh6','queued',NULL,'',NULL,NULL,0,NULL);
INSERT INTO "outbox" VALUES(4,'create','te_asvkmz29m4cp','queued',NULL,'',NULL,NULL,0,NULL);
INSERT INTO "outbox" VALUES(5,'create','te_g6schrh29gyp','queued',NULL,'',NULL,NULL,0,NULL);
INSERT INTO "outbox" VALUES(6,'create','te_g47770776crw','queued',NULL,'',NULL,NULL,0,NULL);
CREATE TABLE projects (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            folded TEXT NOT NULL UNIQUE,
            billable INTEGER CHECK (billable IN (0, 1)),
            archived INTEGER NOT NULL CHECK (archived IN (0, 1))
        , account_id TEXT) STRICT, WITHOUT ROWID;
INSERT INTO "projects" VALUES('prj_e3x0q9qxv0rk','web','web',NULL,0,NULL);
INSERT INTO "projects" VALUES('prj_rznvqavcgg9h','misc','misc',NULL,0,NULL);
CREATE TABLE pulled (
            day TEXT NOT NULL,
            user_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (day, user_id)
        ) STRICT, WITHOUT ROWID;
CREATE TABLE remembered (what TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE remote (
            local_id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL UNIQUE,
            fields TEXT NOT NULL,
            settled_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
CREATE TABLE timer (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            local_id TEXT NOT NULL,
            description TEXT NOT NULL,
            project_id TEXT REFERENCES projects (id),
            started_at INTEGER NOT NULL,
            billable INTEGER NOT NULL CHECK (billable IN (0, 1))
        ) STRICT;
CREATE TABLE users (
            id TEXT PRIMARY KEY,
            email TEXT NOT NULL,
            role TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_end ON entries (ended_at);
CREATE INDEX entries_by_length ON entries (ended_at - started_at);
CREATE INDEX entries_by_project ON entries (project_id, ended_at);
CREATE INDEX history_to_undo ON history (id) WHERE undoes IS NULL AND undone_by IS NULL;
CREATE INDEX outbox_by_thing ON outbox (local_id);
CREATE INDEX entries_open ON entries (started_at) WHERE is_open = 1;
COMMIT;
PRAGMA user_version=4;
PRAGMA application_id=1131178821;
