"""The sentences under a report with `--round` or `--money`."""

from __future__ import annotations

from clockeye_cli.core.duration import duration_form
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.core.charges import Charged

WITHOUT_PROJECT = "work without a project"


def unpriced(charged: Charged) -> Iterator[str]:
    """A sentence for each project with billable time that has no rate, the longest time first."""
    seconds: dict[str, int] = {}
    for charge in charged.charges:
        if charge.price is None and charge.seconds:
            name = charged.selection.names.get(charge.project_id or "", WITHOUT_PROJECT)
            seconds[name] = seconds.get(name, 0) + charge.seconds
    for name, each in sorted(seconds.items(), key=lambda pair: -pair[1]):
        yield f"{_text(each)} of {name} has no rate."


def how_rounded(charged: Charged) -> str:
    """What is not billable, how the rest was rounded, and how much that makes of a difference."""
    whole = charged.sums.whole
    exact, rounded = whole.billable_duration, whole.rounded_duration
    rest = whole.duration - exact
    form = duration_form([exact, rounded, rest], decimal_hours=False)
    left_out = f"Not billable: {form(rest)}. " if rest else ""
    if not charged.rules:
        return f"{left_out}Not rounded: no rule applies."
    how = charged.rules[0].sentence if len(charged.rules) == 1 else "Rounded by the rules of the settings"
    if rounded == exact:
        return f"{left_out}{how}: no difference from the exact {form(exact)}."
    side = "over" if rounded > exact else "under"
    return f"{left_out}{how}: {form(abs(rounded - exact))} {side} the exact {form(exact)}."


def _text(seconds: int) -> str:
    return duration_form([seconds], decimal_hours=False)(seconds)
