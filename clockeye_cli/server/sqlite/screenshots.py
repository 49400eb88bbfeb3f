"""Screenshots in SQLite."""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.fields import midnight
from clockeye_cli.server.records import StoredScreenshot
from clockeye_cli.server.sqlite.lists import simple_list, utc

if TYPE_CHECKING:
    from clockeye_cli.server.records import Page, Slice, Which
    from clockeye_cli.store.database import Connection

SCREENSHOT = f"""json_object(
    'id', id, 'user_id', user_id, 'time_entry_id', time_entry_id, 'url', ? || token,
    'activity_level', activity_level, 'captured_at', {utc("captured_at")})"""


class SqliteScreenshots:
    """The part of `storage.Queries` on screenshots."""

    connection: Connection

    def screenshots_page(self, which: Which, page: Slice, pictures: str) -> Page:
        """A page of screenshots, newest first; `pictures` is what their URL begins with."""
        where: list[tuple[str, object]] = [
            (f"{column} = ?", value)
            for column, value in (("user_id", which.user_id), ("time_entry_id", which.time_entry_id))
            if value
        ]
        if which.first is not None:
            where.append(("captured_at >= ?", midnight(which.first)))
        if which.last is not None:
            where.append(("captured_at < ?", midnight(which.last) + DAY_SECONDS))
        order = "captured_at DESC, id"
        return simple_list(self.connection, "screenshots", SCREENSHOT, where, order, page, pictures)

    def screenshots_of(self, user_id: str) -> list[StoredScreenshot]:
        """All screenshots of a user, oldest first."""
        rows = self.connection.execute(
            "SELECT id, user_id, time_entry_id, captured_at, activity_level, token, picture FROM screenshots"
            " WHERE user_id = ? ORDER BY captured_at, id",
            (user_id,),
        )
        return [StoredScreenshot(*row) for row in rows]

    def picture(self, token: str) -> bytes | None:
        """The picture with a token."""
        query = "SELECT picture FROM screenshots WHERE token = ?"
        row = self.connection.execute(query, (token,)).fetchone()
        return row[0] if row else None

    def add_screenshot(self, screenshot: StoredScreenshot) -> None:
        """Add a screenshot."""
        self.connection.execute("INSERT INTO screenshots VALUES (?, ?, ?, ?, ?, ?, ?)", screenshot)
