"""Everything that the server stores about one member, for that person to have."""

from __future__ import annotations

import base64
import json
from typing import Any

from clockeye_cli.core.phrases import rfc3339
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.members import find_user

if TYPE_CHECKING:
    from clockeye_cli.server.storage import Storage


def export(storage: Storage, who: str) -> dict[str, Any]:
    """The user, their keys without the secrets, projects they created or worked on, entries and screenshots.

    Args:
        storage: The server's data.
        who: Id or e-mail address.

    Returns:
        An object for JSON; instants as in the API, pictures as base64 of a PNG file.

    Raises:
        ClashError: The user is unknown.
    """
    with storage.snapshot() as queries:
        member = find_user(queries, who)
        keys = [key for key in queries.api_keys() if key.user_id == member.id]
        projects = queries.projects_of(member.id)
        entries = queries.entries_of(member.id)
        screenshots = queries.screenshots_of(member.id)
    return {
        "user": member._asdict(),
        "keys": [
            {
                "id": key.id,
                "name": key.name,
                "permissions": key.permissions,
                "created_at": rfc3339(key.created_at),
                "revoked_at": None if key.revoked_at is None else rfc3339(key.revoked_at),
            }
            for key in keys
        ],
        "projects": [{"id": each.id, "name": each.name, "created_by": each.created_by} for each in projects],
        "time_entries": [json.loads(text) for text in entries],
        "screenshots": [
            {
                "id": screenshot.id,
                "time_entry_id": screenshot.time_entry_id,
                "captured_at": rfc3339(screenshot.captured_at),
                "activity_level": screenshot.activity_level,
                "picture": base64.b64encode(screenshot.picture).decode(),
            }
            for screenshot in screenshots
        ],
    }
