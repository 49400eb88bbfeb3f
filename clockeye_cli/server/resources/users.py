"""`/users`."""

from __future__ import annotations

from typing import ClassVar

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.records import Which
from clockeye_cli.server.resources.resource import PAGING, Operation, Resource, answer, page_of

if TYPE_CHECKING:
    import falcon


class Users(Resource):
    """The users of the team by name; a member sees only themselves."""

    operations: ClassVar = {"GET": Operation("users:read", PAGING)}

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """A page of users."""
        page = page_of(self.query(req))
        caller = req.context.caller
        which = Which(user_id="" if caller.sees_team else caller.user_id)
        with self._storage.reading() as queries:
            rows, total = queries.members_page(which, page)
        answer(resp, rows, total, page)
