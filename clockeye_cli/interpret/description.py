"""From what was typed to the description of work, with the defaults of its folder."""

from __future__ import annotations

from clockeye_cli.config import folder
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.context import Context

LONGEST_DESCRIPTION = 1_048_576


def read_description(text: str | None) -> tuple[str | None, list[str]]:
    """A description as it was typed, in an option, an editor or a file; None if it was not.

    Returns:
        The tidy text without its `+word`s, and the names of these tags.

    Raises:
        UsageError: It is too long.
    """
    text = text and tidy(text)
    if len(text or "") > LONGEST_DESCRIPTION:
        raise UsageError(
            f"The description is longer than {LONGEST_DESCRIPTION} characters.", hint="Shorten it."
        )
    if not text or "+" not in text:
        return text, []
    from clockeye_cli.core.tagging import with_plus_words  # late: most work has no tags

    rest, names = with_plus_words(text)
    return tidy(rest), names


def filled_in(
    ctx: Context, description: str | None, project: str | None, billable: bool | None
) -> tuple[str | None, str | None, bool | None]:
    """The options of new work, completed from the folder's `.clockeye.toml`; a notice says so once a day."""
    defaults = folder.find()
    if defaults is None:
        return description, project, billable
    if project is not None or ctx.settings.value("project").source.startswith("environment"):
        defaults = defaults._replace(project=None)
    if billable is not None:
        defaults = defaults._replace(billable=None)
    if description is not None:
        defaults = defaults._replace(description=None)
    for line in defaults.problems:
        ctx.out.notice(line)
    if defaults.summary:
        ctx.say_once_a_day(defaults.summary)
    return (
        defaults.description if description is None else description,
        defaults.project if project is None else project,
        defaults.billable if billable is None else billable,
    )
