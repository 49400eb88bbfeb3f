"""From what was typed to the work it means: description, tags, project, billable."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.config import folder
from clockeye_cli.core.entry import Project, with_tags
from clockeye_cli.core.selection import PICK
from clockeye_cli.errors import ClashError, KeyMissingError, UnreachableError, UsageError
from clockeye_cli.store import projects as stored
from clockeye_cli.store import remote
from clockeye_cli.tracking import projects
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.store.state import Write

LONGEST_DESCRIPTION = 1_048_576


class Typed(NamedTuple):
    """The options that say what is worked on; None where nothing was said.

    Attributes:
        description: The whole description.
        tags: To be put at its end.
        project: An id, a name or its beginning.
        billable: Whether it is.
        is_agreed: Whether it was agreed that the project is made on the account.
    """

    description: str | None = None
    tags: Sequence[str] = ()
    project: str | None = None
    billable: bool | None = None
    is_agreed: bool = False

    @property
    def says_something(self) -> bool:
        """Whether any of the options was given."""
        return self != Typed()


def typed(
    ctx: Context,
    words: Sequence[str] | None = None,
    *,
    description: str | None = None,
    tags: Sequence[str] = (),
    project: str | None = None,
    billable: bool | None = None,
) -> Typed:
    """Read the words and options of a command; ask which project, if that was wished or is needed.

    New work, which has words, be they none, takes what its folder says, and needs a project on an account.

    Raises:
        UsageError: A tag is empty, a project is to be picked where nothing can be asked, or text is too long.
    """
    found = list(tags)
    if words:
        found += [word[1:] for word in words if _is_tag_word(word)]
        rest = [word for word in words if not _is_tag_word(word)]
        description = " ".join(rest) if rest else None
    if words is not None:
        description, project, billable = _filled_in(ctx, description, project, billable)
    if len(description or "") > LONGEST_DESCRIPTION:
        raise UsageError(
            f"The description is longer than {LONGEST_DESCRIPTION} characters.", hint="Shorten it."
        )
    found = ["-".join(tag.lstrip("#").split()) for tag in found]
    if not all(tag.strip("#") for tag in found):
        raise UsageError("A tag is empty.", hint="A tag is a word: -t bug")
    is_needed = words is not None and ctx.account is not None and not ctx.settings.project
    if project == PICK:
        project = pick_project(ctx)
    elif project is None and is_needed:
        project = pick_project(ctx, "An entry on an account needs a project. Which?")
    elif project is not None and not project.strip():
        raise UsageError("The name of the project is empty.", hint="`clockeye projects` lists them.")
    if project:
        project = known_project(ctx, project)
    elif words is not None:
        known_project(ctx, ctx.settings.project)
    return Typed(description, tuple(found), project, billable, _is_agreed(ctx, project))


def _filled_in(
    ctx: Context, description: str | None, project: str | None, billable: bool | None
) -> tuple[str | None, str | None, bool | None]:
    """What was typed for new work, filled in from the `.clockeye.toml` of the folder, which is said."""
    here = folder.find()
    if here is None:
        return description, project, billable
    if project is not None or ctx.settings.value("project").source.startswith("environment"):
        here = here._replace(project=None)
    if billable is not None:
        here = here._replace(billable=None)
    if description is not None:
        here = here._replace(description=None)
    for line in filter(None, (*here.problems, here.summary)):
        ctx.out.notice(line)
    return (
        here.description if description is None else description,
        here.project if project is None else project,
        here.billable if billable is None else billable,
    )


def work(ctx: Context, write: Write, typed: Typed, base: Work | None = None) -> Work:
    """The work that is meant.

    Args:
        ctx: For the settings.
        write: The transaction, in which a project may be made.
        typed: What was said.
        base: What it was before; None for new work, which takes the settings' project and billable.

    Raises:
        ClashError: The project is not known, or several fit.
    """
    description = with_tags(
        (base.description if base else "") if typed.description is None else typed.description, [*typed.tags]
    )
    name = typed.project or ("" if base else ctx.settings.project)
    may_create = ctx.account is None or typed.is_agreed
    project = projects.for_new_entry(write, name, may_create=may_create) if name else None
    if project is None and base is None and ctx.account is not None:
        raise UsageError("An entry on an account needs a project.", hint="Say which: -p PROJECT")
    project_id = project.id if project else (base.project_id if base else None)
    if typed.billable is not None:
        billable = typed.billable
    elif base and (project is None or project.id == base.project_id):
        billable = base.billable
    else:
        billable = _default_billable(ctx, project)
    return Work(description, project_id, billable)


def known_project(ctx: Context, name: str) -> str:
    """What names a project here: the same, or its id here for its id on the account.

    One that is not known may be another client's, so the account's projects are read; where they cannot be,
    this is said, and what is known here decides.
    """
    if ctx.account is None or not name or _is_known(ctx, name):
        return name
    found = _by_account_id(ctx, name)
    if found is None:
        _read_projects(ctx)
        found = _by_account_id(ctx, name)
    return found or name


def _is_agreed(ctx: Context, name: str | None) -> bool:
    """On an account a project is everybody's: it is made by `projects add`, or on a yes at a terminal."""
    if ctx.account is None or not name or not ctx.questions.can_ask or _is_known(ctx, name):
        return False
    with ctx.store.read() as connection:
        known = stored.every(connection)
    if any(projects.is_slip(name, project.name) for project in known):
        return False  # which is refused, with the name that was meant
    return ctx.questions.confirm(f"Make the project {name} on the account?", "`clockeye projects add`")


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
        ctx.out.notice(f"The account's projects cannot be read: {error.message}")


def _default_billable(ctx: Context, project: Project | None) -> bool:
    if project is not None and project.billable is not None:
        return project.billable
    return ctx.settings.billable


def _is_tag_word(word: str) -> bool:
    # "+bug" is a tag; "+1" and "+" are what they are.
    return word.startswith("+") and word[1:2].isalpha()


def pick_project(ctx: Context, question: str = "Which project?") -> str:
    """The name of the project that is picked from a list, those used last first.

    Raises:
        UsageError: It cannot be asked for here; names what there is to pick from.
    """
    if ctx.account is not None:
        _read_projects(ctx)
    with ctx.store.read() as connection:
        known = [project for project in stored.every(connection) if not project.archived]
        last = stored.last_used(connection)
    names = [project.name for project in sorted(known, key=lambda project: -last.get(project.id, 0))]
    if not names:
        makes = "-p NAME" if ctx.account is None else "`clockeye projects add NAME`"
        raise UsageError("There is no project to pick from yet.", hint=f"{makes} makes one.")
    return ctx.questions.pick(question, names, "-p NAME")
