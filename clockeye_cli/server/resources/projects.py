"""`/projects`."""

from __future__ import annotations

import json
from typing import ClassVar

import falcon

from clockeye_cli.core.entry import new_id
from clockeye_cli.server.fields import fold, json_object, line, only, required
from clockeye_cli.server.problems import refuse
from clockeye_cli.server.resources.resource import (
    PAGING,
    Conditions,
    Operation,
    Resource,
    answer,
    answer_one,
    page_of,
    simple_list,
)

COLUMNS = "json_object('id', id, 'name', name, 'created_by', created_by)"


class Projects(Resource):
    """The projects of the whole team, by name."""

    operations: ClassVar = {
        "GET": Operation("projects:read", PAGING),
        "POST": Operation("projects:write", has_body=True),
    }

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """A page of projects."""
        page = page_of(self.query(req))
        with self._database.read() as connection:
            rows, total = simple_list(connection, "projects", COLUMNS, Conditions(), "folded", page)
        answer(resp, rows, total, page)

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Add a project; its name must be unique, ignoring case."""
        self.query(req)
        given = json_object(req.context.body)
        only(given, ("name",))
        project = {
            "id": new_id("prj"),
            "name": line("name", required(given, "name")),
            "created_by": req.context.caller.user_id,
        }
        folded = fold(project["name"])
        with self._database.write() as connection:
            if connection.execute("SELECT 1 FROM projects WHERE folded = ?", (folded,)).fetchone():
                refuse("name", "taken", "A project with this name already exists")
            connection.execute(
                "INSERT INTO projects VALUES (:id, :name, :folded, :created_by)",
                {**project, "folded": folded},
            )
        resp.status = falcon.HTTP_201
        answer_one(resp, json.dumps(project))
