"""Settings: their names and defaults, their values, and where each value comes from.

An option beats the environment, which beats the config file, which beats the default. In the file, the
section `[profiles.NAME]` beats the top level for that profile.
"""

from __future__ import annotations

from functools import cached_property

from clockeye_cli.config import zone as zones
from clockeye_cli.config.content import dotted_keys, in_section
from clockeye_cli.core.aliases import PREFIX, aliases
from clockeye_cli.core.day import WEEKDAY_NUMBERS
from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.safe_text import variable
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClockeyeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo
    from typing import Any, TypeVar

    from clockeye_cli.core.money import Rate
    from clockeye_cli.core.rounding import Rounding

    T_co = TypeVar("T_co", covariant=True)

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
CLOCK_DIGITS, MINUTES_A_DAY = 5, 24 * 60
LEAST_KEPT = 1_000
ACCOUNT_KEYS = ("url", "user", "email", "api_key_command")
"""Keys of an account's profile that are not settings."""


class Setting(cached_property["T_co"]):
    """One setting: an attribute of `Settings`, read and checked when it is first used.

    Attributes:
        key: Its name in the file and for `config set`; a part before a dot names a section of the file.
        default: Its default, as text.
        parse: Turns the text into the value; raises ValueError or ClockeyeError with the reason.
        about: Its purpose, in one line.
    """

    def __init__(self, key: str, default: str, parse: Callable[[str], T_co], about: str) -> None:
        super().__init__(lambda settings: self.read(*settings.value(key)))
        self.key = key
        self.default = default
        self.parse = parse
        self.about = about

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return "CLOCKEYE_" + self.key.upper().replace(".", "_")

    def read(self, text: str, source: str = "") -> T_co:
        """The value that a text stands for.

        Args:
            text: The text, as typed or from the file.
            source: Where the text comes from, for the message; empty for text that was just typed.

        Raises:
            UsageError: The text is invalid; names the source.
        """
        try:
            return self.parse(text)
        except (ValueError, ClockeyeError) as error:
            place = f" ({source})" if source else ""
            raise UsageError(
                f"Invalid value {text[:60]!r} for {self.key}{place}: {str(error).rstrip('.')}.",
                hint=f"`clockeye config set {self.key} VALUE` sets it: {self.about}.",
                code="bad_setting",
            ) from error


class Value(NamedTuple):
    """The value of a setting, as text, and where it comes from."""

    text: str
    source: str


def _clock(text: str, form: str = "a time of day such as 04:30") -> int:
    hours, colon, minutes = text.partition(":")
    if len(text) != CLOCK_DIGITS or not colon or not (hours + minutes).isdecimal() or not text.isascii():
        raise ValueError(f"expected {form}")
    since_midnight = int(hours) * 60 + int(minutes)
    if int(minutes) >= 60 or since_midnight >= MINUTES_A_DAY:  # noqa: PLR2004 (minutes an hour)
        raise ValueError("the day ends at 23:59")
    return since_midnight * 60


def _weekday(text: str) -> int:
    if text.lower() not in WEEKDAY_NUMBERS:
        raise ValueError("expected a weekday such as sunday")
    return WEEKDAY_NUMBERS[text.lower()]


def _hours(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    form = "hours such as 09:00-17:00"
    return _clock(first, form), _clock(last, form)


def _weekdays(text: str) -> frozenset[int]:
    days = set[int]()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        day, end = (_weekday(name.strip()) for name in (first, last if dash else first))
        days |= {(day + more) % 7 for more in range((end - day) % 7 + 1)}
    return frozenset(days)


def _truth(text: str) -> bool:
    if text.lower() not in TRUE + FALSE:
        raise ValueError("expected true or false")
    return text.lower() in TRUE


def _precision(text: str) -> bool:
    """Whether it is to the minute."""
    if text.lower() not in {"second", "minute"}:
        raise ValueError("expected second or minute")
    return text.lower() == "minute"


def _duration(text: str) -> int:
    return parse_duration(text) if text else 0


def _keep(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and int(text[:18]) >= LEAST_KEPT):
        raise ValueError(f"expected a number of commands, at least {LEAST_KEPT}, or nothing for all")
    return int(text[:18]) if text else None


def _rate(text: str) -> Rate | None:
    if not text:
        return None
    from clockeye_cli.core.money import parse_rate  # late: few commands need rates

    return parse_rate(text)


def _rounding(text: str) -> Rounding | None:
    if not text:
        return None
    from clockeye_cli.core.rounding import parse_rule  # late: few commands round

    return parse_rule(text)


def _zone(text: str) -> tzinfo | None:
    if text and not zones.named(text):
        raise ValueError("expected a time zone such as Europe/Berlin")
    return zones.named(text) if text else None


class Settings:
    """The settings of one run: each attribute is a setting, with a value of its own type.

    Args:
        environ: The environment.
        file: The content of the config file, as `read_config` returns it.
        path: The config file, for messages.
        profile: The profile whose section applies.
    """

    billable = Setting("billable", "true", _truth, "whether new entries are billable")
    day_start = Setting(
        "day_start",
        "00:00",
        _clock,
        "when a day begins; with 04:00, work after midnight counts towards the previous day",
    )
    history_keep = Setting(
        "history.keep", "", _keep, "how many commands the history keeps, such as 5000; empty for all"
    )
    hooks_timeout = Setting(
        "hooks.timeout", "10s", parse_duration, "how long a hook may run before it is killed"
    )
    max_timer = Setting(
        "max_timer", "12h", parse_duration, "the length beyond which a timer or entry is flagged as forgotten"
    )
    to_the_minute = Setting(
        "precision",
        "second",
        _precision,
        "second, or minute to start and stop timers at whole minutes",
    )
    default_profile = Setting("profile", "local", str, "the profile that commands work on")
    project = Setting("project", "", str, "the project of new entries, unless one is given")
    rate = Setting("rate", "", _rate, "what an hour of billable time costs, such as 80 EUR; empty for none")
    rounding = Setting("rounding", "", _rounding, "how --round rounds, such as 15m up per day; empty for not")
    sync_background = Setting(
        "sync.background",
        "true",
        _truth,
        "whether a command at a terminal sends its changes in the background",
    )
    sync_fresh = Setting(
        "sync.fresh", "15s", parse_duration, "how long entries read from the account are considered fresh"
    )
    sync_settle = Setting(
        "sync.settle", "30s", parse_duration, "how long the account may take to show a change"
    )
    sync_timer = Setting("sync.timer", "true", _truth, "whether a running timer is sent to the account")
    target = Setting("target", "", _duration, "the working time per day, such as 8h; empty for none")
    week_start = Setting("week_start", "monday", _weekday, "the first day of the week")
    work_days = Setting("work_days", "monday-friday", _weekdays, "the working days, for check --idle")
    work_hours = Setting(
        "work_hours",
        "09:00-17:00",
        _hours,
        "the working hours, for check --idle and forgotten timers; 22:00-06:00 ends after midnight",
    )
    zone = Setting("zone", "", _zone, "the time zone of days and times; empty for the computer's")

    def __init__(self, environ: Mapping[str, str], file: Mapping[str, Any], path: str, profile: str) -> None:
        self._environ = environ
        self._file = file
        self._path = path
        self._profile = profile

    def value(self, key: str) -> Value:
        """A setting's value as text, and where it comes from."""
        setting = SETTINGS[key]
        if setting.variable in self._environ and (self._environ[setting.variable] or key == "project"):
            return Value(variable(self._environ, setting.variable), f"environment ({setting.variable})")
        own = self._file.get("profiles", {}).get(self._profile, {})
        if (entry := in_section(own, key)) is not None and key != "profile":
            return Value(_text(entry), f"{self._path} [profiles.{self._profile}]")
        if (entry := in_section(self._file, key)) is not None:
            return Value(_text(entry), self._path)
        return Value(setting.default, "default")

    def check(self) -> None:
        """Read every setting.

        Raises:
            UsageError: The value of one is invalid.
        """
        from clockeye_cli.config import terms  # late: few commands need the sections

        for setting in SETTINGS.values():
            setting.read(*self.value(setting.key))
        terms.check(self._file, self._path, self._profile)

    def unknown_keys(self) -> list[str]:
        """Keys of the file that are not settings: typing errors, or settings of another version."""
        from clockeye_cli.config import terms  # late: only where a file exists

        top = {key: value for key, value in self._file.items() if key not in ("profiles", *terms.KEYS)}
        names = {*SETTINGS, *(f"{PREFIX}{name}" for name in aliases(self._file))}
        keys = [key for key in dotted_keys(top) if key not in names]
        keys += terms.unknown_keys(self._file)
        for name, section in self._file.get("profiles", {}).items():
            known = (*SETTINGS, *ACCOUNT_KEYS)
            own = {key: value for key, value in section.items() if key not in terms.KEYS}
            keys += [f"profiles.{name}.{key}" for key in dotted_keys(own) if key not in known]
            keys += terms.unknown_keys(section, f"profiles.{name}.")
        return keys


SETTINGS: dict[str, Setting[object]] = {
    setting.key: setting for setting in vars(Settings).values() if isinstance(setting, Setting)
}
"""All settings, by key."""


def _text(value: object) -> str:
    """A value of the config file, as the text that its setting parses."""
    return str(value).lower() if isinstance(value, bool) else str(value)
