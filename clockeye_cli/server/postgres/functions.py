"""The second migration: functions that answer a request in one round trip, from one state of the database."""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS

FUNCTIONS = f"""
    -- An entry as a JSON object; put together from text, since json_build_object takes twice as long. Ids
    -- hold nothing that JSON would escape.
    CREATE FUNCTION entry_json(entry time_entries) RETURNS text STABLE LANGUAGE sql AS $$
        SELECT '{{"id": "' || entry.id || '", "user_id": "' || entry.user_id || '", "project_id": "'
            || entry.project_id || '", "description": ' || to_json(entry.description) || ', "start_time": '
            || to_char(to_timestamp(entry.started_at) AT TIME ZONE 'UTC', '\\"YYYY-MM-DD"T"HH24:MI:SS"Z"\\"')
            || ', "end_time": ' || CASE WHEN entry.is_running THEN 'null' ELSE
                to_char(to_timestamp(entry.ended_at) AT TIME ZONE 'UTC', '\\"YYYY-MM-DD"T"HH24:MI:SS"Z"\\"')
                END || ', "duration": ' || (entry.ended_at - entry.started_at)
            || ', "billable": ' || entry.billable || '}}'
    $$;

    -- How many entries of a scope start on a day or later; all without a day.
    CREATE FUNCTION entries_since(which text, first integer) RETURNS bigint STABLE LANGUAGE plpgsql AS $$
    BEGIN
        IF first IS NULL THEN
            RETURN (SELECT coalesce(sum(entries), 0) FROM entry_counts WHERE scope = which AND level = 1);
        END IF;
        RETURN (SELECT coalesce(sum(entries), 0) FROM entry_counts
                WHERE scope = which AND level = 1 AND span > month_of(first))
            + (SELECT coalesce(sum(entries), 0) FROM entry_counts
                WHERE scope = which AND level = 0 AND span >= first AND span < (month_of(first) + 1) * 30);
    END $$;

    -- A page of the entries that start on the days, the latest first, and how many there are; NULL for a day
    -- and '' for a user or project do not restrict them. To begin a page, a month is looked for and a day in
    -- it, so that a late page costs as much as an early one. Of one user in one project there are few enough
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
        IF who = '' OR what = '' THEN
            skipped := newer + skipped;
            FOR month IN SELECT span, sum(entries) AS n FROM entry_counts
                WHERE scope = which AND level = 1 GROUP BY span ORDER BY span DESC
            LOOP
                EXIT WHEN month.n > skipped;
                skipped := skipped - month.n;
            END LOOP;
            FOR day IN SELECT span, sum(entries) AS n FROM entry_counts
                WHERE scope = which AND level = 0 AND span >= month.span * 30 AND span < (month.span + 1) * 30
                GROUP BY span ORDER BY span DESC
            LOOP
                EXIT WHEN day.n > skipped;
                skipped := skipped - day.n;
            END LOOP;
            below := (day.span::bigint + 1) * {DAY_SECONDS};
        END IF;
        EXECUTE 'SELECT ''['' || string_agg(
                entry_json(each), '', '' ORDER BY (each).started_at DESC, (each).number DESC) || '']''
            FROM (SELECT e AS each FROM time_entries AS e WHERE started_at >= $1 AND started_at < $2'
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

    -- An active key, and one of its requests counted if the secret is right.
    CREATE FUNCTION admit(
        which text, hash bytea, at double precision, allowed integer[], seconds integer[],
        OUT secret_hash bytea, OUT user_id text, OUT role text, OUT permissions jsonb,
        OUT is_counted boolean, OUT now double precision, OUT used bigint[], OUT oldest double precision[]
    ) LANGUAGE plpgsql AS $$
    BEGIN
        SELECT k.secret_hash, k.user_id, u.role, k.permissions INTO secret_hash, user_id, role, permissions
            FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.id = which AND revoked_at IS NULL;
        IF secret_hash = hash AND allowed IS NOT NULL THEN
            SELECT r.* INTO is_counted, now, used, oldest FROM take_request(which, at, allowed, seconds) AS r;
        END IF;
    END $$;

    -- As before, but without an attempt to insert what is there already.
    CREATE OR REPLACE FUNCTION take_request(
        which text, at double precision, allowed integer[], seconds integer[],
        OUT is_counted boolean, OUT now double precision, OUT used bigint[], OUT oldest double precision[]
    ) LANGUAGE plpgsql AS $$
    DECLARE
        latest request_counts;
        place integer;
    BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        SELECT * INTO latest FROM request_counts WHERE key_id = which FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            INSERT INTO request_counts VALUES (which, 0, 0) ON CONFLICT DO NOTHING;
            SELECT * INTO latest FROM request_counts WHERE key_id = which FOR NO KEY UPDATE;
        END IF;
        now := greatest(coalesce(at, extract(epoch FROM clock_timestamp())::double precision),
            latest.instant);
        is_counted := TRUE;
        FOR place IN 1 .. cardinality(seconds) LOOP
            used[place] := latest.number + 1 - coalesce((
                SELECT r.number FROM recent_requests r
                WHERE r.key_id = which AND r.instant > now - seconds[place]
                ORDER BY r.instant, r.number LIMIT 1), latest.number + 1);
            is_counted := is_counted AND used[place] < allowed[place];
        END LOOP;
        IF is_counted THEN
            latest.number := latest.number + 1;
            UPDATE request_counts SET number = latest.number, instant = now WHERE key_id = which;
            INSERT INTO recent_requests VALUES (which, latest.number, now);
            IF latest.number % 64 = 0 THEN
                DELETE FROM recent_requests r WHERE r.key_id = which AND r.instant <= now - {DAY_SECONDS};
            END IF;
        END IF;
        FOR place IN 1 .. cardinality(seconds) LOOP
            used[place] := used[place] + is_counted::integer;
            oldest[place] := (SELECT r.instant FROM recent_requests r WHERE r.key_id = which
                AND r.number = latest.number - least(used[place], allowed[place]) + 1);
        END LOOP;
    END $$;
"""
"""Part of the list of migrations: never edited once it was released."""
