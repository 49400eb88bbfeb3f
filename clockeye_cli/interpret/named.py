"""The entries that `edit` and `delete` work on: named as arguments, or by a list on standard input."""

from __future__ import annotations

from clockeye_cli.core.entry import Timer
from clockeye_cli.core.safe_text import decoded
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.tracking import lookup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.lookup import View

STDIN = "-"
"""The argument that stands for a list on standard input."""

ID_COLUMNS = ("local_id", "id")
"""The columns of a list that name an entry, the better one first."""


class Named(NamedTuple):
    """Entries as they were named.

    Attributes:
        texts: ENTRYs.
        is_list: Whether they come from standard input, where the running timer is left out.
    """

    texts: Sequence[str]
    is_list: bool = False

    def find(self, view: View | Write) -> tuple[list[TimeEntry | Timer], list[TimeEntry | Timer]]:
        """The entries, each once; and what was left out of a list: your timer, here or on the account.

        Raises:
            ClashError: An entry does not exist, several fit, or the list has none.
        """
        items = list(dict.fromkeys(lookup.find(view, text) for text in self.texts))
        left_out = [item for item in items if self.is_list and _is_running(item)]
        kept = [item for item in items if item not in left_out] if left_out else items
        if not kept:
            raise ClashError(
                "Standard input names no finished entry.",
                hint="Nothing was changed. `clockeye log --all` lists entries.",
                code="entry_not_found",
            )
        return kept, left_out

    def find_finished(self, view: View | Write) -> tuple[list[TimeEntry], list[TimeEntry | Timer]]:
        """The same, but the running timer cannot be an argument either.

        Raises:
            ClashError: As above, or the running timer was named as an argument.
        """
        items, left_out = self.find(view)
        return [lookup.finished(item) for item in items], left_out


def _is_running(item: TimeEntry | Timer) -> bool:
    return isinstance(item, Timer) or (item.is_open and item.is_own)


def named(ctx: Context, texts: Sequence[str]) -> Named:
    """The entries that the arguments name; a single `-` stands for the list on standard input.

    Raises:
        UsageError: `-` is not the only argument, or the list cannot be read.
    """
    if STDIN not in texts:
        return Named(texts)
    if len(texts) > 1:
        raise UsageError("`-` reads entries from standard input, so it must be the only entry.")
    try:
        text = decoded(ctx.world.stdin.buffer.read())
    except ValueError as error:
        raise UsageError("The list on standard input is not UTF-8.") from error
    return Named([*dict.fromkeys(listed_ids(text))], is_list=True)


def listed_ids(text: str) -> list[str]:
    """The ids in a list: one per line, or what `log` prints as TSV, CSV, JSON or NDJSON.

    Raises:
        UsageError: It has no column with ids, or is not valid JSON.
    """
    if text.lstrip()[:1] in ("{", "["):
        return _ids_of_rows(_json_rows(text))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    header = lines[0] if lines else ""
    if "\t" in header:
        return _ids_of_table([line.split("\t") for line in text.splitlines() if line.strip()])
    if "," in header:
        import csv
        import io

        return _ids_of_table([row for row in csv.reader(io.StringIO(text, newline="")) if row])
    return lines[1:] if header in ID_COLUMNS else lines


def _ids_of_table(rows: list[list[str]]) -> list[str]:
    header = [name.strip() for name in rows[0]]
    column = next((header.index(name) for name in ID_COLUMNS if name in header), None)
    if column is None:
        raise _without_ids(", ".join(header))
    return [row[column].strip() for row in rows[1:] if len(row) > column and row[column].strip()]


def _json_rows(text: str) -> list[object]:
    """The rows of a JSON document, or of one per line."""
    import json

    try:
        document = json.loads(text)
    except ValueError:
        try:
            document = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise UsageError(
                f"Standard input is not valid JSON: {error}.",
                hint="`clockeye log --json` prints such a list.",
            ) from error
    if isinstance(document, dict) and "data" in document:
        document = document["data"]
    if document is None:
        return []
    return document if isinstance(document, list) else [document]


def _ids_of_rows(rows: list[object]) -> list[str]:
    ids = []
    for row in rows:
        local_id = (
            next((row[name] for name in ID_COLUMNS if row.get(name)), None) if isinstance(row, dict) else row
        )
        if not isinstance(local_id, str):
            raise _without_ids(", ".join(map(str, row)) if isinstance(row, dict) else str(row))
        ids.append(local_id)
    return ids


def _without_ids(content: str) -> UsageError:
    return UsageError(
        f"The list on standard input has no column `id`: {content[:60]!r}.",
        hint="`clockeye log` prints one with ids; `--columns id` prints nothing else.",
    )
