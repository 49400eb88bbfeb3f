"""`/screenshots`, and the pictures at their `url`."""

from __future__ import annotations

from typing import ClassVar

import falcon

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.server.entry_list import utc
from clockeye_cli.server.fields import day, identifier, midnight
from clockeye_cli.server.problems import not_found
from clockeye_cli.server.resources.resource import (
    PAGING,
    Conditions,
    Operation,
    Resource,
    answer,
    page_of,
    simple_list,
)

COLUMNS = f"""json_object(
    'id', id, 'user_id', user_id, 'time_entry_id', time_entry_id, 'url', ? || token,
    'activity_level', activity_level, 'captured_at', {utc("captured_at")})"""


class Screenshots(Resource):
    """The list of screenshots, newest first; a member sees their own."""

    operations: ClassVar = {
        "GET": Operation(
            "screenshots:read",
            {
                "user_id": identifier("usr"),
                "time_entry_id": identifier("te"),
                "start_date": day,
                "end_date": day,
                **PAGING,
            },
        )
    }

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """A page of screenshots, by the UTC day on which they were taken."""
        query = self.query(req)
        page = page_of(query)
        where = Conditions()
        for column in ("user_id", "time_entry_id"):
            if column in query:
                where.add(f"{column} = ?", query[column])
        if not req.context.caller.sees_team:
            where.add("user_id = ?", req.context.caller.user_id)
        if "start_date" in query:
            where.add("captured_at >= ?", midnight(query["start_date"]))
        if "end_date" in query:
            where.add("captured_at < ?", midnight(query["end_date"]) + DAY_SECONDS)
        pictures = f"{req.context.base}{req.path.removesuffix('/screenshots')}/pictures/"
        with self._database.read() as connection:
            rows, total = simple_list(
                connection, "screenshots", COLUMNS, where, "captured_at DESC, id", page, pictures
            )
        answer(resp, rows, total, page)


class Picture(Resource):
    """A picture, addressed by a random token instead of a key."""

    operations: ClassVar = {"GET": Operation()}

    def on_get(self, req: falcon.Request, resp: falcon.Response, token: str) -> None:
        """The PNG file."""
        self.query(req)
        with self._database.read() as connection:
            row = connection.execute("SELECT picture FROM screenshots WHERE token = ?", (token,)).fetchone()
        if row is None:
            raise not_found()
        resp.content_type = falcon.MEDIA_PNG
        resp.set_header("Cache-Control", "private, max-age=86400, immutable")
        resp.data = row[0]
