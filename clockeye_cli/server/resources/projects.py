"""`/projects`."""

from __future__ import annotations

import json
from typing import ClassVar

import falcon

from clockeye_cli.core.entry import new_id
from clockeye_cli.server.fields import fold, json_object, line, only, required
from clockeye_cli.server.problems import refuse
from clockeye_cli.server.records import StoredProject
from clockeye_cli.server.resources.resource import (
    PAGING,
    Operation,
    Resource,
    answer,
    answer_one,
    page_of,
)


class Projects(Resource):
    """The projects of the whole team, by name."""

    operations: ClassVar = {
        "GET": Operation("projects:read", PAGING),
        "POST": Operation("projects:write", has_body=True),
    }

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """A page of projects."""
        page = page_of(self.query(req))
        with self._storage.reading() as queries:
            rows, total = queries.projects_page(page)
        answer(resp, rows, total, page)

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Add a project; its name must be unique, ignoring case."""
        self.query(req)
        given = json_object(req.context.body)
        only(given, ("name",))
        name = line("name", required(given, "name"))
        project = StoredProject(new_id("prj"), name, fold(name), req.context.caller.user_id)
        with self._storage.writing() as queries:
            if queries.is_taken(project.folded):
                refuse("name", "taken", "A project with this name already exists")
            queries.add_project(project)
        resp.status = falcon.HTTP_201
        answer_one(resp, json.dumps({"id": project.id, "name": name, "created_by": project.created_by}))
