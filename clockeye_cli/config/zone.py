"""Time zones: by name, and the zone of this computer."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

EXAMPLE = "Europe/Berlin"
LOCALTIME = "/etc/localtime"

MONTH_SECONDS = 30 * 86_400

USUAL_RULE = ",M3.2.0,M11.1.0"
"""When summer time begins and ends if TZ has a name for it but no rule, as in `CET-1CEST`: the C library
then takes the rule of the United States since 2007 (tzset(3), TZDEFRULESTRING of the tz code)."""


def named(name: str) -> tzinfo | None:
    """The zone of an IANA name such as `Europe/Berlin`; None if it is unknown."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name.upper() in ("UTC", "Z"):
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, UnicodeError):
        return None


def example(name: str) -> str:
    """The zone to name as an example to somebody who typed `name`: the zone of that city, if there is one."""
    from zoneinfo import available_timezones

    city = name.strip().replace(" ", "_").casefold()
    return min(
        (zone for zone in available_timezones() if zone.casefold().endswith(f"/{city}")), default=EXAMPLE
    )


def of_computer(environ: Mapping[str, str]) -> tzinfo:
    """The zone of this computer: from TZ, where empty means UTC, else from the system, else UTC."""
    if "TZ" in environ:
        return _from_tz(environ["TZ"]) or UTC
    if sys.platform == "win32":
        import tzlocal

        return tzlocal.get_localzone()
    return _from_system() or UTC


def source(environ: Mapping[str, str]) -> str:
    """Where the zone of this computer comes from, in words."""
    if "TZ" in environ:
        return f"TZ={environ['TZ']}" if environ["TZ"] else "an empty TZ"
    return "the system" if sys.platform == "win32" else LOCALTIME


def is_understood(environ: Mapping[str, str]) -> bool:
    """Whether TZ, if it is set, is a time zone; otherwise, the C library and we take it for UTC."""
    return not environ.get("TZ") or _from_tz(environ["TZ"]) is not None


def are_equal(zone: tzinfo, other: str, now: int) -> bool:
    """Whether a zone has the same times as another one, by its name, in the two years around an instant."""
    second = _from_tz(other)
    months = range(-12, 13)
    instants = [datetime.fromtimestamp(now + month * MONTH_SECONDS, UTC) for month in months]
    return second is not None and all(
        moment.astimezone(zone).utcoffset() == moment.astimezone(second).utcoffset() for moment in instants
    )


def name_of(zone: tzinfo) -> str:
    """The name of a zone, as `config set zone` takes it where it is an IANA zone."""
    return getattr(zone, "key", None) or "UTC"


def _from_tz(value: str) -> tzinfo | None:
    # tzset(3): a name or a path, after an optional colon, or else a rule such as CET-1CEST,M3.5.0,M10.5.0/3.
    value = value.removeprefix(":")
    if os.path.isabs(value):
        return _from_file(value)
    return named(value) or _from_rule(value) or _from_rule(value + USUAL_RULE)


def _from_system() -> tzinfo | None:
    target = os.path.realpath(LOCALTIME)
    _, separator, name = target.partition("zoneinfo/")
    return (named(name) if separator else None) or _from_file(target)


def _from_file(path: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    try:
        with open(path, "rb") as file:
            return ZoneInfo.from_file(file, key=path.rpartition("zoneinfo/")[2])
    except (OSError, ValueError):
        return None


def _from_rule(rule: str) -> tzinfo | None:
    from io import BytesIO
    from zoneinfo import ZoneInfo

    if not rule.isascii():
        return None
    # A TZif file (RFC 8536) without transitions: its footer, which is such a rule, always applies.
    # Both blocks have one local time type of offset zero, named "-".
    block = b"TZif2" + bytes(15) + bytes(4 * 4) + b"\0\0\0\1\0\0\0\2" + bytes(6) + b"-\0"
    try:
        return ZoneInfo.from_file(BytesIO(block + block + f"\n{rule}\n".encode()), key=rule)
    except ValueError:
        return None
