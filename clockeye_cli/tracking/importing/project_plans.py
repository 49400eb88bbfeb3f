"""What becomes of the projects of a source: which one here they are, or which ones have to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.tracking.names import LONGEST_NAME, RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clockeye_cli.core.entry import Project
    from clockeye_cli.tracking.importing.wishes import Wishes

    Names = tuple[str, str]
    """The client and the project of a row, as the source calls them."""


class ProjectPlan(NamedTuple):
    """What becomes of a project of the source.

    Attributes:
        client: The client's name there.
        source_name: The project's name there.
        name: The project's name here; empty for no project.
        client_name: The client's name here; empty for none.
        action: Whether it is here, has to be made, or is left out.
        project_id: Its id here; None if it has to be made.
        entries: How many rows have it.
        duration: Their seconds.
    """

    client: str
    source_name: str
    name: str
    client_name: str
    action: Literal["use", "make", "skip"]
    project_id: str | None
    entries: int
    duration: int


def project_plans(
    sums: Mapping[Names, list[int]],
    wishes: Wishes,
    projects: Iterable[Project],
    clients: Mapping[str, str],
    former: Mapping[Names, str],
) -> dict[Names, ProjectPlan]:
    """What becomes of each project of the source.

    Args:
        sums: By client and project: the number of rows, and seconds.
        wishes: What the user wishes.
        projects: The projects here.
        clients: The names of the clients here, by id.
        former: The ids of the projects that earlier imports have used.
    """
    by_id = {project.id: project for project in projects}
    by_name = {folded(project.name): project for project in by_id.values()}
    with_client = {folded(name): client_id for client_id, name in clients.items()}
    shared = _shared(sums)
    plans = {}
    for names, (count, seconds) in sums.items():
        client, source_name = names
        is_mapped, mapped = wishes.names.project(client, source_name)
        here_client = clean_name(wishes.names.clients.get(folded(client), client))
        wanted = clean_name(mapped or source_name)
        if is_mapped and mapped is None:
            plans[names] = ProjectPlan(*names, "", "", "skip", None, count, seconds)
            continue
        if not wanted:
            wanted = clean_name(wishes.project)
        elif not is_mapped and names in former and former[names] in by_id:
            wanted = by_id[former[names]].name
        elif (
            not is_mapped
            and here_client
            and _is_of_another(wanted, here_client, shared, by_name, with_client)
        ):
            wanted = clean_name(f"{wanted} ({here_client})")
        project = by_name.get(folded(wanted))
        action: Literal["use", "make"] = "use" if project or not wanted else "make"
        plans[names] = ProjectPlan(
            *names,
            project.name if project else wanted,
            "" if project or not wanted else here_client,
            action,
            project.id if project else None,
            count,
            seconds,
        )
    return plans


def _shared(sums: Iterable[Names]) -> set[str]:
    """The folded names of projects that several clients have; rows without a client may be of any."""
    owners: dict[str, set[str]] = {}
    for client, name in sums:
        if client:
            owners.setdefault(folded(name), set()).add(folded(client))
    return {name for name, clients in owners.items() if len(clients) > 1}


def _is_of_another(
    wanted: str,
    client: str,
    shared: set[str],
    by_name: Mapping[str, Project],
    with_client: Mapping[str, str],
) -> bool:
    """Whether another client has a project of this name, in the file or here."""
    here = by_name.get(folded(wanted))
    if folded(wanted) in shared:
        return True
    return bool(here and here.client_id and here.client_id != with_client.get(folded(client)))


def clean_name(name: str) -> str:
    """A name as it can be the name of a project or a client here; empty for none."""
    name = " ".join(tidy(name).split()).lstrip("-").strip()[:LONGEST_NAME].strip()
    return f"{name} (imported)" if folded(name) in RESERVED else name
