"""A contact sheet: one HTML page with pictures by day, without network access or scripts.

The pictures are embedded in the page.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.html.markup import page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Shot(NamedTuple):
    """A picture with its caption.

    Attributes:
        picture: Its address, `data:…` (see `pictures.py: embedded`); empty if it is not available.
        why: The reason why it is not available.
        time: `09:15`; empty if unknown.
        user: The user whose screen it shows.
        work: Project and description of the entry.
        activity: 0 to 1; None if unknown.
    """

    picture: str
    why: str
    time: str
    user: str
    work: str
    activity: float | None


def render(title: str, about: str, days: Mapping[str, Sequence[Shot]]) -> str:
    """The page.

    Args:
        title: Its heading.
        about: The line below it: days, user, time zone.
        days: The pictures by the heading of their day, in order.
    """
    values = {"title": title, "about": about, "days": days}
    return "".join(page("contact_sheet.html", "contact_sheet.css", values))
