"""The form that `clockeye edit ENTRY` opens in the editor, and what was changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.day import local
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.when import When, parse_when
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.work import Typed

if TYPE_CHECKING:
    from datetime import tzinfo

TOP = """\
# Change what you like, save and close. What you leave as it is stays exactly as it is.
# Times are understood as in `clockeye edit --from` and `--to`. The description goes on to the end.
"""

LINES = ("from", "to", "project", "billable")
YES_OR_NO = {"yes": True, "no": False}


def form(item: TimeEntry | Timer, names: dict[str, str], zone: tzinfo) -> str:
    """The form for an entry, or for the timer (which has no `to`)."""
    fields = {
        "from": _stamp(item.started_at, zone),
        "to": _stamp(item.ended_at, zone) if isinstance(item, TimeEntry) else None,
        "project": names.get(item.project_id or "", ""),
        "billable": "yes" if item.billable else "no",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
    return f"{TOP}{lines}description: {item.description}\n"


def read(before: str, after: str) -> tuple[When | None, When | None, Typed]:
    """What was changed: the new start, the new end and the rest; None for what was left as it was.

    Raises:
        UsageError: A line is not understood or missing.
    """
    old, new = _fields(before), _fields(after)
    if old.keys() != new.keys():
        missing = ", ".join(sorted(old.keys() ^ new.keys()))
        raise UsageError(f"These lines are missing or too many in the form: {missing}.")
    changed = {key: value for key, value in new.items() if value != old[key]}
    if "project" in changed and not changed["project"]:
        raise UsageError("The form names no project.", hint="An entry keeps its project; name another one.")
    return (
        parse_when(changed["from"]) if "from" in changed else None,
        parse_when(changed["to"]) if "to" in changed else None,
        Typed(changed.get("description"), (), changed.get("project"), _truth(changed.get("billable"))),
    )


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    head, mark, description = text.partition("\ndescription:")
    if not mark:
        raise UsageError("The form has no line `description:` any more.")
    for line in head.splitlines():
        key, _, value = line.partition(":")
        if line.strip() and not line.startswith("#"):
            if key.strip() not in LINES:
                raise UsageError(f"This line of the form is not understood: {line[:60]!r}.")
            found[key.strip()] = value.strip()
    # Our form ends with a line break that is not the description's; editors add one, or take it away.
    found["description"] = description.removeprefix(" ").removesuffix("\n")
    return found


def _truth(text: str | None) -> bool | None:
    if text is not None and text not in YES_OR_NO:
        raise UsageError(f"billable is yes or no, not {text[:40]!r}.")
    return None if text is None else YES_OR_NO[text]


def _stamp(instant: int, zone: tzinfo) -> str:
    moment = local(instant, zone)
    return f"{moment.year:04}-{moment:%m-%d %H:%M:%S}"
