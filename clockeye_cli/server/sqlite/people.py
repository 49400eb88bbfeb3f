"""Users, keys, projects and marks in SQLite."""

from __future__ import annotations

import json

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.records import ListedKey, Member, StoredProject
from clockeye_cli.server.sqlite.lists import simple_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.server.records import Page, Slice, Which
    from clockeye_cli.store.database import Connection

MEMBER = "json_object('id', id, 'name', name, 'email', email, 'role', role)"
PROJECT = "json_object('id', id, 'name', name, 'created_by', created_by)"


class SqlitePeople:
    """The part of `storage.Queries` on users, keys, projects and marks."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def members(self) -> list[Member]:
        """All users, by name and id."""
        rows = self.connection.execute("SELECT id, name, email, role FROM users ORDER BY name, id")
        return [Member(*row) for row in rows]

    def member(self, who: str) -> Member | None:
        """The user with an id, or an e-mail address in any case."""
        query = "SELECT id, name, email, role FROM users WHERE id = ? OR email = ?"
        row = self.connection.execute(query, (who, who)).fetchone()
        return Member(*row) if row else None

    def add_member(self, member: Member) -> None:
        """Add a user whose address is not taken."""
        self.connection.execute("INSERT INTO users VALUES (?, ?, ?, ?)", member)

    def set_role(self, user_id: str, role: str) -> None:
        """Give a user another role."""
        self.connection.execute("UPDATE users SET role = ? WHERE id = ?", (role, user_id))

    def remove_member(self, user_id: str, *, heir: str, owner: str, now: int) -> None:
        """Remove a user with their keys; see `storage.Queries`."""
        execute = self.connection.execute
        execute("UPDATE projects SET created_by = ? WHERE created_by = ?", (owner, user_id))
        execute(
            "UPDATE time_entries SET is_running = 0, ended_at = max(started_at, ?)"
            " WHERE user_id = ? AND is_running",
            (now, user_id),
        )
        for table in ("screenshots", "time_entries"):
            if heir:
                execute(f"UPDATE {table} SET user_id = ? WHERE user_id = ?", (heir, user_id))
            else:
                execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))
        keys = "SELECT id FROM api_keys WHERE user_id = ?"
        execute(f"DELETE FROM recent_requests WHERE key_id IN ({keys})", (user_id,))
        execute("DELETE FROM api_keys WHERE user_id = ?", (user_id,))
        execute("DELETE FROM users WHERE id = ?", (user_id,))

    def members_page(self, which: Which, page: Slice) -> Page:
        """A page of users, by name."""
        where = [("id = ?", which.user_id)] if which.user_id else []
        return simple_list(self.connection, "users", MEMBER, where, "name, id", page)

    def api_keys(self) -> list[ListedKey]:
        """All keys, oldest first."""
        rows = self.connection.execute(
            "SELECT k.id, k.name, permissions, user_id, email, role, created_at, revoked_at"
            " FROM api_keys k JOIN users u ON u.id = user_id ORDER BY created_at, k.rowid"
        )
        return [ListedKey(key_id, name, json.loads(granted), *rest) for key_id, name, granted, *rest in rows]

    def add_key(
        self, key_id: str, name: str, secret_hash: bytes, permissions: Sequence[str], user_id: str, now: int
    ) -> None:
        """Add a key, created at `now`."""
        self.connection.execute(
            "INSERT INTO api_keys VALUES (?, ?, ?, ?, ?, ?, NULL)",
            (key_id, name, secret_hash, json.dumps(permissions), user_id, now),
        )

    def revoke_key(self, key_id: str, now: int) -> None:
        """Revoke a key."""
        self.connection.execute("UPDATE api_keys SET revoked_at = ? WHERE id = ?", (now, key_id))

    def projects_page(self, page: Slice) -> Page:
        """A page of projects, by name."""
        return simple_list(self.connection, "projects", PROJECT, [], "folded", page)

    def has_project(self, project_id: str) -> bool:
        """Whether a project exists."""
        query = "SELECT 1 FROM projects WHERE id = ?"
        return self.connection.execute(query, (project_id,)).fetchone() is not None

    def is_taken(self, folded: str) -> bool:
        """Whether a project has this name."""
        query = "SELECT 1 FROM projects WHERE folded = ?"
        return self.connection.execute(query, (folded,)).fetchone() is not None

    def add_project(self, project: StoredProject) -> None:
        """Add a project whose name is not taken."""
        self.connection.execute("INSERT INTO projects VALUES (?, ?, ?, ?)", project)

    def projects_of(self, user_id: str) -> list[StoredProject]:
        """The projects that a user created or worked on, by name."""
        rows = self.connection.execute(
            "SELECT id, name, folded, created_by FROM projects WHERE created_by = ?1"
            " OR id IN (SELECT project_id FROM time_entries WHERE user_id = ?1) ORDER BY name, id",
            (user_id,),
        )
        return [StoredProject(*row) for row in rows]

    def mark(self, name: str) -> str | None:
        """A remark about the whole storage."""
        row = self.connection.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_mark(self, name: str, value: str) -> None:
        """Add a remark."""
        self.connection.execute("INSERT INTO marks VALUES (?, ?)", (name, value))
