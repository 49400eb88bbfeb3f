"""`/screenshots`, and the pictures at their `url`."""

from __future__ import annotations

from typing import ClassVar

import falcon

from clockeye_cli.server.fields import day, identifier
from clockeye_cli.server.problems import not_found
from clockeye_cli.server.resources.resource import PAGING, Operation, Resource, answer, page_of, visible


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
        pictures = f"{req.context.base}{req.path.removesuffix('/screenshots')}/pictures/"
        which = visible(query, req.context.caller)
        if which is None:
            answer(resp, "[]", 0, page)
            return
        with self._storage.reading() as queries:
            rows, total = queries.screenshots_page(which, page, pictures)
        answer(resp, rows, total, page)


class Picture(Resource):
    """A picture, addressed by a random token instead of a key."""

    operations: ClassVar = {"GET": Operation()}

    def on_get(self, req: falcon.Request, resp: falcon.Response, token: str) -> None:
        """The PNG file."""
        self.query(req)
        with self._storage.reading() as queries:
            picture = queries.picture(token)
        if picture is None:
            raise not_found()
        resp.content_type = falcon.MEDIA_PNG
        resp.set_header("Cache-Control", "private, max-age=86400, immutable")
        resp.data = picture
