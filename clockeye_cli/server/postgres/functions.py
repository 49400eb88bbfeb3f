"""The functions of the database: they count entries and requests, so that each takes one round trip."""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.server.limits import WINDOWS
from clockeye_cli.server.postgres.pages import ALL, DAY, MONTH

FUNCTIONS = f"""
    -- Adds an entry, and ends the user's running one if this one is running, as the interface of the storage
    -- says. Returns the field with an unknown id, or ''. The user is locked first, as for each change of an
    -- entry, so that no two transactions wait for each other in a circle.
    CREATE FUNCTION add_entry(
        entry text, who text, what text, description text, start bigint, finish bigint, billable boolean,
        runs boolean, now bigint
    ) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM projects WHERE id = what;
        IF NOT FOUND THEN
            RETURN 'project_id';
        END IF;
        PERFORM 1 FROM users WHERE id = who FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RETURN 'user_id';
        END IF;
        IF runs THEN
            UPDATE time_entries SET is_running = FALSE, ended_at =
                CASE WHEN started_at <= start THEN start ELSE greatest(started_at, now) END
                WHERE user_id = who AND is_running;
        END IF;
        INSERT INTO time_entries
            (id, user_id, project_id, description, started_at, ended_at, billable, is_running)
            VALUES (entry, who, what, description, start, finish, billable, runs);
        RETURN '';
    END $$;

    -- An active key; if its secret is right, one request of it is counted, unless a window is used up. For
    -- each window: how many requests are in it, and the instant of the one that must leave it before another
    -- is allowed.
    CREATE FUNCTION admit(
        which text, hash bytea, at double precision, VARIADIC allowed integer[],
        OUT secret_hash bytea, OUT user_id text, OUT role text, OUT permissions jsonb,
        OUT is_counted boolean, OUT now double precision, OUT used bigint[], OUT oldest double precision[]
    ) LANGUAGE plpgsql AS $$
    DECLARE
        seconds CONSTANT integer[] := ARRAY{[*WINDOWS]};
        latest request_counts;
        earliest record;
    BEGIN
        SELECT k.secret_hash, k.user_id, u.role, k.permissions INTO secret_hash, user_id, role, permissions
            FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.id = which AND revoked_at IS NULL;
        IF secret_hash IS DISTINCT FROM hash OR allowed[1] IS NULL THEN
            RETURN;
        END IF;
        PERFORM set_config('synchronous_commit', 'off', true);
        -- Counted at once, which also locks the row; taken back below where that was too much.
        INSERT INTO request_counts AS counted
            VALUES (which, 1, coalesce(at, extract(epoch FROM clock_timestamp())::double precision))
            ON CONFLICT ON CONSTRAINT request_counts_pkey DO UPDATE
                SET number = counted.number + 1, instant = greatest(counted.instant, excluded.instant)
            RETURNING * INTO latest;
        now := latest.instant;
        is_counted := TRUE;
        FOR place IN 1 .. 3 LOOP
            SELECT r.number, r.instant INTO earliest FROM recent_requests r
                WHERE r.key_id = which AND r.instant > now - seconds[place]
                ORDER BY r.instant, r.number LIMIT 1;
            used[place] := latest.number - coalesce(earliest.number, latest.number);
            oldest[place] := earliest.instant;
            is_counted := is_counted AND used[place] < allowed[place];
            IF used[place] > allowed[place] THEN -- by higher limits, before a restart
                oldest[place] := (SELECT r.instant FROM recent_requests r
                    WHERE r.key_id = which AND r.number = latest.number - allowed[place]);
            END IF;
        END LOOP;
        IF is_counted THEN
            INSERT INTO recent_requests VALUES (which, latest.number, now);
            IF latest.number % 64 = 0 THEN
                DELETE FROM recent_requests r WHERE r.key_id = which AND r.instant <= now - {DAY_SECONDS};
            END IF;
            FOR place IN 1 .. 3 LOOP
                used[place] := used[place] + 1;
                oldest[place] := coalesce(oldest[place], now);
            END LOOP;
        ELSE
            UPDATE request_counts SET number = number - 1 WHERE key_id = which;
        END IF;
    END $$;

    -- Keeps the counts of `entry_counts` and `entry_days`; a new entry goes a shorter way.
    CREATE FUNCTION count_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        entries time_entries[] := '{{}}';
        signs integer[] := '{{}}';
        its_day integer;
        its_month integer;
        its_shard integer;
        lasts bigint;
        billed bigint;
    BEGIN
        IF TG_OP = 'INSERT' THEN
            its_day := day_of(NEW.started_at);
            its_month := month_of(its_day);
            its_shard := shard_of(NEW.user_id);
            lasts := NEW.ended_at - NEW.started_at;
            billed := CASE WHEN NEW.billable THEN lasts ELSE 0 END;
            INSERT INTO entry_counts AS counted (scope, level, span, shard, entries) VALUES
                ('', {DAY}, its_day, its_shard, 1), ('', {MONTH}, its_month, its_shard, 1),
                ('', {ALL}, 0, its_shard, 1), (NEW.project_id, {DAY}, its_day, its_shard, 1),
                (NEW.project_id, {MONTH}, its_month, its_shard, 1), (NEW.project_id, {ALL}, 0, its_shard, 1),
                (NEW.user_id, {DAY}, its_day, 0, 1), (NEW.user_id, {MONTH}, its_month, 0, 1),
                (NEW.user_id, {ALL}, 0, 0, 1)
                ON CONFLICT ON CONSTRAINT entry_counts_pkey DO UPDATE SET entries = counted.entries + 1;
            INSERT INTO entry_days AS counted VALUES (its_day, NEW.user_id, NEW.project_id, 1, lasts, billed)
                ON CONFLICT ON CONSTRAINT entry_days_pkey DO UPDATE SET entries = counted.entries + 1,
                    duration = counted.duration + lasts,
                    billable_duration = counted.billable_duration + billed;
            RETURN NULL;
        END IF;
        entries := entries || OLD; signs := signs || -1;
        IF TG_OP = 'UPDATE' THEN
            entries := entries || NEW; signs := signs || 1;
        END IF;
        INSERT INTO entry_counts AS counted (scope, level, span, shard, entries)
            SELECT scope, level, span, shard, sum(n) FROM (
                SELECT s.scope, l.level, l.span, s.shard, c.n
                FROM unnest(entries, signs) AS
                    c (number, id, user_id, project_id, description, started_at, ended_at, billable,
                    is_running, n),
                    LATERAL (VALUES ('', shard_of(c.user_id)), (c.user_id, 0),
                        (c.project_id, shard_of(c.user_id))) AS s (scope, shard),
                    LATERAL (VALUES ({DAY}, day_of(c.started_at)),
                        ({MONTH}, month_of(day_of(c.started_at))), ({ALL}, 0)) AS l (level, span)
            ) AS each GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4
            ON CONFLICT ON CONSTRAINT entry_counts_pkey
                DO UPDATE SET entries = counted.entries + excluded.entries;
        INSERT INTO entry_days AS counted (day, user_id, project_id, entries, duration, billable_duration)
            SELECT day, user_id, project_id, sum(n), sum(duration), sum(billable_duration) FROM (
                SELECT day_of(c.started_at) AS day, c.user_id, c.project_id, c.n,
                    c.n * (c.ended_at - c.started_at) AS duration,
                    CASE WHEN c.billable THEN c.n * (c.ended_at - c.started_at) ELSE 0 END AS
                    billable_duration
                FROM unnest(entries, signs) AS
                    c (number, id, user_id, project_id, description, started_at, ended_at, billable,
                    is_running, n)
            ) AS each GROUP BY 1, 2, 3
            HAVING sum(n) <> 0 OR sum(duration) <> 0 OR sum(billable_duration) <> 0 ORDER BY 1, 2, 3
            ON CONFLICT ON CONSTRAINT entry_days_pkey DO UPDATE SET
                entries = counted.entries + excluded.entries,
                duration = counted.duration + excluded.duration,
                billable_duration = counted.billable_duration + excluded.billable_duration;
        RETURN NULL;
    END $$;

    CREATE TRIGGER count_entry AFTER INSERT OR DELETE OR UPDATE OF user_id, project_id, started_at,
        ended_at, billable
        ON time_entries FOR EACH ROW EXECUTE FUNCTION count_entry();
"""
"""Part of the list of migrations: never edited once it was released."""
