"""A setting as cells, and the lookup of a setting by its key."""

from __future__ import annotations

from clockeye_cli.config.settings import SETTINGS
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column

if TYPE_CHECKING:
    from clockeye_cli.config.settings import Setting
    from clockeye_cli.context import Context

COLUMNS = (
    Column("key", "Setting", "id"),
    Column("value", "Value", is_nullable=True),
    Column("source", "From"),
    Column("about", "Description", drop=1),
)


def value_cells(ctx: Context, key: str) -> tuple[str, str]:
    """The value of a setting as text, as `config set` takes it, and where it comes from."""
    # Which profile is in use is not only a matter of settings: -P comes first.
    text, source = ctx.session.profile if key == "profile" else ctx.settings.value(key)
    return text.replace("\n", ", "), source  # the items of a list


def is_setting(key: str) -> bool:
    """Whether there is a setting with a key."""
    return key in SETTINGS


def setting_of(key: str) -> Setting[object]:
    """The setting with a key.

    Raises:
        UsageError: The key is unknown.
    """
    if key not in SETTINGS:
        raise unknown("setting", key, SETTINGS)
    return SETTINGS[key]
