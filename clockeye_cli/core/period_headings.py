"""Periods as headings and the columns of a timesheet print them."""

from __future__ import annotations

from clockeye_cli.core.day import ONE_DAY, WEEKDAYS
from clockeye_cli.core.day_names import day_name, is_number, weekday_number
from clockeye_cli.core.period import MONTHS_OF, Period, days, last_units, months, week
from clockeye_cli.core.period_titles import day_title, week_title
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

UNITS = {"day", "week", *MONTHS_OF}


def day_in_column(words: list[str], today: date) -> Period | None:
    """`friday 2026-11-20`, as headings print it; `fri 20`, as a timesheet does: the nearest one to today."""
    if len(words) != 2 or (weekday := weekday_number(words[0])) is None:  # noqa: PLR2004 - a weekday and a date
        return None
    if is_number(words[1], 1, 2):
        near = (today + ONE_DAY * shift for days_away in range(190) for shift in (-days_away, days_away))
        return next((days(d, d) for d in near if (d.day, d.weekday()) == (int(words[1]), weekday)), None)
    day = day_name(words[1])
    if day is None or day.fixed is None:
        return None
    if day.fixed.weekday() != weekday:
        raise ValueError(f"{day.fixed} is a {WEEKDAYS[day.fixed.weekday()]}")
    return days(day.fixed, day.fixed)


def title(plain: str, today: date) -> Period | None:
    """The title of a day or a week: `wed 25 nov`, `wed 25 nov 2025`, `week 47, 16-22 nov`."""
    plain = plain.removesuffix(", today")
    words = plain.split()
    last = _of_this_year(words[-3:] if is_number(words[-1], 4, 4) else words[-2:], today) if words else None
    if last is None:
        return None
    first = last - ONE_DAY * 6
    titles = {day_title(last, today): days(last, last), week_title(first, today): week(first)}
    return next((period for shown, period in titles.items() if _typed(shown) == plain), None)


def _typed(shown: str) -> str:
    """A title as it reads when it was typed and read as plain words."""
    return shown.removesuffix(" · today").lower().replace(" · ", ", ").replace("–", "-")


def _of_this_year(words: list[str], today: date) -> date | None:
    """The day that `25 nov`, `-22 nov` or `16-22 nov 2025` ends with; without a year it is of this one."""
    text = " ".join(words).rpartition("-")[2].strip()
    day = day_name(text if is_number(words[-1], 4, 4) else f"{text} {today.year}")
    return day.fixed if day else None


def heading(plain: str, week_start: int) -> Period | None:
    """A heading that ends with the first and the last day: `week 47, 2026-11-16 to 2026-11-22`."""
    words = plain.replace(",", "").split()
    if words[:1] == ["since"] or len(words) < 4 or words[-2] != "to":  # noqa: PLR2004 - a word and two days
        return None
    dates = [day_name(words[place]) for place in (-3, -1)]
    first, last = (each.fixed if each else None for each in dates)
    if first is None or last is None or last < first:
        return None
    period: Period | None = None
    if words[0] == "last" and len(words) == 6:  # noqa: PLR2004 - last, a count, its unit, and the days
        unit = words[2].removesuffix("s")
        if is_number(words[1]) and unit in UNITS:
            day_after = last if unit == "day" else last + ONE_DAY
            period = last_units(unit, int(words[1]), day_after, week_start)
    elif words[0] == "week":
        period = week(first)
    else:
        period = months("quarter", first.year, (first.month - 1) // MONTHS_OF["quarter"] + 1)
    return period if period and (period.last, period.name.lower()) == (last, plain) else None
