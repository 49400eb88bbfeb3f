"""`/reports/summary`: durations by project, user or day."""

from __future__ import annotations

import json
from typing import ClassVar

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.fields import day, identifier, one_of
from clockeye_cli.server.resources.resource import Operation, Resource, visible

if TYPE_CHECKING:
    import falcon

    from clockeye_cli.server.records import GroupSum

GROUPS = {"project": "project_id", "user": "user_id", "day": "date"}
"""Each value of `group_by` with its field in the response."""


class Summary(Resource):
    """Sums of the entries that start on given UTC days; they match the list of the same days."""

    operations: ClassVar = {
        "GET": Operation(
            "reports:read",
            {
                "start_date": day,
                "end_date": day,
                "group_by": one_of(*GROUPS),
                "user_id": identifier("usr"),
                "project_id": identifier("prj"),
            },
        )
    }

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """One row per group, and the overall sums."""
        query = self.query(req)
        group = query.get("group_by", "project")
        which = visible(query, req.context.caller)
        sums: list[GroupSum] = []
        if which is not None:
            with self._storage.reading() as queries:
                sums = queries.sums(group, which)
        data = [{GROUPS[group]: row.key, **dict(zip(row._fields[1:], row[1:], strict=True))} for row in sums]
        meta = {
            "total_duration": sum(row.duration for row in sums),
            "billable_duration": sum(row.billable_duration for row in sums),
            "entries": sum(row.entries for row in sums),
            "start_date": str(query["start_date"]) if "start_date" in query else None,
            "end_date": str(query["end_date"]) if "end_date" in query else None,
        }
        resp.data = json.dumps({"data": data, "meta": meta}).encode()
