"""The face of gaps."""

from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.selecting import over_time
from clockeye_cli.context import Context
from clockeye_cli.core.selection import TypedPeriod
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.core.selection import Reading


@examples(
    "clockeye gaps",
    "clockeye gaps yesterday",
    "clockeye gaps last month --save gaps.csv",
    "clockeye config set gaps.min 30m",
)
@over_time
def gaps(run: Context, typed_period: TypedPeriod, how: "Reading") -> None:
    """The default is this week. The settings work_hours, work_days and holidays say when you work."""
    from clockeye_cli.commands.gaps import gaps

    gaps(run, typed_period, how=how)
