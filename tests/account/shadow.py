"""A second service with a copy of another's content, in this process: what is tried there changes nothing."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from clockeye_cli.server import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the standard library)
        """Nothing: a test reads standard error."""


@contextmanager
def shadow_of(data: str, folder: Path) -> Iterator[str]:
    """The origin of a service that listens until the block ends, without faults and limits.

    Args:
        data: The other service's SQLite file.
        folder: Where the copy is kept.
    """
    with closing(sqlite3.connect(data)) as source, closing(sqlite3.connect(folder / "shadow.db")) as target:
        source.backup(target)
    application = create_app(str(folder / "shadow.db"), limits="off")
    server = make_server("127.0.0.1", 0, application, handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, args=(0.005,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        application.close()


def moved_to(origin: str, home: Path) -> None:
    """Bind a computer's profiles to the service at another origin."""
    for file in home.glob("*.db"):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("UPDATE remembered SET value = ? WHERE what = 'account origin'", (origin,))
    config = home / "config.toml"
    if config.exists():
        config.write_text(re.sub(r"http://127\.0\.0\.1:\d+", origin, config.read_text()))
