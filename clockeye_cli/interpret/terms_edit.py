"""Changes to what the settings say about a project or client: rate, rounding, budget, address."""

from __future__ import annotations

from datetime import date

from clockeye_cli.config import config_file
from clockeye_cli.config.terms import about, dated_rates
from clockeye_cli.core.budget import parse_budget
from clockeye_cli.core.money import parse_rate
from clockeye_cli.core.period_words import parse_day
from clockeye_cli.core.rounding import parse_rule
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.terms import sections
from clockeye_cli.store import clients, projects

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from clockeye_cli.config.terms import Agreement, Kind
    from clockeye_cli.context import Context
    from clockeye_cli.core.customer import Customer
    from clockeye_cli.core.entry import Project

NONE = "none"
"""What is typed to remove a value."""


class TermsEdit(NamedTuple):
    """What was typed; empty values are left as they are.

    Attributes:
        rate: A rate, or `none`.
        first: The day from which the rate applies; empty for all days.
        rounding: A rule; `none` is the rule for exact time.
        budget: A budget, or `none`.
        address: The lines of an address, or `none`.
    """

    rate: str = ""
    first: str = ""
    rounding: str = ""
    budget: str = ""
    address: Sequence[str] = ()

    @property
    def is_priced(self) -> bool:
        """Whether it changes what time costs: a rate, or a rule for rounding."""
        return bool(self.rate or self.rounding)

    def check(self, ctx: Context) -> None:
        """Refuse what is not understood, before anything is changed.

        Raises:
            UsageError: A value is not understood, or there is a day without a rate.
        """
        if self.rate and self.rate != NONE:
            parse_rate(self.rate)
        if self.rounding:
            parse_rule(self.rounding)
        if self.budget and self.budget != NONE:
            parse_budget(self.budget)
        if self.first:
            parse_day(self.first, ctx.rule.day_of(ctx.now))
        if self.first and (not self.rate or self.rate == NONE):
            raise UsageError(
                "--from is the first day of a rate.", hint='Give both: --rate "80 EUR" --from DAY.'
            )


def change_project_terms(ctx: Context, project: Project, edit: TermsEdit) -> list[str]:
    """`change_terms` for a project."""
    with ctx.store.read() as connection:
        ids = projects.names(connection)
    return change_terms(ctx, "projects", project.id, project.name, ids, edit)


def change_client_terms(ctx: Context, client: Customer, edit: TermsEdit) -> list[str]:
    """`change_terms` for a client."""
    with ctx.store.read() as connection:
        ids = clients.names(connection)
    return change_terms(ctx, "clients", client.id, client.name, ids, edit)


def change_terms(
    ctx: Context, kind: Kind, own_id: str, name: str, ids: Collection[str], edit: TermsEdit
) -> list[str]:
    """Write what was typed into the config file, under the name of a project or client, with its id.

    With `-P NAME` it is written into the part of that profile, unless the project has a section already.

    Args:
        ctx: The run.
        kind: `projects` or `clients`.
        own_id: The id of the project or client.
        name: Its name.
        ids: The ids of all of its kind.
        edit: What was typed, checked.

    Returns:
        What has changed, in words.
    """
    listed = about(sections(ctx, kind), name, own_id, ids)
    section = listed[0] if listed else None
    profile = section.profile if section else ctx.options.profile
    above = (*(("profiles", profile) if profile else ()), kind, section.name if section else name)
    changes: dict[str, object] = {"id": own_id}
    words: list[str] = []
    if edit.rate:
        changes |= _rates(ctx, section, edit)
        words.append(f"rate {edit.rate}{f' from {edit.first}' if edit.first else ''}")
    for key, text in (("rounding", edit.rounding), ("budget", edit.budget)):
        if text:
            changes[key] = None if (key, text) == ("budget", NONE) else text
            words.append(f"{key} {text}")
    if edit.address:
        lines = [*edit.address]
        changes["address"] = None if lines == [NONE] else lines
        words.append("no address" if lines == [NONE] else f"address {', '.join(lines)}")
    config_file.change_section(ctx.session.config_path, above, changes)
    return words


def _rates(ctx: Context, section: Agreement | None, edit: TermsEdit) -> dict[str, object]:
    """The keys of the rates: one for all days replaces all others, one from a day is added."""
    if edit.rate == NONE:
        return {"rate": None, "rates": None}
    if not edit.first:
        return {"rate": edit.rate, "rates": None}
    first = parse_day(edit.first, ctx.rule.day_of(ctx.now))
    rates = {day: str(rate) for day, rate in (dated_rates(section) if section else [])}
    base = rates.pop(date.min, None)
    rates[first] = edit.rate
    rows = [{"from": day, "rate": rates[day]} for day in sorted(rates)]
    return {"rate": base, "rates": rows}
