"""How a service interprets the API, as far as it has shown, in words."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.core.dialect import Dialect, ListDialect

PUT = {
    "writable": "PUT accepts only writable fields",
    "duration": "POST and PUT need the duration",
    "whole": "PUT replaces the whole entry",
}
TOTALS = {"right": "correct totals", "none": "no totals", "wrong": "incorrect totals"}


def dialect_words(dialect: Dialect) -> str:
    """What is known of the service, in one line; empty while nothing is."""
    lists = [
        f"{path.lstrip('/')}: {words}" for path, one in sorted(dialect.lists.items()) if (words := _list(one))
    ]
    return "; ".join([*lists, *_entries(dialect)])


def _list(one: ListDialect) -> str:
    return ", ".join(_list_facts(one))


def _list_facts(one: ListDialect) -> Iterator[str]:
    if one.has_pages is False:
        yield "no pages"
    elif one.page_size:
        yield f"pages of up to {one.page_size}"
    elif one.page_size == 0:
        yield "ignores the page size"
    if one.total:
        yield TOTALS[one.total]
    if one.refused:
        yield f"refuses {', '.join(one.refused)}"


def _entries(dialect: Dialect) -> Iterator[str]:
    if dialect.put:
        yield PUT[dialect.put]
    if dialect.gone:
        yield f"status {dialect.gone} for deleted entries"
    if dialect.integer_ids:
        yield f"{' and '.join(dialect.integer_ids)} ids are integers"
    if dialect.epoch_times:
        yield "times are seconds since 1970"
    if dialect.takes_timer is not None:
        yield "accepts running timers" if dialect.takes_timer else "accepts no running timers"
