"""What a command does with `--dry-run`, held against what it does without."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App, Result

ID = re.compile(r"\b(te|prj|cl|inv)_[0-9a-z]{12}\b")


def tried(app: App, *args: str) -> Result:
    """The result of a dry run, which leaves no trace in the home."""
    before = files(app.home)
    result = app.run(*args, "--dry-run", "--json")
    assert files(app.home) == before, args
    return result


def files(home: Path) -> dict[str, bytes]:
    """The content of all files of a home."""
    return {str(path): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def hold_same_answer(dry: Result, real: Result, but: tuple[str, ...] = ()) -> None:
    """Hold that both have the same exit code and the same JSON, but for new ids and the mark.

    Args:
        dry: The result of the dry run.
        real: The result of the same command, run afterwards.
        but: Fields of the data that may differ.
    """
    assert dry.code == real.code, (dry, real)
    document = _document(real)
    if "data" in document:
        document["meta"] = {**document.get("meta", {}), "dry_run": True}
    assert _named(_document(dry), but) == _named(document, but)


def _document(result: Result) -> Any:
    """The document that a command printed with `--json`: its result, or its error."""
    if result.out:
        return result.json
    return json.loads(next(line for line in result.err.splitlines() if line.startswith('{"version"')))


def _named(document: Any, but: tuple[str, ...]) -> str:
    """A document as text, with ids replaced by their order."""
    if isinstance(document.get("data"), dict):
        document["data"] = {key: value for key, value in document["data"].items() if key not in but}
    names: dict[str, str] = {}
    return ID.sub(
        lambda each: names.setdefault(each[0], f"{each[1]} {len(names)}"), json.dumps(document, indent=1)
    )
