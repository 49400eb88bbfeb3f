"""Settings: their names and defaults, their values, and where each value comes from.

An option beats the environment, which beats the config file, which beats the default. In the file, the
section `[profiles.NAME]` beats the top level for that profile.
"""

from __future__ import annotations

from functools import cached_property

from clockeye_cli.config import zone as zones
from clockeye_cli.config.content import dotted_keys, in_section
from clockeye_cli.core.day import parse_clock, parse_date, parse_weekday
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
    from clockeye_cli.core.work_words import TypedTarget
    from clockeye_cli.core.workday import Holiday

    T_co = TypeVar("T_co", covariant=True)

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
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
        listed: For a list, splits its text into the items; `parse` also takes items on lines of their own.
    """

    def __init__(
        self,
        key: str,
        default: str,
        parse: Callable[[str], T_co],
        about: str,
        listed: Callable[[str], list[str]] | None = None,
    ) -> None:
        super().__init__(lambda settings: self.read(*settings.value(key)))
        self.key, self.default, self.about = key, default, about
        self.parse, self.listed = parse, listed

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
            place, shown = f" ({source})" if source else "", text[:60].replace("\n", ", ")
            raise UsageError(
                f"Invalid value {shown!r} for {self.key}{place}: {str(error).rstrip('.')}.",
                hint=f"`clockeye config set {self.key} VALUE` sets it: {self.about}.",
                code="bad_setting",
            ) from error


class Value(NamedTuple):
    """The value of a setting, as text, and where it comes from."""

    text: str
    source: str


def _late(name: str) -> Callable[[str], Any]:
    """A function of `core/work_words.py`, which is loaded when it is first called: a prompt needs none."""

    def parse(text: str) -> Any:
        from clockeye_cli.core import work_words

        return getattr(work_words, name)(text)

    return parse


def _truth(text: str) -> bool:
    if text.lower() not in TRUE + FALSE:
        raise ValueError("expected true or false")
    return text.lower() in TRUE


def _precision(text: str) -> bool:
    """Whether it is to the minute."""
    if text.lower() not in {"second", "minute"}:
        raise ValueError("expected second or minute")
    return text.lower() == "minute"


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
        raise ValueError(f"expected a time zone such as {zones.example(text)}")
    return zones.named(text) if text else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace(";", "\n").split("\n") if line.strip()]


class Settings:
    """The settings of one run: each attribute is a setting, with a value of its own type.

    Args:
        environ: The environment.
        file: The content of the config file, as `read_config` returns it.
        path: The config file, for messages.
        profile: The profile whose section applies.
    """

    billable = Setting("billable", "true", _truth, "whether new entries are billable")
    chart = Setting("chart", "false", _truth, "whether log and report show charts on a terminal")
    closed_until = Setting("closed_until", "", parse_date, "the last day whose entries no command changes")
    day_start = Setting(
        "day_start",
        "00:00",
        parse_clock,
        "when a day begins; with 04:00, work after midnight counts towards the previous day",
    )
    gaps_min = Setting("gaps.min", "15m", parse_duration, "the shortest gap that gaps lists")
    history_keep = Setting(
        "history.keep", "", _keep, "how many commands the history keeps, such as 5000; empty for all"
    )
    holidays: Setting[tuple[Holiday, ...]] = Setting(
        "holidays",
        "",
        _late("parse_holidays"),
        "days off, such as 2026-12-25 Christmas, 2026-12-24 half, 2026-07-06..2026-07-17 leave",
        _late("listed_holidays"),
    )
    hooks_timeout = Setting(
        "hooks.timeout", "10s", parse_duration, "how long a hook may run before it is killed"
    )
    max_timer = Setting(
        "max_timer", "12h", parse_duration, "the length beyond which a timer or entry is flagged as forgotten"
    )
    to_the_minute = Setting(
        "precision", "second", _precision, "second, or minute to start and stop timers at whole minutes"
    )
    default_profile = Setting("profile", "local", str, "the profile that commands work on")
    project = Setting("project", "", str, "the project of new entries, unless one is given")
    rate = Setting("rate", "", _rate, "what an hour of billable time costs, such as 80 EUR; empty for none")
    rounding = Setting("rounding", "", _rounding, "rule for --round, such as 15m up per day; empty for none")
    sender = Setting(
        "sender", "", _lines, "who hands in a report, such as Kim Roe; Kai 2; 20457 Hamburg", _lines
    )
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
    target: Setting[TypedTarget | None] = Setting(
        "target",
        "",
        _late("parse_target"),
        "the time to work: 8h a work day, 38h a week, or mon-thu 8h, fri 6h; empty for none",
    )
    week_start = Setting("week_start", "monday", parse_weekday, "the first day of the week")
    work_days: Setting[frozenset[int]] = Setting(
        "work_days",
        "monday-friday",
        _late("parse_weekdays"),
        "the working days, for target, gaps and check",
    )
    work_hours: Setting[tuple[int, int]] = Setting(
        "work_hours",
        "09:00-17:00",
        _late("parse_hours"),
        "the working hours, for gaps, check --idle and forgotten timers; 22:00-06:00 ends after midnight",
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
        section = self._file.get("profiles", {}).get(self._profile, {})
        if (entry := in_section(section, key)) is not None and key != "profile":
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
        if not self._file:
            return []
        from clockeye_cli.config import terms  # late: most computers have no config file
        from clockeye_cli.core.aliases import PREFIX, aliases

        top = {key: value for key, value in self._file.items() if key not in ("profiles", *terms.KEYS)}
        names = {*SETTINGS, *(f"{PREFIX}{name}" for name in aliases(self._file))}
        keys = [key for key in dotted_keys(top) if key not in names]
        keys += terms.unknown_keys(self._file)
        for name, section in self._file.get("profiles", {}).items():
            known = (*SETTINGS, *ACCOUNT_KEYS)
            settings = {key: value for key, value in section.items() if key not in terms.KEYS}
            keys += [f"profiles.{name}.{key}" for key in dotted_keys(settings) if key not in known]
            keys += terms.unknown_keys(section, f"profiles.{name}.")
        return keys


SETTINGS: dict[str, Setting[object]] = {
    setting.key: setting for setting in vars(Settings).values() if isinstance(setting, Setting)
}
"""All settings, by key."""


def _text(value: object) -> str:
    """A value of the config file, as the text that its setting parses; the items of a list are lines."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
