"""`clockeye api`: a raw request with the profile's key; the answer is printed unchanged."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from clockeye_cli.api.endpoints import pages
from clockeye_cli.api.strict_json import parse
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.sync.account import connect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.context import Context

METHODS = ("GET", "POST", "PUT", "DELETE")


def api(
    ctx: Context,
    path: str,
    *,
    method: str = "",
    texts: Sequence[str] = (),
    values: Sequence[str] = (),
    file: str = "",
    paginate: bool = False,
) -> None:
    """Send a request.

    Args:
        ctx: What the command works with.
        path: `/time-entries`; the slash may be omitted.
        method: Empty for POST if there is a body or a field, else GET; with `paginate` always GET.
        texts: `key=text`: fields of the query for GET, of the body otherwise.
        values: `key=value`, where true, false, null and numbers are JSON values.
        file: The body, from a file; `-` for standard input.
        paginate: Read all pages and join their lists.
    """
    fields = {**_fields(texts, typed=False), **_fields(values, typed=True)}
    method = (method or ("POST" if file or (fields and not paginate) else "GET")).upper()
    if method not in METHODS:
        raise unknown("method", method, METHODS)
    if (file and fields) or (paginate and method != "GET"):
        raise UsageError("--input cannot be used with -f or -F, and --paginate works only with GET.")
    path, _, query = ("/" + path.lstrip("/")).partition("?")
    params = dict(parse_qsl(query, keep_blank_values=True))
    with connect(ctx.store, ctx.access()) as account:
        if method == "GET":
            params |= {key: _text(value) for key, value in fields.items()}
            text = _joined(account.client, path, params) if paginate else ""
            text = text or account.client.request("GET", path, params=params).text
        else:
            body = _body(ctx, file) if file else fields or None
            text = account.client.request(method, path, params=params, body=body).text
    ctx.out.document(text if not text or text.endswith("\n") else text + "\n")


def _joined(client: Any, path: str, params: dict[str, str]) -> str:
    rows: list[Any] = []
    meta: dict[str, Any] = {}
    for content in pages(client, path, dict(params)):
        rows += content["data"] if isinstance(content, dict) else content
        meta = meta or (content.get("meta", {}) if isinstance(content, dict) else {})
    return json.dumps({"data": rows, "meta": meta}, ensure_ascii=False)


def _body(ctx: Context, file: str) -> Any:
    try:
        if file == "-":
            return parse(ctx.world.stdin.read())
        with open(file, encoding="utf-8-sig") as opened:
            return parse(opened.read())
    except (OSError, ValueError) as error:
        raise UsageError(f"Cannot read the body from {file}: {error}.", hint="It must be JSON.") from error


def _fields(words: Sequence[str], *, typed: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not key:
            raise UsageError(f"Invalid field {word[:60]!r}.", hint="Write a field as KEY=VALUE.")
        fields[key] = _typed(text) if typed else text
    return fields


def _typed(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if value is None or isinstance(value, bool | int | float) else text


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
