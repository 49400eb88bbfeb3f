"""`clockeye projects edit`: change a project's client, its default for entries, and its colour."""

from __future__ import annotations

from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.clients import may_create
from clockeye_cli.interpret.terms_edit import TermsEdit, change_project_terms
from clockeye_cli.present.clients import say_created
from clockeye_cli.present.projects import CHANGED_SHAPE, show_changed
from clockeye_cli.present.terms import say_closed, say_terms
from clockeye_cli.store import clients as stored
from clockeye_cli.tracking import clients, projects
from clockeye_cli.tracking.clients import ProjectEdit

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Project

SHAPE = CHANGED_SHAPE


def edit_project(ctx: Context, text: str, edit: ProjectEdit, terms: TermsEdit) -> None:
    """Change a project.

    Args:
        ctx: The run.
        text: The project.
        edit: What to change.
        terms: Its rate, rounding and budget, which the settings keep.

    Raises:
        UsageError: Nothing is to be changed.
    """
    if edit == ProjectEdit() and terms == TermsEdit():
        raise UsageError(
            "Nothing to change.",
            hint="Give --client, --rate, --budget, --billable or --color;"
            " see `clockeye projects edit --help`.",
        )
    terms.check(ctx)
    if edit != ProjectEdit():
        project = _edited(ctx, text, edit)
    else:
        with ctx.store.read() as connection:
            project = projects.find(connection, text)
    if terms != TermsEdit():
        words = change_project_terms(ctx, project, terms)
        if edit == ProjectEdit():
            show_changed(ctx, [f"{project.name}: {', '.join(words)}."], [project])
        else:
            ctx.out.notice(f"{project.name}: {', '.join(words)}.")
        say_terms(ctx, is_priced=terms.is_priced)


def _edited(ctx: Context, text: str, edit: ProjectEdit) -> Project:
    edit = edit._replace(may_be_similar=may_create(ctx, edit.client))
    with ctx.write() as write:
        project = projects.find(write.connection, text)
        after = clients.edit_project(write, project, edit)
        names = stored.names(write.connection)
    show_changed(ctx, [f"{after.name}: {', '.join(_in_words(after, edit, names))}."], [after])
    say_created(ctx, write.changes)
    if after.client_id != project.client_id:
        say_closed(ctx, [after.id], "its new client" if after.client_id else "it without a client")
    if edit.slot is not None:
        ctx.out.notice("`clockeye undo` does not revert a colour.")
    if ctx.account is not None:
        ctx.out.notice("This applies to this computer only: ClockEye's API has nothing like it.")
    return after


def _in_words(project: Project, edit: ProjectEdit, names: dict[str, str]) -> list[str]:
    client = f"client {names[project.client_id]}" if project.client_id else "no client"
    return [
        *([client] if edit.client else []),
        *(["billable" if project.billable else "not billable"] if edit.billable is not None else []),
        *([f"colour {PALETTE[edit.slot].name}"] if edit.slot is not None else []),
    ]
