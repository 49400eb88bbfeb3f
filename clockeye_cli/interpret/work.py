"""From the words and options of a command to the work they mean: description, tags, project, billable."""

from __future__ import annotations

from clockeye_cli.core.command_lines import PICK, command_line
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, KeyMissingError, UnreachableError, UsageError
from clockeye_cli.interpret.description import filled_in, read_description
from clockeye_cli.store import projects as stored
from clockeye_cli.store import remote
from clockeye_cli.tracking import projects
from clockeye_cli.tracking.names import means_none
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.store.state import Write


class Typed(NamedTuple):
    """The work as it was typed; None for options that were not given.

    Attributes:
        description: The whole description.
        tags: Appended to the description.
        project: An id, a name or its beginning, or `none` for no project.
        billable: Whether the work is billable.
        is_agreed: Whether the user agreed to create the project.
        unwanted_tags: Removed from the description, as `core/tagging.py: tags_to_remove` returned them.
        keeps_tags: Whether the tags at the end of the former description are kept at the end of the new one.
    """

    description: str | None = None
    tags: Sequence[str] = ()
    project: str | None = None
    billable: bool | None = None
    is_agreed: bool = False
    unwanted_tags: Sequence[str] = ()
    keeps_tags: bool = False

    @property
    def has_any(self) -> bool:
        """Whether any of the options was given."""
        return self != Typed()


def typed(
    ctx: Context,
    words: Sequence[str] | None = None,
    *,
    description: str | None = None,
    tags: Sequence[str] = (),
    untag: Sequence[str] = (),
    project: str | None = None,
    billable: bool | None = None,
) -> Typed:
    """Read the words and options of a command; ask for the project if it must be picked.

    New work (`words` is a list, even an empty one) uses the defaults of its folder, and needs a project on an
    account. A description that replaces another keeps the tags at its end, unless it names tags itself.

    Raises:
        UsageError: A tag is not valid, the text is too long, or a project must be picked and nobody can be
            asked.
    """
    description, plus_tags = read_description(" ".join(words) if words else description)
    if words is not None:
        is_given = bool(description or (words and not plus_tags))
        filled, project, billable = filled_in(ctx, description if is_given else None, project, billable)
        description, folder_tags = read_description(filled)
        plus_tags = [*folder_tags, *plus_tags]
    removed: Sequence[str] = ()
    if tags or untag:
        from clockeye_cli.core.tagging import tags_to_add, tags_to_remove  # late: most work has no tags

        tags, removed = tags_to_add(tags), tags_to_remove(untag)
    is_needed = words is not None and ctx.account is not None and not ctx.settings.project
    if project == PICK:
        project = pick_project(ctx)
    elif project is None and is_needed:
        project = pick_project(ctx, "An entry on an account needs a project. Which one?")
    elif project is not None and not project.strip():
        raise UsageError("The project name is empty.", hint="`clockeye projects` lists them.")
    is_agreed = False
    if project:
        project, is_agreed = _agreed(ctx, known_project(ctx, project))
    elif words is not None:
        known_project(ctx, ctx.settings.project)
    keeps_tags = words is None and description is not None and not plus_tags
    return Typed(description, (*plus_tags, *tags), project, billable, is_agreed, removed, keeps_tags)


def work(ctx: Context, write: Write, typed: Typed, base: Work | None = None) -> Work:
    """The work that was typed.

    Args:
        ctx: For the settings.
        write: The transaction, in which a project may be created.
        typed: The options.
        base: The work to change; None for new work, whose project and billable default to the settings.

    Raises:
        ClashError: The project is unknown or ambiguous.
        UsageError: New work on an account has no project.
    """
    description = _described(typed, base.description if base else "")
    name = typed.project or ("" if base else ctx.settings.project)
    has_none = means_none(name)
    if has_none and ctx.account is not None:
        raise UsageError(
            "An entry on an account needs a project: ClockEye's API accepts none without one.",
            hint="Name another project with -p PROJECT.",
        )
    may_create = ctx.account is None or typed.is_agreed
    project = (
        projects.for_new_entry(write, name, may_create=may_create, may_be_similar=typed.is_agreed)
        if name and not has_none
        else None
    )
    if project is None and base is None and ctx.account is not None:
        raise UsageError("An entry on an account needs a project.", hint="Add -p PROJECT.")
    project_id = project.id if project else (base.project_id if base and not has_none else None)
    if typed.billable is not None:
        billable = typed.billable
    elif base and (project is None or project.id == base.project_id):
        billable = base.billable
    elif project is not None and project.billable is not None:
        billable = project.billable
    else:
        billable = ctx.settings.billable
    return Work(description, project_id, billable)


def _described(typed: Typed, former: str) -> str:
    """The new description of work, whose former one is given."""
    text = former if typed.description is None else typed.description
    keeps_tags = typed.keeps_tags and "#" in former
    if not (typed.tags or typed.unwanted_tags or keeps_tags):
        return text
    from clockeye_cli.core.tagging import (  # late: most work has no tags
        with_kept_tags,
        with_tags,
        without_tags,
    )

    if keeps_tags:
        text = with_kept_tags(text, former)
    return with_tags(without_tags(text, typed.unwanted_tags), typed.tags)


def known_project(ctx: Context, name: str) -> str:
    """The name of a project; its id here if `name` is its id on the account.

    Another client may have created an unknown project, so the account's projects are read; if that fails, a
    notice says so, and the projects stored here decide.
    """
    if ctx.account is None or not name or means_none(name) or _is_known(ctx, name):
        return name
    project_id = _by_account_id(ctx, name)
    if project_id is None:
        _read_projects(ctx)
        project_id = _by_account_id(ctx, name)
    return project_id or name


def _agreed(ctx: Context, name: str) -> tuple[str, bool]:
    """The project that is meant, and whether the user agrees to create it.

    At a terminal the user is asked about a name that looks like a typing error for another one, and on an
    account, where a project appears for everybody, about any new one.
    """
    if not ctx.can_ask or means_none(name) or _is_known(ctx, name):
        return name, False
    with ctx.store.read() as connection:
        similar = projects.similar_projects(stored.every(connection), name)
    active = [project.name for project in similar if not project.archived]
    if active:
        new = f"{name} (new)"
        chosen = ctx.questions.pick(f"No project is called {name}. Which one?", [*active, new], "-p NAME")
        return (name, True) if chosen == new else (chosen, False)
    if ctx.account is None or similar:
        return name, False  # an archived one is refused later, with its name
    return name, ctx.questions.confirm(
        f"Create the project {name} on the account?", command_line("projects", "add", name)
    )


def _is_known(ctx: Context, name: str) -> bool:
    try:
        with ctx.store.read() as connection:
            projects.find(connection, name)
    except ClashError as error:
        return error.code != "project_not_found"
    return True


def _by_account_id(ctx: Context, name: str) -> str | None:
    with ctx.store.read() as connection:
        return remote.project_ids(connection).get(name)


def _read_projects(ctx: Context) -> None:
    from clockeye_cli.sync.account import connect
    from clockeye_cli.sync.pull import pull_projects

    try:
        with connect(ctx.store, ctx.access()) as account:
            pull_projects(account)
    except (UnreachableError, KeyMissingError) as error:
        ctx.out.notice(f"Cannot read the account's projects: {error.message}")


def pick_project(ctx: Context, question: str = "Which project?") -> str:
    """The name of the project that the user picks from a list, the most recently used first.

    Raises:
        UsageError: Nobody can be asked, or there are no projects yet.
    """
    if ctx.account is not None:
        _read_projects(ctx)
    with ctx.store.read() as connection:
        active = [project for project in stored.every(connection) if not project.archived]
        last = stored.last_used(connection)
    names = [project.name for project in sorted(active, key=lambda project: -last.get(project.id, 0))]
    if not names:
        creates = "-p NAME" if ctx.account is None else "`clockeye projects add NAME`"
        raise UsageError("No projects to pick from yet.", hint=f"{creates} creates one.")
    return ctx.questions.pick(question, names, "-p NAME")
