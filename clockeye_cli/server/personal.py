"""Everything that the server stores about one member, for that person to have."""

from __future__ import annotations

import base64
import json
from typing import Any

from clockeye_cli.core.phrases import rfc3339
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.entry_list import ENTRY
from clockeye_cli.server.members import find_user

if TYPE_CHECKING:
    from clockeye_cli.server.database import Database


def export(database: Database, who: str) -> dict[str, Any]:
    """The user, their keys without the secrets, projects they created or worked on, entries and screenshots.

    Args:
        database: The server's file.
        who: Id or e-mail address.

    Returns:
        An object for JSON; instants as in the API, pictures as base64 of a PNG file.

    Raises:
        ClashError: The user is unknown.
    """
    with database.read() as connection:
        member = find_user(connection, who)
        keys = connection.execute(
            "SELECT id, name, permissions, created_at, revoked_at FROM api_keys WHERE user_id = ?"
            " ORDER BY created_at, rowid",
            (member.id,),
        ).fetchall()
        projects = connection.execute(
            "SELECT id, name, created_by FROM projects WHERE created_by = ?1"
            " OR id IN (SELECT project_id FROM time_entries WHERE user_id = ?1) ORDER BY name, id",
            (member.id,),
        ).fetchall()
        entries = connection.execute(
            f"SELECT {ENTRY} FROM time_entries WHERE user_id = ? ORDER BY started_at, number", (member.id,)
        ).fetchall()
        screenshots = connection.execute(
            "SELECT id, time_entry_id, captured_at, activity_level, picture FROM screenshots"
            " WHERE user_id = ? ORDER BY captured_at, id",
            (member.id,),
        ).fetchall()
    return {
        "user": member._asdict(),
        "keys": [
            {
                "id": key_id,
                "name": name,
                "permissions": json.loads(permissions),
                "created_at": rfc3339(created_at),
                "revoked_at": None if revoked_at is None else rfc3339(revoked_at),
            }
            for key_id, name, permissions, created_at, revoked_at in keys
        ],
        "projects": [dict(zip(("id", "name", "created_by"), row, strict=True)) for row in projects],
        "time_entries": [json.loads(text) for (text,) in entries],
        "screenshots": [
            {
                "id": screenshot_id,
                "time_entry_id": entry_id,
                "captured_at": rfc3339(captured_at),
                "activity_level": activity_level,
                "picture": base64.b64encode(picture).decode(),
            }
            for screenshot_id, entry_id, captured_at, activity_level, picture in screenshots
        ],
    }
