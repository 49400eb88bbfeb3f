"""The map file of `import`: the names here for those of the source. TOML; written if it does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.core.json_text import quote
from clockeye_cli.core.toml_text import toml_values
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.importers.clocks import clock
from clockeye_cli.tracking.importing.wishes import NameMap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clockeye_cli.tracking.importing.plan import Plan

WORK_START = "work_start"
_SECTIONS = ("projects", "clients", "tags", "columns")


class ImportMap(NamedTuple):
    """A map file.

    Attributes:
        names: What names become.
        columns: The columns of a table, by field.
        work_start: Seconds after midnight at which days without clock times begin; None if it is not set.
    """

    names: NameMap = NameMap()
    columns: Mapping[str, str] = {}
    work_start: int | None = None


def read_map(path: str) -> ImportMap | None:
    """A map file; None if it does not exist.

    Raises:
        UsageError: It is no TOML, or has something that no map has.
        StorageError: It cannot be read.
    """
    try:
        with open(path, "rb") as file:
            content = toml_values(file.read().decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"Cannot read {path}: {error.strerror}.", hint="Check its permissions.") from error
    except ValueError as error:
        raise UsageError(
            f"Cannot parse {path}: {error}.", hint="It must be a TOML file.", code="bad_map"
        ) from error
    unknown = [key for key in content if key not in (*_SECTIONS, WORK_START)]
    if unknown:
        raise _refused(path, unknown[0], f"Sections: {', '.join(_SECTIONS)}; and {WORK_START}.")
    projects = {
        folded(name): None if value is False else _text(path, f"projects.{name}", value)
        for name, value in _section(path, content, "projects").items()
    }
    start = content.get(WORK_START)
    seconds = clock(start) if isinstance(start, str) else None
    if start is not None and seconds is None:
        raise _refused(path, WORK_START, 'It must be a clock time, such as "09:00".')
    return ImportMap(
        NameMap(projects, _names(path, content, "clients"), _names(path, content, "tags")),
        {
            name: _text(path, f"columns.{name}", value)
            for name, value in _section(path, content, "columns").items()
        },
        seconds,
    )


def written_map(plan: Plan, columns: Mapping[str, str], work_start: int) -> str:
    """A map file with everything that a plan has understood."""
    hour, minute = divmod(work_start // 60, 60)
    lines = [
        "# What becomes of the names of the files. Change the right sides, and run the import again.",
        '# "Lunch" = false leaves the rows of a project out.',
        f'{WORK_START} = "{hour:02}:{minute:02}"  # where days without clock times begin',
    ]
    projects = {
        f"{each.client}/{each.source_name}" if each.client else each.source_name: each.name
        for each in plan.projects.values()
        if each.source_name
    }
    clients = {each.client: each.client_name for each in plan.projects.values() if each.client_name}
    for title, names in (
        ("projects", projects),
        ("clients", clients),
        ("tags", plan.tags),
        ("columns", columns),
    ):
        if names:
            lines += ["", f"[{title}]", *(f"{quote(name)} = {quote(value)}" for name, value in names.items())]
    return "\n".join(lines) + "\n"


def _section(path: str, content: Mapping[str, Any], name: str) -> dict[str, Any]:
    section = content.get(name, {})
    if not isinstance(section, dict):
        raise _refused(path, name, f"It must be a section: [{name}]")
    return section


def _names(path: str, content: Mapping[str, Any], name: str) -> dict[str, str]:
    section = _section(path, content, name)
    return {folded(key): _text(path, f"{name}.{key}", value) for key, value in section.items()}


def _text(path: str, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _refused(path, key, "It must be text in quotes.")
    return value


def _refused(path: str, key: str, hint: str) -> UsageError:
    return UsageError(f"{path}: {key} cannot be understood.", hint=hint, code="bad_map")
