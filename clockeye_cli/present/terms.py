"""The notices about rates, rounding and budgets, which the config file keeps, and about closed books."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import EVERYBODY
from clockeye_cli.store import entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def say_terms(ctx: Context, *, is_priced: bool) -> None:
    """Say where terms are stored, and what of a closed period they may change.

    Args:
        ctx: The run.
        is_priced: Whether a rate or a rule for rounding has changed.
    """
    ctx.out.notice(f"Stored in {ctx.session.config_path}; `clockeye undo` does not revert it.")
    if is_priced and (until := ctx.settings.closed_until):
        ctx.out.notice(
            f"The books are closed up to {until}, but reports about that time use it, too, unless it begins"
            " later."
        )


def say_closed(ctx: Context, project_ids: Sequence[str], what: str) -> None:
    """Say that reports of the closed period show something else of projects, if they have entries in it.

    Args:
        ctx: The run.
        project_ids: The projects.
        what: What is shown now, such as `the new name`.
    """
    closed = ctx.session.closed
    if closed is None or not project_ids:
        return
    with ctx.store.read() as connection:
        has_entries = entries.page(connection, None, closed.before, project_ids, EVERYBODY, most=1)
    if has_entries:
        ctx.out.notice(
            f"The books are closed up to {closed.until}, but reports about that time show {what}, too."
        )


def say_left_behind(ctx: Context, headings: Sequence[str], name: str) -> None:
    """Name the sections of the config file about a name that is gone."""
    if headings:
        ctx.out.notice(
            f"{', '.join(headings)} in {ctx.session.config_path} still names {name}."
            " `clockeye config edit` changes it."
        )
