"""Whether charts are drawn."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def wants_chart(ctx: Context, *, usual: bool = False) -> bool:
    """Whether a table has its chart: as `--chart` says; else not with `-q`, and otherwise as usual or set."""
    chosen = ctx.listing.chart
    return not ctx.options.quiet and (usual or ctx.settings.chart) if chosen is None else chosen
