"""What to do about billable time without a rate."""

from __future__ import annotations

from clockeye_cli.core.command_lines import command_line, joined
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clockeye_cli.core.charges import Charge


def rate_hint(charged: Sequence[Charge], names: Mapping[str, str]) -> str:
    """How to give a rate to the project with the longest billable time without one, or to leave it out.

    Args:
        charged: With charges without a price.
        names: The names of projects by id.
    """
    seconds: dict[str, int] = {}
    for charge in (each for each in charged if each.price is None):
        seconds[charge.project_id or ""] = seconds.get(charge.project_id or "", 0) + charge.seconds
    name = names.get(max(seconds, key=lambda project_id: seconds[project_id]), "")
    line = ("projects", "edit", name, "--rate", "80 EUR") if name else ("config", "set", "rate", "80 EUR")
    without = joined(["--not-project", name or "none"])
    return f"{command_line(*line)} sets a rate (0 EUR is free); `{without}` leaves it out."
