"""The JSON Schema of what a command prints as JSON, made from the same columns as the JSON.

The kinds of values are spelled in `json.py`; here is what each of them looks like.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column
from clockeye_cli.output.choice import HOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from clockeye_cli.output.cells import JsonShape

    Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

DECIMAL = r"^-?\d+(\.\d+)?$"
MONEY = {
    "type": "object",
    "properties": {
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "amount": {"type": "string", "pattern": DECIMAL},
    },
    "required": ["currency", "amount"],
    "additionalProperties": False,
}
TEXT = {"type": "string"}
WORDS = {"type": "array", "items": TEXT}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
NUMBER = {"type": "integer", "minimum": 0}

KINDS: dict[str, Schema] = {
    "text": TEXT,
    "id": TEXT,
    "words": WORDS,
    "instant": INSTANT,
    "clock": INSTANT,
    "day": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "duration": NUMBER,
    "balance": {"type": "integer"},
    "change": {"type": "integer"},
    "hours": {"type": "number", "minimum": 0},
    "money": {"type": "array", "items": MONEY},
    "amount": {"type": "string", "pattern": DECIMAL},
    "count": NUMBER,
    "flag": {"type": "boolean"},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "measure": {"anyOf": [{"type": "integer"}, MONEY]},
    "json": {},
}
"""The schema of each kind of cell; those of records are made of their columns."""

DRY_RUN = Column("dry_run", "", "flag", is_optional=True)
"""Marks in `meta` what would have been written."""

ERROR = {
    "$schema": DRAFT,
    "type": "object",
    "properties": {
        "version": {"const": 1},
        "error": {
            "type": "object",
            "properties": {"code": TEXT, "message": TEXT, "hint": TEXT},
            "required": ["code", "message", "hint"],
            "additionalProperties": False,
        },
    },
    "required": ["version", "error"],
    "additionalProperties": False,
}
"""What any command prints on standard error when it fails."""


def document(shapes: Sequence[JsonShape], options: Iterable[str]) -> Schema:
    """The schema of the whole output of a command, with `data` and `meta`.

    Args:
        shapes: What it prints: one of them.
        options: The names of its options: some of them change what it prints.
    """
    known = frozenset(options)
    documents = [_envelope(shape, known) for shape in shapes]
    return {"$schema": DRAFT, **(documents[0] if len(documents) == 1 else {"anyOf": documents})}


def _envelope(shape: JsonShape, options: frozenset[str]) -> Schema:
    properties: Schema = {"version": {"const": 1}, "data": _content(shape, options)}
    required = ["version", "data"]
    fields = (*shape.meta, *([DRY_RUN] if "--dry-run" in options else []))
    if fields or shape.has_meta:
        properties["meta"] = _fields(fields)
        required += ["meta"] if shape.has_meta else []
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _content(shape: JsonShape, options: frozenset[str]) -> Schema:
    if not shape.columns:
        return {"type": "null"}
    columns = shape.columns
    if "--decimal" in options and any(column.key == "duration" for column in columns):
        columns = (*columns, HOURS._replace(is_optional=True))
    row = _fields(columns)
    if "--columns" in options:
        row["description"] = "With --columns, only the fields that it names."
    if shape.is_list:
        return {"type": "array", "items": row}
    return _or_null(row) if shape.is_nullable else row


def _fields(columns: Iterable[Column]) -> Schema:
    """The schema of an object with a field for each column."""
    columns = [*columns]
    return {
        "type": "object",
        "properties": {column.key: _cell(column) for column in columns},
        "required": [column.key for column in columns if not column.is_optional],
        "additionalProperties": False,
    }


def _cell(column: Column) -> Schema:
    if column.kind == "record":
        schema = _fields(column.of)
    elif column.kind == "records":
        schema = {"type": "array", "items": _fields(column.of)}
    else:
        schema = KINDS[column.kind]
    if column.values:
        schema = {**schema, "enum": [*column.values]}
    if column.pattern:
        schema = {**schema, "pattern": f"^({column.pattern})$"}
    return _or_null(schema) if column.is_nullable else schema


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
