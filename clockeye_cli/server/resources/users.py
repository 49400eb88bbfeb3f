"""`/users`."""

from __future__ import annotations

from typing import ClassVar

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.resources.resource import (
    PAGING,
    Conditions,
    Operation,
    Resource,
    answer,
    page_of,
    simple_list,
)

if TYPE_CHECKING:
    import falcon

COLUMNS = "json_object('id', id, 'name', name, 'email', email, 'role', role)"


class Users(Resource):
    """The users of the team by name; a member sees only themselves."""

    operations: ClassVar = {"GET": Operation("users:read", PAGING)}

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """A page of users."""
        page = page_of(self.query(req))
        caller = req.context.caller
        where = Conditions() if caller.sees_team else Conditions().add("id = ?", caller.user_id)
        with self._database.read() as connection:
            rows, total = simple_list(connection, "users", COLUMNS, where, "name, id", page)
        answer(resp, rows, total, page)
