"""`/reports/summary`: durations by project, user or day."""

from __future__ import annotations

import json
from typing import ClassVar

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.database import YEAR_ZERO
from clockeye_cli.server.fields import day, identifier, midnight, one_of
from clockeye_cli.server.resources.resource import Conditions, Operation, Resource

if TYPE_CHECKING:
    from datetime import date

    import falcon

GROUPS = {
    "project": ("project_id", "project_id", "(SELECT name FROM projects WHERE id = key)"),
    "user": ("user_id", "user_id", "(SELECT name FROM users WHERE id = key)"),
    "day": ("date", "day", f"date(key * {DAY_SECONDS} - {YEAR_ZERO}, 'unixepoch')"),
}
"""Each value of `group_by` with its field in the response, the SQL of its key, and the SQL of its name."""


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
        where = Conditions()
        for column in ("user_id", "project_id"):
            if column in query:
                where.add(f"{column} = ?", query[column])
        if not req.context.caller.sees_team:
            where.add("user_id = ?", req.context.caller.user_id)
        if "start_date" in query:
            where.add("day >= ?", _number(query["start_date"]))
        if "end_date" in query:
            where.add("day <= ?", _number(query["end_date"]))
        group = query.get("group_by", "project")
        data = self._groups(group, where)
        meta = {
            "total_duration": sum(row["duration"] for row in data),
            "billable_duration": sum(row["billable_duration"] for row in data),
            "entries": sum(row["entries"] for row in data),
            "start_date": str(query["start_date"]) if "start_date" in query else None,
            "end_date": str(query["end_date"]) if "end_date" in query else None,
        }
        resp.data = json.dumps({"data": data, "meta": meta}).encode()

    def _groups(self, group: str, where: Conditions) -> list[dict[str, int]]:
        field, expression, name = GROUPS[group]
        query = (
            f"SELECT key, {name}, duration, billable, entries FROM (SELECT {expression} AS key,"
            " sum(duration) AS duration, sum(billable_duration) AS billable, sum(entries) AS entries"
            f" FROM entry_days WHERE {where} GROUP BY 1 HAVING sum(entries) > 0) ORDER BY 2, 1"
        )
        with self._database.read() as connection:
            rows = connection.execute(query, where.values).fetchall()
        return [
            {
                field: name if group == "day" else key,
                "name": name,
                "duration": duration,
                "billable_duration": billable,
                "entries": entries,
            }
            for key, name, duration, billable, entries in rows
        ]


def _number(of: date) -> int:
    """A day as `entry_days` stores it."""
    return (midnight(of) + YEAR_ZERO) // DAY_SECONDS
