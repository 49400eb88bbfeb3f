"""Users, keys, projects and marks in PostgreSQL."""

from __future__ import annotations

from psycopg.types.json import Jsonb

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.postgres.lists import one, simple_list
from clockeye_cli.server.records import ListedKey, Member, StoredProject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.server.postgres.connections import PgConnection
    from clockeye_cli.server.records import Page, Slice, Which

MEMBER = "json_build_object('id', id, 'name', name, 'email', email, 'role', role)"
PROJECT = "json_build_object('id', id, 'name', name, 'created_by', created_by)"


class PgPeople:
    """The part of `storage.Queries` on users, keys, projects and marks."""

    def __init__(self, connection: PgConnection, *, is_writing: bool) -> None:
        self.connection = connection
        self.is_writing = is_writing

    def members(self) -> list[Member]:
        """All users, by name and id."""
        rows = self.connection.execute("SELECT id, name, email, role FROM users ORDER BY name, id")
        return [Member._make(row) for row in rows]

    def member(self, who: str) -> Member | None:
        """The user with an id, or an e-mail address in any case; a writer locks it."""
        lock = " FOR NO KEY UPDATE" if self.is_writing else ""
        query = f"SELECT id, name, email, role FROM users WHERE id = %s OR lower(email) = lower(%s){lock}"
        row = self.connection.execute(query.encode(), (who, who)).fetchone()
        return Member._make(row) if row else None

    def add_member(self, member: Member) -> None:
        """Add a user whose address is not taken."""
        self.connection.execute("INSERT INTO users VALUES (%s, %s, %s, %s)", member)

    def set_role(self, user_id: str, role: str) -> None:
        """Give a user another role."""
        self.connection.execute("UPDATE users SET role = %s WHERE id = %s", (role, user_id))

    def remove_member(self, user_id: str, *, heir: str, owner: str, now: int) -> None:
        """Remove a user with their keys; see `storage.Queries`."""
        execute = self.connection.execute
        # Requests wait a moment, instead of changing in another order what is changed here.
        execute("LOCK TABLE time_entries IN SHARE ROW EXCLUSIVE MODE")
        execute("UPDATE projects SET created_by = %s WHERE created_by = %s", (owner, user_id))
        execute(
            "UPDATE time_entries SET is_running = FALSE, ended_at = greatest(started_at, %s)"
            " WHERE user_id = %s AND is_running",
            (now, user_id),
        )
        for table in ("screenshots", "time_entries"):
            if heir:
                query = f"UPDATE {table} SET user_id = %s WHERE user_id = %s"
                execute(query.encode(), (heir, user_id))
            else:
                execute(f"DELETE FROM {table} WHERE user_id = %s".encode(), (user_id,))
        keys = execute("DELETE FROM api_keys WHERE user_id = %s RETURNING id", (user_id,)).fetchall()
        # Only then: whoever counts a request of these keys meanwhile has committed by now.
        execute("DELETE FROM recent_requests WHERE key_id = ANY(%s)", ([key for (key,) in keys],))
        execute("DELETE FROM users WHERE id = %s", (user_id,))

    def members_page(self, which: Which, page: Slice) -> Page:
        """A page of users, by name."""
        where = [("id = %s", which.user_id)] if which.user_id else []
        return simple_list(self.connection, "users", MEMBER, where, "name, id", page)

    def api_keys(self) -> list[ListedKey]:
        """All keys, oldest first."""
        rows = self.connection.execute(
            "SELECT k.id, k.name, permissions, user_id, email, role, created_at, revoked_at"
            " FROM api_keys k JOIN users u ON u.id = user_id ORDER BY created_at, number"
        )
        return [ListedKey._make(row) for row in rows]

    def add_key(
        self, key_id: str, name: str, secret_hash: bytes, permissions: Sequence[str], user_id: str, now: int
    ) -> None:
        """Add a key, created at `now`."""
        self.connection.execute(
            "INSERT INTO api_keys (id, name, secret_hash, permissions, user_id, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            (key_id, name, secret_hash, Jsonb([*permissions]), user_id, now),
        )

    def revoke_key(self, key_id: str, now: int) -> None:
        """Revoke a key."""
        self.connection.execute("UPDATE api_keys SET revoked_at = %s WHERE id = %s", (now, key_id))

    def projects_page(self, page: Slice) -> Page:
        """A page of projects, by name."""
        return simple_list(self.connection, "projects", PROJECT, [], "folded", page)

    def has_project(self, project_id: str) -> bool:
        """Whether a project exists."""
        query = "SELECT EXISTS (SELECT 1 FROM projects WHERE id = %s)"
        return bool(one(self.connection, query, project_id)[0])

    def is_taken(self, folded: str) -> bool:
        """Whether a project has this name; a writer keeps others from taking it."""
        if self.is_writing:
            self.connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (folded,))
        query = "SELECT EXISTS (SELECT 1 FROM projects WHERE folded = %s)"
        return bool(one(self.connection, query, folded)[0])

    def add_project(self, project: StoredProject) -> None:
        """Add a project whose name is not taken."""
        self.connection.execute("INSERT INTO projects VALUES (%s, %s, %s, %s)", project)

    def projects_of(self, user_id: str) -> list[StoredProject]:
        """The projects that a user created or worked on, by name."""
        rows = self.connection.execute(
            "SELECT id, name, folded, created_by FROM projects WHERE created_by = %(user)s"
            " OR id IN (SELECT project_id FROM time_entries WHERE user_id = %(user)s) ORDER BY name, id",
            {"user": user_id},
        )
        return [StoredProject._make(row) for row in rows]

    def mark(self, name: str) -> str | None:
        """A remark about the whole storage."""
        row = self.connection.execute("SELECT value FROM marks WHERE name = %s", (name,)).fetchone()
        return row[0] if row else None

    def set_mark(self, name: str, value: str) -> None:
        """Add a remark."""
        self.connection.execute("INSERT INTO marks VALUES (%s, %s)", (name, value))
