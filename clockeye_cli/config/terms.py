"""The sections of the config file that name clients, projects and users: rates, rounding, budgets, addresses.

They may stand under `[profiles.NAME]`, too, which beats the top. A value is read, and refused, only by the
commands that use it.
"""

from __future__ import annotations

from datetime import date, datetime

from clockeye_cli.core.entry import folded
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClockeyeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from typing import Any, Literal, TypeVar

    from clockeye_cli.core.money import Rate

    Value = TypeVar("Value")
    Kind = Literal["clients", "projects", "users"]
    DatedRates = list[tuple[date, Rate]]
    """Rates, each with the day from which it applies, ascending."""

KEYS: dict[Kind, tuple[str, ...]] = {
    "clients": ("id", "address", "rate", "rates", "rounding", "budget"),
    "projects": ("id", "rate", "rates", "rounding", "budget"),
    "users": ("rate", "rates"),
}
"""The kinds of sections, and the keys that each may have."""


class Agreement(NamedTuple):
    """What was agreed with a client, about a project or for a user.

    Attributes:
        kind: What it is about.
        name: The name in its heading: a client's or project's name, or a user's email address.
        values: Its values, as they are in the file.
        file: The config file, for messages.
        profile: The profile under which it stands; empty for all profiles.
    """

    kind: Kind
    name: str
    values: Mapping[str, Any]
    file: str
    profile: str = ""

    @property
    def heading(self) -> str:
        """Its heading in the file: `[projects.website]`."""
        above = f"profiles.{self.profile}." if self.profile else ""
        return f"[{above}{self.kind}.{quoted_key(self.name)}]"

    def read(self, key: str, parse: Callable[[str], Value]) -> Value | None:
        """The value of a key; None if it is not set.

        Raises:
            UsageError: It is not a text, or not one that `parse` understands.
        """
        value = self.values.get(key)
        return None if value is None else self.parsed(key, value, parse)

    def parsed(self, key: str, value: object, parse: Callable[[str], Value]) -> Value:
        """A value of the section, parsed.

        Raises:
            UsageError: It is not a text, or not one that `parse` understands.
        """
        try:
            if isinstance(value, str):
                return parse(value)
            reason, hint = "it must be a text in quotes", ""
        except ClockeyeError as error:
            reason, hint = error.message.rstrip("."), error.hint
        raise self.refused(key, value, reason, hint)

    def refused(self, key: str, value: object, reason: str, hint: str = "") -> UsageError:
        """The error for a value that cannot be used."""
        return UsageError(
            f"Invalid value {str(value)[:60]!r} for {key} in {self.heading} of {self.file}: {reason}.",
            hint=hint or "`clockeye config edit` opens the file.",
            code="bad_setting",
        )


def addressed(listed: Sequence[Agreement], name: str) -> tuple[str, ...]:
    """The lines of a client: its name, then its address as the first of some sections has it.

    Raises:
        UsageError: The address is no list of texts.
    """
    for each in listed:
        lines = each.values.get("address")
        if lines is None:
            continue
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise each.refused("address", lines, "it must be a list of texts")
        has_name = bool(lines) and folded(lines[0]) == folded(name)
        return (*([] if has_name else [name]), *lines)
    return (name,)


def sections(config: Mapping[str, Any], file: str, profile: str, kind: Kind) -> list[Agreement]:
    """The sections of a kind that apply to a profile, those under the profile first.

    Args:
        config: The content of the config file.
        file: Its path.
        profile: The profile's name.
        kind: The kind.
    """
    own = config.get("profiles", {}).get(profile, {})
    return [
        Agreement(kind, name, values, file, under)
        for under, part in ((profile, own), ("", config))
        for name, values in _tables(part, kind)
    ]


def unnamed(listed: Sequence[Agreement], named: Mapping[str, str]) -> list[str]:
    """The headings of those sections of a kind that are about nobody.

    Args:
        listed: Sections of one kind.
        named: The names of all of its kind, by id.
    """
    names = set(map(folded, named.values()))
    return [
        section.heading
        for section in listed
        if section.values.get("id") not in named and folded(section.name) not in names
    ]


def has_budgets(config: Mapping[str, Any], profile: str) -> bool:
    """Whether the settings of a profile have a budget."""
    listed = [*sections(config, "", profile, "projects"), *sections(config, "", profile, "clients")]
    return any("budget" in section.values for section in listed)


def about(
    listed: Sequence[Agreement], name: str, own_id: str = "", ids: Collection[str] = ()
) -> list[Agreement]:
    """The sections about a client, project or user, the one that counts first.

    A section with the id of another one is not about it, whatever its name.

    Args:
        listed: Sections of one kind.
        name: Its name.
        own_id: Its id.
        ids: The ids of all of its kind.
    """
    by_id = [section for section in listed if own_id and section.values.get("id") == own_id]
    by_name = [
        section
        for section in listed
        if folded(section.name) == folded(name)
        and section not in by_id
        and section.values.get("id") not in ids
    ]
    return sorted([*by_id, *by_name], key=lambda section: not section.profile)


def dated_rates(section: Agreement) -> DatedRates:
    """The rates of a section: `rate` from the beginning, and each of `rates` from its day.

    Raises:
        UsageError: One of them is not understood, or two begin on the same day.
    """
    from clockeye_cli.core.money import parse_rate

    rates: dict[date, Rate] = {}
    if (rate := section.read("rate", parse_rate)) is not None:
        rates[date.min] = rate
    for row in _rows(section):
        first = row.get("from", date.min)
        if isinstance(first, datetime) or not isinstance(first, date):
            raise section.refused("rates", first, "`from` must be a day such as 2026-12-01, without quotes")
        if first in rates:
            raise section.refused("rates", row, "another rate begins on the same day")
        rates[first] = section.parsed("rates", row.get("rate"), parse_rate)
    return sorted(rates.items())


def _rows(section: Agreement) -> Sequence[Mapping[str, object]]:
    rows = section.values.get("rates", [])
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and row.keys() <= {"from", "rate"} for row in rows
    ):
        raise section.refused(
            "rates", rows, 'it must be a list such as [{ from = 2026-12-01, rate = "80 EUR" }]'
        )
    return rows


def check(config: Mapping[str, Any], file: str, profile: str) -> None:
    """Read every value of the sections that apply to a profile.

    Raises:
        UsageError: One of them is not understood.
    """
    listed = [section for kind in KEYS for section in sections(config, file, profile, kind)]
    if listed:
        from clockeye_cli.core.budget import parse_budget
        from clockeye_cli.core.rounding import parse_rule

        for section in listed:
            dated_rates(section)
            section.read("rounding", parse_rule)
            section.read("budget", parse_budget)


def unknown_keys(config: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The keys in the sections of a part of the config file that mean nothing, joined by dots."""
    for kind, keys in KEYS.items():
        for name, values in _tables(config, kind):
            yield from (f"{above}{kind}.{quoted_key(name)}.{key}" for key in values if key not in keys)


def quoted_key(name: str) -> str:
    """A name as a key in TOML: in quotes, unless it has only letters, digits, `-` and `_` of ASCII."""
    if name and name.isascii() and name.replace("-", "").replace("_", "").isalnum():
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tables(part: Mapping[str, Any], kind: Kind) -> list[tuple[str, Mapping[str, Any]]]:
    named = part.get(kind, {})
    return (
        [(name, each) for name, each in named.items() if isinstance(each, dict)]
        if isinstance(named, dict)
        else []
    )
