"""The transaction of `auth login --adopt`, without login and delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clockeye_cli.store.state import Store
from clockeye_cli.tracking import adopting

if TYPE_CHECKING:
    from typing import TextIO


def adopt(home: str, now: int, out: TextIO) -> int:
    """Let the profile `work` of a home adopt what its profile `local` holds."""
    store = Store(f"{home}/work.db", lambda: now, to_account=True)
    local = Store(f"{home}/local.db", lambda: now)
    with store.beside(local), store.write(["auth", "login"], ZoneInfo("Europe/Berlin")) as write:
        adopting.adopt(write, "local", "work")
    store.close()
    out.write("Adopted.\n")
    out.flush()
    return 0
