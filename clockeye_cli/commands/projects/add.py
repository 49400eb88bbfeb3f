"""`clockeye projects add`: create projects."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.clients import may_create
from clockeye_cli.interpret.terms_edit import TermsEdit, change_project_terms
from clockeye_cli.present.clients import say_created
from clockeye_cli.present.projects import CHANGED_SHAPE, show_changed
from clockeye_cli.present.terms import say_terms
from clockeye_cli.tracking import clients, projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.tracking.clients import ProjectEdit

SHAPE = CHANGED_SHAPE


def add_projects(ctx: Context, names: Sequence[str], edit: ProjectEdit, terms: TermsEdit) -> None:
    """Create all of the projects, or none.

    Args:
        ctx: The run.
        names: Their names.
        edit: Their client, colour and default for new entries, as far as they were given.
        terms: Their rate, rounding and budget, which the settings keep.
    """
    terms.check(ctx)
    edit = edit._replace(may_be_similar=may_create(ctx, edit.client))
    with ctx.write() as write:
        added = [projects.add(write, name, billable=edit.billable) for name in names]
        added = [clients.edit_project(write, project, edit) for project in added]
    show_changed(ctx, [f"Added the project {project.name}." for project in added], added)
    say_created(ctx, write.changes)
    if terms != TermsEdit():
        for project in added:
            ctx.out.notice(f"{project.name}: {', '.join(change_project_terms(ctx, project, terms))}.")
        say_terms(ctx, is_priced=terms.is_priced)
