"""The functions of the database that give a page of entries, the latest first, wherever it is in the list."""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS

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


def _page(condition: str) -> str:
    """The statement for a page of some entries: one per case, so that the database keeps its plan."""
    return f"""
            SELECT '[' || string_agg({ENTRY}, ', ' ORDER BY started_at DESC, number DESC) || ']' INTO page
            FROM (SELECT * FROM time_entries WHERE started_at >= lowest AND started_at < below AND {condition}
                ORDER BY started_at DESC, number DESC LIMIT most OFFSET skipped) AS part"""


PAGES = f"""
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
    -- entries to count them. The plan is kept for whatever days; by its estimate for them, it would sort all
    -- entries instead of reading a page from an index.
    CREATE FUNCTION entries_page(
        who text, what text, first integer, last integer, skipped bigint, most integer,
        OUT page text, OUT total bigint
    ) STABLE LANGUAGE plpgsql SET enable_sort = off SET enable_bitmapscan = off AS $$
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
        IF who = '' AND what = '' THEN
            {_page("TRUE")};
        ELSIF what = '' THEN
            {_page("user_id = who")};
        ELSIF who = '' THEN
            {_page("project_id = what")};
        ELSE
            {_page("user_id = who AND project_id = what")};
        END IF;
    END $$;
"""
"""Part of the list of migrations: never edited once it was released."""
