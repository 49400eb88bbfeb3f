"""The functions of the database: they count entries, and answer a request in one round trip."""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.server.limits import WINDOWS

MONTH_DAYS = 30
"""The length of the spans in which entries are counted; a page is located in a span, then in a day of it."""

DAY, MONTH, ALL = 0, 1, 2
"""The levels of `entry_counts`: the entries of each day, of each span, of the whole list."""

FEW = 500
"""So many entries are skipped about as fast as counts are read to locate a page."""


def _time(column: str) -> str:
    return f"""to_char(to_timestamp({column}) AT TIME ZONE 'UTC', '\\"YYYY-MM-DD"T"HH24:MI:SS"Z"\\"')"""


ENTRY = f"""
    '{{"id": "' || id || '", "user_id": "' || user_id || '", "project_id": "' || project_id
    || '", "description": ' || to_json(description)
    || ', "start_time": ' || {_time("started_at")}
    || ', "end_time": ' || CASE WHEN is_running THEN 'null' ELSE {_time("ended_at")} END
    || ', "duration": ' || (ended_at - started_at) || ', "billable": ' || billable || '}}'"""
"""An entry as a JSON object, in half the time of json_build_object; ids have nothing that JSON escapes."""

FUNCTIONS = f"""
    -- How many entries of a scope start on a day or later; all without a day.
    CREATE FUNCTION entries_since(which text, first integer) RETURNS bigint STABLE LANGUAGE plpgsql AS $$
    BEGIN
        IF first IS NULL THEN
            RETURN (SELECT coalesce(sum(entries), 0) FROM entry_counts WHERE scope = which AND level = {ALL});
        END IF;
        RETURN (SELECT coalesce(sum(entries), 0) FROM entry_counts
                WHERE scope = which AND level = {MONTH} AND span > month_of(first))
            + (SELECT coalesce(sum(entries), 0) FROM entry_counts
                WHERE scope = which AND level = {DAY} AND span >= first
                    AND span < (month_of(first) + 1) * {MONTH_DAYS});
    END $$;

    -- A page of the entries that start on the days, the latest first, and how many there are; NULL for a day
    -- and '' for a user or project do not restrict them. To begin a late page, a month is looked for and a
    -- day in it, so that it costs as much as an early one. Of one user in one project there are few enough
    -- entries to count them.
    CREATE FUNCTION entries_page(
        who text, what text, first integer, last integer, skipped bigint, most integer,
        OUT page text, OUT total bigint
    ) STABLE LANGUAGE plpgsql AS $$
    DECLARE
        which text := who || what;
        lowest bigint := coalesce(first::bigint * {DAY_SECONDS}, -9223372036854775808);
        below bigint := coalesce((last::bigint + 1) * {DAY_SECONDS}, 9223372036854775807);
        newer bigint := 0;
        month record;
        day record;
    BEGIN
        IF who <> '' AND what <> '' THEN
            SELECT count(*) INTO total FROM time_entries WHERE user_id = who AND project_id = what
                AND started_at >= lowest AND started_at < below;
        ELSE
            IF last IS NOT NULL THEN
                newer := entries_since(which, last + 1);
            END IF;
            total := entries_since(which, first) - newer;
        END IF;
        page := '[]';
        IF skipped >= total THEN
            RETURN;
        END IF;
        IF skipped > {FEW} AND (who = '' OR what = '') THEN
            skipped := newer + skipped;
            FOR month IN SELECT span, sum(entries) AS n FROM entry_counts
                WHERE scope = which AND level = {MONTH} GROUP BY span ORDER BY span DESC
            LOOP
                EXIT WHEN month.n > skipped;
                skipped := skipped - month.n;
            END LOOP;
            FOR day IN SELECT span, sum(entries) AS n FROM entry_counts
                WHERE scope = which AND level = {DAY} AND span >= month.span * {MONTH_DAYS}
                    AND span < (month.span + 1) * {MONTH_DAYS}
                GROUP BY span ORDER BY span DESC
            LOOP
                EXIT WHEN day.n > skipped;
                skipped := skipped - day.n;
            END LOOP;
            below := (day.span::bigint + 1) * {DAY_SECONDS};
        END IF;
        EXECUTE $sql$
            SELECT '[' || string_agg({ENTRY}, ', ' ORDER BY started_at DESC, number DESC) || ']'
            FROM (SELECT * FROM time_entries WHERE started_at >= $1 AND started_at < $2 $sql$
            || CASE WHEN who <> '' THEN ' AND user_id = $3' ELSE '' END
            || CASE WHEN what <> '' THEN ' AND project_id = $4' ELSE '' END
            || ' ORDER BY started_at DESC, number DESC LIMIT $5 OFFSET $6) AS part'
            INTO page USING lowest, below, who, what, most, skipped;
    END $$;

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
        SELECT * INTO latest FROM request_counts WHERE key_id = which FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            INSERT INTO request_counts VALUES (which, 0, 0) ON CONFLICT DO NOTHING;
            SELECT * INTO latest FROM request_counts WHERE key_id = which FOR NO KEY UPDATE;
        END IF;
        now := coalesce(at, extract(epoch FROM clock_timestamp())::double precision);
        now := greatest(now, latest.instant);
        is_counted := TRUE;
        FOR place IN 1 .. 3 LOOP
            SELECT r.number, r.instant INTO earliest FROM recent_requests r
                WHERE r.key_id = which AND r.instant > now - seconds[place]
                ORDER BY r.instant, r.number LIMIT 1;
            used[place] := latest.number + 1 - coalesce(earliest.number, latest.number + 1);
            oldest[place] := earliest.instant;
            is_counted := is_counted AND used[place] < allowed[place];
            IF used[place] > allowed[place] THEN -- by higher limits, before a restart
                oldest[place] := (SELECT r.instant FROM recent_requests r
                    WHERE r.key_id = which AND r.number = latest.number - allowed[place] + 1);
            END IF;
        END LOOP;
        IF is_counted THEN
            latest.number := latest.number + 1;
            UPDATE request_counts SET number = latest.number, instant = now WHERE key_id = which;
            INSERT INTO recent_requests VALUES (which, latest.number, now);
            IF latest.number % 64 = 0 THEN
                DELETE FROM recent_requests r WHERE r.key_id = which AND r.instant <= now - {DAY_SECONDS};
            END IF;
            FOR place IN 1 .. 3 LOOP
                used[place] := used[place] + 1;
                oldest[place] := coalesce(oldest[place], now);
            END LOOP;
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
