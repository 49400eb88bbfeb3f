"""What the settings say about the projects, clients and users of the store: rules for rounding, and rates."""

from __future__ import annotations

from datetime import date

from clockeye_cli.config import terms as config_terms
from clockeye_cli.core.charges import Terms
from clockeye_cli.core.day import local
from clockeye_cli.core.rounding import CONFIGURED, parse_rule
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.store import clients, projects, users

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clockeye_cli.config.terms import Agreement, DatedRates, Kind
    from clockeye_cli.context import Context
    from clockeye_cli.core.money import Rate
    from clockeye_cli.core.rounding import Rounding
    from clockeye_cli.store.database import Connection


class Parties(NamedTuple):
    """Whom terms can be about.

    Attributes:
        names: The name of every project, by its id.
        clients: The client of each project that has one, by the project's id: its id and its name.
        people: Email addresses of the account's users, by id.
        me: The id of the profile's own user; None without an account, or while unknown.
    """

    names: Mapping[str, str]
    clients: Mapping[str, tuple[str, str]]
    people: Mapping[str, str]
    me: str | None

    @property
    def person(self) -> str | None:
        """The email address of the profile's own user; None without an account, or while unknown."""
        return self.people.get(self.me or "")


def parties_of(connection: Connection) -> Parties:
    """Whom terms can be about, as the store has them."""
    people = {user.id: user.email for user in users.every(connection)}
    of_projects = {key: (each.id, each.name) for key, each in clients.of_projects(connection).items()}
    return Parties(projects.names(connection), of_projects, people, users.own(connection))


def sections(ctx: Context, kind: Kind) -> list[Agreement]:
    """The sections of the config file that apply to the profile."""
    session = ctx.session
    return config_terms.sections(session.config, session.config_path, session.profile.name, kind)


def has_rules(ctx: Context) -> bool:
    """Whether the settings have a rule for rounding, for whatever it may be."""
    listed = [*sections(ctx, "projects"), *sections(ctx, "clients")]
    return bool(ctx.settings.rounding) or any("rounding" in each.values for each in listed)


def recipient(ctx: Context, parties: Parties, project_ids: Iterable[str | None]) -> tuple[str, ...]:
    """The lines of the client of some projects; empty if they have none, or several.

    Raises:
        UsageError: Its address in the settings is no list of texts.
    """
    clients = {parties.clients.get(project_id or "") for project_id in project_ids}
    client = clients.pop() if len(clients) == 1 else None
    if client is None:
        return ()
    client_id, name = client
    ids = {each for each, _ in parties.clients.values()}
    return config_terms.addressed(config_terms.about(sections(ctx, "clients"), name, client_id, ids), name)


def left_behind(ctx: Context, kind: Kind, name: str, gone_id: str = "") -> list[str]:
    """The headings of the sections about a project or client that has another name now, or is gone.

    A section with the id of one that was renamed is still about it.

    Args:
        ctx: The run.
        kind: `projects` or `clients`.
        name: The old name.
        gone_id: The id, if it is gone.
    """
    with ctx.store.read() as connection:
        ids = projects.names(connection) if kind == "projects" else clients.names(connection)
    return [section.heading for section in config_terms.about(sections(ctx, kind), name, gone_id, ids)]


class Agreed:
    """What applies to billable time; each answer is looked up once.

    Args:
        ctx: The run.
        parties: Whom terms can be about.
        rounding: The value of `--round`; empty for none.

    Raises:
        UsageError: The rule is not understood. The methods: a setting that is needed is not.
    """

    def __init__(self, ctx: Context, parties: Parties, rounding: str) -> None:
        self._ctx = ctx
        self._parties = parties
        self._is_configured = rounding == CONFIGURED
        self._typed = parse_rule(rounding) if rounding and not self._is_configured else None
        self._sections = {kind: sections(ctx, kind) for kind in config_terms.KEYS}
        self._rules: dict[str | None, Rounding | None] = {}
        self._levels: dict[tuple[str | None, str | None], list[DatedRates]] = {}

    def terms(self, *, with_rates: bool) -> Terms:
        """The answers as functions; without rates, none is looked up."""
        return Terms(self.rule, self.client, self.rate if with_rates else _no_rate, self._offset)

    def rule(self, project_id: str | None) -> Rounding | None:
        """A project's rule: the typed one, else its own, else its client's, else that of the settings."""
        if not self._is_configured:
            return self._typed
        if project_id not in self._rules:
            self._rules[project_id] = self._configured(project_id)
        return self._rules[project_id]

    def client(self, project_id: str | None) -> str | None:
        """The id of a project's client."""
        return self._parties.clients.get(project_id or "", (None, ""))[0]

    def rate(self, project_id: str | None, user_id: str | None, day: date) -> Rate | None:
        """What an hour costs on a day: by the project, else by the user, the client, or the settings."""
        if (project_id, user_id) not in self._levels:
            self._levels[project_id, user_id] = self._dated(project_id, user_id)
        for dated in self._levels[project_id, user_id]:
            if valid := [each for first, each in dated if first <= day]:
                return valid[-1]
        return None

    def of_project(self, project_id: str | None) -> list[Agreement]:
        """The sections about a project."""
        names = self._parties.names
        if project_id is None or project_id not in names:
            return []
        return config_terms.about(self._sections["projects"], names[project_id], project_id, names)

    def of_client(self, project_id: str | None) -> list[Agreement]:
        """The sections about a project's client."""
        client_id, name = self._parties.clients.get(project_id or "", ("", ""))
        ids = {each for each, _ in self._parties.clients.values()}
        return config_terms.about(self._sections["clients"], name, client_id, ids) if client_id else []

    def require_rules(self) -> None:
        """Refuse `--round` without a value if the settings have no rule.

        Raises:
            UsageError: They have none.
        """
        if not has_rules(self._ctx):
            raise UsageError(
                "--round has no rule, and none is configured.",
                hint='Give one, as in --round "15m up per day"; `clockeye config set rounding 15m` sets one.',
                code="bad_rule",
            )

    def _configured(self, project_id: str | None) -> Rounding | None:
        for section in [*self.of_project(project_id), *self.of_client(project_id)]:
            if "rounding" in section.values:
                return section.read("rounding", parse_rule)
        return self._ctx.settings.rounding

    def _dated(self, project_id: str | None, user_id: str | None) -> list[DatedRates]:
        email = self._parties.people.get(user_id or self._parties.me or "", "")
        of_user = config_terms.about(self._sections["users"], email) if email else []
        listed = [*self.of_project(project_id), *of_user, *self.of_client(project_id)]
        rate = self._ctx.settings.rate
        return [*map(config_terms.dated_rates, listed), [(date.min, rate)] if rate else []]

    def _offset(self, instant: int) -> int:
        ahead = local(instant, self._ctx.zone).utcoffset()
        return round(ahead.total_seconds()) if ahead else 0


def _no_rate(_project_id: str | None, _user_id: str | None, _day: date) -> None:
    """No rate is looked up."""
