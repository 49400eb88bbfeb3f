"""Files that an older clockeye has made: they are brought up to date, and nothing in them is lost."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from clockeye_cli.store.database import connect, transaction
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from tests.app import App


def test_a_file_of_the_first_version_keeps_its_entries_and_its_timer(app: App) -> None:
    path = app.home / "local.db"
    app.home.mkdir(mode=0o700)
    with closing(connect(str(path), MIGRATIONS[:1], APPLICATION_ID)) as connection, transaction(connection):
        connection.execute("INSERT INTO projects VALUES ('prj_1', 'web', 'web', NULL, 0)")
        connection.execute(
            "INSERT INTO entries VALUES ('te_000000000001', 'Old work', 'prj_1', ?, ?, 1)",
            (app.now - 7200, app.now - 3600),
        )
        connection.execute(
            "INSERT INTO timer VALUES (1, 'te_000000000002', 'Runs', 'prj_1', ?, 1)", (app.now - 60,)
        )
    assert app.entries() == [
        ("2026-11-20 10:00:00", "2026-11-20 11:00:00", "web", "Old work"),
        ("2026-11-20 11:59:00", "running", "web", "Runs"),
    ]
    app.ok("stop")
    assert app.ok("undo").code == 0
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
