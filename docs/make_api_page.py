"""Generate clockeye_cli/server/docs.html from openapi.yaml: `python docs/make_api_page.py`.

The page is part of the package, so that the server needs no YAML library; a test keeps the two in step.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parent.parent / "clockeye_cli" / "server"

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1c2330; --paper: #fff; --soft: #f4f6f9; --line: #d8dee8; --blue: #1f5fbf;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ef; --paper: #14181f; --soft: #1d232d; --line: #36404f; --blue: #7fb0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0 0 .5rem; } h2 { margin-top: 3rem; } h3 { margin: 2.2rem 0 .5rem; font-size: 1.05rem; }
a { color: var(--blue); }
nav { columns: 18rem; padding: 1rem 1.2rem; background: var(--soft); border-radius: 8px; }
nav a { display: block; text-decoration: none; }
section { border-top: 1px solid var(--line); }
code, pre { font: .88em/1.5 ui-monospace, monospace; }
pre { padding: .8rem 1rem; overflow-x: auto; background: var(--soft); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1rem; display: block; overflow-x: auto; }
th, td { padding: .35rem .8rem .35rem 0; text-align: left; vertical-align: top; }
th, td { border-bottom: 1px solid var(--line); }
th { font-size: .85rem; opacity: .7; } td code { white-space: nowrap; }
.method { display: inline-block; min-width: 3.8rem; font-weight: 700; color: var(--blue); }
"""


def page(document: dict[str, Any]) -> str:
    """The whole page."""
    operations = [
        (path, method, operation, item.get("parameters", []))
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]
    parts = [
        f"<h1>{escape(document['info']['title'])}</h1>",
        _text(document["info"]["description"]),
        '<p>For programs: <a href="/openapi.yaml">openapi.yaml</a>.</p>',
        "<nav>",
        *(
            f'<a href="#{operation["operationId"]}">{_call(path, method)}</a>'
            for path, method, operation, _ in operations
        ),
        "</nav>",
        *(_operation(document, *operation) for operation in operations),
        "<h2>Headers of every response</h2>",
        _table(
            ("Header", "Description"),
            [(name, header["description"]) for name, header in document["components"]["headers"].items()],
        ),
        "<h2>Errors</h2>",
        *(_error(status, answer) for status, answer in _errors(document)),
        "<h2>Objects</h2>",
        *(_schema(name, schema) for name, schema in document["components"]["schemas"].items()),
    ]
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document['info']['title'])}</title>\n<style>{STYLE}</style>\n</head>\n"
    )
    return head + "<body>\n<main>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"


def _operation(
    document: dict[str, Any], path: str, method: str, operation: dict[str, Any], shared: list[dict[str, Any]]
) -> str:
    parts = [
        f'<section id="{operation["operationId"]}">',
        f"<h2>{escape(operation['summary'])}</h2>",
        f"<pre>{_call(path, method)}</pre>",
        _text(operation["description"]),
    ]
    parameters = [_resolved(document, given) for given in [*shared, *operation.get("parameters", [])]]
    if parameters:
        rows = [
            (given["name"], given["in"], _kind(_resolved(document, given["schema"])), given["description"])
            for given in parameters
        ]
        parts.append(_table(("Parameter", "In", "Type", "Description"), rows))
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]["application/json"]
        parts += [f"<h3>Body: {_link(content['schema'])}</h3>", _example(content["example"])]
    parts.append("<h3>Responses</h3>")
    answers = {status: _resolved(document, answer) for status, answer in operation["responses"].items()}
    parts.append(
        _table(("Status", "Meaning"), [(status, answer["description"]) for status, answer in answers.items()])
    )
    for answer in answers.values():
        example = answer.get("content", {}).get("application/json", {}).get("example")
        if example and "data" in example:
            parts.append(_example(example))
    return "\n".join([*parts, "</section>"])


def _errors(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Each error status with its response, which all operations share."""
    errors = {
        status: _resolved(document, answer)
        for item in document["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
        for status, answer in operation["responses"].items()
        if "$ref" in answer
    }
    return sorted(errors.items())


def _error(status: str, answer: dict[str, Any]) -> str:
    own = {name: header for name, header in answer["headers"].items() if "description" in header}
    rows = [(name, header["description"]) for name, header in own.items()]
    parts = [f"<h3>{status}</h3>", _text(answer["description"])]
    parts += [_table(("Header", "Description"), rows)] if rows else []
    return "\n".join([*parts, _example(answer["content"]["application/json"]["example"])])


def _schema(name: str, schema: dict[str, Any]) -> str:
    parts = [f'<h3 id="{name}">{name}</h3>', _text(schema.get("description", ""))]
    required = schema.get("required", [])
    rows = [
        (field, _kind(given), "yes" if field in required else "", given.get("description", ""))
        for field, given in schema.get("properties", {}).items()
    ]
    parts.append(
        _table(("Field", "Type", "Required", "Description"), rows) if rows else f"<p>{_kind(schema)}</p>"
    )
    return "\n".join(part for part in parts if part)


def _kind(schema: dict[str, Any]) -> str:
    """The type and limits of a value, in a few words of HTML."""
    if "$ref" in schema:
        return _link(schema)
    if "oneOf" in schema and "type" not in schema:
        return " or ".join(map(_kind, schema["oneOf"]))
    kind = schema.get("type", "")
    words = [" or ".join(kind) if isinstance(kind, list) else kind]
    if "items" in schema:
        words.append(f"of {_kind(schema['items'])}")
    words += [f"<code>{escape(str(value))}</code>" for value in schema.get("enum", [])]
    if "format" in schema:
        words.append(escape(schema["format"]))
    for name, word in (
        ("minimum", "from"),
        ("maximum", "to"),
        ("maxLength", "up to"),
        ("default", "default"),
    ):
        if name in schema:
            words.append(f"{word} {escape(json.dumps(schema[name]))}")
    if "pattern" in schema:
        words.append(f"<code>{escape(schema['pattern'])}</code>")
    return " ".join(words)


def _link(schema: dict[str, Any]) -> str:
    name = schema["$ref"].rpartition("/")[2]
    return f'<a href="#{name}">{name}</a>'


def _call(path: str, method: str) -> str:
    return f'<code><span class="method">{method.upper()}</span> /v1{escape(path)}</code>'


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(number, text)}</td>" for number, text in enumerate(row)) + "</tr>\n"
        for row in rows
    )
    return f"<table>\n<tr>{head}</tr>\n{body}</table>"


def _cell(number: int, text: str) -> str:
    if number == 0:
        return f"<code>{escape(text)}</code>"
    return text if text.startswith("<a ") or "<code>" in text else _marked(text)


def _text(markdown: str) -> str:
    paragraphs = markdown.strip().split("\n\n")
    return "\n".join(f"<p>{_marked(paragraph)}</p>" for paragraph in paragraphs if paragraph)


def _marked(text: str) -> str:
    """The text as HTML; of Markdown, the document uses only code and strong."""
    for mark, tag in (("`", "code"), ("**", "strong")):
        pieces = text.split(mark) if tag == "strong" else escape(text).split(mark)
        text = "".join(
            f"<{tag}>{piece}</{tag}>" if number % 2 else piece for number, piece in enumerate(pieces)
        )
    return text


def _example(value: object) -> str:
    return f"<pre>{escape(json.dumps(value, indent=2))}</pre>"


def _resolved(document: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    resolved = given
    for step in given.get("$ref", "#").split("/")[1:]:
        resolved = document if resolved is given else resolved
        resolved = resolved[step]
    return resolved


def main() -> None:
    """Write the page."""
    document = yaml.safe_load((PACKAGE / "openapi.yaml").read_text(encoding="utf-8"))
    (PACKAGE / "docs.html").write_text(page(document), encoding="utf-8")


if __name__ == "__main__":
    main()
